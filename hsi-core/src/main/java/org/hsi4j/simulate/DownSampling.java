package org.hsi4j.simulate;

import java.util.Collections;
import org.hsi4j.Cube;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Fewer, larger pixels by cubic convolution (Keys, "Cubic convolution interpolation for digital image processing", IEEE TASSP
 * 29(6), 1981), along rows and columns in turn. From n pixels n / f, rounded down, are made; samples beyond the border repeat
 * the last one.
 *
 * <p><b>With anti-aliasing</b> (the default) the kernel, with a = -0.5, is as many times wider as the pixels get larger, and
 * output pixel i is centred at ((i + 1/2) n/m - 1/2), where m of n pixels are left: what MATLAB's {@code imresize} does.
 *
 * <p><b>Without</b>, four samples around i (n-1)/(m-1) are interpolated with a = -0.75, corners on corners; frequencies above
 * the new Nyquist limit fold back. This is what MP-HSIR (Wu et al., 2025) calls super-resolution input.
 *
 * <p>What the larger pixels cannot hold is measured before, see {@link Result#aliasing()}.
 *
 * <p>A pixel whose kernel meets an invalid sample is invalid. Nothing is random. The georeference is dropped. Costs some 8 f
 * operations a sample with and 8 without anti-aliasing, and a Fourier transform a band. Immutable and thread-safe.
 */
public final class DownSampling implements Degradation<DownSampling.Result> {
    private final int factor;
    private final boolean antiAliasing;

    private DownSampling(int factor, boolean antiAliasing) {
        this.factor = factor;
        this.antiAliasing = antiAliasing;
    }

    /**
     * What was done.
     *
     * @param cube the small cube
     * @param factor how many times larger its pixels are
     * @param rows rows of the original
     * @param columns columns of the original
     * @param aliasing share of the original's variance at frequencies that the large pixels cannot hold ({@link AliasingScore#variation}):
     *     lost with anti-aliasing, folded back without. NaN where nothing varies or no pixel is valid
     */
    public record Result(Cube cube, int factor, int rows, int columns, AliasingScore aliasing) implements Degraded {

        /**
         * The small cube with each pixel repeated to the size of the original; the last ones fill what division leaves over.
         *
         * @return rows x columns
         */
        public Cube replicated() {
            Cube.Builder b = BandChanges.reshaped(cube, rows, columns, "pixels repeated " + factor + " times");
            double[] large = new double[rows * columns];
            for (int band = 0; band < cube.bands(); band++) {
                double[] small = cube.plane(band);
                for (int i = 0; i < large.length; i++) {
                    int r = Math.min(i / columns / factor, cube.rows() - 1);
                    int c = Math.min(i % columns / factor, cube.columns() - 1);
                    large[i] = small[r * cube.columns() + c];
                }
                b.plane(band, large);
            }
            return b.build();
        }
    }

    /**
     * Pixels four times as large, with anti-aliasing.
     *
     * @return the settings
     */
    public static DownSampling withDefaults() {
        return new DownSampling(4, true);
    }

    /**
     * How many times larger the pixels get. Default: 4, the middle of the usual 2, 4, 8.
     *
     * @param times at least one
     * @return new settings
     * @throws IllegalArgumentException if it is smaller than one
     */
    public DownSampling withFactor(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("pixels cannot get " + times + " times as large");
        }
        return new DownSampling(times, antiAliasing);
    }

    /**
     * Whether what the large pixels cannot hold is filtered away before. Default: true.
     *
     * @param filter false to let it fold back
     * @return new settings
     */
    public DownSampling withAntiAliasing(boolean filter) {
        return new DownSampling(factor, filter);
    }

    /**
     * How many times larger the pixels get.
     *
     * @return at least one
     */
    public int factor() {
        return factor;
    }

    /**
     * Whether it filters before.
     *
     * @return true by default
     */
    public boolean antiAliasing() {
        return antiAliasing;
    }

    @Override
    public Result apply(Cube cube, RunContext context) {
        if (cube.rows() < factor || cube.columns() < factor) {
            throw new IllegalArgumentException("a cube of " + cube.rows() + "x" + cube.columns()
                    + " pixels cannot be made " + factor + " times smaller");
        }
        int rows = cube.rows() / factor;
        int columns = cube.columns() / factor;
        BandChanges.requireMemory(cube, (long) rows * columns * cube.bands(), context);
        AliasingScore aliasing = aliasing(cube, context);
        Taps down = taps(cube.rows(), rows);
        Taps along = taps(cube.columns(), columns);
        String origin = "sampled down by " + factor + (antiAliasing ? " with" : " without") + " anti-aliasing";
        Cube.Builder b = BandChanges.reshaped(cube, rows, columns, origin);
        Parallel.run(context, "down-sampling", cube.bands(), () -> "", (none, band) -> {
            double[] narrow = turned(cube.plane(band), cube.rows(), cube.columns(), along);
            b.plane(band, turned(narrow, columns, cube.rows(), down));
        });
        return new Result(b.build(), factor, cube.rows(), cube.columns(), aliasing);
    }

    private AliasingScore aliasing(Cube cube, RunContext context) {
        return cube.validMask().count() == 0
                ? new AliasingScore(Double.NaN, Collections.nCopies(cube.bands(), Double.NaN), factor)
                : AliasingScore.variation(cube, factor, context);
    }

    /** Samples the rows of an image and turns it, rows for columns. */
    private static double[] turned(double[] image, int rows, int columns, Taps taps) {
        int m = taps.at.length;
        double[] out = new double[m * rows];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int j = 0; j < taps.at[i].length; j++) {
                    sum += taps.weight[i][j] * image[r * columns + taps.at[i][j]];
                }
                out[i * rows + r] = sum;
            }
        }
        return out;
    }

    /** Which samples each output takes, with which weights; they sum to one. */
    private static final class Taps {
        private final int[][] at;
        private final double[][] weight;

        Taps(int outputs, int count) {
            at = new int[outputs][count];
            weight = new double[outputs][count];
        }
    }

    private Taps taps(int n, int m) {
        double width = antiAliasing ? (double) n / m : 1;
        int count = (int) Math.ceil(4 * width) + 1;
        Taps taps = new Taps(m, count);
        for (int i = 0; i < m; i++) {
            double corner = m == 1 ? 0 : (double) i * (n - 1) / (m - 1);
            double centre = antiAliasing ? (i + 0.5) * width - 0.5 : corner;
            int first = (int) Math.floor(centre - 2 * width) + 1;
            double sum = 0;
            for (int j = 0; j < count; j++) {
                taps.at[i][j] = Math.max(0, Math.min(n - 1, first + j));
                taps.weight[i][j] = keys((first + j - centre) / width);
                sum += taps.weight[i][j];
            }
            for (int j = 0; j < count; j++) {
                taps.weight[i][j] /= sum;
            }
        }
        return taps;
    }

    private double keys(double at) {
        double a = antiAliasing ? -0.5 : -0.75;
        double x = Math.abs(at);
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
    }
}
