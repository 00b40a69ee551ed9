package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Spectral information divergence: how much pixel and target differ as distributions over the bands, whatever their
 * brightness, without any background.
 *
 * <p>With p and q the pixel and the target divided by their sums, negative values taken for zero and no value less than
 * 10<sup>-12</sup>, the score of {@link #withDefaults()} is -SID = -sum (p - q) ln(p / q): zero for a pixel proportional to the
 * target, negative for all others, so that more is better as in every other detector. {@link #samTangent()} and {@link
 * #samSine()} multiply it by the tangent or the sine of the spectral angle of p and q, which sets similar spectra further apart; the
 * tangent is at most 10<sup>12</sup>. The measures are those of {@link org.hsi4j.metrics.SpectralDivergence}.
 *
 * <p>A pixel without a positive value is no distribution and scores as one that has nothing in common with the target:
 * -2 ln 10<sup>12</sup> = -55.3, times the sine or tangent of a right angle. Nothing is learnt, so a scene without a valid pixel is no error,
 * and there is no distribution of the scores that could give thresholds or p-values.
 *
 * <p>Invalid pixels are NaN. Costs a logarithm a sample. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult alike = Detection.of(scene).target(spectrum).with(Sid.withDefaults()).run();
 * }</pre>
 */
public final class Sid implements TargetDetector {
    private final AngleWeight weight;

    private Sid(AngleWeight weight) {
        this.weight = weight;
    }

    /** What multiplies the divergence. */
    enum AngleWeight {
        NONE,
        TANGENT,
        SINE
    }

    /**
     * The divergence itself.
     *
     * @return the method, named {@code sid}
     */
    public static Sid withDefaults() {
        return new Sid(AngleWeight.NONE);
    }

    /**
     * The divergence times the tangent of the spectral angle.
     *
     * @return the method, named {@code sid-sam-tan}
     */
    public static Sid samTangent() {
        return new Sid(AngleWeight.TANGENT);
    }

    /**
     * The divergence times the sine of the spectral angle.
     *
     * @return the method, named {@code sid-sam-sin}
     */
    public static Sid samSine() {
        return new Sid(AngleWeight.SINE);
    }

    @Override
    public String name() {
        return switch (weight) {
            case NONE -> "sid";
            case TANGENT -> "sid-sam-tan";
            case SINE -> "sid-sam-sin";
        };
    }

    @Override
    public String summary() {
        return switch (weight) {
            case NONE -> "Information divergence of pixel and target, negated.";
            case TANGENT -> "Information divergence times the tangent of the spectral angle, negated.";
            case SINE -> "Information divergence times the sine of the spectral angle, negated.";
        };
    }

    @Override
    public String reference() {
        return weight == AngleWeight.NONE
                ? "Chang, An information-theoretic approach to spectral variability, similarity, and discrimination for"
                        + " hyperspectral image analysis, 2000"
                : "Du, Chang, Ren, Chang, Jensen and D'Amico, New hyperspectral discrimination measure for spectral"
                        + " characterization, 2004";
    }

    /**
     * {@inheritDoc} Only the number of bands of the background is looked at.
     *
     * @throws IllegalArgumentException if the target has another number of bands, a NaN, or no positive value
     */
    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        double[] t = target.toArray();
        double largest = Background.largest(t);
        double sum = 0;
        for (int b = 0; b < t.length; b++) {
            t[b] = largest > 0 ? Math.max(0.0, t[b] / largest) : 0.0; // so that the sum cannot overflow
            sum += t[b];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("target has no positive value: it is no distribution over the bands");
        }
        for (int b = 0; b < t.length; b++) {
            t[b] /= sum;
        }
        return new DivergenceModel(t, weight);
    }
}
