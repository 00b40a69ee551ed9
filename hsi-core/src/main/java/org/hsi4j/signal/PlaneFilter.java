package org.hsi4j.signal;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;

/**
 * Filters that treat the columns and then the rows of a plane with the same symmetric profile, whose weights sum to one.
 *
 * <ul>
 *   <li>{@link #taps}: given weights, direct;
 *   <li>{@link #gaussian}: the Gaussian exp(-x<sup>2</sup> / (2 s<sup>2</sup>)) sampled out to 5 s, direct; what is cut off
 *       weighs below 1e-6;
 *   <li>{@link #recursiveGaussian}: four poles forward and back, of which the cost does not grow with s. Its variance is s<sup>2</sup>
 *       exactly, and the magnitudes of the differences of its weights to those of the Gaussian sum to at most 0.012 along a
 *       line, so that a plane's error is at most 0.024 of its largest magnitude;
 *   <li>{@link #box}: the mean of a window, as a difference of running sums, of which the cost does not grow with the window
 *       either.
 * </ul>
 *
 * <p>Border: by default the image is mirrored with the border itself as the mirror (... 1 0 | 0 1 2 | 2 1 ...), the condition
 * under which a filter keeps the sum of all values; for the recursive filter the values at the border continue, without
 * end (its state beyond the border is solved for, as Triggs and Sdika do, "Boundary conditions for Young-van Vliet
 * recursive filtering", 2006). With {@link #renormalised}, nothing lies beyond the border, and the weights that fall inside are
 * scaled to sum to one.
 *
 * <p>{@link Worker#apply} takes finite values. {@link Worker#applyToValid} leaves NaN out: the sum of the weighted valid values
 * is divided by that of their weights (normalised convolution, Knutsson and Westin 1993), at twice the cost, and invalid
 * pixels stay so.
 *
 * <p>Costs, a pixel: 4 L flops for L taps, 36 for the recursive Gaussian, 4 for the box. A plan is immutable and thread-safe; a
 * {@link Worker} has buffers and belongs to one thread.
 *
 * <pre>{@code
 * PlaneFilter.gaussian(2.5).worker(rows, columns).apply(plane);
 * }</pre>
 */
public final class PlaneFilter {
    private static final int LONGEST = 1 << 20;

    /**
     * For the standard deviation 2, van Vliet, Young and Verbeek, "Recursive Gaussian derivative filters", 1998, table 1, fourth
     * order, least squares.
     */
    private static final double[] POLES = {1.13228, 1.28114, 1.78534, 0.46763};

    private enum Form {
        DIRECT,
        RECURSIVE,
        BOX
    }

    private final String name;
    private final Form form;
    /** Of the direct form: the whole profile; of the recursive one: of four outputs before and of the input. */
    private final double[] weights;
    /** What the four values of the way back beyond the end are of the last four of the way forth. */
    private final double[][] turn;

    private final int reach;
    private final boolean renormalised;

    private PlaneFilter(String name, Form form, double[] weights, double[][] turn, int reach, boolean renormalised) {
        this.turn = turn;
        this.name = name;
        this.form = form;
        this.weights = weights;
        this.reach = reach;
        this.renormalised = renormalised;
    }

    /**
     * A profile of given weights.
     *
     * @param half the weight of the pixel itself and of those 1, 2, ... away on both sides; they are divided by the sum
     * @return the filter
     * @throws IllegalArgumentException if there is no weight, one is not finite, or their sum is not positive
     */
    public static PlaneFilter taps(double... half) {
        double sum = 0;
        for (int k = 0; k < half.length; k++) {
            sum += k == 0 ? half[k] : 2 * half[k];
        }
        if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the weights " + Arrays.toString(half) + " have no positive sum");
        }
        return new PlaneFilter(
                half.length + " taps", Form.DIRECT, profile(half, sum), new double[0][], half.length - 1, false);
    }

    private static double[] profile(double[] half, double sum) {
        double[] profile = new double[2 * half.length - 1];
        for (int i = 0; i < profile.length; i++) {
            profile[i] = half[Math.abs(i - half.length + 1)] / sum;
        }
        return profile;
    }

    /**
     * A Gaussian, by its definition.
     *
     * @param sigma standard deviation in pixels, positive, at most 1000
     * @return the filter
     * @throws IllegalArgumentException if it is out of this range
     */
    public static PlaneFilter gaussian(double sigma) {
        if (!(sigma > 0 && sigma <= 1000)) {
            throw new IllegalArgumentException("sigma must be positive and at most 1000 pixels, not " + sigma);
        }
        double[] half = new double[(int) Math.ceil(5 * sigma) + 1];
        double sum = 0;
        for (int k = 0; k < half.length; k++) {
            half[k] = StrictMath.exp(-k * (k / (2 * sigma * sigma)));
            sum += k == 0 ? half[k] : 2 * half[k];
        }
        return new PlaneFilter(
                "Gaussian of " + sigma, Form.DIRECT, profile(half, sum), new double[0][], half.length - 1, false);
    }

    /**
     * A Gaussian, by recursion.
     *
     * @param sigma standard deviation in pixels, 2 to 1000
     * @return the filter
     * @throws IllegalArgumentException if it is out of this range
     */
    public static PlaneFilter recursiveGaussian(double sigma) {
        if (!(sigma >= 2 && sigma <= 1000)) {
            throw new IllegalArgumentException(
                    "sigma of a recursive Gaussian must be from 2 to 1000 pixels, not " + sigma);
        }
        double[] poles = poles(sigma);
        // the product of (1 - z / pole) over both pairs of conjugate poles 1 / (re + i im)
        double p = 2 * poles[0];
        double pp = poles[0] * poles[0] + poles[1] * poles[1];
        double r = 2 * poles[2];
        double rr = poles[2] * poles[2] + poles[3] * poles[3];
        double[] back = {p + r, -(pp + p * r + rr), p * rr + r * pp, -pp * rr};
        double gain = (1 - p + pp) * (1 - r + rr);
        double[] weights = {back[0], back[1], back[2], back[3], gain};
        return new PlaneFilter(
                "recursive Gaussian of " + sigma, Form.RECURSIVE, weights, turn(weights, sigma), 0, false);
    }

    /** The poles of which the filter there and back has the variance sigma^2, as inverses: re, im, re, im. */
    private static double[] poles(double sigma) {
        double low = 0;
        double high = sigma;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (variance(poles(POLES, middle)) < sigma * sigma) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return poles(POLES, high);
    }

    /** Each pole to the power of 1 / q, inverted. */
    private static double[] poles(double[] base, double q) {
        double[] inverse = new double[4];
        for (int i = 0; i < 4; i += 2) {
            double size = StrictMath.pow(StrictMath.hypot(base[i], base[i + 1]), -1 / q);
            double angle = -StrictMath.atan2(base[i + 1], base[i]) / q;
            inverse[i] = size * StrictMath.cos(angle);
            inverse[i + 1] = size * StrictMath.sin(angle);
        }
        return inverse;
    }

    /** The sum over the poles and their conjugates of 2 t / (1 - t)^2, where t is the inverse. */
    private static double variance(double[] inverse) {
        double sum = 0;
        for (int i = 0; i < 4; i += 2) {
            double re = inverse[i];
            double im = inverse[i + 1];
            double square = (1 - re) * (1 - re) + im * im;
            // 2 Re(t (1 - conj t)^2) / |1 - t|^4, twice
            double a = (1 - re) * (1 - re) - im * im;
            double b = 2 * (1 - re) * im;
            sum += 4 * (re * a - im * b) / (square * square);
        }
        return sum;
    }

    /** Runs each of the last four values out, with nothing behind them, until it is forgotten, and comes back with it. */
    private static double[][] turn(double[] weights, double sigma) {
        int out = (int) Math.ceil(30 * sigma) + 50;
        double[][] turn = new double[4][4];
        for (int k = 0; k < 4; k++) {
            double[] line = new double[out + 8];
            line[3 - k] = 1;
            for (int i = 4; i < 4 + out; i++) {
                for (int m = 0; m < 4; m++) {
                    line[i] += weights[m] * line[i - 1 - m];
                }
            }
            for (int i = 3 + out; i >= 4; i--) {
                line[i] *= weights[4];
                for (int m = 0; m < 4; m++) {
                    line[i] += weights[m] * line[i + 1 + m];
                }
            }
            for (int j = 0; j < 4; j++) {
                turn[j][k] = line[4 + j];
            }
        }
        return turn;
    }

    /**
     * The mean of a window.
     *
     * @param window side, odd
     * @return the filter
     * @throws IllegalArgumentException if it is not odd and positive
     */
    public static PlaneFilter box(int window) {
        if (window < 1 || window % 2 == 0 || window > LONGEST) {
            throw new IllegalArgumentException("the side of a window is an odd number from 1 to 2^20, not " + window);
        }
        return new PlaneFilter(
                "box of " + window, Form.BOX, new double[] {1.0 / window}, new double[0][], window / 2, false);
    }

    /**
     * The same filter with nothing beyond the border: the weights inside are scaled to sum to one.
     *
     * @return a changed copy
     */
    public PlaneFilter renormalised() {
        return new PlaneFilter(name, form, weights, turn, reach, true);
    }

    /**
     * Buffers for one thread.
     *
     * @param rows rows of the planes
     * @param columns columns of the planes
     * @return a new worker, of some 32 bytes a pixel
     * @throws IllegalArgumentException if there is no pixel, or more than 2<sup>28</sup>
     */
    public Worker worker(int rows, int columns) {
        Rows.requireSides(rows, columns);
        return new Worker(rows, columns);
    }

    /** Filters planes, one at a time. */
    public final class Worker {
        private final Kernels kernels = Kernels.best();
        private final int rows;
        private final int columns;
        private final double[][] one;
        private final double[][] other;
        private final double[][] turned;
        private final double[][] turnedOther;
        private final double[] weightOfRow;
        private final double[] weightOfColumn;
        private final double[] valid;
        private final double[] zero;
        private final double[][] history;
        private final double[][] profile = {weights};
        private final double[][] output = new double[1][];
        private final double[][] inputs;

        private Worker(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            one = new double[rows][columns];
            other = new double[rows][columns];
            turned = new double[columns][rows];
            turnedOther = new double[columns][rows];
            valid = new double[rows * columns];
            zero = new double[Math.max(rows, columns)];
            history = new double[6][zero.length];
            inputs = new double[weights.length][];
            weightOfRow = insideWeights(rows);
            weightOfColumn = insideWeights(columns);
        }

        /** What part of the weights is inside, for each position of a line: what the filter makes of ones. */
        private double[] insideWeights(int n) {
            double[] inside = new double[n];
            Arrays.fill(inside, 1);
            if (renormalised) {
                double[][] ones = new double[n][1];
                double[][] sums = new double[n][1];
                for (double[] v : ones) {
                    v[0] = 1;
                }
                double[][] found = down(ones, 1, sums);
                for (int i = 0; i < n; i++) {
                    inside[i] = found[i][0];
                }
            }
            return inside;
        }

        /**
         * Filters a plane in place.
         *
         * @param plane rows x columns, row by row; every value finite
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void apply(double[] plane) {
            Rows.requireSize(plane, rows, columns);
            filter(plane);
            for (int i = 0; renormalised && i < plane.length; i++) {
                plane[i] /= weightOfRow[i / columns] * weightOfColumn[i % columns];
            }
        }

        /**
         * Filters a plane in place and leaves NaN out, which stays. Where no valid pixel has a weight, which is only
         * possible if weights are zero or negative, the result is NaN.
         *
         * @param plane rows x columns, row by row; finite or NaN
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void applyToValid(double[] plane) {
            Rows.requireSize(plane, rows, columns);
            boolean gaps = false;
            for (int i = 0; i < plane.length; i++) {
                boolean missing = Double.isNaN(plane[i]);
                valid[i] = missing ? 0 : 1;
                plane[i] = missing ? Double.NaN : plane[i];
                gaps |= missing;
            }
            if (!gaps) {
                apply(plane);
                return;
            }
            for (int i = 0; i < plane.length; i++) {
                plane[i] = valid[i] == 0 ? 0 : plane[i];
            }
            filter(plane);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = valid[i] == 0 ? Double.NaN : plane[i];
            }
            filter(valid);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = valid[i] == 0 ? Double.NaN : plane[i] / valid[i];
            }
        }

        private void filter(double[] plane) {
            Rows.load(plane, rows, columns, one);
            Rows.transpose(down(one, columns, other), rows, columns, turned);
            double[][] filtered = down(turned, rows, turnedOther);
            Rows.transpose(filtered, columns, rows, one);
            Rows.store(one, rows, columns, plane);
        }

        /** Filters down the columns; the result is in one of the two, and the other is destroyed. */
        private double[][] down(double[][] in, int width, double[][] scratch) {
            switch (form) {
                case DIRECT -> direct(in, width, scratch);
                case BOX -> box(in, width, scratch);
                case RECURSIVE -> {
                    recursive(in, width, scratch);
                    return in;
                }
            }
            return scratch;
        }

        /** The row at a place that may be beyond the border. */
        private double[] row(double[][] in, int r) {
            if (r >= 0 && r < in.length) {
                return in[r];
            }
            return renormalised ? zero : in[FadedBorder.mirrored(r, in.length)];
        }

        private void direct(double[][] in, int width, double[][] out) {
            for (int r = 0; r < in.length; r++) {
                for (int k = 0; k < inputs.length; k++) {
                    inputs[k] = row(in, r + k - reach);
                }
                output[0] = out[r];
                kernels.multiply(profile, inputs, width, output);
            }
        }

        /** Adds the row that enters the window and takes away the one that leaves. */
        private void box(double[][] in, int width, double[][] out) {
            double[] sum = history[0];
            Arrays.fill(sum, 0, width, 0);
            for (int r = -reach; r < reach; r++) {
                double[] enters = row(in, r);
                for (int c = 0; c < width; c++) {
                    sum[c] += enters[c];
                }
            }
            for (int r = 0; r < in.length; r++) {
                double[] enters = row(in, r + reach);
                double[] leaves = row(in, r - reach);
                double[] target = out[r];
                double scale = weights[0];
                for (int c = 0; c < width; c++) {
                    double whole = sum[c] + enters[c];
                    target[c] = whole * scale;
                    sum[c] = whole - leaves[c];
                }
            }
        }

        /**
         * Forward into {@code out}, with the state that an endless border value leaves, and back into {@code in}.
         */
        private void recursive(double[][] in, int width, double[][] out) {
            int n = in.length;
            double[] first = renormalised ? zero : edge(in[0], width, 4);
            double[] last = renormalised ? zero : edge(in[n - 1], width, 5);
            for (int r = 0; r < n; r++) {
                for (int m = 0; m < 4; m++) {
                    inputs[m] = r - 1 - m >= 0 ? out[r - 1 - m] : first;
                }
                inputs[4] = in[r];
                output[0] = out[r];
                kernels.multiply(profile, inputs, width, output);
            }
            for (int j = 0; j < 4; j++) {
                beyond(history[j], turn[j], first, last, width, out);
            }
            for (int r = n - 1; r >= 0; r--) {
                for (int m = 0; m < 4; m++) {
                    int next = r + 1 + m;
                    inputs[m] = next < n ? in[next] : history[next - n];
                }
                inputs[4] = out[r];
                output[0] = in[r];
                kernels.multiply(profile, inputs, width, output);
            }
        }

        private double[] edge(double[] row, int width, int slot) {
            System.arraycopy(row, 0, history[slot], 0, width);
            return history[slot];
        }

        /** A row of the way back behind the end: the endless value, and what is left of the last rows beside it. */
        private void beyond(
                double[] target, double[] share, double[] first, double[] last, int width, double[][] forth) {
            System.arraycopy(last, 0, target, 0, width);
            for (int k = 0; k < 4; k++) {
                double[] row = forth.length - 1 - k >= 0 ? forth[forth.length - 1 - k] : first;
                double w = share[k];
                for (int c = 0; c < width; c++) {
                    target[c] += w * (row[c] - last[c]);
                }
            }
        }
    }

    @Override
    public String toString() {
        return name + (renormalised ? ", renormalised" : "");
    }
}
