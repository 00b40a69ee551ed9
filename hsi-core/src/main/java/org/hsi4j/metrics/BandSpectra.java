package org.hsi4j.metrics;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.Fourier;

/** Takes the bands of a cube to their power spectra; pixels outside a mask are set to the mean of the others. */
final class BandSpectra {

    private BandSpectra() {}

    /** Looks at the power of one band: row by row, the columns up to the middle only ({@link #weight}). */
    @FunctionalInterface
    interface Look {
        void at(int band, double[] power);
    }

    static void forEach(Cube cube, Mask valid, String stage, RunContext context, Look look) {
        Fourier fourier = Fourier.of(cube.rows(), cube.columns());
        long bytes = 24L * cube.pixels() + fourier.workerBytes();
        context.requireMemory(bytes * Math.min(context.parallelism(), cube.bands()), "the transforms of the bands");
        int size = cube.rows() * fourier.halfColumns();
        Parallel.run(context, stage, cube.bands(), () -> new Buffers(fourier, size), (own, band) -> {
            own.power(cube.plane(band), valid);
            look.at(band, own.re);
        });
    }

    private static final class Buffers {
        private final Fourier.Worker worker;
        private final double[] re;
        private final double[] im;

        Buffers(Fourier fourier, int size) {
            worker = fourier.worker();
            re = new double[size];
            im = new double[size];
        }

        void power(double[] plane, Mask valid) {
            fill(plane, valid);
            worker.forward(plane, re, im);
            for (int i = 0; i < re.length; i++) {
                re[i] = re[i] * re[i] + im[i] * im[i];
            }
        }

        private static void fill(double[] plane, Mask valid) {
            double sum = 0;
            for (int i = 0; i < plane.length; i++) {
                sum += valid.get(i) ? plane[i] : 0;
            }
            double mean = sum / valid.count();
            for (int i = 0; i < plane.length; i++) {
                plane[i] = valid.get(i) ? plane[i] : mean;
            }
        }
    }

    /** How many entries of the full spectrum a column of the half one stands for. */
    static int weight(int column, int columns) {
        return column == 0 || 2 * column == columns ? 1 : 2;
    }

    static Mask requirePixels(Mask valid, String where) {
        if (Objects.requireNonNull(valid, "valid").count() == 0) {
            throw new IllegalArgumentException("no pixel is valid in " + where);
        }
        return valid;
    }
}
