package org.hsi4j.metrics;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** Takes two cubes of one shape through a comparison together, in one pass over each. */
final class CubePair {

    private CubePair() {}

    /** Adds the pixels of a tile that are valid in both cubes, the first {@code n} of each plane. */
    @FunctionalInterface
    interface Add<A> {
        void add(A partial, double[][] estimate, double[][] truth, int n);
    }

    static <A> A reduce(
            Cube estimate,
            Cube truth,
            RunContext context,
            String stage,
            Supplier<A> empty,
            Add<A> add,
            BinaryOperator<A> merge) {
        requireSameShape(estimate, truth);
        Partial<A> all = Tiles.reduce(
                estimate,
                context,
                stage,
                () -> new Partial<>(empty.get(), truth.bands()),
                (partial, tile) -> partial.add(tile, truth, add),
                (left, right) -> left.merge(right, merge));
        return all.own;
    }

    static void requireSameShape(Cube estimate, Cube truth) {
        Objects.requireNonNull(estimate, "estimate");
        Objects.requireNonNull(truth, "truth");
        if (estimate.rows() != truth.rows()
                || estimate.columns() != truth.columns()
                || estimate.bands() != truth.bands()) {
            throw new IllegalArgumentException(
                    "the estimated cube is " + shape(estimate) + " but the true one is " + shape(truth));
        }
    }

    private static String shape(Cube cube) {
        return cube.rows() + "x" + cube.columns() + "x" + cube.bands();
    }

    private static final class Partial<A> {
        private A own;
        private final PixelTile other;
        private final int[] left;
        private final int[] right;

        Partial(A own, int bands) {
            this.own = own;
            this.other = new PixelTile(bands, PixelTile.capacityFor(bands));
            this.left = new int[other.capacity()];
            this.right = new int[other.capacity()];
        }

        void add(PixelTile tile, Cube truth, Add<A> add) {
            truth.read(tile.first(), tile.span(), other);
            int n = common(tile);
            pack(tile, left, n);
            pack(other, right, n);
            add.add(own, tile.planes(), other.planes(), n);
        }

        private int common(PixelTile tile) {
            int n = 0;
            int i = 0;
            int j = 0;
            while (i < tile.size() && j < other.size()) {
                int order = Integer.compare(tile.pixel(i), other.pixel(j));
                if (order == 0) {
                    left[n] = i;
                    right[n++] = j;
                }
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            return n;
        }

        private static void pack(PixelTile tile, int[] kept, int n) {
            if (n == tile.size()) {
                return;
            }
            for (double[] plane : tile.planes()) {
                for (int i = 0; i < n; i++) {
                    plane[i] = plane[kept[i]];
                }
            }
        }

        Partial<A> merge(Partial<A> later, BinaryOperator<A> merge) {
            own = merge.apply(own, later.own);
            return this;
        }
    }
}
