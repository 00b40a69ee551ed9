package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.Wavelet;
import org.hsi4j.signal.WaveletTransform;

/**
 * Destriping by wavelets and the Fourier transform: a stripe is in the wavelet details across the lines, and there in the lowest frequencies along
 * the lines.
 *
 * <p>Each band is split into translation-averaged wavelets. In the details across the lines, of every level, the frequency f along the line (in periods over the
 * length of the image) is multiplied with 1 - exp(-f<sup>2</sup> / (2 sigma<sup>2</sup>)), and the band is put together again. Frequencies are those of
 * the cosine transform, whose mirror at the border joins no two ends of a line; the paper's is periodic.
 *
 * <p>Stripes need not be flat: they may come, go and drift, with up to sigma periods over the image; that is what it is good for. Where they are flat {@link MomentMatching} is
 * better by 1 dB, and {@link LowRankDestriper} by 4. The holes of a band are filled from what surrounds them and stay missing. A band is left as it is where the image has a single
 * line. Costs 12 L flops a sample and level for wavelets of L taps; holds the result, 64 MiB of bands and some ten planes a thread. The figure
 * {@code stripe-rms} is the root mean square of what is taken away. Immutable and thread-safe.
 *
 * <p>Reference: Muench, Trtik, Marone and Stampanoni, "Stripe and ring artifact removal with combined wavelet-Fourier filtering", Optics Express 17, 2009.
 */
public final class WaveletFft implements Destriper {
    private final StripeDirection direction;
    private final int levels;
    private final double sigma;

    private WaveletFft(StripeDirection direction, int levels, double sigma) {
        this.direction = direction;
        this.levels = levels;
        this.sigma = sigma;
    }

    /**
     * Columns, three levels, sigma of half a period: the best of two to four levels and .3 to 2 periods for flat stripes in all lines and bands. Daubechies wavelets of
     * five vanishing moments.
     *
     * @return the method
     */
    public static WaveletFft withDefaults() {
        return new WaveletFft(StripeDirection.COLUMNS, 3, 0.5);
    }

    /**
     * Along which lines the stripes run. Default: columns.
     *
     * @param newDirection columns or rows
     * @return a changed copy
     */
    public WaveletFft withDirection(StripeDirection newDirection) {
        return new WaveletFft(java.util.Objects.requireNonNull(newDirection, "direction"), levels, sigma);
    }

    /**
     * How wide stripes may be: up to 2<sup>levels</sup> lines. Default: 3.
     *
     * @param newLevels 1 to 12
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public WaveletFft withLevels(int newLevels) {
        if (newLevels < 1 || newLevels > 12) {
            throw new IllegalArgumentException("levels must be 1 to 12, not " + newLevels);
        }
        return new WaveletFft(direction, newLevels, sigma);
    }

    /**
     * How much a stripe may change along its line. Default: 0.5.
     *
     * @param periods over the length of the image, positive and finite; more takes away more of the scene
     * @return a changed copy
     * @throws IllegalArgumentException if it is not
     */
    public WaveletFft withSigma(double periods) {
        return new WaveletFft(direction, levels, NoisyScene.requirePositive("sigma", periods));
    }

    /**
     * How wide stripes may be.
     *
     * @return levels of the wavelets
     */
    public int levels() {
        return levels;
    }

    /**
     * How much a stripe may change along its line.
     *
     * @return in periods over the length of the image
     */
    public double sigma() {
        return sigma;
    }

    @Override
    public StripeDirection direction() {
        return direction;
    }

    @Override
    public String name() {
        return "wavelet-fft";
    }

    @Override
    public String summary() {
        return "Takes low frequencies along the lines out of the wavelet details across them.";
    }

    @Override
    public String reference() {
        return "Muench, Trtik, Marone and Stampanoni, Stripe and ring artifact removal with combined wavelet-Fourier filtering, 2009";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        int length = Destriping.length(cube, direction);
        int lines = Destriping.lines(cube, direction);
        WaveletTransform transform = WaveletTransform.averaged(Wavelet.daubechies(5), levels, length, lines);
        int group = BandGroups.size(cube, context, 64L << 20);
        int threads = Math.min(context.parallelism(), group);
        context.requireMemory(
                Learnt.bytes(cube)
                        + Double.BYTES * (long) cube.pixels() * (group + 2L * threads)
                        + threads * transform.workerBytes(),
                "the restored cube with a group of bands");
        boolean any = Destriping.anySample(cube, context);
        Cube.Builder result = Cube.builderLike(cube);
        double[] squares = new double[cube.bands()];
        BandGroups.forEach(
                cube,
                context,
                group,
                "reading",
                (bands, planes) -> Parallel.run(
                        context,
                        "destriping",
                        bands.length,
                        () -> new Worker(transform, length, lines),
                        (worker, k) -> {
                            squares[bands[k]] = worker.destripe(planes[k]);
                            result.plane(bands[k], planes[k]);
                        }));
        double rms = Math.sqrt(Arrays.stream(squares).sum() / cube.samples());
        Diagnostics diagnostics = any && Destriping.lines(cube, direction) > 1
                ? Diagnostics.none().with("stripe-rms", rms)
                : Destriping.nothingToDo(any);
        return new RestoredCube(result.provenance("destriped by " + name()).build(), diagnostics.since(start));
    }

    /** Buffers of one thread; works on planes whose stripes run down the columns. */
    private final class Worker {
        private final boolean turned = direction == StripeDirection.ROWS;
        private final int length;
        private final int lines;
        private final WaveletTransform.Worker wavelets;
        private final Damping[] damping;

        Worker(WaveletTransform transform, int length, int lines) {
            this.length = length;
            this.lines = lines;
            this.wavelets = transform.worker();
            this.damping = new Damping[levels];
            for (int level = 1; level <= levels; level++) {
                // The margin makes the plane longer: as many periods more go over it.
                damping[level - 1] = new Damping(
                        transform.rows(level), transform.columns(level), sigma * transform.rows(0) / length);
            }
        }

        /** Takes the stripes out of a plane; the sum of the squares of what was taken. */
        double destripe(double[] plane) {
            if (lines == 1) {
                return 0;
            }
            double[] whole = turned ? transposed(plane, lines, length) : plane.clone();
            double[] holed = whole;
            double[] filled = whole.clone();
            new Holes(Mask.of(length, lines, i -> !Double.isNaN(holed[i]))).fill(filled);
            wavelets.forward(filled);
            for (int level = 1; level <= levels; level++) {
                damping[level - 1].apply(wavelets.detail(level, WaveletTransform.Subband.ALONG_ROWS));
            }
            wavelets.inverse(filled);
            double[] result = turned ? transposed(filled, length, lines) : filled;
            double squares = 0;
            for (int i = 0; i < plane.length; i++) {
                if (!Double.isNaN(plane[i])) {
                    squares += (plane[i] - result[i]) * (plane[i] - result[i]);
                    plane[i] = result[i];
                }
            }
            return squares;
        }

        private static double[] transposed(double[] plane, int rows, int columns) {
            double[] result = new double[plane.length];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    result[c * rows + r] = plane[r * columns + c];
                }
            }
            return result;
        }
    }

    /** Takes low frequencies down the columns out of a matrix. */
    private static final class Damping {
        private final double[][] analysis;
        private final double[][] synthesis;
        private final double[][] coefficients;
        private final double[][] low;
        private final int columns;

        /**
         * Of matrices of a size.
         *
         * @param sigma in periods over the rows of the matrix
         */
        Damping(int rows, int columns, double sigma) {
            // Beyond four sigma 3e-4 would be taken away; cosine j has j / 2 periods.
            int count = Math.min(rows, (int) Math.ceil(8 * sigma) + 1);
            this.columns = columns;
            analysis = new double[count][rows];
            synthesis = new double[rows][count];
            coefficients = new double[count][columns];
            low = new double[rows][columns];
            for (int j = 0; j < count; j++) {
                double weight = Math.exp(-0.125 * j * j / sigma / sigma);
                double norm = (j == 0 ? 1.0 : 2.0) / rows;
                for (int r = 0; r < rows; r++) {
                    double cosine = Math.cos(Math.PI * j * (r + 0.5) / rows);
                    analysis[j][r] = cosine * norm * weight;
                    synthesis[r][j] = cosine;
                }
            }
        }

        void apply(double[][] matrix) {
            Kernels.best().multiply(analysis, matrix, columns, coefficients);
            Kernels.best().multiply(synthesis, coefficients, columns, low);
            for (int r = 0; r < matrix.length; r++) {
                for (int c = 0; c < columns; c++) {
                    matrix[r][c] -= low[r][c];
                }
            }
        }
    }
}
