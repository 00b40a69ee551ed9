package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * HyMiNoR, the removal of mixed Gaussian and sparse noise without anything to tune: {@link HyRes} takes the Gaussian
 * noise out, and of its result H each spectrum x is then found that minimises
 *
 * <blockquote>
 *   |h - x|<sub>1</sub> + lambda |D x|<sub>1</sub>,
 * </blockquote>
 *
 * with the differences D from band to band: samples that impulses and stripes have spoilt in single bands leave the
 * spectrum for good, while steps of it that hold on stay as they are, whatever their height: a plateau of fewer than
 * 2 lambda bands between equal neighbours goes, a wider one stays. It is found by the method of multipliers, with one
 * tridiagonal system for all pixels and iterations.
 *
 * <p>Defaults: lambda a fiftieth of the bands, so that a scene of few broad bands, of which each may stand out by
 * itself, is left to HyRes; and 50 iterations. The paper's program has lambda 10 whatever the bands, which was 3.4 dB
 * less for white and 3.2 dB less for mixed noise on the scene of {@code OracleTest} with its 100 bands, where 1 and 4
 * came within .7 dB of 2. The penalty of the multipliers is 20 for a scene of root mean square .45, to which it is
 * brought by one factor first, so that its unit does not matter. The program of the Python toolbox HyDe solves the
 * system through singular vectors whose signs do not match for some numbers of bands, and then fails.
 *
 * <p>Bands without noise to be found (constant ones, combinations of others) are kept as they are and take no part;
 * spectra go from one band that takes part to the next. So is a scene of one band, of fewer than two pixels a band or
 * free of noise; the notes tell. Invalid pixels are filled with what surrounds them and are NaN in the result. A
 * narrow absorption line, or a material seen in a few bands, is taken for sparse noise: look at {@link
 * RestoredCube#removed} before a search for rare targets.
 *
 * <p>Holds the scene four times in float64. Costs what {@link HyRes} does and 22 B flops a pixel and iteration. The
 * same bits for any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: Rasti, Ghamisi and Benediktsson, "Hyperspectral mixed Gaussian and sparse noise reduction", IEEE
 * Geoscience and Remote Sensing Letters 17, 2020.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(HyMiNoR.withDefaults()).run();
 * }</pre>
 */
public final class HyMiNoR implements Denoiser {
    private static final double PENALTY = 20;
    private static final double BANDS_A_UNIT = 50;

    private final OptionalDouble lambda;
    private final int iterations;

    private HyMiNoR(OptionalDouble lambda, int iterations) {
        this.lambda = lambda;
        this.iterations = iterations;
    }

    /**
     * Lambda a fiftieth of the bands, 50 iterations.
     *
     * @return the method
     */
    public static HyMiNoR withDefaults() {
        return new HyMiNoR(OptionalDouble.empty(), 50);
    }

    /**
     * With another weight of the differences between bands.
     *
     * @param newLambda positive: half the number of bands below which what stands out of a spectrum is taken for noise
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public HyMiNoR withLambda(double newLambda) {
        return new HyMiNoR(OptionalDouble.of(NoisyScene.requirePositive("lambda", newLambda)), iterations);
    }

    /**
     * Weight of the differences between bands.
     *
     * @return empty for a fiftieth of the bands
     */
    public OptionalDouble lambda() {
        return lambda;
    }

    /**
     * With another number of iterations.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public HyMiNoR withIterations(int count) {
        return new HyMiNoR(lambda, NoisyScene.requireCount("iterations", count));
    }

    /**
     * Number of iterations.
     *
     * @return at least one
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String name() {
        return "hyminor";
    }

    @Override
    public String summary() {
        return "HyRes, then spectra of least total variation that leave out what single bands are off.";
    }

    @Override
    public String reference() {
        return "Rasti, Ghamisi and Benediktsson, Hyperspectral mixed Gaussian and sparse noise reduction, 2020";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return NoisyScene.denoise(cube, context, name(), new Solver());
    }

    private final class Solver implements NoisyScene.Solver {

        @Override
        public long bytes(int rows, int columns, int bands, int threads) {
            return Double.BYTES * (3L * rows * columns * bands + 5L * threads * bands * SpectralBasis.BLOCK);
        }

        @Override
        public Diagnostics solve(
                double[][] planes, int rows, int columns, RunContext context, Diagnostics diagnostics) {
            int pixels = rows * columns;
            Cube smooth = HyRes.withDefaults()
                    .restore(Cube.of(rows, columns, planes), context)
                    .cube();
            Parallel.run(
                    context,
                    "reading",
                    planes.length,
                    () -> smooth,
                    (own, b) -> System.arraycopy(own.plane(b), 0, planes[b], 0, pixels));
            int bands = planes.length;
            double weight = lambda.orElse(bands / BANDS_A_UNIT);
            Parallel.run(
                    context, "smoothing spectra", SpectralBasis.blocks(pixels), () -> new Spectra(bands), (own, k) -> {
                        int from = k * SpectralBasis.BLOCK;
                        int n = Math.min(SpectralBasis.BLOCK, pixels - from);
                        SpectralBasis.load(planes, from, n, own.given());
                        own.solve(n, weight, iterations);
                        SpectralBasis.store(own.found(), n, planes, from);
                    });
            return diagnostics.with("lambda", weight).with("iterations", iterations);
        }
    }

    /** A block of spectra and the buffers of one thread; both multipliers are divided by the penalty. */
    static final class Spectra {
        private final double[][] h;
        private final double[][] x;
        private final double[][] restMultiplier;
        private final double[][] slopeMultiplier;
        private final double[][] field;
        private final double[] pivots;

        Spectra(int bands) {
            h = new double[bands][SpectralBasis.BLOCK];
            x = new double[bands][SpectralBasis.BLOCK];
            restMultiplier = new double[bands][SpectralBasis.BLOCK];
            slopeMultiplier = new double[bands][SpectralBasis.BLOCK];
            field = new double[bands][SpectralBasis.BLOCK];
            pivots = pivots(bands);
        }

        /** Reciprocals of the diagonal that elimination leaves of I + D'D. */
        private static double[] pivots(int bands) {
            double[] pivots = new double[bands];
            double before = 0;
            for (int b = 0; b < bands; b++) {
                int neighbours = (b > 0 ? 1 : 0) + (b + 1 < bands ? 1 : 0);
                pivots[b] = 1 / (1 + neighbours - before);
                before = pivots[b];
            }
            return pivots;
        }

        /** Where spectra are to be put, and where they are found when they are solved: an array a band. */
        double[][] given() {
            return h;
        }

        double[][] found() {
            return x;
        }

        void solve(int n, double lambda, int iterations) {
            int bands = h.length;
            for (int b = 0; b < bands; b++) {
                System.arraycopy(h[b], 0, x[b], 0, n);
                Arrays.fill(restMultiplier[b], 0);
                Arrays.fill(slopeMultiplier[b], 0);
            }
            for (int k = 0; k < iterations; k++) {
                for (int b = 0; b + 1 < bands; b++) {
                    slopes(b, n, lambda / PENALTY);
                }
                for (int b = 0; b < bands; b++) {
                    rest(b, n, 1 / PENALTY);
                }
                eliminate(n);
            }
        }

        /** Multipliers of the differences; the field is what the differences shall be, less the multipliers. */
        private void slopes(int b, int n, double limit) {
            double[] m = slopeMultiplier[b];
            for (int i = 0; i < n; i++) {
                double t = x[b + 1][i] - x[b][i] + m[i];
                m[i] = Math.max(-limit, Math.min(limit, t));
                field[b][i] = t - 2 * m[i];
            }
        }

        /** The right side: h, less what is off, with its multiplier, and the adjoint of the field. */
        private void rest(int b, int n, double limit) {
            double[] m = restMultiplier[b];
            for (int i = 0; i < n; i++) {
                double t = h[b][i] - x[b][i] + m[i];
                m[i] = Math.max(-limit, Math.min(limit, t));
                x[b][i] = h[b][i] - t + 2 * m[i];
            }
            if (b > 0) {
                for (int i = 0; i < n; i++) {
                    x[b][i] += field[b - 1][i];
                }
            }
            if (b + 1 < h.length) {
                for (int i = 0; i < n; i++) {
                    x[b][i] -= field[b][i];
                }
            }
        }

        /** Solves (I + D'D) x = right side, by elimination along the bands. */
        private void eliminate(int n) {
            for (int b = 0; b < h.length; b++) {
                for (int i = 0; i < n; i++) {
                    x[b][i] = (x[b][i] + (b > 0 ? x[b - 1][i] : 0)) * pivots[b];
                }
            }
            for (int b = h.length - 2; b >= 0; b--) {
                for (int i = 0; i < n; i++) {
                    x[b][i] += x[b + 1][i] * pivots[b];
                }
            }
        }
    }
}
