package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * The anomaly detector for those who do not want to choose: today {@link GlobalLocalRx} with its defaults, which
 * had the best mean AUC over five real scenes of all that were measured. It may become another method when a better one arrives; {@link #summary()} names it.
 */
public final class AutoAnomaly implements AnomalyDetector {

    private AutoAnomaly() {}

    /**
     * The only one there is.
     *
     * @return the method
     */
    public static AutoAnomaly withDefaults() {
        return new AutoAnomaly();
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

    private static AnomalyDetector chosen() {
        return GlobalLocalRx.withDefaults();
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        return chosen().fit(background, context);
    }
}
