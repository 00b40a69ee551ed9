package org.hsi4j.restoration;

/**
 * Takes stripes out of a scene: errors that are the same along whole columns or rows of the image, because one detector element
 * measured them. Noise is left in. Each sample that is there comes back, and each that is missing stays missing, whatever the other bands of its
 * pixel have; masked pixels are NaN in all bands.
 *
 * <p>What a stripe is and what is a boundary in the scene that follows a column cannot be told in principle; each method says what it takes for
 * a stripe. The mean of each band over the lines is kept.
 *
 * <pre>{@code
 * RestoredCube smooth = Restoring.of(scene).with(LowRankDestriper.withDefaults()).run();
 * }</pre>
 */
public interface Destriper extends Restorer {

    @Override
    default String role() {
        return "destriper";
    }

    /**
     * Along which lines the stripes run.
     *
     * @return columns by default
     */
    StripeDirection direction();
}
