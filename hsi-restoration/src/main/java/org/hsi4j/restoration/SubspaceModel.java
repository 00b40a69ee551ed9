package org.hsi4j.restoration;

import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.transform.LinearModel;

/**
 * The signal subspace that {@link WhitenedSvd} has learnt from a scene, ready to denoise any scene of the same sensor: the
 * oblique projector x -&gt; D V V' D<sup>-1</sup> x of rank k. Immutable, serialisable, thread-safe. Costs 4 B k flops a pixel.
 *
 * <pre>{@code
 * SubspaceModel model = WhitenedSvd.withDefaults().fit(morning, context);
 * Cube clean = Tiles.mapToCube(noon, model, context, "denoising").build();
 * }</pre>
 */
public final class SubspaceModel implements PixelModel {
    private static final long serialVersionUID = 1L;

    private final double[][] analysis; // V' D^-1, rank x bands; no row when the scene shall stay as it is
    private final double[][] synthesis; // D V, bands x rank
    private final Diagnostics diagnostics;

    SubspaceModel(double[][] analysis, double[][] synthesis, Diagnostics diagnostics) {
        this.analysis = analysis;
        this.synthesis = synthesis;
        this.diagnostics = diagnostics;
    }

    @Override
    public int bands() {
        return synthesis.length;
    }

    @Override
    public int outputs() {
        return synthesis.length;
    }

    /**
     * Dimension of the subspace.
     *
     * @return one to the number of bands, which means that the scene stays as it is
     */
    public int rank() {
        return isIdentity() ? bands() : analysis.length;
    }

    /**
     * How the fit went.
     *
     * @return figures {@code pixels} and {@code rank}; {@code noise-rms} (in the unit of the samples) and {@code detectable}
     *     (components above the noise) where noise could be estimated
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** Whether the scene stays as it is. */
    boolean isIdentity() {
        return analysis.length == 0;
    }

    /** The weights of the components: rank x bands. */
    double[][] analysis() {
        return analysis;
    }

    /** The components of spectra: rank x n from bands x n. */
    double[][] coefficients(double[][] spectra) {
        return product(analysis, spectra);
    }

    /** The spectra of components: bands x n from rank x n. */
    double[][] spectra(double[][] coefficients) {
        return product(synthesis, coefficients);
    }

    private static double[][] product(double[][] weights, double[][] in) {
        double[][] out = new double[weights.length][in[0].length];
        Kernels.best().multiply(weights, in, in[0].length, out);
        return out;
    }

    /** From spectra to the components with white noise of variance one. */
    LinearModel images() {
        return LinearModel.of(analysis, new double[analysis.length]);
    }

    /** From the components to spectra. */
    LinearModel scene() {
        return LinearModel.of(synthesis, new double[synthesis.length]);
    }

    /** The weights of that: bands x rank. */
    double[][] synthesis() {
        return synthesis;
    }

    @Override
    public Worker worker() {
        return isIdentity() ? SubspaceModel::copy : new Projector();
    }

    private static void copy(PixelTile tile, double[][] output) {
        for (int b = 0; b < output.length; b++) {
            System.arraycopy(tile.planes()[b], 0, output[b], 0, tile.size());
        }
    }

    private final class Projector implements Worker {
        private double[][] coefficients = new double[analysis.length][0];

        @Override
        public void apply(PixelTile tile, double[][] output) {
            if (coefficients[0].length < tile.capacity()) {
                coefficients = new double[analysis.length][tile.capacity()];
            }
            tile.multiply(analysis, coefficients);
            Kernels.best().multiply(synthesis, coefficients, tile.size(), output);
        }
    }
}
