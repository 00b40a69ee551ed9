package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * The target detector for those who do not want to choose: today {@link Ace#signed()} with its defaults. It may become
 * another method when a better one arrives; the diagnostics name the one that ran.
 */
public final class AutoTarget implements TargetDetector {

    private AutoTarget() {}

    /**
     * The only one there is.
     *
     * @return the method
     */
    public static AutoTarget withDefaults() {
        return new AutoTarget();
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "The best of the family for an unknown scene: " + chosen().name() + ".";
    }

    @Override
    public String reference() {
        return chosen().reference();
    }

    private static TargetDetector chosen() {
        return Ace.signed();
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        return chosen().fit(background, target, context);
    }
}
