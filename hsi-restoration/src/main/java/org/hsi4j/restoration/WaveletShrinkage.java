package org.hsi4j.restoration;

import org.hsi4j.signal.Wavelet;
import org.hsi4j.signal.WaveletTransform;

/**
 * Soft thresholds in wavelet subbands, each fitted to its subband, averaged over all shifts of the plane.
 *
 * <p>In each detail subband with coefficients c, each c becomes sign(c) max(|c| - t, 0) with t = sigma<sup>2</sup> / sigma<sub>x</sub> and
 * sigma<sub>x</sub><sup>2</sup> = max(mean of c<sup>2</sup> - sigma<sup>2</sup>, 0): nearly the best threshold for coefficients of a
 * Laplacian or Gaussian law under white noise. A subband with no more energy than the noise becomes zero. The smooth part stays. The
 * {@linkplain WaveletTransform#averaged translation-averaged} transform makes it independent of where the plane begins.
 *
 * <p>Defaults: symlets of 4 vanishing moments, as in the paper, and 4 levels (or fewer, down to planes of 8 pixels a side). Planes
 * with a side below two pixels and planes of zero noise stay as they are. Costs some 200 flops a pixel and level. Immutable and
 * thread-safe.
 *
 * <p>Reference: Chang, Yu and Vetterli, "Adaptive wavelet thresholding for image denoising and compression" (BayesShrink),
 * IEEE Trans. Image Processing 9, 2000; averaging after Coifman and Donoho, "Translation-invariant de-noising", 1995.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(WaveletShrinkage.withDefaults())).run();
 * }</pre>
 */
public final class WaveletShrinkage implements PlaneDenoiser {
    private static final int LEAST_SIDE = 8;

    private final int vanishingMoments;
    private final int levels;

    private WaveletShrinkage(int vanishingMoments, int levels) {
        this.vanishingMoments = vanishingMoments;
        this.levels = levels;
    }

    /**
     * Symlets of 4 vanishing moments, 4 levels.
     *
     * @return the method
     */
    public static WaveletShrinkage withDefaults() {
        return new WaveletShrinkage(4, 4);
    }

    /**
     * With another symlet.
     *
     * @param moments vanishing moments, 1 (Haar) to 10
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public WaveletShrinkage withVanishingMoments(int moments) {
        if (moments < 1 || moments > 10) {
            throw new IllegalArgumentException("a wavelet has 1 to 10 vanishing moments, not " + moments);
        }
        return new WaveletShrinkage(moments, levels);
    }

    /**
     * Vanishing moments of the symlet.
     *
     * @return 1 to 10
     */
    public int vanishingMoments() {
        return vanishingMoments;
    }

    /**
     * With another number of levels.
     *
     * @param most how often the smooth part is split at most, 1 to 12
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public WaveletShrinkage withLevels(int most) {
        if (most < 1 || most > 12) {
            throw new IllegalArgumentException("levels must be 1 to 12, not " + most);
        }
        return new WaveletShrinkage(vanishingMoments, most);
    }

    /**
     * How often the smooth part is split at most.
     *
     * @return 1 to 12
     */
    public int levels() {
        return levels;
    }

    @Override
    public String name() {
        return "wavelet-shrinkage";
    }

    @Override
    public String summary() {
        return "Soft thresholds fitted to each subband of a translation-averaged wavelet transform (BayesShrink).";
    }

    @Override
    public String reference() {
        return "Chang, Yu and Vetterli, Adaptive wavelet thresholding for image denoising and compression, 2000";
    }

    private WaveletTransform transform(int rows, int columns) {
        int fitting = 31 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(rows, columns) / (LEAST_SIDE / 2)));
        return WaveletTransform.averaged(
                Wavelet.symlet(vanishingMoments), Math.max(1, Math.min(levels, fitting)), rows, columns);
    }

    @Override
    public long workerBytes(int rows, int columns) {
        return transform(rows, columns).workerBytes();
    }

    @Override
    public Worker worker(int rows, int columns) {
        WaveletTransform transform = transform(rows, columns);
        WaveletTransform.Worker worker = transform.worker();
        return (plane, sigma) -> {
            Planes.requireSize(plane, rows, columns);
            if (sigma > 0 && Math.min(rows, columns) > 1) {
                worker.forward(plane);
                for (int level = 1; level <= transform.levels(); level++) {
                    for (WaveletTransform.Subband subband : WaveletTransform.Subband.values()) {
                        shrink(worker.detail(level, subband), rows, columns, sigma * sigma);
                    }
                }
                worker.inverse(plane);
            }
        };
    }

    /** The threshold is fitted to the plane itself, not to its margin, where the noise is another one. */
    private static void shrink(double[][] coefficients, int rows, int columns, double variance) {
        double energy = 0;
        for (int r = 0; r < rows; r++) {
            double[] row = coefficients[r];
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += row[c] * row[c];
            }
            energy += sum;
        }
        double signal = energy / ((double) rows * columns) - variance;
        double threshold = signal > 0 ? variance / Math.sqrt(signal) : Double.POSITIVE_INFINITY;
        for (double[] row : coefficients) {
            for (int c = 0; c < row.length; c++) {
                row[c] = Math.max(row[c] - threshold, 0) + Math.min(row[c] + threshold, 0);
            }
        }
    }
}
