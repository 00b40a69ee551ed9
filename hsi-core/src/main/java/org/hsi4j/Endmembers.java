package org.hsi4j;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endmembers of a scene: p complete spectra on one grid of bands, the columns of the matrix E (bands x p).
 *
 * <p>More endmembers than bands, duplicates and zero spectra are allowed here; a solver says what it does with them.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Endmembers e = Endmembers.of(List.of(soil, tree, water));
 * double first = e.value(0, 2); // water in band 0
 * }</pre>
 *
 * @serial exclude
 */
public final class Endmembers implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serialisable
    private final List<Spectrum> spectra;

    private Endmembers(List<Spectrum> spectra) {
        this.spectra = spectra;
    }

    /**
     * Endmembers from spectra; one without a name gets {@code em1}, {@code em2}, ...
     *
     * @param spectra at least one, each finite in every band, all with the same number of bands
     * @return the endmembers
     * @throws IllegalArgumentException if there is none, the numbers of bands differ, or a value is missing
     */
    public static Endmembers of(List<Spectrum> spectra) {
        if (spectra.isEmpty()) {
            throw new IllegalArgumentException("at least one endmember is needed");
        }
        int bands = spectra.get(0).bands();
        List<Spectrum> named = new ArrayList<>(spectra.size());
        for (int k = 0; k < spectra.size(); k++) {
            Spectrum s = spectra.get(k);
            Spectrum n = s.name().isEmpty() ? s.named("em" + (k + 1)) : s;
            if (n.bands() != bands) {
                throw new IllegalArgumentException("endmember '" + n.name() + "' has " + n.bands()
                        + " bands but the first endmember has " + bands);
            }
            if (!n.isComplete()) {
                throw new IllegalArgumentException("endmember '" + n.name() + "' has no value in some band");
            }
            named.add(n);
        }
        return new Endmembers(List.copyOf(named));
    }

    /**
     * Endmembers from the columns of a matrix; the values are copied.
     *
     * @param matrix bands x p: {@code matrix[band][k]}
     * @return the endmembers, named em1, em2, ...
     * @throws IllegalArgumentException if the matrix is empty or ragged, or a value is not finite
     */
    public static Endmembers ofMatrix(double[][] matrix) {
        if (matrix.length == 0 || matrix[0].length == 0) {
            throw new IllegalArgumentException("an endmember matrix has at least one band and one column");
        }
        List<Spectrum> columns = new ArrayList<>();
        for (int k = 0; k < matrix[0].length; k++) {
            double[] column = new double[matrix.length];
            for (int b = 0; b < matrix.length; b++) {
                if (matrix[b].length != matrix[0].length) {
                    throw new IllegalArgumentException("row " + b + " of the endmember matrix has " + matrix[b].length
                            + " columns but row 0 has " + matrix[0].length);
                }
                column[b] = matrix[b][k];
            }
            columns.add(Spectrum.of(column));
        }
        return of(columns);
    }

    /**
     * Number of endmembers, p.
     *
     * @return at least one
     */
    public int count() {
        return spectra.size();
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return spectra.get(0).bands();
    }

    /**
     * One endmember.
     *
     * @param k from zero
     * @return its spectrum
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public Spectrum get(int k) {
        return spectra.get(k);
    }

    /**
     * The spectra, in order.
     *
     * @return an unmodifiable list
     */
    public List<Spectrum> spectra() {
        return spectra;
    }

    /**
     * The names, in order.
     *
     * @return one name an endmember
     */
    public List<String> names() {
        return spectra.stream().map(Spectrum::name).toList();
    }

    /**
     * An entry of E.
     *
     * @param band the band
     * @param k the endmember
     * @return the value
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public double value(int band, int k) {
        return spectra.get(k).value(band);
    }

    /**
     * Wavelengths of the bands: those of the first endmember that has any. That the others are on the same grid is not
     * checked.
     *
     * @return empty when unknown
     */
    public Optional<Wavelengths> wavelengths() {
        return spectra.stream().flatMap(s -> s.wavelengths().stream()).findFirst();
    }

    /**
     * The same endmembers in another order, or some of them.
     *
     * @param order indices of endmembers
     * @return new endmembers
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public Endmembers select(int... order) {
        List<Spectrum> chosen = new ArrayList<>(order.length);
        for (int k : order) {
            chosen.add(spectra.get(k));
        }
        return of(chosen);
    }

    /**
     * A copy of E.
     *
     * @return bands x p: {@code matrix[band][k]}
     */
    public double[][] toMatrix() {
        double[][] matrix = new double[bands()][count()];
        for (int k = 0; k < count(); k++) {
            for (int b = 0; b < bands(); b++) {
                matrix[b][k] = value(b, k);
            }
        }
        return matrix;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endmembers that && spectra.equals(that.spectra);
    }

    @Override
    public int hashCode() {
        return spectra.hashCode();
    }

    @Override
    public String toString() {
        return count() + " endmembers " + names() + ", " + bands() + " bands";
    }
}
