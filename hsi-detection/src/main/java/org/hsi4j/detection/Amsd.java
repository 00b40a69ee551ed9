package org.hsi4j.detection;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Adaptive matched subspace detector: how much better background and target explain a pixel than background alone.
 *
 * <p>With the strongest {@linkplain #dimensions() k} eigenvectors U of the background's correlation matrix (1/N) sum x x', whose
 * mean is not removed, and the targets T, the score is (|P<sub>U</sub> x|<sup>2</sup> - |P<sub>UT</sub> x|<sup>2</sup>) / |P<sub>UT</sub> x|<sup>2</sup>,
 * where P takes out what a subspace explains. It is zero or more, without unit, and does not change with the brightness
 * of the pixel; a target and its opposite score alike. The default of 5 directions is that of the released programs. What neither explains is taken for white
 * noise, which holds for no real scene, so no thresholds or p-values are given. No matrix is inverted, so nothing is shrunk.
 *
 * <p>The unexplained part is taken for at least 10<sup>-12</sup> of the pixel's energy, which is rounding: the score is
 * at most 10<sup>12</sup>, and 0 for a pixel of zeros. No more directions are taken than there are in the background and leave one for
 * the noise, which is noted. Targets that lie in them add nothing; if none adds anything all scores are zero, which is noted too.
 *
 * <p>Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the background and 2 B (k + 1 + number of targets) for the
 * score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Amsd.withDefaults().withDimensions(8)).run();
 * }</pre>
 */
public final class Amsd implements TargetDetector {
    private static final int DEFAULT_DIMENSIONS = 5;

    private final int dimensions;

    private Amsd(int dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * With five directions of the background.
     *
     * @return the method
     */
    public static Amsd withDefaults() {
        return new Amsd(DEFAULT_DIMENSIONS);
    }

    /**
     * Another number of directions of the background.
     *
     * @param count zero or more; 5 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Amsd withDimensions(int count) {
        return new Amsd(Background.requireDimensions(count));
    }

    /**
     * The number of directions that stand for the background.
     *
     * @return zero or more
     */
    public int dimensions() {
        return dimensions;
    }

    @Override
    public String name() {
        return "amsd";
    }

    @Override
    public String summary() {
        return "What the target adds to the background's subspace, by what neither explains.";
    }

    @Override
    public String reference() {
        return "Manolakis, Siracusa and Shaw, Hyperspectral subpixel target detection using the linear mixing model, 2001";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        return fit(background, List.of(target), context);
    }

    /** {@inheritDoc} Together they span the target's subspace: several spectra of one thing. */
    @Override
    public DetectionModel fit(Cube background, List<Spectrum> targets, RunContext context) {
        Background.requireTargets(targets, background);
        long start = System.nanoTime();
        MeanScatter statistics = Background.statistics(background, context);
        StrongDirections strong = StrongDirections.of(
                statistics.correlation(), dimensions, Math.max(0, background.bands() - targets.size() - 1));
        Diagnostics diagnostics = strong.diagnostics(statistics);
        double[][] vectors = targets.stream().map(Spectrum::toArray).toArray(double[][]::new);
        double[][] added = StrongDirections.added(strong.basis(), vectors);
        if (added.length == 0) {
            diagnostics = diagnostics.note(
                    "the target lies in the " + strong.count() + " directions of the background: all scores are zero");
        }
        return new Model(background.bands(), strong.basis(), added, diagnostics.since(start));
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private static final double LEAST_SHARE = 1e-12;

        private final double[][] directions;
        private final int own; // the first of them, which are the background's

        Model(int bands, double[][] background, double[][] target, Diagnostics diagnostics) {
            super(bands, null, diagnostics);
            this.own = background.length;
            this.directions = Arrays.copyOf(background, own + target.length);
            System.arraycopy(target, 0, directions, own, target.length);
        }

        @Override
        public Worker worker() {
            return new Ratio();
        }

        private final class Ratio implements Worker {
            private double[][] components = new double[directions.length][0];
            private double[] energies = new double[0];

            @Override
            public void apply(PixelTile tile, double[][] output) {
                if (energies.length < tile.span()) {
                    components = new double[directions.length][tile.capacity()];
                    energies = new double[tile.capacity()];
                }
                if (directions.length > 0) {
                    tile.multiply(directions, components);
                }
                int n = tile.size();
                Kernels.best().squaredNorms(tile.planes(), n, energies);
                for (int i = 0; i < n; i++) {
                    output[0][i] = ratio(i);
                }
            }

            private double ratio(int i) {
                double background = energy(0, own, i);
                double target = energy(own, directions.length, i);
                double rest = Math.max(energies[i] - background - target, LEAST_SHARE * energies[i]);
                return rest > 0 ? Math.min(target / rest, 1 / LEAST_SHARE) : 0.0;
            }

            private double energy(int from, int to, int i) {
                double sum = 0;
                for (int k = from; k < to; k++) {
                    sum += components[k][i] * components[k][i];
                }
                return sum;
            }
        }
    }
}
