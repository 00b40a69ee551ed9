package org.hsi4j.restoration;

/**
 * Takes noise out of a scene. The restored scene has the shape and the bands of the scene; a pixel with an invalid sample is
 * NaN in all bands. A scene without noise to be found comes back as it is, and the diagnostics say so.
 */
public interface Denoiser extends Restorer {

    @Override
    default String role() {
        return "denoiser";
    }
}
