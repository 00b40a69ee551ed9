package org.hsi4j.restoration;

/**
 * Makes smaller pixels of a scene: each becomes d x d. The georeference is that of the smaller pixels, all other metadata stay; the
 * pixels of an invalid one are NaN in all bands.
 */
public interface SuperResolver extends Restorer {

    @Override
    default String role() {
        return "super-resolver";
    }

    /**
     * How many pixels a side each becomes.
     *
     * @return d, at least 2
     */
    int factor();
}
