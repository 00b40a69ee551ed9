package org.hsi4j.stats;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Tail index of a scene's Gram spectrum, free of the bias of its shape (FARMS).
 *
 * <p>The eigenvalues of a sample covariance spread with the ratio of bands to pixels, so a tail fitted to them says as
 * much of the sample's size as of the scene. Here the eigenvalues of sub-matrices of one fixed shape are pooled: w
 * bands by 2 w pixels, w = min(64, B, N / 2), the pixels spread evenly over the scene, the bands a window that moves
 * from the first to the last. With the k largest of them, k being half, the index is Hill's 1 + k / sum
 * log(lambda<sub>i</sub> / lambda<sub>k+1</sub>). The scene's mean over the sampled pixels is taken out first. White
 * noise gives about 2.7 whatever the size of the scene; strong correlation and heavy tails give less, down to one.
 *
 * <p>Reference: Hu, Goel, Killiakov and Yang, "Eigenspectrum analysis of neural networks without aspect ratio bias",
 * 2025.
 *
 * @param alpha the index, above one; NaN where there are fewer than two valid pixels or no variance
 * @param eigenvalues how many were pooled
 * @param diagnostics figures {@code pixels} (sampled), {@code side} (w) and {@code sub-matrices}, and notes
 */
public record TailIndex(double alpha, int eigenvalues, Diagnostics diagnostics) {
    private static final int LARGEST_SIDE = 64;
    private static final int MOST_SUB_MATRICES = 64;

    /**
     * Measures a scene; reads it once, and computes in one thread on at most 8192 of its valid pixels.
     *
     * @param cube the scene
     * @param context progress, cancellation and memory limit
     * @return the index
     * @throws IllegalArgumentException if the sample exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static TailIndex of(Cube cube, RunContext context) {
        long start = System.nanoTime();
        long valid = cube.validMask().count();
        int side = (int) Math.min(Math.min(LARGEST_SIDE, cube.bands()), valid / 2);
        if (side == 0) {
            return new TailIndex(
                    Double.NaN,
                    0,
                    Diagnostics.none().note("fewer than two valid pixels").since(start));
        }
        int matrices = (int) Math.min(MOST_SUB_MATRICES, valid / (2L * side));
        int sampled = 2 * side * matrices;
        context.requireMemory(8L * sampled * cube.bands(), "the sampled pixels");
        double[][] sample = sample(cube, valid, sampled, context);
        double[] pooled = new double[side * matrices];
        for (int m = 0; m < matrices; m++) {
            context.checkCancelled();
            int band = matrices == 1 ? 0 : (int) ((long) (cube.bands() - side) * m / (matrices - 1));
            double[] values = gramEigenvalues(sample, band, side, m, matrices);
            System.arraycopy(values, 0, pooled, m * side, side);
            context.progress("tail index", m + 1L, matrices);
        }
        Diagnostics diagnostics =
                Diagnostics.none().with("pixels", sampled).with("side", side).with("sub-matrices", matrices);
        double alpha = hill(pooled);
        if (Double.isNaN(alpha)) {
            diagnostics =
                    diagnostics.note("half of the eigenvalues are zero or equal: the spectrum has no tail to measure");
        }
        return new TailIndex(alpha, pooled.length, diagnostics.since(start));
    }

    /** Valid pixels at even distances, centred: bands x count. */
    private static double[][] sample(Cube cube, long valid, int count, RunContext context) {
        int bands = cube.bands();
        double[][] sample = new double[bands][count];
        PixelTile tile = new PixelTile(bands, PixelTile.capacityFor(bands));
        long seen = 0;
        int next = 0;
        for (int first = 0; next < count; ) {
            context.checkCancelled();
            int run = Math.min(tile.capacity(), cube.pixels() - first);
            cube.read(first, run, tile);
            long wanted = valid * next / count;
            while (next < count && wanted < seen + tile.size()) {
                for (int b = 0; b < bands; b++) {
                    sample[b][next] = tile.planes()[b][(int) (wanted - seen)];
                }
                next++;
                wanted = valid * next / count;
            }
            seen += tile.size();
            first += run;
        }
        for (double[] band : sample) {
            double mean = Arrays.stream(band).average().orElse(0);
            for (int i = 0; i < count; i++) {
                band[i] -= mean;
            }
        }
        return sample;
    }

    /**
     * Eigenvalues of X X' / columns, X being every {@code step}-th pixel from {@code offset} on in a window of bands.
     */
    private static double[] gramEigenvalues(double[][] sample, int band, int side, int offset, int step) {
        double[][] gram = new double[side][side];
        int pixels = 2 * side;
        for (int a = 0; a < side; a++) {
            for (int b = a; b < side; b++) {
                double sum = 0;
                for (int i = 0; i < pixels; i++) {
                    sum += sample[band + a][offset + i * step] * sample[band + b][offset + i * step];
                }
                gram[a][b] = sum / pixels;
                gram[b][a] = gram[a][b];
            }
        }
        return Dense.eigen(gram).values();
    }

    private static double hill(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int k = sorted.length / 2;
        double smallest = sorted[sorted.length - 1 - k];
        if (!(smallest > 1e-14 * sorted[sorted.length - 1])) {
            return Double.NaN; // rounding, not variance
        }
        double sum = 0;
        for (int i = sorted.length - k; i < sorted.length; i++) {
            sum += Math.log(sorted[i] / smallest);
        }
        return sum > 0 ? 1 + k / sum : Double.NaN;
    }
}
