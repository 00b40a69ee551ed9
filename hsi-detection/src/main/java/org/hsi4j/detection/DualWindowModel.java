package org.hsi4j.detection;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Whitening;

/** Pixels against the ring between two windows, see {@link DualWindowRx} and {@link DualWindowTarget}. */
final class DualWindowModel extends GaussianModel {
    private static final long serialVersionUID = 1L;

    private final Whitening whitening;
    private final double[][] loading;
    private final int innerWindow;
    private final int outerWindow;
    private final RingStatistic statistic;
    private final WindowCovariance covariance;
    private final double[] target;

    private DualWindowModel(
            Whitening whitening,
            double[][] loading,
            int innerWindow,
            int outerWindow,
            RingStatistic statistic,
            WindowCovariance covariance,
            double[] target,
            Diagnostics diagnostics) {
        super(
                whitening.bands(),
                statistic == RingStatistic.DISTANCE && covariance == WindowCovariance.RING
                        ? law(whitening.bands(), ring(innerWindow, outerWindow))
                        : null,
                diagnostics);
        this.whitening = whitening;
        this.loading = loading;
        this.innerWindow = innerWindow;
        this.outerWindow = outerWindow;
        this.statistic = statistic;
        this.covariance = covariance;
        this.target = target;
    }

    /** The target whitened by the background; distances have none. */
    static DualWindowModel of(
            Background background,
            Windows windows,
            double loading,
            RingStatistic statistic,
            WindowCovariance covariance,
            double[] target) {
        int innerWindow = windows.innerPixels();
        int outerWindow = windows.outerPixels(background.bands());
        int ring = ring(innerWindow, outerWindow);
        Diagnostics diagnostics = background
                .diagnostics()
                .with("inner-window", innerWindow)
                .with("outer-window", outerWindow)
                .with("ring-pixels", ring);
        if (ring < 2 * background.bands() && covariance == WindowCovariance.RING) {
            diagnostics = diagnostics.note("a ring of " + ring + " pixels is small for " + background.bands()
                    + " bands: two pixels a band are advisable");
        }
        return new DualWindowModel(
                background.whitening(),
                whitened(background, loading * background.meanVariance()),
                innerWindow,
                outerWindow,
                statistic,
                covariance,
                target,
                diagnostics);
    }

    private static int ring(int innerWindow, int outerWindow) {
        return outerWindow * outerWindow - innerWindow * innerWindow;
    }

    private static BackgroundLaw law(int bands, int pixels) {
        return pixels > bands ? new BackgroundLaw.Hotelling(bands, pixels) : new BackgroundLaw.ChiSquare(bands);
    }

    /** A multiple of the identity as whitening sees it: the lower triangle of L^-1 L'^-1, so many times. */
    private static double[][] whitened(Background background, double multiple) {
        int bands = background.bands();
        Whitening whitening = background.whitening();
        double[][] inverse = new double[bands][]; // rows of L^-1, from the first to the diagonal
        double[] unit = new double[bands];
        for (int b = 0; b < bands; b++) {
            Arrays.fill(unit, 0.0);
            unit[b] = 1.0;
            inverse[b] = Arrays.copyOf(whitening.filter(unit), b + 1);
        }
        double[][] loading = new double[bands][];
        for (int a = 0; a < bands; a++) {
            loading[a] = new double[a + 1];
            for (int b = 0; multiple > 0 && b <= a; b++) {
                for (int k = 0; k <= b; k++) {
                    loading[a][b] += multiple * inverse[a][k] * inverse[b][k];
                }
            }
        }
        return loading;
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        if (scene.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
        }
        List<Region> blocks =
                WindowBlocks.of(scene.rows(), scene.columns(), RingScorer.BLOCK_ROWS, RingScorer.BLOCK_COLUMNS);
        int threads = Math.min(context.parallelism(), blocks.size());
        context.requireMemory(
                16L * scene.pixels() + threads * RingScorer.bytes(scene, outerWindow),
                "the map of the result and the sums of the windows");
        double[] scores = new double[scene.pixels()];
        Arrays.fill(scores, Double.NaN);
        AtomicInteger helped = new AtomicInteger();
        Parallel.run(
                context,
                "detection",
                blocks.size(),
                () -> new RingScorer(
                        scene, whitening, loading, innerWindow, outerWindow, statistic, covariance, target, context),
                (scorer, index) -> helped.addAndGet(scorer.score(blocks.get(index), scores)));
        return new Scoring(
                ScoreMap.of("scores", scene.rows(), scene.columns(), scores), diagnostics(scene, helped.get()));
    }

    private Diagnostics diagnostics(Cube scene, int helped) {
        Diagnostics diagnostics = Diagnostics.none().with("helped-pixels", helped);
        if (Math.min(scene.rows(), scene.columns()) < outerWindow) {
            diagnostics = diagnostics.note("the outer window of " + outerWindow + " pixels was cut to the image of "
                    + scene.rows() + " x " + scene.columns());
        }
        return helped == 0
                ? diagnostics
                : diagnostics.note("the rings of " + helped
                        + " pixels had too few or dependent pixels and were filled up with the background");
    }
}
