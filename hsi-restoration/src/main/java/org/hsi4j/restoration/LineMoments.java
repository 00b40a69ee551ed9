package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/** Count, mean and scatter of the known samples of each column, or row, in each band: one pass, in pieces that are joined in order. */
final class LineMoments {
    /** Partial results, whatever the number of threads. */
    private static final int CHUNKS = 8;

    private final double[][] count;
    private final double[][] mean;
    private final double[][] scatter;

    private LineMoments(int bands, int lines) {
        count = new double[bands][lines];
        mean = new double[bands][lines];
        scatter = new double[bands][lines];
    }

    static LineMoments of(Cube cube, StripeDirection direction, RunContext context, String stage) {
        boolean columns = direction == StripeDirection.COLUMNS;
        int lines = columns ? cube.columns() : cube.rows();
        List<Region> blocks = RowBlocks.of(cube);
        int chunks = Math.min(CHUNKS, blocks.size());
        int most = (int) blocks.get(0).pixels();
        LineMoments[] partial = new LineMoments[chunks];
        Parallel.run(context, stage, chunks, () -> new double[cube.bands()][most], (planes, chunk) -> {
            LineMoments moments = new LineMoments(cube.bands(), lines);
            int end = (int) ((long) blocks.size() * (chunk + 1) / chunks);
            for (int i = (int) ((long) blocks.size() * chunk / chunks); i < end; i++) {
                context.checkCancelled();
                Region block = blocks.get(i);
                cube.read(block, planes);
                for (int b = 0; b < planes.length; b++) {
                    moments.add(b, planes[b], block, columns);
                }
            }
            partial[chunk] = moments;
        });
        for (int c = 1; c < chunks; c++) {
            partial[0].join(partial[c]);
        }
        return partial[0];
    }

    private void add(int band, double[] plane, Region block, boolean columns) {
        int pixels = (int) block.pixels();
        for (int i = 0; i < pixels; i++) {
            double v = plane[i];
            if (!Double.isNaN(v)) {
                int line = columns ? i % block.columns() : block.row() + i / block.columns();
                double before = v - mean[band][line];
                count[band][line]++;
                mean[band][line] += before / count[band][line];
                scatter[band][line] += before * (v - mean[band][line]);
            }
        }
    }

    private void join(LineMoments later) {
        for (int b = 0; b < count.length; b++) {
            for (int line = 0; line < count[b].length; line++) {
                double n = count[b][line] + later.count[b][line];
                if (later.count[b][line] > 0) {
                    double apart = later.mean[b][line] - mean[b][line];
                    scatter[b][line] +=
                            later.scatter[b][line] + apart * apart * count[b][line] * later.count[b][line] / n;
                    mean[b][line] += apart * later.count[b][line] / n;
                    count[b][line] = n;
                }
            }
        }
    }

    int lines() {
        return count[0].length;
    }

    /** Whether any sample of the line is known. */
    boolean any(int band, int line) {
        return count[band][line] > 0;
    }

    /** Whether any sample at all is known. */
    boolean any() {
        for (double[] band : count) {
            for (double n : band) {
                if (n > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The means of a band; zero of a line without samples. */
    double[] means(int band) {
        return mean[band].clone();
    }

    /** The means of all bands. */
    double[][] means() {
        return Arrays.stream(mean).map(double[]::clone).toArray(double[][]::new);
    }

    double[] deviations(int band) {
        return IntStream.range(0, lines())
                .mapToDouble(line -> deviation(band, line))
                .toArray();
    }

    /** Bytes that the statistics take while they are gathered. */
    static long bytes(int bands, int lines) {
        return (3L * CHUNKS + 6) * Double.BYTES * bands * lines;
    }

    /** Zero of a line without samples. */
    double mean(int band, int line) {
        return mean[band][line];
    }

    double deviation(int band, int line) {
        return count[band][line] > 0 ? Math.sqrt(Math.max(0, scatter[band][line]) / count[band][line]) : 0;
    }
}
