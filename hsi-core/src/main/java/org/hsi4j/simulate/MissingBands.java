package org.hsi4j.simulate;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * Missing bands: a share of the bands, drawn without replacement and rounded to whole ones, is lost. MP-HSIR (Wu et al., 2025)
 * loses 10, 20 or 30 % and puts zero in their place.
 *
 * <p>Immutable and thread-safe.
 */
public final class MissingBands implements Degradation<MissingBands.Result> {
    private final double share;
    private final double fill;
    private final long seed;

    private MissingBands(double share, double fill, long seed) {
        this.share = share;
        this.fill = fill;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the cube with gaps
     * @param bands the lost bands, rising
     */
    public record Result(Cube cube, List<Integer> bands) implements Degraded {

        /** Copies the list. */
        public Result {
            bands = List.copyOf(bands);
        }
    }

    /**
     * Two bands of ten are lost and read zero, seed 1.
     *
     * @return the settings
     */
    public static MissingBands withDefaults() {
        return new MissingBands(0.2, 0, 1);
    }

    /**
     * The share of the bands that is lost. Default: 0.2.
     *
     * @param ofBands zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public MissingBands withShare(double ofBands) {
        return new MissingBands(BandChanges.requireShare("missing bands", ofBands), fill, seed);
    }

    /**
     * What stands in the place of a lost sample. Default: 0.
     *
     * @param value any number; NaN makes all pixels invalid
     * @return new settings
     */
    public MissingBands withFill(double value) {
        return new MissingBands(share, value, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public MissingBands withSeed(long newSeed) {
        return new MissingBands(share, fill, newSeed);
    }

    /**
     * The share of the bands that is lost.
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
        SplittableRandom random = new SplittableRandom(seed);
        BitSet lost = BandChanges.choose(random, cube.bands(), BandChanges.share(share, cube.bands()));
        Mask all = Mask.all(cube.rows(), cube.columns());
        String origin = "bands lost with seed " + seed;
        Cube worse = BandChanges.apply(cube, context, "missing bands", origin, random, (band, plane, stream) -> {
            if (lost.get(band)) {
                BandChanges.put(plane, all, fill);
            }
        });
        return new Result(worse, BandChanges.list(lost));
    }
}
