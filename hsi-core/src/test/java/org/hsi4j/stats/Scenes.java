package org.hsi4j.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.testing.SharedFiles;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** Scenes that the tests of the statistics share. */
final class Scenes {

    private Scenes() {}

    /** Pixels of a multivariate normal distribution with random means of the given size and correlated bands. */
    static Cube gaussian(int rows, int columns, int bands, double meanSize, Random random) {
        double[][] mixing = new double[bands][bands];
        double[] mean = new double[bands];
        for (int b = 0; b < bands; b++) {
            mean[b] = meanSize * (1 + random.nextDouble());
            for (int k = 0; k <= b; k++) {
                mixing[b][k] = k == b ? 0.5 + random.nextDouble() : 0.5 * random.nextGaussian();
            }
        }
        double[][] planes = new double[bands][rows * columns];
        double[] z = new double[bands];
        for (int i = 0; i < rows * columns; i++) {
            for (int b = 0; b < bands; b++) {
                z[b] = random.nextGaussian();
            }
            for (int b = 0; b < bands; b++) {
                double v = mean[b];
                for (int k = 0; k <= b; k++) {
                    v += mixing[b][k] * z[k];
                }
                planes[b][i] = v;
            }
        }
        return Cube.of(rows, columns, planes);
    }

    /** The same scene with random pixels masked out or without data. */
    static Cube dirty(Cube cube, double share, Random random) {
        double[][] planes = new double[cube.bands()][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = cube.plane(b);
        }
        BitSet keep = new BitSet();
        for (int i = 0; i < cube.pixels(); i++) {
            keep.set(i, random.nextDouble() >= share);
            if (random.nextDouble() < share) {
                planes[random.nextInt(planes.length)][i] = Double.NaN;
            }
        }
        return Cube.of(cube.rows(), cube.columns(), planes).masked(Mask.of(cube.rows(), cube.columns(), keep::get));
    }

    /** The valid pixels, one spectrum a row. */
    static double[][] pixels(Cube cube) {
        Mask valid = cube.validMask();
        double[][] pixels = new double[valid.count()][cube.bands()];
        for (int b = 0; b < cube.bands(); b++) {
            double[] plane = cube.plane(b);
            int n = 0;
            for (int i = 0; i < plane.length; i++) {
                if (valid.get(i)) {
                    pixels[n++][b] = plane[i];
                }
            }
        }
        return pixels;
    }

    /** A scene of one line. */
    static Cube line(double[][] pixels) {
        double[][] planes = new double[pixels[0].length][pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            for (int b = 0; b < planes.length; b++) {
                planes[b][i] = pixels[i][b];
            }
        }
        return Cube.of(1, pixels.length, planes);
    }

    /** Some random pixels of a scene. */
    static Cube draw(Cube cube, int count, Random random) {
        BitSet chosen = new BitSet();
        while (chosen.cardinality() < count) {
            chosen.set(random.nextInt(cube.pixels()));
        }
        return cube.masked(Mask.of(cube.rows(), cube.columns(), chosen::get));
    }

    /** Numbers of an oracle file, in its own column-major order. */
    static double[] oracle(String file, String name) {
        try {
            Matrix matrix = Mat5.readFromFile(SharedFiles.oracle(file).toFile()).getMatrix(name);
            double[] values = new double[matrix.getNumElements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = matrix.getDouble(i);
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rows x columns x bands array of an oracle file. */
    static Cube oracleCube(String file, String name, int rows, int columns, int bands) {
        double[] values = oracle(file, name);
        double[][] planes = new double[bands][rows * columns];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < rows * columns; i++) {
                planes[b][i] = values[i / columns + rows * (i % columns + columns * b)];
            }
        }
        return Cube.of(rows, columns, planes);
    }

    /** A bands x pixels matrix of an oracle file as one line; the statistics do not care for the order of pixels. */
    static Cube oracleMatrix(String file, String name, int bands) {
        double[] values = oracle(file, name);
        int n = values.length / bands;
        double[][] pixels = new double[n][];
        for (int i = 0; i < n; i++) {
            pixels[i] = Arrays.copyOfRange(values, i * bands, (i + 1) * bands);
        }
        return line(pixels);
    }
}
