package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Measures how much of a gas lies between the ground and the sensor, above what is there everywhere. An open interface: a
 * caller's own method plugs into {@link Detection} by implementing it. Implementations are immutable and thread-safe.
 *
 * <p>The gas is given by its <b>unit absorption</b> k: the derivative of the logarithm of the radiance at the sensor with
 * respect to the column of the gas, in each band, per ppm m; negative where the gas absorbs. A column of c ppm m turns
 * the radiance x into x exp(k c) (Beer and Lambert), which is x + c k x while k c is small.
 */
public interface GasDetector extends Method {

    @Override
    default String family() {
        return "detection";
    }

    @Override
    default String role() {
        return "gas detector";
    }

    /**
     * Measures the gas.
     *
     * @param radiance the scene as the sensor sees it, in columns of the detector (not map-projected)
     * @param absorption unit absorption of the gas in the bands of the scene, per ppm m
     * @param background the pixels that may enter statistics: without clouds, water, saturation and flares
     * @param context threads, progress, cancellation and memory limit
     * @return the maps, the same for any number of threads
     * @throws IllegalArgumentException if the absorption has another number of bands than the scene, or the mask another
     *     shape; or as the method says
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    GasResult detect(Cube radiance, Spectrum absorption, Mask background, RunContext context);

    /**
     * Unit absorption by the transmittance of a known column, ln T / c: from a table of a radiative transfer code, or from
     * a formula ({@link org.hsi4j.simulate.AbsorptionSpectrum} with the continuum one, on the bands of the sensor).
     *
     * @param transmittance radiance with the column by radiance without it, in each band, above zero
     * @param column the column, ppm m, above zero
     * @return per ppm m, negative where the gas absorbs; keeps name and wavelengths
     * @throws IllegalArgumentException if a transmittance is not above zero and finite, or the column not positive
     */
    static Spectrum unitAbsorption(Spectrum transmittance, double column) {
        if (!(column > 0) || Double.isInfinite(column)) {
            throw new IllegalArgumentException("a column of gas must be a positive number of ppm m, not " + column);
        }
        double[] values = transmittance.toArray();
        for (int b = 0; b < values.length; b++) {
            if (!(values[b] > 0) || Double.isInfinite(values[b])) {
                throw new IllegalArgumentException(
                        "the transmittance must be above zero, but in band " + b + " it is " + values[b]);
            }
            values[b] = Math.log(values[b]) / column;
        }
        Spectrum unit = Spectrum.of(values).named(transmittance.name());
        return transmittance.wavelengths().map(unit::withWavelengths).orElse(unit);
    }
}
