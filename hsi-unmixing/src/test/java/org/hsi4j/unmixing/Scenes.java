package org.hsi4j.unmixing;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** Small mixed scenes for tests. */
final class Scenes {

    private Scenes() {}

    /** Smooth positive spectra that differ well. */
    static double[][] endmembers(int bands, int p, long seed) {
        Random random = new Random(seed);
        double[][] e = new double[bands][p];
        for (int k = 0; k < p; k++) {
            double centre = bands * (k + 0.5) / p;
            double width = bands * (0.1 + 0.2 * random.nextDouble());
            for (int b = 0; b < bands; b++) {
                double d = (b - centre) / width;
                e[b][k] = 0.2 + 0.6 * Math.exp(-d * d) + 0.1 * random.nextDouble();
            }
        }
        return e;
    }

    /** Random mixtures plus noise; pixel {@code 7 + 3 k} holds endmember k alone. */
    static double[][] mixtures(double[][] e, int pixels, double noise, long seed) {
        Random random = new Random(seed);
        int p = e[0].length;
        double[][] planes = new double[e.length][pixels];
        double[] a = new double[p];
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int k = 0; k < p; k++) {
                a[k] = -Math.log(1 - random.nextDouble());
                sum += a[k];
            }
            boolean pure = i >= 7 && (i - 7) % 3 == 0 && (i - 7) / 3 < p;
            for (int k = 0; k < p; k++) {
                a[k] = pure ? (i == 7 + 3 * k ? 1 : 0) : a[k] / sum;
            }
            for (int b = 0; b < e.length; b++) {
                double y = noise * random.nextGaussian();
                for (int k = 0; k < p; k++) {
                    y += e[b][k] * a[k];
                }
                planes[b][i] = y;
            }
        }
        return planes;
    }

    static Cube scene(int rows, int columns, int bands, int p, double noise, long seed) {
        return Cube.of(rows, columns, mixtures(endmembers(bands, p, seed), rows * columns, noise, seed));
    }

    static Endmembers given(int bands, int p, long seed) {
        return Endmembers.ofMatrix(endmembers(bands, p, seed));
    }

    /** The samples of a cube, read as from a file, with the reads counted. */
    static final class CountingSource implements SampleSource {
        private final double[][] planes;
        private final int rows;
        private final int columns;
        private final Runnable onRead;
        final AtomicInteger reads = new AtomicInteger();

        CountingSource(Cube cube, Runnable onRead) {
            this.rows = cube.rows();
            this.columns = cube.columns();
            this.planes = new double[cube.bands()][];
            for (int b = 0; b < planes.length; b++) {
                planes[b] = cube.plane(b);
            }
            this.onRead = onRead;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public int bands() {
            return planes.length;
        }

        @Override
        public Precision precision() {
            return Precision.DOUBLE;
        }

        @Override
        public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
            reads.incrementAndGet();
            onRead.run();
            for (int k = 0; k < bands.length; k++) {
                System.arraycopy(planes[bands[k]], (int) firstPixel, target[k], offset, count);
            }
        }
    }
}
