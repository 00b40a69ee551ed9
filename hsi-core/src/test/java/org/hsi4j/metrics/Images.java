package org.hsi4j.metrics;

import java.util.Random;
import org.hsi4j.Cube;

/** Images for the tests, some of which another program can make from their formula. */
final class Images {

    private Images() {}

    /** {@code ((a r r + b r c' + c c' + 7) mod 101) / 101} at row r and column c'. */
    static double[] formula(int rows, int columns, int a, int b, int c) {
        double[] image = new double[rows * columns];
        for (int i = 0; i < image.length; i++) {
            int row = i / columns;
            int column = i % columns;
            image[i] = (a * row * row + b * row * column + c * column + 7) % 101 / 101.0;
        }
        return image;
    }

    static Cube random(long seed, int rows, int columns, int bands) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][];
        for (int b = 0; b < bands; b++) {
            planes[b] = random.doubles((long) rows * columns, 0.1, 1).toArray();
        }
        return Cube.of(rows, columns, planes);
    }

    /** The same cube with NaN in one band of one pixel. */
    static Cube withGap(Cube cube, int pixel, int band) {
        double[][] planes = new double[cube.bands()][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = cube.plane(b);
        }
        planes[band][pixel] = Double.NaN;
        return Cube.of(cube.rows(), cube.columns(), planes);
    }
}
