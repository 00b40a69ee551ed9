package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * The denoiser for those who do not want to choose: today {@link WhitenedSvd} with its defaults. It may become another method
 * when a better one arrives; the diagnostics name the one that ran.
 */
public final class AutoDenoiser implements Denoiser {

    private AutoDenoiser() {}

    /**
     * The only one there is.
     *
     * @return the method
     */
    public static AutoDenoiser withDefaults() {
        return new AutoDenoiser();
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

    private static Denoiser chosen() {
        return WhitenedSvd.withDefaults();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        RestoredCube restored = chosen().restore(cube, context);
        return new RestoredCube(restored.cube(), restored.diagnostics().note("auto chose " + chosen().name()));
    }
}
