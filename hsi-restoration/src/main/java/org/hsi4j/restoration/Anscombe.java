package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * Makes a denoiser for Gaussian noise one for noise that grows with the signal: that of counted photons, whose
 * variance in the unit of the samples is gain times the signal, with Gaussian noise of deviation s of the detector
 * beside it.
 *
 * <p>With y in units of the gain, and s likewise, the samples become 2 sqrt(max(y + 3/8 + s<sup>2</sup>, 0)), whose
 * noise has a deviation of nearly one wherever the signal is more than a few photons; the denoiser works on these,
 * and what it finds, D, becomes D<sup>2</sup>/4 + sqrt(3/2)/(4 D) - 11/(8 D<sup>2</sup>) + 5 sqrt(3/2)/(8
 * D<sup>3</sup>) - 1/8 - s<sup>2</sup>, at least zero: the closed form of the exact unbiased inverse. (The algebraic
 * inverse would be too low where there are few photons.)
 *
 * <p>Defaults: s = 0, and the gain is the sum of the noise variances of the bands (by {@link RegressionNoise}, less
 * s<sup>2</sup> each) over the sum of their means, which is what it is when the noise is that of photons; the figure
 * {@code gain} tells it. The samples must count from zero: take the dark signal off first.
 *
 * <p>Is it needed? Methods that whiten already take care of noise that differs between bands, and the root costs the
 * scene some of its low rank: on the scene of {@code OracleTest} with 10 photons at one {@link SubspaceDenoiser} had
 * 33.7 dB alone and 33.5 dB with it, {@link NgMeet} 34.8 and 34.7; with 2 photons both were as good. It is for scenes
 * whose brightness varies much from pixel to pixel, and for denoisers that take the noise of a band for one.
 *
 * <p>Bands without noise to be found are not transformed, and no band is where there are fewer than two pixels a
 * band, one band, or bands whose mean is not positive; the denoiser then has the samples as they are. Invalid pixels
 * take no part and are NaN in the result. Costs two roots a sample beside the denoiser, and the scene twice in
 * memory unless it is streamed. Immutable and thread-safe.
 *
 * <p>Reference: Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35, 1948;
 * Makitalo and Foi, "Optimal inversion of the generalized Anscombe transformation for Poisson-Gaussian noise", IEEE
 * Trans. Image Processing 22, 2013.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(counts).with(Anscombe.of(NgMeet.withDefaults()).withGain(1)).run();
 * }</pre>
 */
public final class Anscombe implements Denoiser, StreamingRestorer {
    private static final double ROOT = Math.sqrt(1.5);

    private final Denoiser denoiser;
    private final OptionalDouble gain;
    private final double deviation;

    private Anscombe(Denoiser denoiser, OptionalDouble gain, double deviation) {
        this.denoiser = denoiser;
        this.gain = gain;
        this.deviation = deviation;
    }

    /**
     * Around a denoiser, with the gain found and no noise of the detector.
     *
     * @param denoiser for Gaussian noise
     * @return the method
     */
    public static Anscombe of(Denoiser denoiser) {
        return new Anscombe(Objects.requireNonNull(denoiser, "denoiser"), OptionalDouble.empty(), 0);
    }

    /**
     * Around {@link SubspaceDenoiser}.
     *
     * @return the method
     */
    public static Anscombe withDefaults() {
        return of(SubspaceDenoiser.withDefaults());
    }

    /**
     * The denoiser for Gaussian noise.
     *
     * @return the method
     */
    public Denoiser denoiser() {
        return denoiser;
    }

    /**
     * With a given gain.
     *
     * @param unit what one photon adds to a sample, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Anscombe withGain(double unit) {
        return new Anscombe(denoiser, OptionalDouble.of(NoisyScene.requirePositive("gain", unit)), deviation);
    }

    /**
     * The given gain.
     *
     * @return empty where the method finds it
     */
    public OptionalDouble gain() {
        return gain;
    }

    /**
     * With Gaussian noise beside that of the photons.
     *
     * @param newDeviation in the unit of the samples, at least zero
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Anscombe withDeviation(double newDeviation) {
        if (!(newDeviation >= 0) || Double.isInfinite(newDeviation)) {
            throw new IllegalArgumentException("deviation must be at least 0 and finite, not " + newDeviation);
        }
        return new Anscombe(denoiser, gain, newDeviation);
    }

    /**
     * Deviation of the Gaussian noise.
     *
     * @return in the unit of the samples
     */
    public double deviation() {
        return deviation;
    }

    @Override
    public String name() {
        return "anscombe-" + denoiser.name();
    }

    @Override
    public String summary() {
        return "Noise of counted photons: makes its variance one, then " + denoiser.name() + ".";
    }

    @Override
    public String reference() {
        return "Makitalo and Foi, Optimal inversion of the generalized Anscombe transformation for Poisson-Gaussian noise, 2013;"
                + " " + denoiser.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        context.requireMemory(2L * Double.BYTES * cube.samples(), "the scene with noise of one variance");
        Fitted fitted = fit(cube, context);
        Cube stable = fitted.forward(cube).onHeap(cube, context).build();
        RestoredCube restored = denoiser.restore(stable, context);
        Cube.Builder clean = fitted.inverse(restored.cube(), cube).onHeap(cube, context);
        return told(clean, restored.diagnostics().after(fitted.diagnostics), start);
    }

    /** Restores a scene without holding more than the denoiser does, whose own result is a view if it can be one. */
    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        long start = System.nanoTime();
        Fitted fitted = fit(cube, context);
        Cube stable = Cube.builderLike(cube, fitted.forward(cube)).build();
        RestoredCube restored = denoiser instanceof StreamingRestorer streaming
                ? streaming.stream(stable, context)
                : denoiser.restore(stable, context);
        Cube.Builder clean = Cube.builderLike(cube, fitted.inverse(restored.cube(), cube));
        return told(clean, restored.diagnostics().after(fitted.diagnostics), start);
    }

    private RestoredCube told(Cube.Builder clean, Diagnostics diagnostics, long start) {
        return new RestoredCube(clean.provenance("denoised by " + name()).build(), diagnostics.since(start));
    }

    /** How a scene is brought to noise of one variance. */
    private record Fitted(Stabiliser stabiliser, Diagnostics diagnostics) {

        ModelSource forward(Cube cube) {
            return new ModelSource(cube, stabiliser, cube.precision());
        }

        ModelSource inverse(Cube stable, Cube cube) {
            return new ModelSource(stable, stabiliser.inverse(), cube.precision());
        }
    }

    private Fitted fit(Cube cube, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        boolean[] transformed = new boolean[cube.bands()];
        double unit = 1;
        Diagnostics diagnostics = Diagnostics.none();
        if (statistics.count() >= 2L * cube.bands() && cube.bands() > 1) {
            RegressionNoise noise = RegressionNoise.of(statistics);
            int[] noisy = NoisyScene.noisyBands(noise.deviation(), statistics.correlation());
            double found = gain.orElseGet(() -> gain(noise.deviation(), statistics.mean(), noisy));
            if (found > 0) {
                unit = found;
                diagnostics = diagnostics.with("gain", found);
                for (int b : noisy) {
                    transformed[b] = true;
                }
            } else {
                diagnostics = diagnostics.note("the noise is not that of photons: denoised without transformation");
            }
        }
        return new Fitted(new Stabiliser(transformed, unit, deviation / unit), diagnostics);
    }

    /** Not positive where there is none. */
    private double gain(double[] noise, double[] mean, int[] bands) {
        double variance = Arrays.stream(bands)
                .mapToDouble(b -> noise[b] * noise[b] - deviation * deviation)
                .sum();
        double signal = Arrays.stream(bands).mapToDouble(b -> mean[b]).sum();
        return signal > 0 ? variance / signal : 0;
    }

    /** There; the deviation is in units of the gain. */
    static final class Stabiliser implements PixelModel {
        private static final long serialVersionUID = 1L;

        private final boolean[] transformed;
        private final double gain;
        private final double variance;

        Stabiliser(boolean[] transformed, double gain, double deviation) {
            this.transformed = transformed;
            this.gain = gain;
            this.variance = deviation * deviation;
        }

        @Override
        public int bands() {
            return transformed.length;
        }

        @Override
        public int outputs() {
            return transformed.length;
        }

        @Override
        public Worker worker() {
            return (tile, output) -> {
                for (int b = 0; b < output.length; b++) {
                    forward(b, tile.planes()[b], tile.size(), output[b]);
                }
            };
        }

        /** And back. */
        PixelModel inverse() {
            return new Inverse(this);
        }

        void forward(int band, double[] in, int n, double[] out) {
            for (int i = 0; i < n; i++) {
                out[i] = transformed[band] ? 2 * Math.sqrt(Math.max(0, in[i] / gain + 0.375 + variance)) : in[i];
            }
        }

        void inverse(int band, double[] in, int n, double[] out) {
            for (int i = 0; i < n; i++) {
                out[i] = transformed[band] ? gain * Math.max(0, counts(in[i]) - variance) : in[i];
            }
        }

        /** Nothing is below the transform of zero photons, where the closed form is zero. */
        private static double counts(double d) {
            double r = 1 / Math.max(d, ROOT);
            return 0.25 / (r * r) + r * (0.25 * ROOT + r * (-1.375 + r * (0.625 * ROOT))) - 0.125;
        }
    }

    /** The way back. */
    private record Inverse(Stabiliser stabiliser) implements PixelModel {

        @Override
        public int bands() {
            return stabiliser.bands();
        }

        @Override
        public int outputs() {
            return stabiliser.outputs();
        }

        @Override
        public Worker worker() {
            return (tile, output) -> {
                for (int b = 0; b < output.length; b++) {
                    stabiliser.inverse(b, tile.planes()[b], tile.size(), output[b]);
                }
            };
        }
    }
}
