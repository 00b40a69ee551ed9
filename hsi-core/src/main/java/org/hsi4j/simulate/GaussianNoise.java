package org.hsi4j.simulate;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Additive Gaussian noise, y = x + &sigma;<sub>b</sub> n with n independent and standard normal in every sample. The standard
 * deviation is one for the cube (i.i.d.), given for each band, or drawn for each band (non-i.i.d.).
 *
 * <p>Restoration papers scale the cube to 0 to 1 and use 10/255 to 70/255, or draw each band from 10/255, 30/255, 50/255 and
 * 70/255 (Wei, Fu and Huang, "3-D quasi-recurrent neural network for hyperspectral image denoising", IEEE TNNLS 32(1), 2021).
 *
 * <p>Costs some ten operations a sample. Immutable and thread-safe.
 */
public final class GaussianNoise implements Degradation<GaussianNoise.Result> {
    private final Law law;
    private final long seed;

    private GaussianNoise(Law law, long seed) {
        this.law = law;
        this.seed = seed;
    }

    /** The standard deviation of each band. */
    private interface Law {
        double[] sigmas(int bands, SplittableRandom random);
    }

    /**
     * What was done.
     *
     * @param cube the noisy cube
     * @param sigma standard deviation of the noise in each band, in the unit of the samples
     */
    public record Result(Cube cube, Spectrum sigma) implements Degraded {}

    /**
     * Independent noise with a standard deviation of 0.1 in every band, seed 1.
     *
     * @return the settings
     */
    public static GaussianNoise withDefaults() {
        return new GaussianNoise(all(0.1), 1);
    }

    private static Law all(double sigma) {
        return (bands, random) -> fill(bands, () -> sigma);
    }

    private static double[] fill(int bands, DoubleSupplier each) {
        double[] sigmas = new double[bands];
        for (int b = 0; b < bands; b++) {
            sigmas[b] = each.getAsDouble();
        }
        return sigmas;
    }

    /**
     * The same standard deviation in all bands. Default: 0.1, that of the field's common test on cubes scaled to 0 to 1.
     *
     * @param sigma zero or more, in the unit of the samples
     * @return new settings
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public GaussianNoise withSigma(double sigma) {
        requireSigma(sigma);
        return new GaussianNoise(all(sigma), seed);
    }

    /**
     * A standard deviation for each band.
     *
     * @param sigmas one a band, zero or more
     * @return new settings
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public GaussianNoise withSigmas(double... sigmas) {
        double[] own = requireSigmas(sigmas);
        Law given = (bands, random) -> {
            if (own.length != bands) {
                throw new IllegalArgumentException(
                        own.length + " standard deviations given for a cube of " + bands + " bands");
            }
            return own;
        };
        return new GaussianNoise(given, seed);
    }

    /**
     * Draws the standard deviation of each band evenly from a range.
     *
     * @param least zero or more
     * @param most at least the least
     * @return new settings
     * @throws IllegalArgumentException if the range is empty, negative or not finite
     */
    public GaussianNoise withSigmaRange(double least, double most) {
        requireSigma(least);
        requireSigma(most);
        if (least > most) {
            throw new IllegalArgumentException("the range of sigma ends before it starts: " + least + " to " + most);
        }
        return new GaussianNoise((bands, random) -> fill(bands, () -> BandChanges.uniform(random, least, most)), seed);
    }

    /**
     * Draws the standard deviation of each band from a list.
     *
     * @param sigmas at least one, all zero or more; each is equally likely
     * @return new settings
     * @throws IllegalArgumentException if the list is empty, or a value is negative or not finite
     */
    public GaussianNoise withSigmaChoices(double... sigmas) {
        double[] own = requireSigmas(sigmas);
        if (own.length == 0) {
            throw new IllegalArgumentException("there is no standard deviation to choose from");
        }
        return new GaussianNoise((bands, random) -> fill(bands, () -> own[random.nextInt(own.length)]), seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public GaussianNoise withSeed(long newSeed) {
        return new GaussianNoise(law, newSeed);
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
        SplittableRandom random = new SplittableRandom(seed);
        double[] sigmas = law.sigmas(cube.bands(), random.split());
        String origin = "Gaussian noise with seed " + seed;
        Cube noisy = BandChanges.apply(cube, context, "Gaussian noise", origin, random, (band, plane, stream) -> {
            for (int i = 0; i < plane.length; i++) {
                plane[i] += sigmas[band] * Normal.next(stream);
            }
        });
        return new Result(noisy, Spectrum.of(sigmas).named("sigma"));
    }

    private static double[] requireSigmas(double[] sigmas) {
        for (double sigma : sigmas) {
            requireSigma(sigma);
        }
        return sigmas.clone();
    }

    private static void requireSigma(double sigma) {
        if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a standard deviation must be finite and at least zero, not " + sigma);
        }
    }
}
