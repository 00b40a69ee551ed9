package org.hsi4j.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.metrics.SpectralDivergence;
import org.hsi4j.transform.SpectralResponse;

/**
 * A spectrum of a library that resembles another by the spectral angle (SAM), which is blind to brightness.
 *
 * <p>A library on other wavelengths is resampled first by Gaussian responses, whose width is that of the bands (the distance to the
 * nearest other band where it is unknown), or 1.2 times the distance of the library's samples where those lie wider apart. A
 * band has no value where the library has no sample within half a width. The angle is over the bands in which both spectra have a value; a spectrum that has one in fewer
 * than half of the bands is no match.
 *
 * @param name the library's name for it
 * @param degrees the angle, 0 to 180
 * @param spectrum the match in the bands of the spectrum that was looked up, scaled to it by least squares; NaN where it
 *     has no value
 */
public record LibraryMatch(String name, double degrees, Spectrum spectrum) {
    /** Half of this reaches from one sample of a library beyond the middle to the next. */
    private static final double REACH = 1.2;

    /** Width of the only band there is, in nanometres. */
    private static final double ALONE = 10;

    /**
     * The spectra that resemble another most.
     *
     * @param spectrum what to look up
     * @param library where
     * @param most how many to return
     * @return by rising angle, of equals in the order of the library; fewer when fewer can be compared
     * @throws IllegalArgumentException if one of the two has no wavelengths and the numbers of bands differ, or the number
     *     to return is smaller than one
     */
    public static List<LibraryMatch> ranked(Spectrum spectrum, SpectralLibrary library, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one match must be asked for, not " + most);
        }
        return resampled(library, spectrum).stream()
                .flatMap(candidate -> match(spectrum, candidate).stream())
                .sorted(Comparator.comparingDouble(LibraryMatch::degrees))
                .limit(most)
                .toList();
    }

    /**
     * The spectrum that resembles another most.
     *
     * @param spectrum what to look up
     * @param library where
     * @return empty when none can be compared
     * @throws IllegalArgumentException if one of the two has no wavelengths and the numbers of bands differ
     */
    public static Optional<LibraryMatch> best(Spectrum spectrum, SpectralLibrary library) {
        return ranked(spectrum, library, 1).stream().findFirst();
    }

    /**
     * The spectral information divergence (SID) between the match and the spectrum that was looked up, over the bands in which
     * both have a value.
     *
     * @param spectrum the one that was looked up
     * @return zero or more, in nats; NaN if one of the two has no positive value
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public double divergence(Spectrum spectrum) {
        if (spectrum.bands() != this.spectrum.bands()) {
            throw new IllegalArgumentException(
                    "the match has " + this.spectrum.bands() + " bands but the spectrum has " + spectrum.bands());
        }
        int[] common = common(spectrum, this.spectrum);
        return SpectralDivergence.sid(spectrum.select(common), this.spectrum.select(common));
    }

    private static int[] common(Spectrum spectrum, Spectrum candidate) {
        return IntStream.range(0, spectrum.bands())
                .filter(b -> !Double.isNaN(spectrum.value(b) + candidate.value(b)))
                .toArray();
    }

    private static Optional<LibraryMatch> match(Spectrum spectrum, Spectrum candidate) {
        int[] common = common(spectrum, candidate);
        if (common.length == 0 || 2 * common.length < spectrum.bands()) {
            return Optional.empty();
        }
        Spectrum x = spectrum.select(common);
        Spectrum y = candidate.select(common);
        double angle = SpectralAngle.degrees(x, y);
        if (Double.isNaN(angle)) {
            return Optional.empty();
        }
        double product = 0;
        double square = 0;
        for (int i = 0; i < common.length; i++) {
            product += x.value(i) * y.value(i);
            square += y.value(i) * y.value(i);
        }
        return Optional.of(new LibraryMatch(candidate.name(), angle, candidate.scaled(product / square)));
    }

    /** The spectra of a library in the bands of another spectrum. */
    private static List<Spectrum> resampled(SpectralLibrary library, Spectrum spectrum) {
        Optional<Wavelengths> source = library.wavelengths();
        Optional<Wavelengths> target = spectrum.wavelengths();
        List<Spectrum> all = new ArrayList<>();
        if (source.isEmpty() || target.isEmpty() || source.get().equals(target.get())) {
            if (library.bands() != spectrum.bands()) {
                throw new IllegalArgumentException("the library has " + library.bands() + " bands but the spectrum has "
                        + spectrum.bands() + ", and without wavelengths it cannot be resampled");
            }
            library.forEach(all::add);
            return all;
        }
        Wavelengths grid = withWidths(target.get(), source.get());
        int[] covered = IntStream.range(0, grid.size())
                .filter(b -> isCovered(source.get(), grid, b))
                .toArray();
        if (covered.length == 0) {
            return all;
        }
        SpectralResponse response = SpectralResponse.gaussian(source.get(), grid.select(covered));
        for (Spectrum s : response.apply(library)) {
            double[] values =
                    IntStream.range(0, grid.size()).mapToDouble(b -> Double.NaN).toArray();
            for (int i = 0; i < covered.length; i++) {
                values[covered[i]] = s.value(i);
            }
            all.add(Spectrum.of(values).named(s.name()).withWavelengths(target.get()));
        }
        return all;
    }

    private static boolean isCovered(Wavelengths source, Wavelengths grid, int band) {
        double distance = Math.abs(source.at(source.nearest(grid.at(band))) - grid.at(band));
        return distance <= grid.fwhm(band).orElseThrow() / 2;
    }

    /** Widths no smaller than what the library can tell apart. */
    private static Wavelengths withWidths(Wavelengths grid, Wavelengths source) {
        double[] own = steps(grid);
        double[] given = steps(source);
        double[] widths = new double[own.length];
        for (int b = 0; b < widths.length; b++) {
            widths[b] = Math.max(grid.fwhm(b).orElse(own[b]), REACH * given[source.nearest(grid.at(b))]);
        }
        return grid.withFwhm(widths);
    }

    /** The distance from each centre to the nearest other one. */
    private static double[] steps(Wavelengths grid) {
        double[] sorted = IntStream.range(0, grid.size())
                .mapToDouble(grid::at)
                .distinct()
                .sorted()
                .toArray();
        return IntStream.range(0, grid.size())
                .mapToDouble(b -> {
                    int at = Arrays.binarySearch(sorted, grid.at(b));
                    double below = at == 0 ? Double.POSITIVE_INFINITY : sorted[at] - sorted[at - 1];
                    double above = at == sorted.length - 1 ? Double.POSITIVE_INFINITY : sorted[at + 1] - sorted[at];
                    double nearest = Math.min(below, above);
                    return Double.isInfinite(nearest) ? ALONE : nearest;
                })
                .toArray();
    }
}
