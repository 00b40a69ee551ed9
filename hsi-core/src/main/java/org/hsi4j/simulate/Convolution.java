package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;

/** Convolves every band with a kernel of odd size; the image is mirrored at its border, invalid samples have no weight. */
final class Convolution {
    private final double[][] kernel;
    private final int reach;

    Convolution(double[][] kernel) {
        this.kernel = kernel;
        this.reach = kernel.length / 2;
    }

    Cube apply(Cube cube, RunContext context, String stage, String provenance) {
        int columns = cube.columns();
        return BandChanges.apply(
                cube, context, stage, provenance, new SplittableRandom(0), (band, plane, none) -> blur(plane, columns));
    }

    ScoreMap asMap() {
        int side = kernel.length;
        double[] values = new double[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = kernel[i / side][i % side];
        }
        return ScoreMap.of("kernel", side, side, values);
    }

    private void blur(double[] plane, int columns) {
        boolean[] invalid = new boolean[plane.length];
        double[] weight = new double[plane.length];
        boolean gaps = false;
        for (int i = 0; i < plane.length; i++) {
            invalid[i] = Double.isNaN(plane[i]);
            weight[i] = invalid[i] ? 0 : 1;
            gaps |= invalid[i];
            plane[i] = invalid[i] ? 0 : plane[i];
        }
        convolve(plane, columns);
        if (gaps) {
            convolve(weight, columns);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = invalid[i] ? Double.NaN : plane[i] / weight[i];
            }
        }
    }

    private void convolve(double[] plane, int columns) {
        double[][] padded = padded(plane, columns);
        Arrays.fill(plane, 0);
        int rows = plane.length / columns;
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < kernel.length; i++) {
                // a true convolution: the kernel is turned over
                double[] line = padded[r + kernel.length - 1 - i];
                for (int j = 0; j < kernel.length; j++) {
                    double w = kernel[i][j];
                    int shift = kernel.length - 1 - j;
                    for (int c = 0; w != 0 && c < columns; c++) {
                        plane[r * columns + c] += w * line[c + shift];
                    }
                }
            }
        }
    }

    private double[][] padded(double[] plane, int columns) {
        int rows = plane.length / columns;
        double[][] padded = new double[rows + 2 * reach][columns + 2 * reach];
        for (int r = 0; r < padded.length; r++) {
            int from = mirrored(r - reach, rows) * columns;
            for (int c = 0; c < padded[r].length; c++) {
                padded[r][c] = plane[from + mirrored(c - reach, columns)];
            }
        }
        return padded;
    }

    /** The border itself is the mirror: ... 1 0 | 0 1 2 | 2 1 ... */
    private static int mirrored(int index, int n) {
        int turned = Math.floorMod(index, 2 * n);
        return turned < n ? turned : 2 * n - 1 - turned;
    }
}
