package org.hsi4j.simulate;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * Dead pixels: a share of the pixels, drawn without replacement, reads one value in a share of the bands, the same pixels and
 * bands throughout.
 *
 * <p>Shares are rounded to whole pixels and bands. Immutable and thread-safe.
 */
public final class DeadPixels implements Degradation<DeadPixels.Result> {
    private final double share;
    private final double bandShare;
    private final double value;
    private final long seed;

    private DeadPixels(double share, double bandShare, double value, long seed) {
        this.share = share;
        this.bandShare = bandShare;
        this.value = value;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the cube with dead pixels
     * @param bands the bands in which they are dead, rising
     * @param dead the dead pixels
     */
    public record Result(Cube cube, List<Integer> bands, Mask dead) implements Degraded {

        /** Copies the list. */
        public Result {
            bands = List.copyOf(bands);
        }
    }

    /**
     * One pixel in a hundred reads zero in all bands, seed 1.
     *
     * @return the settings
     */
    public static DeadPixels withDefaults() {
        return new DeadPixels(0.01, 1, 0, 1);
    }

    /**
     * The share of the pixels that are dead. Default: 0.01, of the order of the defects of infrared detectors.
     *
     * @param ofPixels zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public DeadPixels withShare(double ofPixels) {
        return new DeadPixels(BandChanges.requireShare("dead pixels", ofPixels), bandShare, value, seed);
    }

    /**
     * The share of the bands in which they are dead. Default: 1.
     *
     * @param ofBands zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public DeadPixels withBandShare(double ofBands) {
        return new DeadPixels(share, BandChanges.requireShare("bands", ofBands), value, seed);
    }

    /**
     * What a dead pixel reads. Default: 0; a saturated one reads 1 in a cube scaled to 0 to 1.
     *
     * @param reading any number; NaN for no data
     * @return new settings
     */
    public DeadPixels withValue(double reading) {
        return new DeadPixels(share, bandShare, reading, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public DeadPixels withSeed(long newSeed) {
        return new DeadPixels(share, bandShare, value, newSeed);
    }

    /**
     * The share of dead pixels.
     *
     * @return zero to one
     */
    public double share() {
        return share;
    }

    /**
     * What a dead pixel reads.
     *
     * @return any number
     */
    public double value() {
        return value;
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
        BitSet bands = BandChanges.choose(random, cube.bands(), BandChanges.share(bandShare, cube.bands()));
        BitSet pixels = BandChanges.choose(random, cube.pixels(), BandChanges.share(share, cube.pixels()));
        Mask dead = Mask.of(cube.rows(), cube.columns(), pixels::get);
        String origin = "dead pixels with seed " + seed;
        Cube worse = BandChanges.apply(cube, context, "dead pixels", origin, random, (band, plane, stream) -> {
            if (bands.get(band)) {
                BandChanges.put(plane, dead, value);
            }
        });
        return new Result(worse, BandChanges.list(bands), dead);
    }
}
