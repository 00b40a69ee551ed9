package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Spectral angle mapper: how well the direction of a pixel agrees with that of the target, whatever its brightness, without
 * any background.
 *
 * <p>The score is the cosine x't / (|x| |t|) of the spectral angle, from -1 to 1, so that more is better as in every other
 * detector; the angle itself is its arc cosine. Nothing is learnt, so a scene without a valid pixel is no error, and there is no
 * distribution that could give thresholds or p-values. A pixel of zeros has no direction and the score 0. The score does not change
 * with the brightness of pixel or target, nor when both are turned. Samples of any size will do: where squares do not fit into a
 * double, the spectrum is scaled first.
 *
 * <p>{@link #centred()} takes the mean over the bands out of pixel and target first (modified spectral angle, the correlation of the two): then an
 * offset of all bands does not matter either. A flat pixel, or one band, has no shape and the score 0; so has every pixel where the target is
 * flat, which is noted. Other tools give 1 - (2 / pi) arccos of it.
 *
 * <p>Invalid pixels are NaN. Costs 4 B flops a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult alike = Detection.of(scene).target(spectrum).with(Sam.withDefaults()).run();
 * }</pre>
 */
public final class Sam implements TargetDetector {
    /** A difference from the mean that is a smaller part of it is rounding. */
    private static final double ROUNDING = 1e-14;

    private final boolean centred;

    private Sam(boolean centred) {
        this.centred = centred;
    }

    /**
     * Of the spectra as they are.
     *
     * @return the method, named {@code sam}
     */
    public static Sam withDefaults() {
        return new Sam(false);
    }

    /**
     * Of what the spectra are about their means over the bands.
     *
     * @return the method, named {@code msam}
     */
    public static Sam centred() {
        return new Sam(true);
    }

    @Override
    public String name() {
        return centred ? "msam" : "sam";
    }

    @Override
    public String summary() {
        return "Cosine of the angle between pixel and target" + (centred ? ", each about its mean." : ".");
    }

    @Override
    public String reference() {
        return centred
                ? "Oshigami and others, Mineralogical mapping of southern Namibia by application of continuum-removal MSAM method to"
                        + " the HyMap data, 2013"
                : "Kruse et al., The spectral image processing system (SIPS), 1993";
    }

    /**
     * {@inheritDoc} Only the number of bands of the background is looked at.
     *
     * @throws IllegalArgumentException if the target has another number of bands, a NaN, or nothing but zeros
     */
    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        double[] t = target.toArray();
        double largest = Background.largest(t);
        if (!(largest > 0)) {
            throw new IllegalArgumentException("target is zero in every band: it has no direction");
        }
        for (int b = 0; b < t.length; b++) {
            t[b] /= largest;
        }
        if (!centred) {
            return new Model(Background.unit(t), false, Diagnostics.none());
        }
        double[][] one = new double[t.length][1];
        for (int b = 0; b < t.length; b++) {
            one[b][0] = t[b];
        }
        centre(one, 1, new double[1]);
        for (int b = 0; b < t.length; b++) {
            t[b] = one[b][0];
        }
        return Background.largest(t) > 0
                ? new Model(Background.unit(t), true, Diagnostics.none())
                : new Model(
                        t,
                        true,
                        Diagnostics.none().note("the target is flat, so it has no shape: all scores are zero"));
    }

    private static void centre(double[][] planes, int n, double[] means) {
        Arrays.fill(means, 0, n, 0.0);
        for (double[] plane : planes) {
            for (int i = 0; i < n; i++) {
                means[i] += plane[i] / planes.length;
            }
        }
        for (double[] plane : planes) {
            for (int i = 0; i < n; i++) {
                double difference = plane[i] - means[i];
                plane[i] = Math.abs(difference) > ROUNDING * Math.abs(means[i]) ? difference : 0.0;
            }
        }
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        /** Squares outside of these have overflown or lost digits. */
        private static final double LEAST = 1e-280;

        private static final double MOST = 1e300;

        private final double[][] unit; // a matrix of one row
        private final boolean centred;

        Model(double[] unit, boolean centred, Diagnostics diagnostics) {
            super(unit.length, null, diagnostics);
            this.unit = new double[][] {unit};
            this.centred = centred;
        }

        @Override
        public Worker worker() {
            return new Cosine();
        }

        private final class Cosine implements Worker {
            private double[] squaredNorms = new double[0];

            @Override
            public void apply(PixelTile tile, double[][] output) {
                int n = tile.size();
                if (squaredNorms.length < n) {
                    squaredNorms = new double[tile.capacity()];
                }
                if (centred) {
                    centre(tile.planes(), n, squaredNorms);
                }
                tile.multiply(unit, output);
                Kernels.best().squaredNorms(tile.planes(), n, squaredNorms);
                double[] score = output[0];
                for (int i = 0; i < n; i++) {
                    double square = squaredNorms[i];
                    double cosine = square > LEAST && square < MOST
                            ? score[i] / Math.sqrt(square)
                            : scaledCosine(tile.planes(), i);
                    score[i] = Math.max(-1.0, Math.min(1.0, cosine));
                }
            }

            private double scaledCosine(double[][] planes, int i) {
                double largest = 0;
                for (double[] plane : planes) {
                    largest = Math.max(largest, Math.abs(plane[i]));
                }
                if (largest == 0) {
                    return 0;
                }
                double square = 0;
                double dot = 0;
                for (int b = 0; b < planes.length; b++) {
                    double x = planes[b][i] / largest;
                    square += x * x;
                    dot += x * unit[0][b];
                }
                return dot / Math.sqrt(square);
            }
        }
    }
}
