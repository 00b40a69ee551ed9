package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the columns (or rows) of a plane that are shifted as a whole. A line is shifted when the median along it is far from zero
 * beside its own standard error and not small beside the noise, and when all four quarters of the line say so: things in the scene
 * seldom lie along a whole column.
 */
final class LineOffsets {
    /** Standard error of a median of n Gaussian values, times sqrt(n). */
    private static final double MEDIAN_ERROR = 1.2533;

    /** Standard errors that a shift has at least: less than one in 10<sup>6</sup> lines of noise reaches this. */
    private static final double SIGNIFICANT = 5;

    /** Deviations of the noise that a shift has at least: weaker ones are taken out with the noise. */
    private static final double VISIBLE = 0.3;

    /** Deviations of the differences of neighbours that a shift seen among them has at least: edges of the scene give less. */
    private static final double SHARP = 1;

    private static final double PEAK = 1.5;

    /** Share of the shift that each quarter has to show; twice its standard error may come on top of the reciprocal. */
    private static final double QUARTER = 0.5;

    private static final int QUARTERS = 4;

    /** Samples that a quarter of a line has at least. */
    private static final int LEAST = 4;

    private final double[] plane;
    private final double deviation;
    private final BitSet shifted = new BitSet();
    private final double[] shift;

    private LineOffsets(double[] plane, int lines) {
        this.plane = plane;
        this.shift = new double[lines];
        double[] values = Arrays.stream(plane).filter(v -> !Double.isNaN(v)).toArray();
        deviation = Medians.deviation(values, values.length);
    }

    /**
     * Columns of a plane that holds little else than noise.
     *
     * @param plane values around zero; NaN is left out
     * @param noise deviation beside which a shift has to be seen
     */
    static LineOffsets columns(double[] plane, int rows, int columns, double noise) {
        LineOffsets found = new LineOffsets(plane, columns);
        for (int c = 0; c < columns; c++) {
            found.look(c, c, columns, rows, VISIBLE * noise);
        }
        return found;
    }

    /** The same along rows. */
    static LineOffsets rows(double[] plane, int rows, int columns, double noise) {
        LineOffsets found = new LineOffsets(plane, rows);
        for (int r = 0; r < rows; r++) {
            found.look(r, r * columns, 1, columns, VISIBLE * noise);
        }
        return found;
    }

    /** Columns that stand out of a picture between both of their neighbours: shifts may be shared by all bands. */
    static LineOffsets sharpColumns(double[] picture, int rows, int columns, double noise) {
        LineOffsets found = new LineOffsets(between(picture, columns, 1), columns);
        double least = Math.max(SHARP * found.deviation, VISIBLE * noise);
        for (int c = 0; c < columns; c++) {
            found.look(c, c, columns, rows, least);
        }
        return found.peaks();
    }

    /** The same for rows. */
    static LineOffsets sharpRows(double[] picture, int rows, int columns, double noise) {
        LineOffsets found = new LineOffsets(between(picture, columns, columns), rows);
        double least = Math.max(SHARP * found.deviation, VISIBLE * noise);
        for (int r = 0; r < rows; r++) {
            found.look(r, r * columns, 1, columns, least);
        }
        return found.peaks();
    }

    /** The lines that are shifted. */
    BitSet shifted() {
        return shifted;
    }

    /** Mean square of the shifts over all lines. */
    double meanSquare() {
        return shifted.stream().mapToDouble(i -> shift[i] * shift[i]).sum() / shift.length;
    }

    /** What each sample has more than the mean of those on both sides of it. */
    private static double[] between(double[] picture, int columns, int step) {
        double[] result = new double[picture.length];
        Arrays.fill(result, Double.NaN);
        for (int i = step; i + step < picture.length; i++) {
            boolean inside = step > 1 || (i % columns != 0 && (i + 1) % columns != 0);
            if (inside) {
                result[i] = picture[i] - 0.5 * (picture[i - step] + picture[i + step]);
            }
        }
        return result;
    }

    /** Only lines of half more than the shift of those beside them, as a stripe is half reflected there and an edge wholly. */
    private LineOffsets peaks() {
        for (int k = 0; k < shift.length; k++) {
            double before = k > 0 ? Math.abs(shift[k - 1]) : 0;
            double after = k + 1 < shift.length ? Math.abs(shift[k + 1]) : 0;
            if (Math.abs(shift[k]) < PEAK * Math.max(before, after)) {
                shifted.clear(k);
            }
        }
        return this;
    }

    private void look(int line, int first, int step, int length, double least) {
        double[] values = new double[length];
        int n = gather(first, step, 0, length, values);
        if (n < QUARTERS * LEAST) {
            return;
        }
        shift[line] = Medians.of(values, n);
        if (!(Math.abs(shift[line]) > Math.max(SIGNIFICANT * error(n), least))) {
            return;
        }
        for (int q = 0; q < QUARTERS; q++) {
            int in = gather(first, step, length * q / QUARTERS, length * (q + 1) / QUARTERS, values);
            double part = Medians.of(values, in) / shift[line];
            double error = 2 * error(in) / Math.abs(shift[line]);
            if (in >= LEAST && (part < QUARTER - error || part < 0 || part > 1 / QUARTER + error)) {
                return;
            }
        }
        shifted.set(line);
    }

    private int gather(int first, int step, int from, int to, double[] values) {
        int n = 0;
        for (int k = from; k < to; k++) {
            double v = plane[first + k * step];
            if (!Double.isNaN(v)) {
                values[n++] = v;
            }
        }
        return n;
    }

    private double error(int n) {
        return MEDIAN_ERROR * deviation / Math.sqrt(n);
    }
}
