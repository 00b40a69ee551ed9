package org.hsi4j;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * The centre wavelengths of a sensor's bands in nanometres, with their widths (FWHM) when they are known.
 *
 * <p>The order is that of the bands and need not be rising: several real sensors overlap their detectors. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Wavelengths grid = Wavelengths.of(450, 550, 650).withFwhm(10, 10, 10);
 * int red = grid.nearest(640); // 2
 * }</pre>
 *
 * @serial exclude
 */
public final class Wavelengths implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] centres;
    private final double @org.jspecify.annotations.Nullable [] fwhm;

    private Wavelengths(double[] centres, double @org.jspecify.annotations.Nullable [] fwhm) {
        this.centres = centres;
        this.fwhm = fwhm;
    }

    /**
     * Wavelengths without widths; the values are copied.
     *
     * @param nanometres one centre a band, finite and greater than zero
     * @return the wavelengths
     * @throws IllegalArgumentException if there is none, or one is not a positive finite number
     */
    public static Wavelengths of(double... nanometres) {
        return new Wavelengths(positive("wavelength", nanometres), null);
    }

    /**
     * The same centres with the full width at half maximum of each band; the values are copied.
     *
     * @param nanometres one width a band, finite and greater than zero
     * @return new wavelengths
     * @throws IllegalArgumentException if the count differs from that of the centres or a width is not positive
     */
    public Wavelengths withFwhm(double... nanometres) {
        if (nanometres.length != centres.length) {
            throw new IllegalArgumentException(
                    nanometres.length + " FWHM values given for " + centres.length + " wavelengths");
        }
        return new Wavelengths(centres, positive("FWHM", nanometres));
    }

    private static double[] positive(String what, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no " + what + " given");
        }
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!(copy[i] > 0) || Double.isInfinite(copy[i])) {
                throw new IllegalArgumentException(
                        what + " of band " + i + " must be a positive number of nanometres, not " + copy[i]);
            }
        }
        return copy;
    }

    /**
     * Number of bands.
     *
     * @return the count, at least one
     */
    public int size() {
        return centres.length;
    }

    /**
     * Centre of one band.
     *
     * @param band the band, from zero
     * @return nanometres
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public double at(int band) {
        java.util.Objects.checkIndex(band, centres.length);
        return centres[band];
    }

    /**
     * Whether the widths are known.
     *
     * @return true when {@link #fwhm(int)} answers
     */
    public boolean hasFwhm() {
        return fwhm != null;
    }

    /**
     * Full width at half maximum of one band.
     *
     * @param band the band, from zero
     * @return nanometres, or empty when the widths are unknown
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public Optional<Double> fwhm(int band) {
        java.util.Objects.checkIndex(band, centres.length);
        return fwhm == null ? Optional.empty() : Optional.of(fwhm[band]);
    }

    /**
     * The band whose centre is nearest; the first one of equals.
     *
     * @param nanometres the wanted wavelength
     * @return index of the band
     * @throws IllegalArgumentException if the wavelength is not a finite number
     */
    public int nearest(double nanometres) {
        if (!Double.isFinite(nanometres)) {
            throw new IllegalArgumentException("cannot look up the wavelength " + nanometres);
        }
        int best = 0;
        for (int i = 1; i < centres.length; i++) {
            if (Math.abs(centres[i] - nanometres) < Math.abs(centres[best] - nanometres)) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The wavelengths of some bands, in the order given.
     *
     * @param bands indices of bands
     * @return new wavelengths
     * @throws IllegalArgumentException if no band is given
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public Wavelengths select(int... bands) {
        double[] c = new double[bands.length];
        double[] w = fwhm == null ? null : new double[bands.length];
        for (int i = 0; i < bands.length; i++) {
            c[i] = at(bands[i]);
            if (w != null && fwhm != null) {
                w[i] = fwhm[bands[i]];
            }
        }
        Wavelengths selected = of(c);
        return w == null ? selected : selected.withFwhm(w);
    }

    /**
     * Smallest centre.
     *
     * @return nanometres
     */
    public double min() {
        return Arrays.stream(centres).min().orElseThrow();
    }

    /**
     * Largest centre.
     *
     * @return nanometres
     */
    public double max() {
        return Arrays.stream(centres).max().orElseThrow();
    }

    /**
     * A copy of the centres.
     *
     * @return nanometres, one a band
     */
    public double[] toArray() {
        return centres.clone();
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Wavelengths that
                && Arrays.equals(centres, that.centres)
                && Arrays.equals(fwhm, that.fwhm);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(centres) + Arrays.hashCode(fwhm);
    }

    @Override
    public String toString() {
        return size() + " bands, " + min() + " to " + max() + " nm" + (hasFwhm() ? " with FWHM" : "");
    }
}
