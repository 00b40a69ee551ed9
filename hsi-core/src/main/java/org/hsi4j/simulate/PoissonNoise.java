package org.hsi4j.simulate;

import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Photon noise, y = Poisson(k x) / k with k photons a unit: mean x, variance x / k. Samples below zero count as zero.
 *
 * <p>Costs some tens of operations a sample. Immutable and thread-safe.
 */
public final class PoissonNoise implements Degradation<PoissonNoise.Result> {
    private final double photons;
    private final long seed;

    private PoissonNoise(double photons, long seed) {
        this.photons = photons;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the noisy cube
     * @param photons photons a unit, k
     */
    public record Result(Cube cube, double photons) implements Degraded {}

    /**
     * Ten photons a unit, seed 1.
     *
     * @return the settings
     */
    public static PoissonNoise withDefaults() {
        return new PoissonNoise(10, 1);
    }

    /**
     * How many photons make one unit of the samples. Default: 10, as in the zero-shot test of MP-HSIR (Wu et al., 2025) on
     * cubes scaled to 0 to 1.
     *
     * @param count positive
     * @return new settings
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public PoissonNoise withPhotons(double count) {
        return new PoissonNoise(BandChanges.requirePositive("the number of photons", count), seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public PoissonNoise withSeed(long newSeed) {
        return new PoissonNoise(photons, newSeed);
    }

    /**
     * Photons a unit.
     *
     * @return positive
     */
    public double photons() {
        return photons;
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
        String origin = "Poisson noise of " + photons + " photons a unit with seed " + seed;
        SplittableRandom random = new SplittableRandom(seed);
        Cube noisy = BandChanges.apply(cube, context, "Poisson noise", origin, random, (band, plane, stream) -> {
            for (int i = 0; i < plane.length; i++) {
                if (!Double.isNaN(plane[i])) {
                    plane[i] = Poisson.next(stream, photons * Math.max(0, plane[i])) / photons;
                }
            }
        });
        return new Result(noisy, photons);
    }
}
