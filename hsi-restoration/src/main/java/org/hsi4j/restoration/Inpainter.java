package org.hsi4j.restoration;

/**
 * Fills the samples that a scene lacks: those that are NaN, infinite or equal to the no-data value, in pixels that its
 * {@linkplain org.hsi4j.Cube#mask() mask} admits. Samples that are known to be wrong, dead lines that read zero for one, are
 * handed over by {@link org.hsi4j.Cube#withMissingSamples}. {@link InventedSamples} tells which samples of a result were not measured.
 *
 * <p>A pixel that the mask excludes stays NaN. So does a pixel without any sample at all: it belongs to the margin of a scene
 * more often than to the scene. A method that looks at neighbouring pixels fills it when it is told to
 * ({@code withEmptyPixels(true)}).
 *
 * <p>The diagnostics have the figures {@code pixels} (admitted by the mask), {@code missing} (samples that those lack),
 * {@code invented} (samples that were filled) and {@code empty-pixels} (pixels without any sample).
 *
 * <pre>{@code
 * Cube gapped = scene.withMissingSamples(deadSamples);
 * RestoredCube whole = Restoring.of(gapped).with(FastHyIn.withDefaults()).run();
 * InventedSamples invented = InventedSamples.between(gapped, whole.cube());
 * }</pre>
 */
public interface Inpainter extends Restorer {

    @Override
    default String role() {
        return "inpainter";
    }
}
