package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * Impulse noise (salt and pepper): in some bands each sample is, independently and with a probability drawn for the band from
 * a list, replaced by the highest value (salt) or the lowest (pepper), both equally likely unless said otherwise. Defaults
 * from Wei, Fu and Huang (QRNN3D, IEEE TNNLS 32(1), 2021): a third of the bands, probabilities 0.1, 0.3, 0.5 and 0.7.
 *
 * <p>The share of bands is rounded to whole bands. Immutable and thread-safe.
 */
public final class ImpulseNoise implements Degradation<ImpulseNoise.Result> {
    private final double bandShare;
    private final List<Double> amounts;
    private final double saltShare;
    private final double low;
    private final double high;
    private final long seed;

    private ImpulseNoise(double bandShare, List<Double> amounts, double saltShare, double low, double high, long seed) {
        this.bandShare = bandShare;
        this.amounts = amounts;
        this.saltShare = saltShare;
        this.low = low;
        this.high = high;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the noisy cube
     * @param bands the bands that have impulses, rising
     * @param amounts the probability of an impulse in each band of the cube; zero in the others
     * @param salt the samples of each band that were set to the highest value
     * @param pepper the samples of each band that were set to the lowest value
     */
    public record Result(Cube cube, List<Integer> bands, List<Double> amounts, List<Mask> salt, List<Mask> pepper)
            implements Degraded {

        /** Copies the lists. */
        public Result {
            bands = List.copyOf(bands);
            amounts = List.copyOf(amounts);
            salt = List.copyOf(salt);
            pepper = List.copyOf(pepper);
        }
    }

    /**
     * Impulses of 0 and 1 in a third of the bands with the probabilities 0.1, 0.3, 0.5 or 0.7, half of them salt, seed 1.
     *
     * @return the settings
     */
    public static ImpulseNoise withDefaults() {
        return new ImpulseNoise(1.0 / 3, List.of(0.1, 0.3, 0.5, 0.7), 0.5, 0, 1, 1);
    }

    /**
     * The share of the bands that have impulses. Default: one third.
     *
     * @param share zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public ImpulseNoise withBandShare(double share) {
        return new ImpulseNoise(BandChanges.requireShare("bands", share), amounts, saltShare, low, high, seed);
    }

    /**
     * The probabilities of an impulse from which each band draws one. Default: 0.1, 0.3, 0.5, 0.7.
     *
     * @param probabilities at least one, each zero to one
     * @return new settings
     * @throws IllegalArgumentException if there is none, or one is out of this range
     */
    public ImpulseNoise withAmounts(double... probabilities) {
        if (probabilities.length == 0) {
            throw new IllegalArgumentException("there is no probability to choose from");
        }
        List<Double> own = new ArrayList<>();
        for (double p : probabilities) {
            own.add(BandChanges.requireShare("impulses", p));
        }
        return new ImpulseNoise(bandShare, List.copyOf(own), saltShare, low, high, seed);
    }

    /**
     * The share of salt among the impulses. Default: 0.5.
     *
     * @param share zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public ImpulseNoise withSaltShare(double share) {
        return new ImpulseNoise(bandShare, amounts, BandChanges.requireShare("salt", share), low, high, seed);
    }

    /**
     * The values of pepper and salt. Default: 0 and 1.
     *
     * @param pepper the lowest value
     * @param salt the highest value
     * @return new settings
     * @throws IllegalArgumentException if pepper is not below salt
     */
    public ImpulseNoise withRange(double pepper, double salt) {
        if (!(pepper < salt)) {
            throw new IllegalArgumentException("pepper must be below salt, not " + pepper + " and " + salt);
        }
        return new ImpulseNoise(bandShare, amounts, saltShare, pepper, salt, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public ImpulseNoise withSeed(long newSeed) {
        return new ImpulseNoise(bandShare, amounts, saltShare, low, high, newSeed);
    }

    /**
     * The probabilities from which each band draws one.
     *
     * @return at least one
     */
    public List<Double> amounts() {
        return amounts;
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
        int count = BandChanges.share(bandShare, cube.bands());
        return apply(cube, BandChanges.choose(random.split(), cube.bands(), count), random, context);
    }

    Result apply(Cube cube, BitSet bands, SplittableRandom random, RunContext context) {
        List<Mask> salt = new ArrayList<>(Collections.nCopies(cube.bands(), BandChanges.none(cube)));
        List<Mask> pepper = new ArrayList<>(salt);
        List<Double> drawn = new ArrayList<>(Collections.nCopies(cube.bands(), 0.0));
        String origin = "impulse noise with seed " + seed;
        Cube noisy = BandChanges.apply(cube, context, "impulse noise", origin, random, (band, plane, stream) -> {
            if (bands.get(band)) {
                double amount = amounts.get(stream.nextInt(amounts.size()));
                BitSet high = new BitSet(plane.length);
                BitSet low = new BitSet(plane.length);
                draw(stream, amount, plane.length, high, low);
                drawn.set(band, amount);
                salt.set(band, Mask.of(cube.rows(), cube.columns(), high::get));
                pepper.set(band, Mask.of(cube.rows(), cube.columns(), low::get));
                BandChanges.put(plane, salt.get(band), this.high);
                BandChanges.put(plane, pepper.get(band), this.low);
            }
        });
        return new Result(noisy, BandChanges.list(bands), drawn, salt, pepper);
    }

    private void draw(SplittableRandom random, double amount, int samples, BitSet salt, BitSet pepper) {
        for (int i = 0; i < samples; i++) {
            double u = random.nextDouble();
            if (u < amount * saltShare) {
                salt.set(i);
            } else if (u < amount) {
                pepper.set(i);
            }
        }
    }
}
