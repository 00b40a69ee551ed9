package org.hsi4j.detection;

import java.io.Serializable;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * A scene's background by means and covariances: one for {@linkplain SceneBackground the whole scene}, one for {@linkplain ColumnBackground
 * each column} of a push-broom sensor, or one for {@linkplain ClusterBackground each cluster} of its pixels. Masks and good bands
 * are those of the cube it is learnt from. Parts of one scene, or several scenes, can be joined ({@code plus}), and what was joined is
 * handed to a detector in place of a scene. A background that is low-rank but for rare entries is a {@link LowRankBackground}.
 * Immutable, serialisable, thread-safe.
 *
 * <pre>{@code
 * SceneBackground both = SceneBackground.of(monday, Shrinkage.AUTO, context).plus(SceneBackground.of(tuesday, Shrinkage.AUTO, context));
 * DetectionModel model = SpectralMatchedFilter.withDefaults().fit(both, spectrum, context);
 * }</pre>
 *
 * @serial exclude
 */
public abstract sealed class BackgroundStatistics implements Serializable
        permits SceneBackground, ColumnBackground, ClusterBackground {
    private static final long serialVersionUID = 1L;

    BackgroundStatistics() {}

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public abstract int bands();

    /**
     * Number of pixels it was learnt from.
     *
     * @return at least one
     */
    public abstract long pixels();

    /**
     * A detector's model, made of what each part of the background gives.
     *
     * @param loading of the diagonals, in mean variances of the bands
     */
    abstract DetectionModel model(double loading, Part part, RunContext context);

    /** A detector's model for one Gaussian. */
    @FunctionalInterface
    interface Part {
        PixelDetectionModel of(Background estimate);
    }

    /** Figures and notes of many estimates as one: the worst condition, the largest shrinkage and loading. */
    static Diagnostics worst(Iterable<Diagnostics> all) {
        Diagnostics result = Diagnostics.none();
        for (String name : new String[] {"condition", "shrinkage", "loading"}) {
            double largest = 0;
            for (Diagnostics one : all) {
                largest = Math.max(largest, one.figures().getOrDefault(name, 0.0));
            }
            result = result.with(name, largest);
        }
        return result;
    }
}
