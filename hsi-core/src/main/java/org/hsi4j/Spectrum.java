package org.hsi4j;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One spectrum: a value a band, with a name and, when known, the wavelengths.
 *
 * <p>A value may be NaN: the spectrum has no data in that band (a deleted channel of a library). Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Spectrum grass = Spectrum.of(0.05, 0.08, 0.45).named("grass").withWavelengths(Wavelengths.of(550, 650, 850));
 * }</pre>
 *
 * @serial exclude
 */
public final class Spectrum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final double[] values;
    private final @Nullable Wavelengths wavelengths;

    private Spectrum(String name, double[] values, @Nullable Wavelengths wavelengths) {
        this.name = name;
        this.values = values;
        this.wavelengths = wavelengths;
    }

    /**
     * A spectrum without a name; the values are copied.
     *
     * @param values one value a band; NaN means no data in that band
     * @return the spectrum
     * @throws IllegalArgumentException if there is no value or one is infinite
     */
    public static Spectrum of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a spectrum has at least one band");
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isInfinite(values[i])) {
                throw new IllegalArgumentException("spectrum is infinite in band " + i);
            }
        }
        return new Spectrum("", values.clone(), null);
    }

    /**
     * The same spectrum under a name.
     *
     * @param newName the name, may be empty
     * @return new spectrum
     */
    public Spectrum named(String newName) {
        return new Spectrum(Objects.requireNonNull(newName, "name"), values, wavelengths);
    }

    /**
     * The same spectrum with wavelengths.
     *
     * @param newWavelengths one a band
     * @return new spectrum
     * @throws IllegalArgumentException if the number of bands differs
     */
    public Spectrum withWavelengths(Wavelengths newWavelengths) {
        if (newWavelengths.size() != values.length) {
            throw new IllegalArgumentException("spectrum has " + values.length + " bands but " + newWavelengths.size()
                    + " wavelengths were given");
        }
        return new Spectrum(name, values, newWavelengths);
    }

    /**
     * The name.
     *
     * @return the name, empty when there is none
     */
    public String name() {
        return name;
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return values.length;
    }

    /**
     * Value in one band.
     *
     * @param band the band, from zero
     * @return the value, NaN when there is none
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public double value(int band) {
        Objects.checkIndex(band, values.length);
        return values[band];
    }

    /**
     * The wavelengths.
     *
     * @return empty when unknown
     */
    public Optional<Wavelengths> wavelengths() {
        return Optional.ofNullable(wavelengths);
    }

    /**
     * Whether every band has a value.
     *
     * @return false when a value is NaN
     */
    public boolean isComplete() {
        return Arrays.stream(values).noneMatch(Double::isNaN);
    }

    /**
     * Some bands, in the order given.
     *
     * @param bands indices of bands
     * @return new spectrum
     * @throws IllegalArgumentException if no band is given
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public Spectrum select(int... bands) {
        if (bands.length == 0) {
            throw new IllegalArgumentException("a spectrum has at least one band");
        }
        double[] selected = Arrays.stream(bands).mapToDouble(this::value).toArray();
        return new Spectrum(name, selected, wavelengths == null ? null : wavelengths.select(bands));
    }

    /**
     * Every value times a factor.
     *
     * @param factor a finite number
     * @return new spectrum
     * @throws IllegalArgumentException if the factor or a product is not finite
     */
    public Spectrum scaled(double factor) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("cannot scale a spectrum by " + factor);
        }
        Spectrum product = of(Arrays.stream(values).map(v -> v * factor).toArray());
        return new Spectrum(name, product.values, wavelengths);
    }

    /**
     * Euclidean norm.
     *
     * @return square root of the sum of squares; NaN when a value is missing
     */
    public double norm() {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    /**
     * A copy of the values.
     *
     * @return one value a band
     */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Spectrum that
                && name.equals(that.name)
                && Arrays.equals(values, that.values)
                && Objects.equals(wavelengths, that.wavelengths);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(values), wavelengths);
    }

    @Override
    public String toString() {
        return "spectrum" + (name.isEmpty() ? "" : " '" + name + "'") + ", "
                + (wavelengths == null ? values.length + " bands" : wavelengths.toString());
    }
}
