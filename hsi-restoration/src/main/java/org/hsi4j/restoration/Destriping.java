package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.PlaneFilter;

/** What the destripers share that shift and scale whole lines. */
final class Destriping {

    private Destriping() {}

    /** What to do with each line: bands x lines. */
    @SuppressWarnings("ArrayRecordComponent") // never handed out
    record Correction(double[][] gain, double[][] offset, Diagnostics diagnostics) {

        /** Nothing is done. */
        static Correction none(int bands, int lines, Diagnostics diagnostics) {
            return new Correction(ones(bands, lines), new double[bands][lines], diagnostics);
        }

        /** Something is taken away from each line; the mean over the lines of what is taken away is zero. */
        static Correction minus(double[][] stripes, Diagnostics diagnostics) {
            double[][] offset = new double[stripes.length][stripes[0].length];
            double sum = 0;
            for (int b = 0; b < offset.length; b++) {
                double mean = Arrays.stream(stripes[b]).average().orElse(0);
                for (int line = 0; line < offset[b].length; line++) {
                    offset[b][line] = mean - stripes[b][line];
                    sum += offset[b][line] * offset[b][line];
                }
            }
            double rms = Math.sqrt(sum / offset.length / offset[0].length);
            return new Correction(ones(offset.length, offset[0].length), offset, diagnostics.with("stripe-rms", rms));
        }

        private static double[][] ones(int bands, int lines) {
            double[][] ones = new double[bands][lines];
            for (double[] row : ones) {
                Arrays.fill(row, 1);
            }
            return ones;
        }
    }

    static int lines(Cube cube, StripeDirection direction) {
        return direction == StripeDirection.COLUMNS ? cube.columns() : cube.rows();
    }

    static int length(Cube cube, StripeDirection direction) {
        return direction == StripeDirection.COLUMNS ? cube.rows() : cube.columns();
    }

    static StripeDirection across(StripeDirection direction) {
        return direction == StripeDirection.COLUMNS ? StripeDirection.ROWS : StripeDirection.COLUMNS;
    }

    /** Differences of neighbours on either side of the boundary between lines: one line less. */
    static Cube differencesAcross(Cube cube, StripeDirection direction) {
        return direction == StripeDirection.COLUMNS
                ? DifferenceSource.alongRows(cube)
                : DifferenceSource.downColumns(cube);
    }

    /** Differences of neighbours in a line: stripes are not in them. */
    static Cube differencesAlong(Cube cube, StripeDirection direction) {
        return differencesAcross(cube, across(direction));
    }

    /** The scene with its lines corrected. */
    static Learnt learnt(Cube cube, StripeDirection direction, String name, Correction correction) {
        return new Learnt(
                cube,
                new LineCorrection(cube, direction, correction.gain(), correction.offset()),
                "destriped by " + name,
                correction.diagnostics());
    }

    static double requireWidth(double lines) {
        if (!(lines > 0 && lines <= 1000)) {
            throw new IllegalArgumentException("width must be positive and at most 1000 lines, not " + lines);
        }
        return lines;
    }

    static Diagnostics nothingToDo(LineMoments moments) {
        return nothingToDo(moments.any());
    }

    static Diagnostics nothingToDo(boolean any) {
        return Diagnostics.none()
                .note(
                        any
                                ? "a single line has no other to be compared with: left as it is"
                                : "the scene has no valid pixel: not one sample");
    }

    /** Whether there is any sample at all; a pass over the scene. */
    static boolean anySample(Cube cube, RunContext context) {
        boolean[] any = new boolean[RowBlocks.of(cube).size()];
        RowBlocks.forEach(cube, context, "looking for samples", (index, first, count, planes) -> {
            for (double[] plane : planes) {
                for (int i = 0; i < count; i++) {
                    any[index] |= !Double.isNaN(plane[i]);
                }
            }
        });
        for (boolean found : any) {
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Values at the lines from the steps between them, beginning with zero. */
    static double[] summed(double[] steps) {
        double[] values = new double[steps.length + 1];
        for (int i = 0; i < steps.length; i++) {
            values[i + 1] = values[i] + steps[i];
        }
        return values;
    }

    /** What is left of a profile without its trend over some lines. */
    static double[] withoutTrend(double[] profile, double width) {
        double[] trend = profile.clone();
        PlaneFilter.gaussian(width).renormalised().worker(1, trend.length).apply(trend);
        double[] rest = new double[trend.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = profile[i] - trend[i];
        }
        return rest;
    }
}
