package org.hsi4j.restoration;

import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.CosineTransform;

/**
 * Solves (1 + sum over the axes a of w<sub>a</sub> D<sub>a</sub>' D<sub>a</sub>) X = R for a whole scene. Differences that are zero at
 * the border are diagonal in the cosine transform, so this is a transform along the three axes, a division and the way back.
 */
final class DifferenceSolver {
    /** Pixels transformed along the bands at a time. */
    private static final int BLOCK = 512;

    private final int pixels;
    private final int bands;
    private final double[] plane;
    private final double[] across;
    private final Reused<CosineTransform.Worker> planes;
    private final Reused<Lines> lines;

    DifferenceSolver(int rows, int columns, int bands, double down, double along, double across) {
        this.pixels = rows * columns;
        this.bands = bands;
        this.plane = new double[pixels];
        this.across = Differences.eigenvalues(bands);
        double[] r = Differences.eigenvalues(rows);
        double[] c = Differences.eigenvalues(columns);
        for (int i = 0; i < pixels; i++) {
            plane[i] = 1 + down * r[i / columns] + along * c[i % columns];
        }
        for (int b = 0; b < bands; b++) {
            this.across[b] *= across;
        }
        CosineTransform transform = CosineTransform.of(rows, columns);
        CosineTransform spectral = CosineTransform.of(bands, 1);
        this.planes = new Reused<>(transform::worker);
        this.lines = new Reused<>(() -> new Lines(spectral.worker(), new double[bands][BLOCK]));
    }

    /** What one thread needs. */
    static long workerBytes(int rows, int columns, int bands) {
        return 48L * rows * columns + 48L * bands * BLOCK;
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Lines(CosineTransform.Worker worker, double[][] block) {}

    /** R on entry, X on return. */
    void solve(double[][] scene, RunContext context, String stage) {
        Parallel.run(context, stage, bands, planes.anew(), (worker, b) -> worker.forward(scene[b]));
        int blocks = (pixels + BLOCK - 1) / BLOCK;
        Parallel.run(context, stage, blocks, lines.anew(), (own, k) -> {
            int from = k * BLOCK;
            int n = Math.min(BLOCK, pixels - from);
            for (int b = 0; b < bands; b++) {
                System.arraycopy(scene[b], from, own.block[b], 0, n);
            }
            own.worker.forwardBlocks(own.block, n);
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < n; i++) {
                    own.block[b][i] /= plane[from + i] + across[b];
                }
            }
            own.worker.inverseBlocks(own.block, n);
            for (int b = 0; b < bands; b++) {
                System.arraycopy(own.block[b], 0, scene[b], from, n);
            }
        });
        Parallel.run(context, stage, bands, planes.anew(), (worker, b) -> worker.inverse(scene[b]));
    }
}
