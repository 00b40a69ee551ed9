package org.hsi4j.io;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about the bands of an image and about its place; null, or NaN, for what it does not say.
 *
 * @param wavelengths centres and widths
 * @param names names of the bands
 * @param good whether a band is good
 * @param gain factor of every band
 * @param offset what is added then
 * @param noData the raw number that means no data
 * @param reference where the image lies
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by the readers of this package only
record BandFacts(
        @Nullable Wavelengths wavelengths,
        @Nullable List<String> names,
        boolean @Nullable [] good,
        double @Nullable [] gain,
        double @Nullable [] offset,
        double noData,
        @Nullable GeoReference reference) {

    /** Takes them over. */
    void describe(Cube.Builder builder) {
        if (wavelengths != null) {
            builder.wavelengths(wavelengths);
        }
        if (names != null) {
            builder.bandNames(names);
        }
        if (good != null) {
            builder.goodBands(good);
        }
        if (gain != null && offset != null) {
            builder.scale(gain, offset);
        }
        if (!Double.isNaN(noData)) {
            builder.noData(noData);
        }
        if (reference != null) {
            builder.geoReference(reference);
        }
    }
}
