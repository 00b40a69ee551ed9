package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Spectrum;

/**
 * The light that falls on a scene from above the atmosphere, by which radiance at the sensor becomes apparent reflectance: pi L / (E cos z).
 *
 * @param irradiance of the sun at the top of the atmosphere, at its distance on that day, in the bands of the scene and in the unit of its radiance
 *     times steradian
 * @param zenithDegrees angle between the sun and the vertical, from 0 to less than 90
 */
public record Sunlight(Spectrum irradiance, double zenithDegrees) {

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if the sun is not above the horizon, or the irradiance not above zero in some band
     */
    public Sunlight {
        Objects.requireNonNull(irradiance, "irradiance");
        if (!(zenithDegrees >= 0 && zenithDegrees < 90)) {
            throw new IllegalArgumentException("the sun's zenith angle is from 0 to 90 degrees, not " + zenithDegrees);
        }
        for (int b = 0; b < irradiance.bands(); b++) {
            if (!(irradiance.value(b) > 0)) {
                throw new IllegalArgumentException(
                        "the irradiance must be above zero, but in band " + b + " it is " + irradiance.value(b));
            }
        }
    }

    /** Radiance of a perfect white surface. */
    double white(int band) {
        return irradiance.value(band) * Math.cos(Math.toRadians(zenithDegrees)) / Math.PI;
    }
}
