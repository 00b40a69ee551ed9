package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Haze after the atmospheric scattering model y = x t + A (1 - t) with a transmission that grows with the wavelength, as
 * MP-HSIR (Wu et al., 2025) makes it: t<sub>1</sub> = 1 - &omega; c at the shortest wavelength &lambda;<sub>0</sub>, where c is
 * the thickness of the cirrus at the pixel from 0 to 1, and t<sub>b</sub> = exp((&lambda;<sub>0</sub> /
 * &lambda;<sub>b</sub>)<sup>&gamma;</sup> ln t<sub>1</sub>) in band b. The airlight A<sub>b</sub> is the mean of the brightest
 * 0.01 % of the samples of the band, of one at least.
 *
 * <p>The cirrus is given, or else a Gaussian random field with a standard deviation of an eighth of the longer side of the
 * image, scaled to 0 to 1. &gamma; = 1 is made for 400 to 1000 nm. Costs a power a sample and the sorting of each band.
 * Immutable and thread-safe.
 */
public final class Haze implements Degradation<Haze.Result> {
    private static final double BRIGHTEST = 1e-4;

    private final double omega;
    private final double gamma;
    private final @Nullable ScoreMap cirrus;
    private final long seed;

    private Haze(double omega, double gamma, @Nullable ScoreMap cirrus, long seed) {
        this.omega = omega;
        this.gamma = gamma;
        this.cirrus = cirrus;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the hazy cube
     * @param transmission t<sub>1</sub>, that of the shortest wavelength
     * @param exponents (&lambda;<sub>0</sub> / &lambda;<sub>b</sub>)<sup>&gamma;</sup>: t<sub>b</sub> is t<sub>1</sub> to this
     *     power
     * @param airlight A<sub>b</sub>; NaN where a band has no valid sample
     */
    public record Result(Cube cube, ScoreMap transmission, Spectrum exponents, Spectrum airlight) implements Degraded {}

    /**
     * A density of 0.75, &gamma; = 1, a random cirrus, seed 1.
     *
     * @return the settings
     */
    public static Haze withDefaults() {
        return new Haze(0.75, 1, null, 1);
    }

    /**
     * The density &omega;. Default: 0.75, the middle of 0.5, 0.75 and 1.
     *
     * @param density zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public Haze withDensity(double density) {
        return new Haze(BandChanges.requireShare("light that haze takes away", density), gamma, cirrus, seed);
    }

    /**
     * The exponent &gamma; of the wavelength. Default: 1.
     *
     * @param exponent zero (grey) to four (Rayleigh)
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public Haze withExponent(double exponent) {
        if (!(exponent >= 0 && exponent <= 4)) {
            throw new IllegalArgumentException("the exponent of haze is 0 to 4, not " + exponent);
        }
        return new Haze(omega, exponent, cirrus, seed);
    }

    /**
     * The thickness of the cirrus. Default: random.
     *
     * @param thickness zero to one at every pixel, with the shape of the cube
     * @return new settings
     * @throws IllegalArgumentException if a value is out of this range
     */
    public Haze withCirrus(ScoreMap thickness) {
        for (double c : thickness.toArray()) {
            BandChanges.requireShare("cirrus", c);
        }
        return new Haze(omega, gamma, thickness, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public Haze withSeed(long newSeed) {
        return new Haze(omega, gamma, cirrus, newSeed);
    }

    /**
     * The density.
     *
     * @return zero to one
     */
    public double density() {
        return omega;
    }

    /**
     * The exponent of the wavelength.
     *
     * @return zero to four
     */
    public double exponent() {
        return gamma;
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    @Override
    public Result apply(Cube cube, RunContext context) {
        Wavelengths wavelengths = cube.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException("haze needs the wavelengths, which the cube lacks"));
        SplittableRandom random = new SplittableRandom(seed);
        double[] first = transmission(cube, random.split());
        double[] exponents = new double[cube.bands()];
        for (int b = 0; b < exponents.length; b++) {
            exponents[b] = StrictMath.pow(wavelengths.min() / wavelengths.at(b), gamma);
        }
        double[] airlight = new double[cube.bands()];
        String origin = "haze of density " + omega + " with seed " + seed;
        Cube hazy = BandChanges.apply(cube, context, "haze", origin, random, (band, plane, stream) -> {
            airlight[band] = brightest(plane);
            for (int i = 0; i < plane.length; i++) {
                double t = StrictMath.pow(first[i], exponents[band]);
                plane[i] = plane[i] * t + airlight[band] * (1 - t);
            }
        });
        return new Result(
                hazy,
                ScoreMap.of("transmission", cube.rows(), cube.columns(), first),
                Spectrum.of(exponents).named("exponents").withWavelengths(wavelengths),
                Spectrum.of(airlight).named("airlight").withWavelengths(wavelengths));
    }

    private double[] transmission(Cube cube, SplittableRandom random) {
        double[] thickness = cirrus == null ? field(cube, random) : cirrus.toArray();
        if (cirrus != null && (cirrus.rows() != cube.rows() || cirrus.columns() != cube.columns())) {
            throw new IllegalArgumentException("the cirrus has " + cirrus.rows() + "x" + cirrus.columns()
                    + " pixels but the cube has " + cube.rows() + "x" + cube.columns());
        }
        for (int i = 0; i < thickness.length; i++) {
            thickness[i] = 1 - omega * thickness[i];
        }
        return thickness;
    }

    private static double[] field(Cube cube, SplittableRandom random) {
        double[] field = new double[cube.pixels()];
        RandomField.add(random, Math.max(cube.rows(), cube.columns()) / 8.0, 1, field, cube.columns());
        double least = Arrays.stream(field).min().orElse(0);
        double range = Arrays.stream(field).max().orElse(0) - least;
        for (int i = 0; i < field.length; i++) {
            field[i] = range > 0 ? (field[i] - least) / range : 0.5;
        }
        return field;
    }

    private static double brightest(double[] plane) {
        double[] valid =
                Arrays.stream(plane).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int count = Math.max(1, BandChanges.share(BRIGHTEST, valid.length));
        return Arrays.stream(valid)
                .skip(Math.max(0, valid.length - count))
                .average()
                .orElse(Double.NaN);
    }
}
