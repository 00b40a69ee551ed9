package org.hsi4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list of named spectra on one grid of bands. Deleted channels are NaN. Immutable and thread-safe.
 *
 * <pre>{@code
 * SpectralLibrary minerals = SpectralLibrary.of(spectra);
 * Endmembers three = minerals.endmembers("alunite", "kaolinite", "calcite");
 * }</pre>
 */
public final class SpectralLibrary implements Iterable<Spectrum> {
    private final List<Spectrum> spectra;

    private SpectralLibrary(List<Spectrum> spectra) {
        this.spectra = spectra;
    }

    /**
     * A library of spectra.
     *
     * @param spectra at least one, all with the same number of bands
     * @return the library
     * @throws IllegalArgumentException if there is no spectrum or the numbers of bands differ
     */
    public static SpectralLibrary of(List<Spectrum> spectra) {
        List<Spectrum> copy = List.copyOf(spectra);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("a spectral library has at least one spectrum");
        }
        int bands = copy.get(0).bands();
        for (Spectrum s : copy) {
            if (s.bands() != bands) {
                throw new IllegalArgumentException(
                        "spectrum '" + s.name() + "' has " + s.bands() + " bands but the library has " + bands);
            }
        }
        return new SpectralLibrary(copy);
    }

    /**
     * Number of spectra.
     *
     * @return at least one
     */
    public int size() {
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
     * Wavelengths of the bands: those of the first spectrum that has any. That the others are on the same grid is not
     * checked.
     *
     * @return empty when unknown
     */
    public Optional<Wavelengths> wavelengths() {
        return spectra.stream().flatMap(s -> s.wavelengths().stream()).findFirst();
    }

    /**
     * One spectrum.
     *
     * @param index from zero
     * @return the spectrum
     * @throws IndexOutOfBoundsException if there is no such spectrum
     */
    public Spectrum get(int index) {
        return spectra.get(index);
    }

    /**
     * All names, in order.
     *
     * @return the names
     */
    public List<String> names() {
        return spectra.stream().map(Spectrum::name).toList();
    }

    /**
     * The first spectrum of a name; upper and lower case and surrounding spaces do not matter.
     *
     * @param name the whole name
     * @return empty when there is none
     */
    public Optional<Spectrum> find(String name) {
        String wanted = name.strip();
        return spectra.stream()
                .filter(s -> s.name().strip().equalsIgnoreCase(wanted))
                .findFirst();
    }

    /**
     * The spectra without a missing band.
     *
     * @return empty when every spectrum misses one
     */
    public Optional<SpectralLibrary> complete() {
        List<Spectrum> whole = spectra.stream().filter(Spectrum::isComplete).toList();
        return whole.isEmpty() ? Optional.empty() : Optional.of(new SpectralLibrary(whole));
    }

    /**
     * Some bands of every spectrum, in the order given.
     *
     * @param bands indices of bands
     * @return new library
     * @throws IllegalArgumentException if no band is given
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public SpectralLibrary selectBands(int... bands) {
        List<Spectrum> selected = new ArrayList<>(spectra.size());
        for (Spectrum s : spectra) {
            selected.add(s.select(bands));
        }
        return new SpectralLibrary(List.copyOf(selected));
    }

    /**
     * Spectra of the library as endmembers; all of them when no name is given.
     *
     * @param names whole names, looked up as by {@link #find(String)}
     * @return the endmembers in the order of the names
     * @throws IllegalArgumentException if a name is unknown or a spectrum has a missing band
     */
    public Endmembers endmembers(String... names) {
        List<Spectrum> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(find(name)
                    .orElseThrow(() -> new IllegalArgumentException("the library has no spectrum '" + name + "'")));
        }
        return Endmembers.of(names.length == 0 ? spectra : chosen);
    }

    @Override
    public Iterator<Spectrum> iterator() {
        return spectra.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpectralLibrary that && spectra.equals(that.spectra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(spectra);
    }

    @Override
    public String toString() {
        return "library of " + size() + " spectra, "
                + wavelengths().map(Wavelengths::toString).orElse(bands() + " bands");
    }
}
