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

/** Residuals of the representation by a ring, see {@link Crd}. */
final class CrdModel extends GaussianModel {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final int innerWindow;
    private final int outerWindow;
    private final double weight;

    CrdModel(double[] mean, int innerWindow, int outerWindow, double weight, Diagnostics diagnostics) {
        super(mean.length, null, diagnostics);
        this.mean = mean;
        this.innerWindow = innerWindow;
        this.outerWindow = outerWindow;
        this.weight = weight;
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        if (scene.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
        }
        RingWindow window = RingWindow.of(scene, innerWindow, outerWindow);
        List<Region> blocks =
                WindowBlocks.of(scene.rows(), scene.columns(), RingWindow.BLOCK_ROWS, RingWindow.BLOCK_COLUMNS);
        int threads = Math.min(context.parallelism(), blocks.size());
        context.requireMemory(
                16L * scene.pixels() + threads * CrdScorer.bytes(window, bands()),
                "the map of the result and the products of the pixels");
        double[] scores = new double[scene.pixels()];
        Arrays.fill(scores, Double.NaN);
        AtomicInteger alone = new AtomicInteger();
        Parallel.run(
                context,
                "detection",
                blocks.size(),
                () -> new CrdScorer(scene, window, mean, weight, context),
                (scorer, index) -> alone.addAndGet(scorer.score(blocks.get(index), scores)));
        return new Scoring(
                ScoreMap.of("scores", scene.rows(), scene.columns(), scores), diagnostics(scene, alone.get()));
    }

    private Diagnostics diagnostics(Cube scene, int alone) {
        Diagnostics diagnostics = Diagnostics.none().with("lonely-pixels", alone);
        if (Math.min(scene.rows(), scene.columns()) < outerWindow) {
            diagnostics = diagnostics.note("the outer window of " + outerWindow + " pixels was cut to the image of "
                    + scene.rows() + " x " + scene.columns());
        }
        return alone == 0
                ? diagnostics
                : diagnostics.note(alone + " pixels without a valid pixel in their ring were represented by the mean of"
                        + " the background");
    }
}
