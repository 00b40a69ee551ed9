package org.hsi4j.detection;

import java.util.Objects;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Local RX: the squared Mahalanobis distance of a pixel from its surroundings, the ring between an inner and an outer window.
 *
 * <p>With the mean m and the sample covariance C (n - 1) of the n valid pixels that lie in the outer window and not in the
 * inner one, both square and centred on the pixel x, the score is (x - m)' (C + d v I)<sup>-1</sup> (x - m), where v is the mean
 * variance of the bands of the background and d the {@linkplain #loading() loading}. The inner window keeps an anomaly out
 * of its own background and should be at least as wide as what is sought. It is computed exactly, in float64, for every pixel.
 *
 * <p><b>Windows.</b> Unless said, the inner window is 7 pixels wide, or half of the outer one if that is less; the outer one is
 * the smallest whose ring has two pixels a band, because the covariance of fewer is worth little. <b>Loading.</b> 10<sup>-3</sup>
 * by default. Without it the mean AUC over ABU airport-1, beach-1, urban-1, urban-2 and HYDICE is .951, with it .970; inner
 * windows from 5 to 15 pixels and loadings from 10<sup>-4</sup> to 10<sup>-2</sup> lie between .963 and .973. <b>Borders.</b> A window
 * that would reach beyond the image is shifted inward, so that its ring has as many pixels as any other; one larger than the image
 * is cut to it.
 *
 * <p><b>Few pixels.</b> The ring of a pixel with no more than B valid neighbours has no covariance. It is filled up to 2 B pixels with
 * the background: the statistic is that of a ring which also holds so many pixels of the background's mean and covariance. Where
 * pixels depend on each other (equal ones, constant bands) and the loading is not enough, 2 B pixels of the background are
 * added, then ten times as many, and so on until C can be factored. The score is finite for every valid pixel, and the
 * diagnostics count the pixels that were helped. Invalid pixels are NaN and in no ring.
 *
 * <p>What is learnt in the fit is the background: its mean and covariance give the coordinates in which the sums are kept
 * (which changes nothing but the rounding), v, and what fills up rings. For a Gaussian background, rings of full size and no loading the
 * score has Hotelling's distribution, which gives thresholds and p-values; loading lowers scores, real backgrounds raise
 * them.
 *
 * <p><b>Covariance of the scene.</b> On demand the mean alone is the ring's and the covariance that of the whole scene
 * ({@link WindowCovariance#SCENE}): 2 B<sup>2</sup> flops a pixel, no loading, and no thresholds or p-values by the model. A
 * pixel whose ring has no valid pixel is compared with the scene's mean.
 *
 * <p>Costs B<sup>3</sup> / 3 + 8 B<sup>2</sup> flops a pixel whatever the windows, and the memory of one triangular matrix
 * for each column of a block of 64 columns and its surroundings, twice, for each thread. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(DualWindowRx.withDefaults().withInnerWindow(5).withOuterWindow(21)).run();
 * }</pre>
 */
public final class DualWindowRx implements AnomalyDetector {
    static final double DEFAULT_LOADING = 1e-3;

    private final Windows windows;
    private final double loading;
    private final WindowCovariance covariance;

    DualWindowRx(Windows windows, double loading) {
        this(windows, loading, WindowCovariance.RING);
    }

    private DualWindowRx(Windows windows, double loading, WindowCovariance covariance) {
        this.windows = windows;
        this.loading = loading;
        this.covariance = covariance;
    }

    /**
     * With windows chosen by the number of bands.
     *
     * @return the method
     */
    public static DualWindowRx withDefaults() {
        return new DualWindowRx(Windows.byBands(), DEFAULT_LOADING);
    }

    /**
     * Another inner window, whose pixels are left out.
     *
     * @param pixels pixels a side, odd, at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than one, or not smaller than an outer window that was set
     */
    public DualWindowRx withInnerWindow(int pixels) {
        return new DualWindowRx(windows.withInner(pixels), loading, covariance);
    }

    /**
     * The inner window.
     *
     * @return pixels a side; empty for 7, or half of the outer window if that is less
     */
    public OptionalInt innerWindow() {
        return windows.inner();
    }

    /**
     * Another outer window, whose pixels are the background.
     *
     * @param pixels pixels a side, odd, at least 3
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than three, or not larger than an inner window that was set
     */
    public DualWindowRx withOuterWindow(int pixels) {
        return new DualWindowRx(windows.withOuter(pixels), loading, covariance);
    }

    /**
     * The outer window.
     *
     * @return pixels a side; empty for the smallest whose ring has two pixels a band
     */
    public OptionalInt outerWindow() {
        return windows.outer();
    }

    /**
     * Another loading of the diagonal.
     *
     * @param part d, in mean variances of the bands of the background, zero or more; 10<sup>-3</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public DualWindowRx withLoading(double part) {
        return new DualWindowRx(windows, Windows.requireLoading(part), covariance);
    }

    /**
     * What is added to the diagonal.
     *
     * @return d, in mean variances of the bands of the background
     */
    public double loading() {
        return loading;
    }

    /**
     * The covariance of the ring or that of the whole scene.
     *
     * @param whose {@link WindowCovariance#RING} by default
     * @return a changed copy
     */
    public DualWindowRx withCovariance(WindowCovariance whose) {
        return new DualWindowRx(windows, loading, Objects.requireNonNull(whose, "whose"));
    }

    /**
     * Whose covariance is taken.
     *
     * @return of the ring or of the scene
     */
    public WindowCovariance covariance() {
        return covariance;
    }

    @Override
    public String name() {
        return "local-rx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance from the ring around the pixel.";
    }

    @Override
    public String reference() {
        return "Reed and Yu, Adaptive multiple-band CFAR detection of an optical pattern with unknown spectral distribution,"
                + " 1990; exact sliding windows";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        Background estimate = Background.of(background, Shrinkage.AUTO, context);
        return DualWindowModel.of(estimate, windows, loading, RingStatistic.DISTANCE, covariance, new double[0]);
    }
}
