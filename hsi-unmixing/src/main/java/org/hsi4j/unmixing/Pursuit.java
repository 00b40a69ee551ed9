package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;

/**
 * Takes one pixel after the other, always the one farthest from the span of those before: the largest
 * ||x||<sup>2</sup> - sum of (q'x)<sup>2</sup>, q being an orthonormal basis of that span. Of equals the first is taken, and
 * none twice.
 *
 * <p>Costs 2 d flops a pixel and step, d being the length of the vectors, and 8 bytes a pixel.
 */
final class Pursuit {
    /** What is left of a vector up to this times itself is rounding. */
    private static final double RANK = 1e-12;

    private final PixelBlocks blocks;
    private final IntFunction<double[]> vectors;
    private final RunContext context;
    private final double[][] left;
    private final int[][] best;
    private final List<Integer> positions = new ArrayList<>();
    private int rank;

    private Pursuit(PixelBlocks blocks, IntFunction<double[]> vectors, RunContext context) {
        this.blocks = blocks;
        this.vectors = vectors;
        this.context = context;
        this.left = new double[blocks.count()][0];
        this.best = new int[blocks.count()][];
    }

    /** From the origin of the coordinates. */
    static Pursuit run(PixelBlocks blocks, IntFunction<double[]> vectors, int count, RunContext context) {
        return new Pursuit(blocks, vectors, context).take(count, new double[blocks.dimension()]);
    }

    /** From a pixel, which is the first one taken. */
    static Pursuit from(int pixel, PixelBlocks blocks, IntFunction<double[]> vectors, int count, RunContext context) {
        Pursuit pursuit = new Pursuit(blocks, vectors, context);
        pursuit.positions.add(pixel);
        return pursuit.take(count, vectors.apply(pixel));
    }

    /** The pixels in the order they were taken. */
    List<Integer> positions() {
        return positions;
    }

    /** How many directions they were found to span. */
    int rank() {
        return rank;
    }

    private Pursuit take(int count, double[] origin) {
        List<double[]> orthonormal = new ArrayList<>();
        measure(count, origin);
        while (positions.size() < count) {
            int pixel = farthest();
            positions.add(pixel);
            double[] x = vectors.apply(pixel);
            Vectors.subtract(x, origin);
            double before = Vectors.norm(x);
            Vectors.removeParts(x, orthonormal);
            double after = Vectors.norm(x);
            if (after > RANK * before) {
                Vectors.scale(x, 1 / after);
                orthonormal.add(x);
                rank++;
            } else {
                x = new double[x.length];
            }
            if (positions.size() < count) {
                remove(count, x, Vectors.dot(x, origin));
            }
        }
        return this;
    }

    private String stage(int count) {
        return "endmember " + (positions.size() + 1) + " of " + count;
    }

    /** Squared distances from the origin. */
    private void measure(int count, double[] origin) {
        blocks.forEach(context, stage(count), () -> null, (none, index, planes, pixels, size) -> {
            double[] norms = new double[size];
            for (int k = 0; k < planes.length; k++) {
                double shift = origin[k];
                double[] plane = planes[k];
                for (int i = 0; i < size; i++) {
                    double x = plane[i] - shift;
                    norms[i] += x * x;
                }
            }
            left[index] = norms;
            findBest(index, pixels, size);
        });
    }

    /** Takes the part along one more direction off. */
    private void remove(int count, double[] q, double offset) {
        double[][] weights = {q};
        blocks.forEach(
                context, stage(count), () -> new double[1][blocks.capacity()], (along, index, planes, pixels, size) -> {
                    Kernels.best().multiply(weights, planes, size, along);
                    double[] norms = left[index];
                    for (int i = 0; i < size; i++) {
                        double part = along[0][i] - offset;
                        norms[i] = Math.max(0, norms[i] - part * part);
                    }
                    findBest(index, pixels, size);
                });
    }

    /** Notes the pixel of the block and its entry. */
    private void findBest(int index, int[] pixels, int size) {
        double[] norms = left[index];
        int at = -1;
        for (int i = 0; i < size; i++) {
            if ((at < 0 || norms[i] > norms[at]) && !positions.contains(pixels[i])) {
                at = i;
            }
        }
        best[index] = at < 0 ? new int[0] : new int[] {pixels[at], at};
    }

    private int farthest() {
        int pixel = -1;
        double largest = -1;
        for (int index = 0; index < best.length; index++) {
            if (best[index].length > 0 && left[index][best[index][1]] > largest) {
                largest = left[index][best[index][1]];
                pixel = best[index][0];
            }
        }
        return pixel;
    }
}
