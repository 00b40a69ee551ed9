package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.LinearModel;
import org.hsi4j.transform.SavitzkyGolay;

/**
 * Smoothing of each spectrum by local polynomials, whatever its noise: each band becomes the value of the polynomial
 * that fits best to the bands of the window around it, at the true wavelengths ({@link SavitzkyGolay} has the details
 * and the derivatives).
 *
 * <p>Made for single spectra and for scenes whose pixels have nothing in common; a scene has more to tell, and {@link
 * SubspaceDenoiser} asks it. It is no {@link Denoiser}, as it smooths a scene without noise too. On an even grid it
 * leaves a share of the variance of white noise that is 1/3 for parabolas over seven bands, and more at both ends of
 * the spectrum.
 *
 * <p>Defaults: parabolas over seven bands, one of the examples of the paper. Where a scene has fewer bands than the
 * window, the window is the greatest odd number of them; where polynomials of the order go through all of its bands,
 * the scene stays as it is. The notes tell. Invalid pixels are NaN in the result. Costs 2 B<sup>2</sup> flops a
 * pixel; the scene is passed twice. Immutable and thread-safe.
 *
 * <p>Reference: Savitzky and Golay, "Smoothing and differentiation of data by simplified least squares procedures",
 * Analytical Chemistry 36, 1964.
 *
 * <pre>{@code
 * RestoredCube smooth = Restoring.of(scene).with(SavitzkyGolaySmoother.withDefaults().withWindow(11)).run();
 * }</pre>
 */
public final class SavitzkyGolaySmoother implements StreamingRestorer {
    private final SavitzkyGolay filter;

    private SavitzkyGolaySmoother(SavitzkyGolay filter) {
        this.filter = filter;
    }

    /**
     * Parabolas over seven bands.
     *
     * @return the method
     */
    public static SavitzkyGolaySmoother withDefaults() {
        return new SavitzkyGolaySmoother(SavitzkyGolay.withDefaults());
    }

    /**
     * With another window.
     *
     * @param bands an odd number, at least three
     * @return a changed copy
     * @throws IllegalArgumentException if it is even or smaller than three
     */
    public SavitzkyGolaySmoother withWindow(int bands) {
        return new SavitzkyGolaySmoother(filter.withWindow(bands));
    }

    /**
     * The window.
     *
     * @return bands
     */
    public int window() {
        return filter.window();
    }

    /**
     * With another order of the polynomials.
     *
     * @param order zero to eight
     * @return a changed copy
     * @throws IllegalArgumentException if it is outside that range
     */
    public SavitzkyGolaySmoother withOrder(int order) {
        return new SavitzkyGolaySmoother(filter.withOrder(order));
    }

    /**
     * The order of the polynomials.
     *
     * @return zero to eight
     */
    public int order() {
        return filter.order();
    }

    @Override
    public String role() {
        return "smoother";
    }

    @Override
    public String name() {
        return "savitzky-golay";
    }

    @Override
    public String summary() {
        return "Smooths each spectrum by local polynomials.";
    }

    @Override
    public String reference() {
        return "Savitzky and Golay, Smoothing and differentiation of data by simplified least squares procedures, 1964";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        int fitting = Math.min(filter.window(), cube.bands() - 1 + cube.bands() % 2);
        Diagnostics diagnostics = Diagnostics.none().with("window", fitting);
        LinearModel model;
        if (fitting > filter.order()) {
            SavitzkyGolay fitted = filter.withWindow(Math.max(3, fitting));
            model = cube.wavelengths().map(fitted::model).orElseGet(() -> fitted.model(cube.bands()));
            if (fitting < filter.window()) {
                diagnostics = diagnostics.note(
                        cube.bands() + " bands are fewer than the window of " + filter.window() + ": it is " + fitting);
            }
        } else {
            model = identity(cube.bands());
            diagnostics = diagnostics.note("polynomials of order " + filter.order() + " go through all " + cube.bands()
                    + " bands: left as it is");
        }
        if (Enlarged.validMask(cube, context).count() == 0) {
            diagnostics = diagnostics.note("the scene has no valid pixel");
        }
        return new Learnt(
                cube,
                new ModelSource(cube, model, cube.precision()),
                "smoothed by " + name() + ", window " + fitting + ", order " + filter.order(),
                diagnostics);
    }

    private static LinearModel identity(int bands) {
        double[][] weights = new double[bands][bands];
        for (int b = 0; b < bands; b++) {
            weights[b][b] = 1;
        }
        return LinearModel.of(weights, new double[bands]);
    }
}
