package org.hsi4j.simulate;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/** What the degradations share: the pass over the bands, each with its stream, and draws without replacement. */
final class BandChanges {

    private BandChanges() {}

    /** Changes the samples of one band in place. */
    @FunctionalInterface
    interface Change {
        void apply(int band, double[] plane, SplittableRandom random);
    }

    static Cube apply(
            Cube cube, RunContext context, String stage, String provenance, SplittableRandom random, Change change) {
        requireMemory(cube, cube.samples(), context);
        List<SplittableRandom> streams = LinearMixingScene.split(random, cube.bands());
        Cube.Builder builder = Cube.builderLike(cube).provenance(provenance);
        Parallel.run(context, stage, cube.bands(), () -> "", (none, band) -> {
            double[] plane = cube.plane(band);
            change.apply(band, plane, streams.get(band));
            builder.plane(band, plane);
        });
        return builder.build();
    }

    /** A builder for another image size with what the metadata says about the bands; the georeference does not fit any more. */
    static Cube.Builder reshaped(Cube cube, int rows, int columns, String provenance) {
        Cube.Builder b = Cube.builder(rows, columns, cube.bands(), cube.precision())
                .name(cube.name())
                .quantity(cube.quantity());
        cube.wavelengths().ifPresent(b::wavelengths);
        cube.bandNames().ifPresent(b::bandNames);
        boolean[] good = new boolean[cube.bands()];
        for (int band = 0; band < good.length; band++) {
            good[band] = cube.isGoodBand(band);
        }
        b.goodBands(good);
        cube.provenance().forEach(b::provenance);
        return b.provenance(provenance);
    }

    static void requireMemory(Cube cube, long samples, RunContext context) {
        context.requireMemory((cube.precision() == Precision.FLOAT ? 4 : 8) * samples, "the degraded cube");
    }

    static int share(double share, int n) {
        return (int) Math.rint(share * n);
    }

    /** So many different numbers below n, all sets equally likely (Fisher and Yates). */
    static BitSet choose(SplittableRandom random, int n, int count) {
        int[] order = shuffled(random, n, count);
        BitSet chosen = new BitSet(n);
        for (int i = 0; i < count; i++) {
            chosen.set(order[i]);
        }
        return chosen;
    }

    /** The numbers below n, of which the first {@code count} are in random order. */
    static int[] shuffled(SplittableRandom random, int n, int count) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = 0; i < count; i++) {
            int drawn = random.nextInt(i, n);
            int kept = order[i];
            order[i] = order[drawn];
            order[drawn] = kept;
        }
        return order;
    }

    static List<Integer> list(BitSet set) {
        return set.stream().boxed().toList();
    }

    static Mask none(Cube cube) {
        return Mask.all(cube.rows(), cube.columns()).not();
    }

    /** Sets the samples of a mask, but for the invalid ones. */
    static void put(double[] plane, Mask mask, double value) {
        for (int i = 0; i < plane.length; i++) {
            if (mask.get(i) && !Double.isNaN(plane[i])) {
                plane[i] = value;
            }
        }
    }

    static double uniform(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static double requireShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of " + what + " is 0 to 1, not " + share);
        }
        return share;
    }

    static double requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " must be positive and finite, not " + value);
        }
        return value;
    }
}
