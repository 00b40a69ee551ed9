package org.hsi4j.transform;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * What {@link Pca} or {@link Mnf} has learnt: k components y = W (x - m) of a spectrum x, and the way back, x = V y +
 * m. With all components the way back is exact; with fewer it is the projection on their subspace. Immutable,
 * serialisable, thread-safe. Costs 2 B k flops a pixel each way.
 *
 * @serial exclude
 */
public final class ComponentTransform implements PixelModel {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[] values;
    private final LinearModel forward;
    private final LinearModel inverse;
    private final Diagnostics diagnostics;

    private ComponentTransform(
            double[] mean, double[] values, LinearModel forward, LinearModel inverse, Diagnostics diagnostics) {
        this.mean = mean;
        this.values = values;
        this.forward = forward;
        this.inverse = inverse;
        this.diagnostics = diagnostics;
    }

    /** From W (k x B), V (B x k), the mean, and all B eigenvalues. */
    static ComponentTransform of(double[][] w, double[][] v, double[] mean, double[] values, Diagnostics diagnostics) {
        double[] offset = new double[w.length];
        for (int k = 0; k < offset.length; k++) {
            for (int b = 0; b < mean.length; b++) {
                offset[k] -= w[k][b] * mean[b];
            }
        }
        return new ComponentTransform(
                mean.clone(), values.clone(), LinearModel.of(w, offset), LinearModel.of(v, mean), diagnostics);
    }

    @Override
    public int bands() {
        return forward.bands();
    }

    /** {@inheritDoc} These are the components. */
    @Override
    public int outputs() {
        return forward.outputs();
    }

    @Override
    public Worker worker() {
        return forward.worker();
    }

    /**
     * The eigenvalues of all B components, kept or not.
     *
     * @return a copy, largest first: variances for PCA; for MNF variances in units of the noise, which is one plus the
     *     ratio of signal to noise
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The mean m.
     *
     * @return a copy, one value a band
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The way there, y = W x - W m.
     *
     * @return a model of B bands and k outputs
     */
    public LinearModel forward() {
        return forward;
    }

    /**
     * The way back, x = V y + m.
     *
     * @return a model of k bands and B outputs
     */
    public LinearModel inverse() {
        return inverse;
    }

    /**
     * The components of a scene.
     *
     * @param cube a scene of the same bands
     * @param context threads, progress, cancellation and memory limit
     * @return a cube of k bands in float64, strongest component first, NaN at invalid pixels; it keeps name,
     *     georeference and provenance
     * @throws IllegalArgumentException if the number of bands differs or the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Cube apply(Cube cube, RunContext context) {
        return Tiles.mapToBands(cube, forward, Precision.DOUBLE, context, "components")
                .provenance(outputs() + " components")
                .build();
    }

    /**
     * The scene that belongs to some components.
     *
     * @param components a cube of k bands
     * @param context threads, progress, cancellation and memory limit
     * @return a cube of B bands in float64, without wavelengths; NaN at invalid pixels
     * @throws IllegalArgumentException if the number of bands is not k or the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Cube restore(Cube components, RunContext context) {
        return Tiles.mapToBands(components, inverse, Precision.DOUBLE, context, "from components")
                .provenance("from " + outputs() + " components")
                .build();
    }

    /**
     * How the fit went.
     *
     * @return figures {@code pixels}, {@code components} and {@code explained} (share of the sum of the eigenvalues),
     *     and notes
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public String toString() {
        return outputs() + " components of " + bands() + " bands";
    }
}
