package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Shrinkage;

/**
 * Collaborative representation: how badly the pixels around a pixel, all of them together, can be mixed into its spectrum.
 *
 * <p>With the n valid pixels of the ring between an inner and an outer window as the columns of X, the weights of the pixel y are
 * w = (X'X + l G<sup>2</sup>)<sup>-1</sup> X'y, which minimises |y - X w|<sup>2</sup> + l |G w|<sup>2</sup>, where G is diagonal and holds
 * the distances |x<sub>i</sub> - y|: what resembles the pixel is taken first. The score is |y - X w|, in the unit of the samples,
 * zero or larger. It has no known distribution, so thresholds are empirical. Computed in float64 for every pixel.
 *
 * <p><b>Windows.</b> Both are square; 3 and 11 pixels a side by default. At borders the outer window is shifted inward, so that it
 * is always full, and an outer window larger than the image is cut to it; the inner one stays centred on the pixel and
 * loses what reaches beyond. <b>Weight.</b> l is 10<sup>-6</sup> by default, as in the authors' program. Where a ring has more
 * pixels than bands it decides everything, because without it every spectrum could be mixed exactly: on the simulated scene
 * of the tests the AUC is .549 with 10<sup>-6</sup> and .777 with 1. The diagnostics say so.
 *
 * <p><b>Unusual pixels.</b> A pixel none of whose ring is valid is represented by the mean of the background; a black one
 * scores zero. So that copies of a pixel can be factored, l |x<sub>i</sub> - y|<sup>2</sup> is at least 10<sup>-12</sup> times the larger of
 * |x<sub>i</sub>|<sup>2</sup> and |y|<sup>2</sup>, and a score below 10<sup>-11</sup> |y|, which is rounding, is zero. Constant and equal bands, and fewer pixels
 * than bands, need no care. Invalid pixels are NaN and in no ring.
 *
 * <p>Costs n<sup>3</sup> / 3 flops a pixel, or n B<sup>2</sup> + B<sup>3</sup> / 3 where that is less: then the residual is found as
 * (I + X (l G<sup>2</sup>)<sup>-1</sup> X')<sup>-1</sup> y, which is the same. In the first case the products of all pairs of pixels of a block of
 * 32 x 64 pixels and its surroundings are kept, once for each thread. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(Crd.withDefaults().withInnerWindow(5).withOuterWindow(15)).run();
 * }</pre>
 */
public final class Crd implements AnomalyDetector {
    private static final int LARGEST = 1023;

    private final int innerWindow;
    private final int outerWindow;
    private final double weight;

    private Crd(int innerWindow, int outerWindow, double weight) {
        this.innerWindow = innerWindow;
        this.outerWindow = outerWindow;
        this.weight = weight;
    }

    /**
     * With windows of 3 and 11 pixels and a weight of 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static Crd withDefaults() {
        return new Crd(3, 11, 1e-6);
    }

    /**
     * Another inner window, whose pixels are left out.
     *
     * @param pixels pixels a side, odd, at least 1; one that is not smaller than the outer window is refused in the fit
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than one or larger than 1023
     */
    public Crd withInnerWindow(int pixels) {
        return new Crd(requireOdd("inner", pixels, 1), outerWindow, weight);
    }

    /**
     * The inner window.
     *
     * @return pixels a side
     */
    public int innerWindow() {
        return innerWindow;
    }

    /**
     * Another outer window, whose pixels represent the one in the middle.
     *
     * @param pixels pixels a side, odd, at least 3; one that is not larger than the inner window is refused in the fit
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than three or larger than 1023
     */
    public Crd withOuterWindow(int pixels) {
        return new Crd(innerWindow, requireOdd("outer", pixels, 3), weight);
    }

    /**
     * The outer window.
     *
     * @return pixels a side
     */
    public int outerWindow() {
        return outerWindow;
    }

    private static int requireOdd(String which, int pixels, int least) {
        if (pixels < least || pixels > LARGEST || pixels % 2 == 0) {
            throw new IllegalArgumentException("the " + which + " window must be an odd number of pixels from " + least
                    + " to " + LARGEST + ", not " + pixels);
        }
        return pixels;
    }

    /**
     * Another weight of the penalty.
     *
     * @param newWeight l, above zero, without unit
     * @return a changed copy
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public Crd withWeight(double newWeight) {
        if (!(newWeight > 0) || Double.isInfinite(newWeight)) {
            throw new IllegalArgumentException("the weight must be above zero, not " + newWeight);
        }
        return new Crd(innerWindow, outerWindow, newWeight);
    }

    /**
     * The weight of the penalty.
     *
     * @return l
     */
    public double weight() {
        return weight;
    }

    @Override
    public String name() {
        return "crd";
    }

    @Override
    public String summary() {
        return "What the pixels around a pixel cannot represent together.";
    }

    @Override
    public String reference() {
        return "Li and Du, Collaborative representation for hyperspectral anomaly detection, 2015";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        if (innerWindow >= outerWindow) {
            throw new IllegalArgumentException("the inner window of " + innerWindow
                    + " pixels does not leave a ring in the outer window of " + outerWindow);
        }
        long start = System.nanoTime();
        CovarianceEstimate estimate = CovarianceEstimate.of(background, Shrinkage.NONE, context);
        int ring = outerWindow * outerWindow - innerWindow * innerWindow;
        Diagnostics diagnostics = estimate.diagnostics()
                .with("inner-window", innerWindow)
                .with("outer-window", outerWindow)
                .with("ring-pixels", ring);
        if (ring > estimate.bands()) {
            diagnostics = diagnostics.note(
                    "the weight decides: " + ring + " pixels can represent anything in " + estimate.bands() + " bands");
        }
        return new CrdModel(estimate.mean(), innerWindow, outerWindow, weight, diagnostics.since(start));
    }
}
