package org.hsi4j.restoration;

/** Takes a known blur out of a scene. Shape, bands and metadata stay; masked pixels are NaN in all bands. */
public interface Deblurrer extends Restorer {

    @Override
    default String role() {
        return "deblurrer";
    }
}
