package org.hsi4j.stats;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Estimates the intrinsic dimension of a scene (the number of endmembers, the rank of its signal) from the mean and
 * scatter of its valid pixels. Implementations are immutable and thread-safe. They answer different questions and often
 * disagree: ask several, and look at their spread.
 *
 * <pre>{@code
 * MeanScatter statistics = MeanScatter.of(scene, context);
 * for (DimensionEstimator method : DimensionEstimator.all()) {
 *     DimensionEstimate estimate = method.estimate(statistics);
 * }
 * }</pre>
 */
public interface DimensionEstimator {

    /**
     * All methods of this library with their defaults.
     *
     * @return HySime, HFC, NWHFC and the Marchenko-Pastur noise edge
     */
    static List<DimensionEstimator> all() {
        return List.of(HySime.withDefaults(), Hfc.withDefaults(), Hfc.noiseWhitened(), MarchenkoPastur.withDefaults());
    }

    /**
     * What the field calls it, in lower case.
     *
     * @return for example {@code hysime}
     */
    String name();

    /**
     * Where it was published.
     *
     * @return authors, title, year
     */
    String reference();

    /**
     * Estimates the dimension from statistics. Costs a few times B<sup>3</sup> flops.
     *
     * @param statistics of a scene
     * @return the estimate; zero where the statistics cannot say, with a note
     * @throws IllegalArgumentException if the statistics are not finite
     */
    DimensionEstimate estimate(MeanScatter statistics);

    /**
     * Estimates the dimension of a scene's valid pixels in one pass. Costs B<sup>2</sup> flops a pixel.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate; the same for any number of threads
     * @throws IllegalArgumentException if samples are so large that their squares overflow, or the memory limit is too
     *     small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    default DimensionEstimate estimate(Cube cube, RunContext context) {
        long start = System.nanoTime();
        DimensionEstimate estimate = estimate(MeanScatter.of(cube, context));
        return new DimensionEstimate(
                estimate.method(), estimate.count(), estimate.diagnostics().since(start));
    }
}
