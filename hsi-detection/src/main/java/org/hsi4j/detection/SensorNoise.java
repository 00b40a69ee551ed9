package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Spectrum;

/**
 * Noise of a sensor as it grows with the light: in band b and at the radiance L its standard deviation is
 * |a<sub>b</sub> sqrt(b<sub>b</sub> + L) + c<sub>b</sub>|, the noise-equivalent radiance that imaging spectrometers publish
 * (EMIT among them). A sum under the root that is negative counts as zero.
 *
 * @param scale a, one value a band of the scene
 * @param shift b, in radiance
 * @param offset c, in radiance
 */
public record SensorNoise(Spectrum scale, Spectrum shift, Spectrum offset) {

    /**
     * Checks the spectra.
     *
     * @throws IllegalArgumentException if they differ in their number of bands or hold a NaN
     */
    public SensorNoise {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(shift, "shift");
        Objects.requireNonNull(offset, "offset");
        if (shift.bands() != scale.bands() || offset.bands() != scale.bands()) {
            throw new IllegalArgumentException("the noise has " + scale.bands() + ", " + shift.bands() + " and "
                    + offset.bands() + " bands, which should be the same");
        }
        if (!scale.isComplete() || !shift.isComplete() || !offset.isComplete()) {
            throw new IllegalArgumentException("the noise has no value (NaN) in some band");
        }
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return scale.bands();
    }

    SensorNoise select(int[] bands) {
        return new SensorNoise(scale.select(bands), shift.select(bands), offset.select(bands));
    }
}
