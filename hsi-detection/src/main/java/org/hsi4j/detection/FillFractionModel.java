package org.hsi4j.detection;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.Mahalanobis;

/**
 * What {@link FillFraction} has learnt. Immutable, serialisable, thread-safe.
 *
 * @serial exclude
 */
public final class FillFractionModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    /** An interval of this confidence covers zero in as large a part of the background. */
    private static final double CONFIDENCE = 0.95;

    private final Mahalanobis mahalanobis;
    private final LinearFilter projection; // on s
    private final double energy; // s's
    private final double spread;

    private FillFractionModel(
            Mahalanobis mahalanobis, LinearFilter projection, double energy, double spread, Diagnostics diagnostics) {
        super(mahalanobis.bands(), null, diagnostics);
        this.mahalanobis = mahalanobis;
        this.projection = projection;
        this.energy = energy;
        this.spread = spread;
    }

    static FillFractionModel of(
            Background estimate, double[] direction, Cube background, long start, RunContext context) {
        double energy = Background.dot(direction, direction);
        LinearFilter projection = LinearFilter.along(estimate, direction);
        Diagnostics diagnostics = estimate.diagnostics().with("target-energy", energy);
        FillFractionModel raw = new FillFractionModel(estimate.mahalanobis(), projection, energy, 1, diagnostics);
        double spread = raw.spreadOver(background, context);
        diagnostics = diagnostics.with("spread", spread);
        if (energy <= 2 * estimate.bands()) {
            diagnostics = diagnostics.note(
                    "the target is so like the background that the fill fraction is read from the spread of the"
                            + " pixel as much as from the target");
        }
        return new FillFractionModel(raw.mahalanobis, projection, energy, spread, diagnostics.since(start));
    }

    private double spreadOver(Cube background, RunContext context) {
        FillFractions maps = estimate(background, context);
        double[] fraction = maps.fraction().toArray();
        double[] error = maps.standardError().toArray();
        double[] ratios = new double[fraction.length];
        int n = 0;
        for (int i = 0; i < fraction.length; i++) {
            if (error[i] > 0) {
                ratios[n++] = Math.abs(fraction[i]) / error[i];
            }
        }
        Arrays.sort(ratios, 0, n);
        double expected = FillFractions.deviations(CONFIDENCE);
        return n == 0 ? 1 : Math.max(1, ratios[Math.min(n - 1, (int) Math.floor(CONFIDENCE * n))] / expected);
    }

    /**
     * The share of each pixel and its error.
     *
     * @param scene what to look at
     * @param context threads, progress, cancellation and memory limit
     * @return the maps, the same for any number of threads
     * @throws IllegalArgumentException if the scene has another number of bands or the maps exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public FillFractions estimate(Cube scene, RunContext context) {
        long start = System.nanoTime();
        List<ScoreMap> maps = Tiles.map(scene, new Both(this), context, "detection")
                .toScores(List.of("fill fraction", "standard error of the fill fraction"));
        return new FillFractions(maps.get(0), maps.get(1), diagnostics().since(start));
    }

    @Override
    public Worker worker() {
        Likelihood likelihood = new Likelihood();
        return (tile, output) -> likelihood.apply(tile, output, false);
    }

    /** The same with two outputs. */
    private record Both(FillFractionModel model) implements PixelModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int bands() {
            return model.bands();
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public Worker worker() {
            Likelihood likelihood = model.new Likelihood();
            return (tile, output) -> likelihood.apply(tile, output, true);
        }
    }

    /** Buffers of one thread. */
    private final class Likelihood {
        private final double[][] along = new double[1][0];
        private double[] squares = new double[0];

        void apply(PixelTile tile, double[][] output, boolean errors) {
            if (squares.length < tile.span()) {
                squares = new double[tile.capacity()];
                along[0] = new double[tile.capacity()];
            }
            projection.apply(tile, along);
            int n = tile.size();
            mahalanobis.squaredDistances(tile, squares);
            double deviation = spread / Math.sqrt(2.0 * bands() + energy);
            for (int i = 0; i < n; i++) {
                double left = background(along[0][i], squares[i]);
                output[0][i] = 1 - left;
                if (errors) {
                    output[1][i] = deviation * left;
                }
            }
        }

        /** g for s'z and z'z: the positive root, written so that no digits cancel. */
        private double background(double product, double square) {
            double p = energy - product; // -u's
            double u = Math.max(0, square - 2 * product + energy);
            double root = Math.sqrt(p * p + 4 * bands() * u);
            return p > 0 ? 2 * u / (root + p) : (root - p) / (2 * bands());
        }
    }
}
