package org.hsi4j.transform;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Smoothing and derivatives of spectra by local polynomials.
 *
 * <p>Around each band the polynomial of the given order that fits best (least squares) to the bands of the window gives
 * the value, or its derivative, at the centre of the band. The window counts bands; at both ends of the spectrum it is
 * the first or last one that fits, evaluated off its middle. The fit uses the true wavelengths, so that spacing need
 * not be even: on an even grid these are the well-known weights. A polynomial of the order comes through unchanged.
 * Derivatives are per nanometre, or per band where the grid has no wavelengths.
 *
 * <p>Reference: Savitzky and Golay, "Smoothing and differentiation of data by simplified least squares procedures",
 * 1964. Costs 2 flops a pixel, band and band of the window. Immutable and thread-safe.
 *
 * <pre>{@code
 * Cube slope = SavitzkyGolay.withDefaults().withWindow(11).withDerivative(1).apply(scene, context);
 * }</pre>
 */
public final class SavitzkyGolay {
    private final int window;
    private final int order;
    private final int derivative;

    private SavitzkyGolay(int window, int order, int derivative) {
        this.window = window;
        this.order = order;
        this.derivative = derivative;
    }

    /**
     * Smoothing by parabolas over seven bands, one of the examples of the paper.
     *
     * @return the method
     */
    public static SavitzkyGolay withDefaults() {
        return new SavitzkyGolay(7, 2, 0);
    }

    /**
     * Another window.
     *
     * @param bands an odd number, at least three; must be more than the order when it is applied
     * @return a changed copy
     * @throws IllegalArgumentException if it is even or smaller than three
     */
    public SavitzkyGolay withWindow(int bands) {
        if (bands < 3 || bands % 2 == 0) {
            throw new IllegalArgumentException("window must be an odd number of at least 3 bands, not " + bands);
        }
        return new SavitzkyGolay(bands, order, derivative);
    }

    /**
     * The window.
     *
     * @return bands
     */
    public int window() {
        return window;
    }

    /**
     * Another order of the polynomials.
     *
     * @param newOrder zero to eight; must be less than the window and no less than the derivative when it is applied
     * @return a changed copy
     * @throws IllegalArgumentException if it is outside that range
     */
    public SavitzkyGolay withOrder(int newOrder) {
        if (newOrder < 0 || newOrder > 8) {
            throw new IllegalArgumentException("order must be 0 to 8, not " + newOrder);
        }
        return new SavitzkyGolay(window, newOrder, derivative);
    }

    /**
     * The order of the polynomials.
     *
     * @return zero to eight
     */
    public int order() {
        return order;
    }

    /**
     * A derivative instead of the smoothed value.
     *
     * @param times how often to derive, zero for smoothing
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public SavitzkyGolay withDerivative(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("derivative must be at least 0, not " + times);
        }
        return new SavitzkyGolay(window, order, times);
    }

    /**
     * How often it derives.
     *
     * @return zero for smoothing
     */
    public int derivative() {
        return derivative;
    }

    /**
     * The filter for a grid of wavelengths.
     *
     * @param grid strictly rising, at least as many bands as the window
     * @return a model of as many outputs as bands
     * @throws IllegalArgumentException if the grid is not as described (bands of overlapping detectors must be sorted
     *     or left out first), or window, order and derivative do not fit each other
     */
    public LinearModel model(Wavelengths grid) {
        double[] x = grid.toArray();
        for (int b = 1; b < x.length; b++) {
            if (!(x[b] > x[b - 1])) {
                throw new IllegalArgumentException(
                        "wavelengths must rise, but band " + b + " at " + x[b] + " nm follows " + x[b - 1] + " nm");
            }
        }
        return model(x);
    }

    /**
     * The filter for bands of even spacing; derivatives are per band.
     *
     * @param bands at least the window
     * @return a model of as many outputs as bands
     * @throws IllegalArgumentException if there are too few bands, or window, order and derivative do not fit each
     *     other
     */
    public LinearModel model(int bands) {
        double[] x = new double[bands];
        for (int b = 0; b < bands; b++) {
            x[b] = b;
        }
        return model(x);
    }

    private LinearModel model(double[] x) {
        if (order >= window || derivative > order) {
            throw new IllegalArgumentException("a window of " + window + " bands, order " + order + " and derivative "
                    + derivative + " do not fit: window > order >= derivative");
        }
        if (x.length < window) {
            throw new IllegalArgumentException("a window of " + window + " bands but there are " + x.length + " bands");
        }
        double[][] weights = new double[x.length][x.length];
        for (int b = 0; b < x.length; b++) {
            int first = Math.max(0, Math.min(x.length - window, b - window / 2));
            double[] local = weights(x, first, b);
            System.arraycopy(local, 0, weights[b], first, window);
        }
        return LinearModel.of(weights, new double[x.length]);
    }

    /**
     * The row of the pseudo-inverse of the polynomials' values that gives the wanted coefficient about band {@code at}.
     */
    private double[] weights(double[] x, int first, int at) {
        double unit = (x[first + window - 1] - x[first]) / 2;
        double[][] powers = new double[window][order + 1];
        for (int i = 0; i < window; i++) {
            double t = (x[first + i] - x[at]) / unit;
            powers[i][0] = 1;
            for (int p = 1; p <= order; p++) {
                powers[i][p] = powers[i][p - 1] * t;
            }
        }
        Dense.Svd svd = Dense.svd(powers);
        double factor = 1;
        for (int d = 1; d <= derivative; d++) {
            factor *= d / unit;
        }
        double[] weights = new double[window];
        for (int i = 0; i < window; i++) {
            for (int k = 0; k <= order; k++) {
                weights[i] += factor * svd.v()[derivative][k] / svd.values()[k] * svd.u()[i][k];
            }
        }
        return weights;
    }

    /**
     * Filters a spectrum; a missing band (NaN) spoils those whose window it is in.
     *
     * @param spectrum with or without wavelengths
     * @return a spectrum of the same name and grid
     * @throws IllegalArgumentException as {@link #model(Wavelengths)}
     */
    public Spectrum apply(Spectrum spectrum) {
        LinearModel model = spectrum.wavelengths().map(this::model).orElseGet(() -> model(spectrum.bands()));
        Spectrum filtered = Spectrum.of(model.apply(spectrum.toArray())).named(spectrum.name());
        return spectrum.wavelengths().map(filtered::withWavelengths).orElse(filtered);
    }

    /**
     * Filters every pixel of a scene.
     *
     * @param cube with or without wavelengths
     * @param context threads, progress, cancellation and memory limit
     * @return a cube with the metadata of the scene; invalid pixels stay so
     * @throws IllegalArgumentException as {@link #model(Wavelengths)}, or if the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Cube apply(Cube cube, RunContext context) {
        LinearModel model = cube.wavelengths().map(this::model).orElseGet(() -> model(cube.bands()));
        return Tiles.mapToCube(cube, model, context, "smoothing")
                .provenance("Savitzky-Golay, window " + window + ", order " + order + ", derivative " + derivative)
                .build();
    }
}
