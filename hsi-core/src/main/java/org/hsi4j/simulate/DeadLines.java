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
 * Dead lines: in some bands, whole columns read zero, because the detector element behind them is dead. In each such band a
 * share of the columns, drawn evenly from a range, is dead; which ones is drawn anew for each band. Defaults from Wei, Fu
 * and Huang (QRNN3D, IEEE TNNLS 32(1), 2021).
 *
 * <p>Shares are rounded to whole bands and columns. Immutable and thread-safe.
 */
public final class DeadLines implements Degradation<DeadLines.Result> {
    private final ColumnLaw law;
    private final long seed;

    private DeadLines(ColumnLaw law, long seed) {
        this.law = law;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the cube with dead lines
     * @param bands the bands that have dead lines, rising
     * @param dead the dead pixels of each band of the cube
     */
    public record Result(Cube cube, List<Integer> bands, List<Mask> dead) implements Degraded {

        /** Copies the lists. */
        public Result {
            bands = List.copyOf(bands);
            dead = List.copyOf(dead);
        }
    }

    /**
     * Dead lines in a third of the bands and 5 to 15 % of their columns, seed 1.
     *
     * @return the settings
     */
    public static DeadLines withDefaults() {
        return new DeadLines(ColumnLaw.DEFAULT, 1);
    }

    /**
     * The share of the bands that have dead lines. Default: one third.
     *
     * @param share zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public DeadLines withBandShare(double share) {
        return new DeadLines(law.withBandShare(share), seed);
    }

    /**
     * The range of the share of columns that are dead. Default: 0.05 to 0.15.
     *
     * @param least zero to one
     * @param most at least the least, at most one
     * @return new settings
     * @throws IllegalArgumentException if the range is not within zero and one
     */
    public DeadLines withColumnShare(double least, double most) {
        return new DeadLines(law.withColumnShare(least, most), seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public DeadLines withSeed(long newSeed) {
        return new DeadLines(law, newSeed);
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
        return apply(cube, law.bands(random.split(), cube.bands()), random, context);
    }

    Result apply(Cube cube, BitSet bands, SplittableRandom random, RunContext context) {
        List<Mask> dead = new ArrayList<>(Collections.nCopies(cube.bands(), BandChanges.none(cube)));
        String origin = "dead lines with seed " + seed;
        Cube worse = BandChanges.apply(cube, context, "dead lines", origin, random, (band, plane, stream) -> {
            if (bands.get(band)) {
                BitSet columns = law.columns(stream, cube.columns());
                Mask mask = Mask.of(cube.rows(), cube.columns(), i -> columns.get(i % cube.columns()));
                BandChanges.put(plane, mask, 0);
                dead.set(band, mask);
            }
        });
        return new Result(worse, BandChanges.list(bands), dead);
    }
}
