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
 * Missing samples: each sample of each band is lost independently with one probability. Tests of inpainting lose 70, 80 or
 * 90 % (Miao et al., "DDS2M", ICCV 2023) and put zero in their place.
 *
 * <p>Immutable and thread-safe.
 */
public final class MissingVoxels implements Degradation<MissingVoxels.Result> {
    private final double share;
    private final double fill;
    private final long seed;

    private MissingVoxels(double share, double fill, long seed) {
        this.share = share;
        this.fill = fill;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the cube with gaps
     * @param missing the lost samples of each band
     */
    public record Result(Cube cube, List<Mask> missing) implements Degraded {

        /** Copies the list. */
        public Result {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Eight samples of ten are lost and read zero, seed 1.
     *
     * @return the settings
     */
    public static MissingVoxels withDefaults() {
        return new MissingVoxels(0.8, 0, 1);
    }

    /**
     * The probability that a sample is lost. Default: 0.8.
     *
     * @param probability zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public MissingVoxels withShare(double probability) {
        return new MissingVoxels(BandChanges.requireShare("missing samples", probability), fill, seed);
    }

    /**
     * What stands in the place of a lost sample. Default: 0.
     *
     * @param value any number; NaN makes a pixel with one lost sample invalid
     * @return new settings
     */
    public MissingVoxels withFill(double value) {
        return new MissingVoxels(share, value, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public MissingVoxels withSeed(long newSeed) {
        return new MissingVoxels(share, fill, newSeed);
    }

    /**
     * The probability that a sample is lost.
     *
     * @return zero to one
     */
    public double share() {
        return share;
    }

    /**
     * What stands in the place of a lost sample.
     *
     * @return any number
     */
    public double fill() {
        return fill;
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
        List<Mask> missing = new ArrayList<>(Collections.nCopies(cube.bands(), BandChanges.none(cube)));
        SplittableRandom random = new SplittableRandom(seed);
        String origin = "a share of " + share + " of the samples lost with seed " + seed;
        Cube worse = BandChanges.apply(cube, context, "missing voxels", origin, random, (band, plane, stream) -> {
            BitSet lost = new BitSet(plane.length);
            for (int i = 0; i < plane.length; i++) {
                lost.set(i, stream.nextDouble() < share);
            }
            missing.set(band, Mask.of(cube.rows(), cube.columns(), lost::get));
            BandChanges.put(plane, missing.get(band), fill);
        });
        return new Result(worse, missing);
    }
}
