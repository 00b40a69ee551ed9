package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hsi4j.Endmembers;
import org.hsi4j.metrics.SpectralAngle;

/**
 * Chooses the few spectra of each class of a library that stand best for it, before {@link Mesma} tries all combinations.
 *
 * <p>Each spectrum models each other one, y = f e + shade, where shade is black: f = e'y / e'e, set to the nearest limit where it
 * is outside of the limits of fractions. From the root mean square error (RMSE) over the bands and the spectral angle of these
 * models come, for each spectrum,
 * <ul>
 *   <li>EAR, the endmember average RMSE: the mean RMSE with which it models the others of its class (Dennison and Roberts, Remote
 *       Sensing of Environment 87, 2003);
 *   <li>MASA, the minimum average spectral angle: its mean angle to the others of its class (Dennison, Halligan and Roberts,
 *       Remote Sensing of Environment 93, 2004);
 *   <li>in-CoB and out-CoB, the count-based selection: how many spectra of its class and of other classes it models within the
 *       limits of fractions and RMSE (Roberts et al., IEEE TGRS 41, 2003).
 * </ul>
 *
 * <p>The only spectrum of a class has EAR and MASA zero. Costs 4 B m<sup>2</sup> flops for m spectra of B bands. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Endmembers few = LibraryPruning.withDefaults().prune(library, LibraryPruning.Criterion.EAR, 3);
 * }</pre>
 */
public final class LibraryPruning {
    private final String delimiter;
    private final double minFraction;
    private final double maxFraction;
    private final double maxRmse;

    private LibraryPruning(String delimiter, double minFraction, double maxFraction, double maxRmse) {
        this.delimiter = delimiter;
        this.minFraction = minFraction;
        this.maxFraction = maxFraction;
        this.maxRmse = maxRmse;
    }

    /** What makes a spectrum a good one. */
    public enum Criterion {
        /** The least endmember average RMSE. */
        EAR,
        /** The least average spectral angle. */
        MASA,
        /** The most spectra of its class modelled (in-CoB); of equal ones the fewest of others, then the least EAR. */
        IN_COUNT,
        /**
         * The largest share of its class modelled for each spectrum of other classes that is modelled too, in-CoB / (n out-CoB)
         * for a class of n; of equal ones, as those that model no other class are, the most of its class, then the least EAR.
         */
        COUNT
    }

    /**
     * How good a spectrum is.
     *
     * @param name its name
     * @param className its class
     * @param ear endmember average RMSE, in the unit of the library
     * @param masa average spectral angle in radians
     * @param inCount spectra of its class that it models, itself not counted
     * @param outCount spectra of other classes that it models
     */
    public record Merit(String name, String className, double ear, double masa, int inCount, int outCount) {}

    /**
     * Classes are named before a colon ({@code soil:clay}), fractions go from -0.05 to 1.05, and a model counts up to an RMSE of
     * 0.025, the limits of VIPER Tools for reflectance.
     *
     * @return the settings
     */
    public static LibraryPruning withDefaults() {
        return new LibraryPruning(":", -0.05, 1.05, 0.025);
    }

    /**
     * What separates the class from the rest of a name. Default: a colon.
     *
     * @param newDelimiter not empty
     * @return new settings
     * @throws IllegalArgumentException if it is empty
     */
    public LibraryPruning withDelimiter(String newDelimiter) {
        LibraryClasses.checkDelimiter(newDelimiter);
        return new LibraryPruning(newDelimiter, minFraction, maxFraction, maxRmse);
    }

    /**
     * The limits of fractions. Default: -0.05 and 1.05.
     *
     * @param least at most zero
     * @param most at least one
     * @return new settings
     * @throws IllegalArgumentException if the least is above zero, the most below one, or one is not finite
     */
    public LibraryPruning withFractions(double least, double most) {
        Mesma.checkFractions(least, most);
        return new LibraryPruning(delimiter, least, most, maxRmse);
    }

    /**
     * The RMSE up to which a model counts. Default: 0.025, for reflectance from zero to one.
     *
     * @param most at least zero, in the unit of the library
     * @return new settings
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public LibraryPruning withMaxRmse(double most) {
        Mesma.checkRmse(most);
        return new LibraryPruning(delimiter, minFraction, maxFraction, most);
    }

    /**
     * How good each spectrum is.
     *
     * @param library spectra with classes in their names
     * @return one merit a spectrum, in their order
     */
    public List<Merit> merits(Endmembers library) {
        LibraryClasses classes = LibraryClasses.of(library, delimiter);
        double[][] spectra = library.spectra().stream().map(s -> s.toArray()).toArray(double[][]::new);
        List<Merit> merits = new ArrayList<>();
        for (int i = 0; i < spectra.length; i++) {
            merits.add(merit(i, spectra, library, classes));
        }
        return List.copyOf(merits);
    }

    private Merit merit(int i, double[][] spectra, Endmembers library, LibraryClasses classes) {
        int own = classes.of().get(i);
        double rmse = 0;
        double angle = 0;
        int others = 0;
        int in = 0;
        int out = 0;
        for (int j = 0; j < spectra.length; j++) {
            boolean isOwn = classes.of().get(j) == own;
            if (j != i) {
                Fit fit = fit(spectra[i], spectra[j]);
                in += isOwn && fit.counts() ? 1 : 0;
                out += !isOwn && fit.counts() ? 1 : 0;
                if (isOwn) {
                    rmse += fit.rmse();
                    double between = SpectralAngle.radians(spectra[i], spectra[j]);
                    angle += Double.isNaN(between) ? Math.PI / 2 : between;
                    others++;
                }
            }
        }
        double share = others == 0 ? 0 : 1.0 / others;
        return new Merit(library.names().get(i), classes.names().get(own), rmse * share, angle * share, in, out);
    }

    private record Fit(double rmse, boolean counts) {}

    private Fit fit(double[] model, double[] spectrum) {
        double dot = 0;
        double square = 0;
        for (int b = 0; b < model.length; b++) {
            dot += model[b] * spectrum[b];
            square += model[b] * model[b];
        }
        double best = square > 0 ? dot / square : 0;
        double fraction = Math.max(minFraction, Math.min(maxFraction, best));
        double sum = 0;
        for (int b = 0; b < model.length; b++) {
            double rest = spectrum[b] - fraction * model[b];
            sum += rest * rest;
        }
        double rmse = Math.sqrt(sum / model.length);
        return new Fit(rmse, fraction == best && rmse <= maxRmse);
    }

    /**
     * The best spectra of each class.
     *
     * @param library spectra with classes in their names
     * @param criterion what is best; of equal ones the earlier
     * @param perClass how many of each class, at least one; all of a class that has fewer
     * @return those spectra, in the order of the library
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public Endmembers prune(Endmembers library, Criterion criterion, int perClass) {
        Objects.requireNonNull(criterion, "criterion");
        if (perClass < 1) {
            throw new IllegalArgumentException("at least one spectrum of each class must stay, not " + perClass);
        }
        List<Merit> merits = merits(library);
        Comparator<Integer> order = Comparator.comparing(merits::get, order(criterion, merits));
        int[] chosen = merits.stream()
                .map(Merit::className)
                .distinct()
                .flatMap(name -> IntStream.range(0, merits.size())
                        .boxed()
                        .filter(i -> merits.get(i).className().equals(name))
                        .sorted(order)
                        .limit(perClass))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return library.select(chosen);
    }

    private static Comparator<Merit> order(Criterion criterion, List<Merit> merits) {
        Comparator<Merit> most = Comparator.comparingInt(Merit::inCount).reversed();
        return switch (criterion) {
            case EAR -> Comparator.comparingDouble(Merit::ear);
            case MASA -> Comparator.comparingDouble(Merit::masa);
            case IN_COUNT -> most.thenComparingInt(Merit::outCount).thenComparingDouble(Merit::ear);
            case COUNT ->
                Comparator.comparingDouble((Merit m) -> -index(m, merits))
                        .thenComparing(most)
                        .thenComparingDouble(Merit::ear);
        };
    }

    private static double index(Merit merit, List<Merit> merits) {
        long own = merits.stream()
                .filter(m -> m.className().equals(merit.className()))
                .count();
        return merit.inCount() == 0 ? 0 : merit.inCount() / ((double) own * merit.outCount());
    }

    /**
     * What separates the class from the rest of a name.
     *
     * @return not empty
     */
    public String delimiter() {
        return delimiter;
    }

    /**
     * The RMSE up to which a model counts.
     *
     * @return in the unit of the library
     */
    public double maxRmse() {
        return maxRmse;
    }
}
