package org.hsi4j.signal;

import org.hsi4j.linalg.Kernels;

/**
 * Wavelet transforms of planes of any size, and back, in two forms.
 *
 * <p>The {@link #orthogonal orthogonal} one keeps every second value of each filter's answers, so the subbands of level j
 * have a side of the plane's divided by 2<sup>j</sup>. The {@link #averaged translation-averaged} one keeps all, with filters
 * whose taps are 2<sup>j-1</sup> apart, and its way back is the mean over all shifts of the plane of the orthogonal way back:
 * what is done to each coefficient alone, shrinkage above all, is done without regard to where the plane begins. In both
 * forms white noise of variance one in the plane has variance one in every subband.
 *
 * <p>Border: planes are taken as periodic, after a margin is added to each side in which the plane's mirror image at the end
 * fades into that at the beginning, so that there is no jump. The margin is half of the reach of the longest filter, at most
 * the side itself, and for the orthogonal form filled up to a multiple of 2<sup>levels</sup>. {@link #periodic} has no
 * margin. In all of them the way back of unchanged coefficients is the plane, to some rounding units.
 *
 * <p>All values must be finite: fill what is missing before. Costs of one way, for n pixels with the margin and
 * wavelets of L taps: 12 L n flops a level averaged, and 16/3 L n for all levels orthogonal. Nothing is allocated by a
 * worker but what a call of {@link Kernels#multiply} takes.
 *
 * <p>Reference: Coifman and Donoho, "Translation-invariant de-noising", 1995. Immutable and thread-safe;
 * a {@link Worker} has buffers and belongs to one thread.
 *
 * <pre>{@code
 * WaveletTransform.Worker worker =
 *         WaveletTransform.averaged(Wavelet.symlet(4), 3, rows, columns).worker();
 * worker.forward(plane);
 * for (double[] row : worker.detail(1, WaveletTransform.Subband.DIAGONAL)) {
 *     Arrays.fill(row, 0);
 * }
 * worker.inverse(plane);
 * }</pre>
 */
public final class WaveletTransform {
    private final Wavelet wavelet;
    private final boolean averaged;
    private final int levels;
    private final int rows;
    private final int columns;
    private final FadedBorder down;
    private final FadedBorder along;
    private final double[][] analysis;
    /** Weights of the taps of both filters for an output of even and of odd number. */
    private final double[][][] synthesis;

    private WaveletTransform(
            Wavelet wavelet, boolean averaged, int levels, int rows, int columns, FadedBorder down, FadedBorder along) {
        this.wavelet = wavelet;
        this.averaged = averaged;
        this.levels = levels;
        this.rows = rows;
        this.columns = columns;
        this.down = down;
        this.along = along;
        this.analysis = new double[][] {wavelet.scaling(), wavelet.detail()};
        int stride = averaged ? 1 : 2;
        int each = wavelet.taps() / stride;
        this.synthesis = new double[stride][1][2 * each];
        for (int parity = 0; parity < stride; parity++) {
            for (int k = 0; k < each; k++) {
                synthesis[parity][0][k] = analysis[0][k * stride + parity] * stride / 2;
                synthesis[parity][0][each + k] = analysis[1][k * stride + parity] * stride / 2;
            }
        }
    }

    /** The three subbands of details of a level. */
    public enum Subband {
        /** Details along the rows, smooth down the columns: vertical edges. */
        ALONG_ROWS,
        /** Details down the columns, smooth along the rows: horizontal edges. */
        DOWN_COLUMNS,
        /** Details both ways. */
        DIAGONAL
    }

    /**
     * The transform that keeps every second value.
     *
     * @param wavelet the filters
     * @param levels 1 to 12
     * @param rows rows of the planes
     * @param columns columns of the planes
     * @return the plan
     * @throws IllegalArgumentException if levels or sides are out of range, or the plane with its margin has more than
     *     2<sup>28</sup> pixels
     */
    public static WaveletTransform orthogonal(Wavelet wavelet, int levels, int rows, int columns) {
        return of(wavelet, false, levels, rows, columns);
    }

    /**
     * The transform that keeps all values.
     *
     * @param wavelet the filters
     * @param levels 1 to 12
     * @param rows rows of the planes
     * @param columns columns of the planes
     * @return the plan
     * @throws IllegalArgumentException if levels or sides are out of range, or the plane with its margin has more than
     *     2<sup>28</sup> pixels
     */
    public static WaveletTransform averaged(Wavelet wavelet, int levels, int rows, int columns) {
        return of(wavelet, true, levels, rows, columns);
    }

    private static WaveletTransform of(Wavelet wavelet, boolean averaged, int levels, int rows, int columns) {
        requireLevels(levels);
        Rows.requireSides(rows, columns);
        long reach = (wavelet.taps() - 1L) * ((1L << levels) - 1);
        int half = (int) Math.min(Integer.MAX_VALUE, (reach + 1) / 2);
        int multiple = averaged ? 1 : 1 << levels;
        FadedBorder down = border(rows, half, multiple);
        FadedBorder along = border(columns, half, multiple);
        Rows.requireSides(down.total(), along.total());
        return new WaveletTransform(wavelet, averaged, levels, rows, columns, down, along);
    }

    private static FadedBorder border(int side, int half, int multiple) {
        int total = side + Math.min(side, half);
        int filled = (total + multiple - 1) / multiple * multiple;
        return new FadedBorder(side, filled - side);
    }

    private static void requireLevels(int levels) {
        if (levels < 1 || levels > 12) {
            throw new IllegalArgumentException("a wavelet transform has 1 to 12 levels, not " + levels);
        }
    }

    /**
     * The same transform of planes that continue at their far side, without a margin. The orthogonal one is then a rotation:
     * the squares of the coefficients sum to those of the plane. The averaged one moves with a plane that is moved around.
     *
     * @return a changed copy
     * @throws IllegalArgumentException if the transform is orthogonal and a side is not a multiple of 2<sup>levels</sup>
     */
    public WaveletTransform periodic() {
        int multiple = averaged ? 1 : 1 << levels;
        if (rows % multiple != 0 || columns % multiple != 0) {
            throw new IllegalArgumentException("sides must be multiples of " + multiple + " for " + levels
                    + " levels of a periodic plane, but it is " + rows + "x" + columns);
        }
        return new WaveletTransform(
                wavelet, averaged, levels, rows, columns, new FadedBorder(rows, 0), new FadedBorder(columns, 0));
    }

    /**
     * How often the smooth part is split.
     *
     * @return at least one
     */
    public int levels() {
        return levels;
    }

    /**
     * Rows of the subbands of a level. Of the averaged form, the first ones belong to the rows of the plane and
     * the others to its margin.
     *
     * @param level 1 is the finest
     * @return at least one
     */
    public int rows(int level) {
        return averaged ? down.total() : down.total() >> level;
    }

    /**
     * Columns of the subbands of a level.
     *
     * @param level 1 is the finest
     * @return at least one
     */
    public int columns(int level) {
        return averaged ? along.total() : along.total() >> level;
    }

    /**
     * Bytes that a worker takes.
     *
     * @return some 24 levels + 56 times the pixels with the margin for the averaged form, and 56 times for the orthogonal
     */
    public long workerBytes() {
        long pixels = (long) down.total() * along.total();
        long values = 6 * pixels;
        for (int level = 1; level <= levels; level++) {
            values += 3L * rows(level) * columns(level);
        }
        return Double.BYTES * (values + (long) rows(levels) * columns(levels));
    }

    /**
     * Buffers for one thread.
     *
     * @return a new worker
     */
    public Worker worker() {
        return new Worker();
    }

    /** Transforms planes, one at a time, and holds the coefficients of the last one. */
    public final class Worker {
        private final Kernels kernels = Kernels.best();
        private final double[][] smooth = new double[down.total()][along.total()];
        private final double[][] turned = new double[along.total()][down.total()];
        private final double[][] turnedLow = new double[along.total()][down.total()];
        private final double[][] turnedHigh = new double[along.total()][down.total()];
        private final double[][] low = new double[down.total()][along.total()];
        private final double[][] approximation = new double[rows(levels)][columns(levels)];
        private final double[][][] alongRows = new double[levels][][];
        private final double[][][] downColumns = new double[levels][][];
        private final double[][][] diagonal = new double[levels][][];
        private final double[][] high = new double[down.total()][along.total()];
        private final double[][] inputs = new double[wavelet.taps()][];
        private final double[][] bothInputs = new double[synthesis[0][0].length][];
        private final double[][] outputs = new double[2][];
        private final double[][] output = new double[1][];

        private Worker() {
            for (int level = 1; level <= levels; level++) {
                alongRows[level - 1] = new double[rows(level)][columns(level)];
                downColumns[level - 1] = new double[rows(level)][columns(level)];
                diagonal[level - 1] = new double[rows(level)][columns(level)];
            }
        }

        /**
         * Splits a plane into its subbands.
         *
         * @param plane rows x columns, row by row; stays as it is
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void forward(double[] plane) {
            Rows.requireSize(plane, rows, columns);
            Rows.load(plane, rows, columns, smooth);
            for (int r = 0; r < rows; r++) {
                along.extend(smooth[r]);
            }
            down.extendRows(smooth, along.total());
            for (int level = 1; level <= levels; level++) {
                int r = rows(level - 1);
                int c = columns(level - 1);
                Rows.transpose(smooth, r, c, turned);
                split(turned, c, r, level, turnedLow, turnedHigh);
                Rows.transpose(turnedLow, columns(level), r, low);
                Rows.transpose(turnedHigh, columns(level), r, high);
                double[][] next = level == levels ? approximation : smooth;
                split(low, r, columns(level), level, next, downColumns[level - 1]);
                split(high, r, columns(level), level, alongRows[level - 1], diagonal[level - 1]);
            }
        }

        /**
         * The details of a level, to be read and changed: {@code coefficients[row][column]}, {@link #rows(int)} x
         * {@link #columns(int)}.
         *
         * @param level 1, the finest, to {@link #levels()}
         * @param subband which of the three
         * @return the worker's own arrays
         * @throws IllegalArgumentException if there is no such level
         */
        public double[][] detail(int level, Subband subband) {
            if (level < 1 || level > levels) {
                throw new IllegalArgumentException("level " + level + " of a transform of " + levels + " levels");
            }
            double[][][] details = switch (subband) {
                case ALONG_ROWS -> alongRows;
                case DOWN_COLUMNS -> downColumns;
                case DIAGONAL -> diagonal;
            };
            return details[level - 1];
        }

        /**
         * The smooth part that is left at the last level, to be read and changed.
         *
         * @return the worker's own arrays
         */
        public double[][] approximation() {
            return approximation;
        }

        /**
         * Joins the subbands to a plane; they stay as they are.
         *
         * @param plane rows x columns, row by row; overwritten
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void inverse(double[] plane) {
            Rows.requireSize(plane, rows, columns);
            for (int level = levels; level >= 1; level--) {
                int r = rows(level - 1);
                int c = columns(level - 1);
                double[][] from = level == levels ? approximation : smooth;
                join(from, downColumns[level - 1], r, columns(level), level, low);
                join(alongRows[level - 1], diagonal[level - 1], r, columns(level), level, high);
                Rows.transpose(low, r, columns(level), turnedLow);
                Rows.transpose(high, r, columns(level), turnedHigh);
                join(turnedLow, turnedHigh, c, r, level, turned);
                Rows.transpose(turned, c, r, smooth);
            }
            Rows.store(smooth, rows, columns, plane);
        }

        /** Output r of both filters is the sum over k of tap k times row (stride r + k dilation). */
        private void split(double[][] in, int count, int width, int level, double[][] smoothOut, double[][] detailOut) {
            int dilation = averaged ? 1 << (level - 1) : 1;
            int stride = averaged ? 1 : 2;
            for (int r = 0; r * stride < count; r++) {
                for (int k = 0; k < inputs.length; k++) {
                    inputs[k] = in[(stride * r + k * dilation) % count];
                }
                outputs[0] = smoothOut[r];
                outputs[1] = detailOut[r];
                kernels.multiply(analysis, inputs, width, outputs);
            }
        }

        /** The transpose of {@link #split}, halved where nothing was left out. */
        private void join(double[][] smoothIn, double[][] detailIn, int count, int width, int level, double[][] out) {
            int dilation = averaged ? 1 << (level - 1) : 1;
            int stride = averaged ? 1 : 2;
            int each = bothInputs.length / 2;
            for (int r = 0; r < count; r++) {
                for (int k = 0; k < each; k++) {
                    int from = Math.floorMod(r / stride - k * dilation, count / stride);
                    bothInputs[k] = smoothIn[from];
                    bothInputs[each + k] = detailIn[from];
                }
                output[0] = out[r];
                kernels.multiply(synthesis[r % stride], bothInputs, width, output);
            }
        }
    }

    @Override
    public String toString() {
        return (averaged ? "translation-averaged " : "orthogonal ") + wavelet + " transform of " + levels
                + " levels of planes of " + rows + "x" + columns;
    }
}
