package org.hsi4j.io;

import org.hsi4j.Spectrum;

/** Marks that stand for missing values in files. */
final class DeletedValues {
    /** The USGS libraries mark a deleted channel with -1.23e34; other writers round it. */
    private static final double DELETED = -1.22e34;

    private DeletedValues() {}

    /** Whether a sample of a spectrum is missing. */
    static boolean isDeleted(double value, double ignored) {
        return value <= DELETED || value == ignored || value == (double) (float) ignored || !Double.isFinite(value);
    }

    /** A spectrum whose missing values are NaN. */
    static Spectrum spectrum(double[] values, double ignored) {
        for (int i = 0; i < values.length; i++) {
            if (isDeleted(values[i], ignored)) {
                values[i] = Double.NaN;
            }
        }
        return Spectrum.of(values);
    }
}
