package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.SpectralResponse;

/**
 * Fusing a scene of many bands with a sharper one of few, as a sentence. The fusers here tell, among the figures of the diagnostics, the
 * deviation of the blur ({@code point-spread}), the shifts ({@code row-shift}, {@code column-shift}), all in sharp pixels, and {@code aliasing}: the share of the
 * sharp scene's variance at frequencies that the coarse pixels cannot hold ({@link org.hsi4j.metrics.AliasingScore#variation}), measured before
 * it is sampled down. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestoredCube fused = Fusion.of(hyperspectral, multispectral).with(RFuse.withDefaults()).run();
 * double blur = fused.diagnostics().figures().get("point-spread");
 * }</pre>
 */
public final class Fusion {
    private final Cube coarse;
    private final Cube sharp;
    private final FusedSensors sensors;

    private Fusion(Cube coarse, Cube sharp, FusedSensors sensors) {
        this.coarse = coarse;
        this.sharp = sharp;
        this.sensors = sensors;
    }

    /**
     * Starts with both scenes. They show the same place, co-registered: each coarse pixel covers d x d sharp ones.
     *
     * @param coarse the scene of many bands
     * @param sharp the scene of few bands, d times as many rows and d times as many columns
     * @return the beginning of the sentence
     */
    public static Fusion of(Cube coarse, Cube sharp) {
        return new Fusion(
                Objects.requireNonNull(coarse, "coarse"),
                Objects.requireNonNull(sharp, "sharp"),
                FusedSensors.unknown());
    }

    /**
     * The point-spread function, when it is known. Default: estimated from both scenes.
     *
     * @param sigma as of {@link FusedSensors#withPointSpread}
     * @return the sentence
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Fusion withPointSpread(double sigma) {
        return new Fusion(coarse, sharp, sensors.withPointSpread(sigma));
    }

    /**
     * The responses of the sharp bands, when they are known and both scenes have one unit. Default: estimated from both scenes.
     *
     * @param response as of {@link FusedSensors#withSpectralResponse}
     * @return the sentence
     */
    public Fusion withSpectralResponse(SpectralResponse response) {
        return new Fusion(coarse, sharp, sensors.withSpectralResponse(response));
    }

    /**
     * Chooses the method.
     *
     * @param fuser the method
     * @return the sentence, ready to be run
     */
    public Run with(Fuser fuser) {
        return new Run(this, Objects.requireNonNull(fuser, "fuser"));
    }

    /** Two scenes and a method. Immutable and thread-safe. */
    public static final class Run {
        private final Fusion fusion;
        private final Fuser fuser;

        private Run(Fusion fusion, Fuser fuser) {
            this.fusion = fusion;
            this.fuser = fuser;
        }

        /**
         * Runs with {@link RunContext#defaults()}.
         *
         * @return the fused scene
         * @throws IllegalArgumentException if the scenes do not fit
         */
        public RestoredCube run() {
            return run(RunContext.defaults());
        }

        /**
         * Runs.
         *
         * @param context threads, progress, cancellation and memory limit
         * @return the fused scene; its diagnostics tell the time of the whole run
         * @throws IllegalArgumentException if the scenes do not fit or the result exceeds the memory limit
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public RestoredCube run(RunContext context) {
            long start = System.nanoTime();
            RestoredCube fused = fuser.fuse(fusion.coarse, fusion.sharp, fusion.sensors, context);
            return new RestoredCube(fused.cube(), fused.diagnostics().since(start));
        }
    }
}
