package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * The "complex noise" of the restoration papers in the line of QRNN3D (Wei, Fu and Huang, IEEE TNNLS 32(1), 2021) for cubes
 * scaled to 0 to 1: Gaussian noise whose standard deviation each band draws from 10/255, 30/255, 50/255 and 70/255, and on top
 * of it the faults asked for: {@link Stripes}, {@link DeadLines}, {@link ImpulseNoise}, each with its defaults on a third of
 * the bands. The thirds are disjoint, as the mixture of the papers has them; bands left over by the division by three have
 * Gaussian noise only.
 *
 * <p>Unlike the published programs, one fault alone comes on top of the Gaussian noise too, as their text says. Immutable and
 * thread-safe.
 */
public final class ComplexNoise implements Degradation<ComplexNoise.Result> {
    private final Set<Fault> faults;
    private final long seed;

    private ComplexNoise(Set<Fault> faults, long seed) {
        this.faults = faults;
        this.seed = seed;
    }

    /** What comes on top of the Gaussian noise. */
    public enum Fault {
        /** Shifted columns, {@link Stripes}. */
        STRIPES,
        /** Columns of zeros, {@link DeadLines}. */
        DEAD_LINES,
        /** Salt and pepper, {@link ImpulseNoise}. */
        IMPULSE
    }

    /**
     * What was done, in this order.
     *
     * @param cube the noisy cube
     * @param sigma standard deviation of the Gaussian noise in each band
     * @param stripes the stripes, if they were asked for; its cube is the one at that stage
     * @param deadLines the dead lines, if they were asked for
     * @param impulse the impulses, if they were asked for
     */
    public record Result(
            Cube cube,
            Spectrum sigma,
            Optional<Stripes.Result> stripes,
            Optional<DeadLines.Result> deadLines,
            Optional<ImpulseNoise.Result> impulse)
            implements Degraded {}

    /**
     * The mixture: Gaussian noise, stripes, dead lines and impulses, seed 1.
     *
     * @return the settings
     */
    public static ComplexNoise withDefaults() {
        return new ComplexNoise(Set.of(Fault.values()), 1);
    }

    /**
     * What comes on top of the Gaussian noise. Default: all. None is the "non-i.i.d." case of the papers.
     *
     * @param some the faults
     * @return new settings
     */
    public ComplexNoise withFaults(Fault... some) {
        return new ComplexNoise(Set.copyOf(Arrays.asList(some)), seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public ComplexNoise withSeed(long newSeed) {
        return new ComplexNoise(faults, newSeed);
    }

    /**
     * What comes on top of the Gaussian noise.
     *
     * @return the faults
     */
    public Set<Fault> faults() {
        return faults;
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
        GaussianNoise gaussian = GaussianNoise.withDefaults()
                .withSigmaChoices(10.0 / 255, 30.0 / 255, 50.0 / 255, 70.0 / 255)
                .withSeed(random.nextLong());
        int third = cube.bands() / 3;
        int[] order = BandChanges.shuffled(random, cube.bands(), cube.bands());
        // all are drawn, so that a fault is the same with and without the others
        SplittableRandom[] streams = {random.split(), random.split(), random.split()};

        GaussianNoise.Result noisy = gaussian.apply(cube, context);
        Cube last = noisy.cube();
        Optional<Stripes.Result> stripes = Optional.empty();
        if (faults.contains(Fault.STRIPES)) {
            stripes = Optional.of(
                    Stripes.withDefaults().withSeed(seed).apply(last, set(order, 0, third), streams[0], context));
            last = stripes.get().cube();
        }
        Optional<DeadLines.Result> dead = Optional.empty();
        if (faults.contains(Fault.DEAD_LINES)) {
            dead = Optional.of(
                    DeadLines.withDefaults().withSeed(seed).apply(last, set(order, third, third), streams[1], context));
            last = dead.get().cube();
        }
        Optional<ImpulseNoise.Result> impulse = Optional.empty();
        if (faults.contains(Fault.IMPULSE)) {
            impulse = Optional.of(ImpulseNoise.withDefaults()
                    .withSeed(seed)
                    .apply(last, set(order, 2 * third, third), streams[2], context));
            last = impulse.get().cube();
        }
        return new Result(last, noisy.sigma(), stripes, dead, impulse);
    }

    private static BitSet set(int[] order, int first, int count) {
        BitSet set = new BitSet(order.length);
        for (int i = first; i < first + count; i++) {
            set.set(order[i]);
        }
        return set;
    }
}
