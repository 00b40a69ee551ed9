package org.hsi4j.unmixing;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Multiple endmember spectral mixture analysis (MESMA): each pixel has its own few spectra out of a library that holds several
 * of each class. All models of one to k classes with one spectrum of each are tried, and for each of them least squares are
 * solved exactly:
 *
 * <p>min ||y - E<sub>S</sub> a||<sup>2</sup>, with shade: black, with the fraction 1 - sum(a); or without it: sum(a) = 1.
 *
 * <p>Fractions are not kept within limits by the solution: a model <em>counts</em> when all its fractions, that of shade too,
 * lie within them and its root mean square error (RMSE) over the bands is small enough. Of the models of one size that count
 * the one of the least RMSE is taken, of equal ones the first in the order of the library. A larger model takes the place of a smaller
 * one when its RMSE is less by more than a share of it ({@link #improvement()}). A pixel of which no model counts has the fraction zero
 * everywhere; the figure {@code unmodelled} counts the pixels without any fraction.
 *
 * <p><b>Classes</b> are read from the names of the spectra: what stands before a delimiter, as in {@code soil:clay 3}. A name
 * without one is a class of its own. As an {@link AbundanceSolver} the method gives one map a spectrum of the library, at most k
 * of them not zero in a pixel; {@link #unmix} gives the fractions of the classes, which spectrum stands for each, and the RMSE.
 *
 * <p><b>Number of models.</b> It is the figure {@code models}, and never larger than {@value #MOST_MODELS}: without a size that
 * was asked for, the largest up to four that stays within that bound is taken (the figure {@code size}), and a size that does not is
 * refused. {@link LibraryPruning} makes a library smaller. Models whose spectra are dependent to working precision are left out
 * and counted by {@code dependent_models}; a spectrum of zeros is one of them.
 *
 * <p>Costs 2 B m flops a pixel for a library of m, 2 k<sup>2</sup> for each model, and 6 B k for the model taken, whose
 * fractions are refined once against its residual, so that they are better than the Gram matrix alone allows. Models are
 * compared by ||y||<sup>2</sup> less what they explain, which tells RMSE apart down to 10<sup>-7</sup> of the brightness of the pixel;
 * no larger model takes the place of one that is exact to that. Immutable and thread-safe.
 *
 * <pre>{@code
 * MesmaResult r = Mesma.withDefaults().withMaxRmse(0.025).unmix(scene, library, RunContext.defaults());
 * ScoreMap soil = r.fractions().map(0);
 * }</pre>
 */
public final class Mesma implements AbundanceSolver {
    static final int MOST_MODELS = 100_000;
    static final int MOST_MEMBERS = 4;
    private static final Mesma DEFAULTS = new Mesma(new Settings());

    private final Settings settings;

    /** Written only before a method holds it. */
    private static final class Settings {
        private @Nullable Integer size;
        private boolean shade = true;
        private double minFraction = -0.05;
        private double maxFraction = 1.05;
        private @Nullable Double maxRmse;
        private double improvement = 0.02;
        private String delimiter = ":";

        private Settings copy() {
            Settings s = new Settings();
            s.size = size;
            s.shade = shade;
            s.minFraction = minFraction;
            s.maxFraction = maxFraction;
            s.maxRmse = maxRmse;
            s.improvement = improvement;
            s.delimiter = delimiter;
            return s;
        }
    }

    private Mesma(Settings settings) {
        this.settings = settings;
    }

    private Mesma with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new Mesma(changed);
    }

    /**
     * With shade, fractions from -0.05 to 1.05 (the limits of VIPER Tools), no limit of the RMSE, and a larger model where it
     * lowers the RMSE by more than a fiftieth.
     *
     * @return the method
     */
    public static Mesma withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another size of the largest models.
     *
     * @param spectra k, 1 to 4, shade not counted; by default the largest for which there are at most {@value #MOST_MODELS}
     *     models
     * @return new method
     * @throws IllegalArgumentException if it is out of this range
     */
    public Mesma withSize(int spectra) {
        if (spectra < 1 || spectra > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "a model has 1 to " + MOST_MEMBERS + " spectra beside shade, not " + spectra);
        }
        return with(s -> s.size = spectra);
    }

    /**
     * With or without shade.
     *
     * @param black true, the default, to let what is left of one be black; false for fractions that sum to one
     * @return new method
     */
    public Mesma withShade(boolean black) {
        return with(s -> s.shade = black);
    }

    /**
     * With another least fraction of a model that counts.
     *
     * @param least at most zero; -0.05 by default, after Dennison and Roberts
     * @return new method
     * @throws IllegalArgumentException if it is positive or not finite
     */
    public Mesma withMinFraction(double least) {
        checkFractions(least, 1);
        return with(s -> s.minFraction = least);
    }

    /**
     * With another largest fraction of a model that counts.
     *
     * @param most at least one; 1.05 by default, after Dennison and Roberts
     * @return new method
     * @throws IllegalArgumentException if it is below one or not finite
     */
    public Mesma withMaxFraction(double most) {
        checkFractions(0, most);
        return with(s -> s.maxFraction = most);
    }

    /**
     * With a limit of the RMSE of a model that counts.
     *
     * @param most at least zero, in the unit of the scene; none by default, because it depends on the unit: 0.025 is usual for
     *     reflectance from zero to one
     * @return new method
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Mesma withMaxRmse(double most) {
        checkRmse(most);
        return with(s -> s.maxRmse = most);
    }

    /**
     * With another share by which a larger model must lower the RMSE.
     *
     * @param share 0 to 1; 0.02 by default, a choice of ours, because the steps of the literature, such as 0.007, are in units of
     *     reflectance: a spectrum that is not in a pixel of B bands lowers the RMSE by about 1 / (2 B) by chance, and the default is
     *     well above that for a hundred bands
     * @return new method
     * @throws IllegalArgumentException if it is out of this range
     */
    public Mesma withImprovement(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the improvement is a share from 0 to 1, not " + share);
        }
        return with(s -> s.improvement = share);
    }

    /**
     * With another delimiter between the class and the rest of a name.
     *
     * @param text not empty; a colon by default
     * @return new method
     * @throws IllegalArgumentException if it is empty
     */
    public Mesma withDelimiter(String text) {
        LibraryClasses.checkDelimiter(text);
        return with(s -> s.delimiter = text);
    }

    static void checkFractions(double least, double most) {
        if (!(least <= 0 && most >= 1 && least > Double.NEGATIVE_INFINITY && most < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "fractions lie between a limit of at most 0 and one of at least 1, not " + least + " and " + most);
        }
    }

    static void checkRmse(double most) {
        if (!(most >= 0)) {
            throw new IllegalArgumentException("the largest RMSE must be at least 0, not " + most);
        }
    }

    /**
     * Most spectra in a model, shade not counted.
     *
     * @return 1 to 4; empty when it depends on the library
     */
    public OptionalInt size() {
        Integer size = settings.size;
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    /**
     * Whether what is left of one is black.
     *
     * @return false when the fractions sum to one
     */
    public boolean shade() {
        return settings.shade;
    }

    /**
     * The least fraction of a model that counts.
     *
     * @return at most zero
     */
    public double minFraction() {
        return settings.minFraction;
    }

    /**
     * The largest fraction of a model that counts.
     *
     * @return at least one
     */
    public double maxFraction() {
        return settings.maxFraction;
    }

    /**
     * The largest RMSE of a model that counts.
     *
     * @return in the unit of the scene; empty when there is no limit
     */
    public OptionalDouble maxRmse() {
        Double most = settings.maxRmse;
        return most == null ? OptionalDouble.empty() : OptionalDouble.of(most);
    }

    /**
     * The share by which a larger model must lower the RMSE.
     *
     * @return 0 to 1
     */
    public double improvement() {
        return settings.improvement;
    }

    /**
     * What separates the class from the rest of a name.
     *
     * @return not empty
     */
    public String delimiter() {
        return settings.delimiter;
    }

    @Override
    public AbundanceModel fit(Endmembers library) {
        return MesmaModel.of(this, library);
    }

    /**
     * Unmixes a scene and says which spectra were chosen.
     *
     * @param cube the scene
     * @param library spectra with classes in their names, as many bands as the scene
     * @param context threads, progress, cancellation and memory limit
     * @return fractions of the classes, the spectra chosen for them, and the RMSE; the same for any number of threads
     * @throws IllegalArgumentException if the library has another number of bands, there are more than {@value #MOST_MODELS} models of
     *     the size asked for, or the maps exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public MesmaResult unmix(Cube cube, Endmembers library, RunContext context) {
        Passes.requireBands(cube, library);
        return MesmaModel.of(this, library).unmix(Objects.requireNonNull(cube, "cube"), context);
    }

    @Override
    public String name() {
        return "mesma";
    }

    @Override
    public String summary() {
        return "The best of all models of a few classes, with one spectrum of a library for each.";
    }

    @Override
    public String reference() {
        return "Roberts, Gardner, Church, Ustin, Scheer and Green, Mapping chaparral in the Santa Monica Mountains using multiple "
                + "endmember spectral mixture models, Remote Sensing of Environment 65, 1998; Dennison and Roberts, Endmember "
                + "selection for multiple endmember spectral mixture analysis using endmember average RMSE, Remote Sensing of "
                + "Environment 87, 2003";
    }
}
