package org.hsi4j.restoration;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.transform.SpectralResponse;

/**
 * What is known of the two sensors whose scenes a {@link Fuser} joins; what is not known it estimates. Immutable and thread-safe.
 *
 * <pre>{@code
 * FusedSensors known = FusedSensors.unknown()
 *         .withPointSpread(2)
 *         .withSpectralResponse(SpectralResponse.gaussian(coarse.wavelengths().orElseThrow(), sharpBands));
 * }</pre>
 */
public final class FusedSensors {
    private final OptionalDouble pointSpread;
    private final Optional<SpectralResponse> spectralResponse;

    private FusedSensors(OptionalDouble pointSpread, Optional<SpectralResponse> spectralResponse) {
        this.pointSpread = pointSpread;
        this.spectralResponse = spectralResponse;
    }

    /**
     * Nothing is known.
     *
     * @return sensors of which all is estimated
     */
    public static FusedSensors unknown() {
        return new FusedSensors(OptionalDouble.empty(), Optional.empty());
    }

    /**
     * With a point-spread function.
     *
     * @param sigma standard deviation, in sharp pixels, of the Gaussian under which a coarse pixel sees the sharp ones; with
     *     a modulation transfer m at the coarse sensor's Nyquist frequency it is d sqrt(-2 ln m) / &pi;
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public FusedSensors withPointSpread(double sigma) {
        return new FusedSensors(
                OptionalDouble.of(NoisyScene.requirePositive("the standard deviation", sigma)), spectralResponse);
    }

    /**
     * With the responses of the sharp bands. The sharp scene must then be in the unit of the coarse one; a difference that is the same
     * in all pixels is allowed for. Estimated responses need neither, and are nearer to the truth where the two calibrations differ.
     *
     * @param response from the bands of the coarse scene to those of the sharp one
     * @return a changed copy
     */
    public FusedSensors withSpectralResponse(SpectralResponse response) {
        return new FusedSensors(pointSpread, Optional.of(Objects.requireNonNull(response, "response")));
    }

    /**
     * Standard deviation of the coarse sensor's point-spread function.
     *
     * @return in sharp pixels; empty to have it estimated, with the shift of the scenes
     */
    public OptionalDouble pointSpread() {
        return pointSpread;
    }

    /**
     * How the sharp sensor sees spectra of the coarse one.
     *
     * @return empty to have it estimated
     */
    public Optional<SpectralResponse> spectralResponse() {
        return spectralResponse;
    }
}
