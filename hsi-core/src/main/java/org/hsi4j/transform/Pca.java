package org.hsi4j.transform;

import java.util.Arrays;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Principal component analysis: the orthonormal directions of largest variance.
 *
 * <p>W holds the eigenvectors of the sample covariance (n - 1), strongest first, the entry of largest magnitude
 * positive; V = W'. Among all subspaces of k dimensions theirs loses least of the squared distance to the mean. Costs
 * B<sup>2</sup> flops a pixel and a few B<sup>3</sup>. Reference: Hotelling, "Analysis of a complex of statistical
 * variables into principal components", 1933. Immutable and thread-safe.
 *
 * <pre>{@code
 * ComponentTransform pca = Pca.withDefaults().withComponents(10).fit(scene, context);
 * Cube components = pca.apply(scene, context);
 * }</pre>
 */
public final class Pca {
    private final OptionalInt components;

    private Pca(OptionalInt components) {
        this.components = components;
    }

    /**
     * With as many components as bands.
     *
     * @return the method
     */
    public static Pca withDefaults() {
        return new Pca(OptionalInt.empty());
    }

    /**
     * With fewer components.
     *
     * @param count at least one, at most the number of bands
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Pca withComponents(int count) {
        return new Pca(OptionalInt.of(requirePositive(count)));
    }

    /**
     * The number of components.
     *
     * @return empty for as many as bands
     */
    public OptionalInt components() {
        return components;
    }

    /**
     * Learns the components of a scene, in one pass.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the transform; the same for any number of threads
     * @throws IllegalArgumentException if the scene has no valid pixel, fewer bands than components are asked for, or
     *     samples so large that their squares overflow
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public ComponentTransform fit(Cube cube, RunContext context) {
        return fit(MeanScatter.of(cube, context));
    }

    /**
     * Learns the components from statistics.
     *
     * @param statistics of a scene
     * @return the transform
     * @throws IllegalArgumentException as {@link #fit(Cube, RunContext)}
     */
    public ComponentTransform fit(MeanScatter statistics) {
        requirePixels(statistics);
        int bands = statistics.bands();
        int k = requireComponents(components, bands);
        Dense.Eigen eigen = Dense.eigen(statistics.covariance());
        double[][] w = Arrays.copyOf(eigen.vectors(), k);
        return ComponentTransform.of(
                w, transposed(w), statistics.mean(), eigen.values(), diagnostics(statistics, eigen.values(), k));
    }

    static int requirePositive(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("components must be at least 1, not " + count);
        }
        return count;
    }

    static void requirePixels(MeanScatter statistics) {
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("the cube has no valid pixel, so it has no components");
        }
    }

    static int requireComponents(OptionalInt components, int bands) {
        int k = components.orElse(bands);
        if (k > bands) {
            throw new IllegalArgumentException(k + " components but the cube has " + bands + " bands");
        }
        return k;
    }

    static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    static Diagnostics diagnostics(MeanScatter statistics, double[] values, int k) {
        double all = Arrays.stream(values).map(v -> Math.max(0, v)).sum();
        double kept = Arrays.stream(values, 0, k).map(v -> Math.max(0, v)).sum();
        Diagnostics diagnostics = Diagnostics.none()
                .with("pixels", (double) statistics.count())
                .with("components", k)
                .with("explained", all > 0 ? kept / all : 1.0);
        return statistics.count() > statistics.bands()
                ? diagnostics
                : diagnostics.note("components of " + statistics.count() + " pixels in " + statistics.bands()
                        + " bands: at most " + (statistics.count() - 1) + " of them have any variance");
    }
}
