package org.hsi4j.detection;

import java.util.Objects;
import java.util.OptionalDouble;
import org.hsi4j.Region;

/**
 * Something that was found: connected pixels above the threshold. Every object has scores of its own.
 *
 * @param box the smallest rectangle that holds it
 * @param pixels number of its pixels
 * @param row row of its centroid, whole numbers being the centres of pixels: the pixels weighted by how far their scores are
 *     above the threshold
 * @param column column of its centroid
 * @param peak the highest score of its pixels
 * @param mean the mean score of its pixels
 * @param fraction the mean share of a pixel that the target fills, as it was measured (noise makes it leave the range of zero to
 *     one); times {@code pixels}, the area of the object in pixels. Empty where no fractions were given
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record DetectedObject(
        Region box, int pixels, double row, double column, double peak, double mean, OptionalDouble fraction) {

    /** Checks that every part is there. */
    public DetectedObject {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(fraction, "fraction");
    }
}
