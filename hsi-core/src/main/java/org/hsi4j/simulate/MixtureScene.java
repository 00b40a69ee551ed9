package org.hsi4j.simulate;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * A scene for the comparison of unmixing methods, put together from a model of the abundances, a variability of the endmembers, a
 * mixing model and a signal-to-noise ratio, with exact truth. By default it is the scene of the unmixing surveys: blocks behind
 * a low-pass filter without pure pixels, mixed linearly (see {@link AbundanceModel.Blocks}).
 *
 * <p><b>Variability.</b> In pixel n, endmember k has the spectrum s<sub>kn</sub> m<sub>k</sub> + c<sub>kn</sub> d<sub>k</sub>. The
 * scales s are even in [1 - w, 1 + w] (the extended linear mixing model of Drumetz et al., IEEE TIP 25(8), 2016); the
 * perturbations have standard normal c and one direction d<sub>k</sub> = &sigma; m<sub>k</sub> g<sub>k</sub> an endmember, with a
 * Gaussian random function g of the bands of variance one that is smooth over a tenth of them (after the perturbed linear
 * mixing model of Thouvenin et al., IEEE TSP 64(2), 2016, whose perturbations are free in every pixel; with one direction the
 * truth stays small). Both are off by default.
 *
 * <p><b>Noise.</b> Gaussian, of the variance ||X||<sup>2</sup> / (L N) &middot; 10<sup>-SNR/10</sup> for the clean scene X.
 * Negative samples stay.
 *
 * <p>The same settings give the same scene, bit for bit, on any number of threads. Costs some 5 p operations a sample. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * MixtureScene.Result scene = MixtureScene.survey(endmembers).withShape(64, 64).withSnr(25).generate();
 * }</pre>
 */
public final class MixtureScene {
    private final Endmembers endmembers;
    private final int rows;
    private final int columns;
    private final AbundanceModel abundances;
    private final Mixing mixing;
    private final double scaling;
    private final double perturbation;
    private final double snr;
    private final long seed;

    private MixtureScene(
            Endmembers endmembers,
            int rows,
            int columns,
            AbundanceModel abundances,
            Mixing mixing,
            double scaling,
            double perturbation,
            double snr,
            long seed) {
        this.endmembers = endmembers;
        this.rows = rows;
        this.columns = columns;
        this.abundances = abundances;
        this.mixing = mixing;
        this.scaling = scaling;
        this.perturbation = perturbation;
        this.snr = snr;
        this.seed = seed;
    }

    /**
     * A scene and the truth about it: {@code cube} = {@code clean} + noise.
     *
     * @param cube what the sensor delivers
     * @param clean the scene without noise; with linear mixing and without variability Y = E A to the rounding of a float
     * @param endmembers E
     * @param abundances A; not negative, the sum is one in every pixel to 1e-12
     * @param scales s<sub>kn</sub>, one map an endmember; one everywhere without scaling
     * @param coefficients c<sub>kn</sub>, one map an endmember; zero everywhere without perturbation
     * @param directions d<sub>k</sub>, one spectrum an endmember; zero without perturbation
     * @param noiseSigma standard deviation of the noise
     */
    public record Result(
            Cube cube,
            Cube clean,
            Endmembers endmembers,
            AbundanceMaps abundances,
            List<ScoreMap> scales,
            List<ScoreMap> coefficients,
            List<Spectrum> directions,
            double noiseSigma) {

        /** Copies the lists. */
        public Result {
            scales = List.copyOf(scales);
            coefficients = List.copyOf(coefficients);
            directions = List.copyOf(directions);
        }
    }

    /**
     * The scene of the surveys: 64 x 64 pixels, blocks of 8 pixels, a window of 7, a purity of 0.8, linear mixing, 20 dB, seed 1.
     *
     * @param endmembers the endmembers, from a library or {@link Material#endmembers}
     * @return the settings
     */
    public static MixtureScene survey(Endmembers endmembers) {
        Objects.requireNonNull(endmembers, "endmembers");
        return new MixtureScene(endmembers, 64, 64, AbundanceModel.Blocks.standard(), Mixing.LINEAR, 0, 0, 20, 1);
    }

    /**
     * Another image size. Default: 64 x 64.
     *
     * @param newRows at least one
     * @param newColumns at least one
     * @return new settings
     * @throws IllegalArgumentException if one of them is smaller than one or there are more than 2<sup>31</sup>-1 pixels
     */
    public MixtureScene withShape(int newRows, int newColumns) {
        if (newRows < 1 || newColumns < 1 || (long) newRows * newColumns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a scene cannot have " + newRows + "x" + newColumns + " pixels");
        }
        return new MixtureScene(endmembers, newRows, newColumns, abundances, mixing, scaling, perturbation, snr, seed);
    }

    /**
     * Another model of the abundances. Default: {@link AbundanceModel.Blocks#standard()}.
     *
     * @param model the model
     * @return new settings
     */
    public MixtureScene withAbundances(AbundanceModel model) {
        Objects.requireNonNull(model, "model");
        return new MixtureScene(endmembers, rows, columns, model, mixing, scaling, perturbation, snr, seed);
    }

    /**
     * Another mixing model. Default: {@link Mixing#LINEAR}.
     *
     * @param model the model
     * @return new settings
     */
    public MixtureScene withMixing(Mixing model) {
        Objects.requireNonNull(model, "model");
        return new MixtureScene(endmembers, rows, columns, abundances, model, scaling, perturbation, snr, seed);
    }

    /**
     * How far the scale of an endmember varies from pixel to pixel. Default: 0; illumination on slopes gives some 0.25.
     *
     * @param halfWidth w, 0 to less than 1
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public MixtureScene withScaling(double halfWidth) {
        if (!(halfWidth >= 0 && halfWidth < 1)) {
            throw new IllegalArgumentException("scales vary by 0 to less than 1, not " + halfWidth);
        }
        return new MixtureScene(endmembers, rows, columns, abundances, mixing, halfWidth, perturbation, snr, seed);
    }

    /**
     * How far the shape of an endmember varies from pixel to pixel. Default: 0.
     *
     * @param sigma share of the reflectance, 0 to 1
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public MixtureScene withPerturbation(double sigma) {
        BandChanges.requireShare("perturbation", sigma);
        return new MixtureScene(endmembers, rows, columns, abundances, mixing, scaling, sigma, snr, seed);
    }

    /**
     * The signal-to-noise ratio. Default: 20 dB, the middle of what the surveys sweep.
     *
     * @param decibels any number; positive infinity for a scene without noise
     * @return new settings
     * @throws IllegalArgumentException if it is NaN or negative infinity
     */
    public MixtureScene withSnr(double decibels) {
        if (!(decibels > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the signal-to-noise ratio must be a number of decibels, not " + decibels);
        }
        return new MixtureScene(endmembers, rows, columns, abundances, mixing, scaling, perturbation, decibels, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public MixtureScene withSeed(long newSeed) {
        return new MixtureScene(endmembers, rows, columns, abundances, mixing, scaling, perturbation, snr, newSeed);
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Signal-to-noise ratio.
     *
     * @return decibels
     */
    public double snr() {
        return snr;
    }

    /**
     * Makes the scene with all threads.
     *
     * @return the scene and the truth
     * @throws IllegalArgumentException as {@link #generate(RunContext)}
     */
    public Result generate() {
        return generate(RunContext.defaults());
    }

    /**
     * Makes the scene.
     *
     * @param context threads, progress, cancellation and memory limit; its seed is not used
     * @return the scene and the truth
     * @throws IllegalArgumentException if there are no abundances as asked for, or the scene exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Result generate(RunContext context) {
        int p = endmembers.count();
        int pixels = rows * columns;
        context.requireMemory(8L * pixels * (endmembers.bands() + 6L * p), "the simulated scene");
        SplittableRandom random = new SplittableRandom(seed);
        double[][] shares = abundances.draw(p, rows, columns, random.split(), context);
        double[][] scales = new double[p][pixels];
        double[][] coefficients = new double[p][pixels];
        vary(random.split(), scales, coefficients, context);
        double[][] directions = directions(random.split());
        Cube clean = mix(shares, scales, coefficients, directions, context);
        double sigma = Math.sqrt(power(clean)) * StrictMath.pow(10, -snr / 20);
        Cube noisy = GaussianNoise.withDefaults()
                .withSigma(sigma)
                .withSeed(random.nextLong())
                .apply(clean, context)
                .cube();
        return new Result(
                noisy,
                clean,
                endmembers,
                AbundanceMaps.of(rows, columns, endmembers.names(), shares),
                maps(scales),
                maps(coefficients),
                IntStream.range(0, p)
                        .mapToObj(k -> Spectrum.of(directions[k])
                                .named(endmembers.names().get(k)))
                        .toList(),
                sigma);
    }

    private List<ScoreMap> maps(double[][] values) {
        return IntStream.range(0, values.length)
                .mapToObj(k -> ScoreMap.of(endmembers.names().get(k), rows, columns, values[k]))
                .toList();
    }

    private void vary(SplittableRandom random, double[][] scales, double[][] coefficients, RunContext context) {
        List<SplittableRandom> streams = LinearMixingScene.split(random, scales.length);
        Parallel.run(context, "variability", scales.length, () -> "", (none, k) -> {
            for (int i = 0; i < scales[k].length; i++) {
                scales[k][i] = BandChanges.uniform(streams.get(k), 1 - scaling, 1 + scaling);
                coefficients[k][i] = perturbation == 0 ? 0 : Normal.next(streams.get(k));
            }
        });
    }

    private double[][] directions(SplittableRandom random) {
        int bands = endmembers.bands();
        double[][] directions = new double[endmembers.count()][bands];
        for (int k = 0; k < directions.length; k++) {
            RandomField.add(random, bands / 10.0, perturbation, directions[k], bands);
            for (int b = 0; b < bands; b++) {
                directions[k][b] *= endmembers.value(b, k);
            }
        }
        return directions;
    }

    private Cube mix(
            double[][] shares, double[][] scales, double[][] coefficients, double[][] directions, RunContext context) {
        int bands = endmembers.bands();
        double[][] matrix = endmembers.toMatrix();
        Cube.Builder clean = Cube.builder(rows, columns, bands, Precision.FLOAT)
                .name("simulated scene")
                .quantity(Quantity.REFLECTANCE)
                .provenance("simulated with seed " + seed);
        endmembers.wavelengths().ifPresent(clean::wavelengths);
        Parallel.run(context, "mixing", bands, () -> new double[shares.length], (parts, b) -> {
            double[] plane = new double[rows * columns];
            for (int i = 0; i < plane.length; i++) {
                for (int k = 0; k < parts.length; k++) {
                    double value = scales[k][i] * matrix[b][k] + coefficients[k][i] * directions[k][b];
                    parts[k] = shares[k][i] * value;
                }
                plane[i] = mixing.mix(parts);
            }
            clean.plane(b, plane);
        });
        return clean.build();
    }

    private static double power(Cube cube) {
        double sum = 0;
        for (int b = 0; b < cube.bands(); b++) {
            for (double value : cube.plane(b)) {
                sum += value * value;
            }
        }
        return sum / cube.samples();
    }
}
