package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * A scene and a gas, with what else was said: begun by {@link Detection#gas}. Immutable and thread-safe.
 *
 * <pre>{@code
 * GasResult methane = Detection.of(radiance).gas(absorption).background(clear).run();
 * Mask plumes = methane.plumes(500, 20);
 * }</pre>
 */
public final class GasSearch {
    private final Cube cube;
    private final Spectrum absorption;
    private final GasDetector detector;
    private final Mask background;

    private GasSearch(Cube cube, Spectrum absorption, GasDetector detector, Mask background) {
        this.cube = cube;
        this.absorption = absorption;
        this.detector = detector;
        this.background = background;
    }

    static GasSearch of(Cube cube, Spectrum absorption) {
        return new GasSearch(cube, absorption, Mag1c.withDefaults(), Mask.all(cube.rows(), cube.columns()));
    }

    /**
     * Chooses the method.
     *
     * @param newDetector the method; {@link Mag1c} by default
     * @return a changed copy
     */
    public GasSearch with(GasDetector newDetector) {
        return new GasSearch(cube, absorption, Objects.requireNonNull(newDetector, "detector"), background);
    }

    /**
     * Says which pixels may enter statistics; all valid ones by default.
     *
     * @param pixels without clouds, water, saturation and flares
     * @return a changed copy
     * @throws IllegalArgumentException if the mask has another shape than the scene
     */
    public GasSearch background(Mask pixels) {
        requireShape(pixels, cube);
        return new GasSearch(cube, absorption, detector, pixels);
    }

    static void requireShape(Mask pixels, Cube cube) {
        if (pixels.rows() != cube.rows() || pixels.columns() != cube.columns()) {
            throw new IllegalArgumentException("the mask has " + pixels.rows() + "x" + pixels.columns()
                    + " pixels but the cube has " + cube.rows() + "x" + cube.columns());
        }
    }

    /**
     * Runs with {@link RunContext#defaults()}.
     *
     * @return the maps
     * @throws IllegalArgumentException as the method says
     */
    public GasResult run() {
        return run(RunContext.defaults());
    }

    /**
     * Runs.
     *
     * @param context threads, progress, cancellation and memory limit
     * @return the maps
     * @throws IllegalArgumentException as the method says
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public GasResult run(RunContext context) {
        return detector.detect(cube, absorption, background, context);
    }
}
