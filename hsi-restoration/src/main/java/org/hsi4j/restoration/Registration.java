package org.hsi4j.restoration;

import java.util.function.DoubleUnaryOperator;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * How the coarse sensor sees a sharp image: the blur and the shift for which linear combinations of the coarse components explain the
 * sharp bands best, each band's unexplained share of variance counting the same. Golden-section searches along one of the three at a time.
 */
final class Registration {
    /** Shortest and longest standard deviation, in coarse pixels: modulation transfers of .9 and .007 at Nyquist. */
    private static final double SHARPEST = 0.15;

    private static final double SOFTEST = 1;

    /** Evaluations of a search; each leaves .618 of the interval, all together a hundredth. */
    private static final int EVALUATIONS = 11;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final int rows;
    private final int columns;
    private final int factor;
    private final double[][] sharp;
    private final Regression onComponents;
    private final RunContext context;

    /**
     * What was found.
     *
     * @param sigma standard deviation of the blur in sharp pixels
     * @param rowShift how far down the coarse pixels lie, in sharp pixels
     * @param columnShift how far to the right
     */
    record Seen(double sigma, double rowShift, double columnShift) {}

    Registration(int rows, int columns, int factor, double[][] sharp, Regression onComponents, RunContext context) {
        this.rows = rows;
        this.columns = columns;
        this.factor = factor;
        this.sharp = sharp;
        this.onComponents = onComponents;
        this.context = context;
    }

    Seen find() {
        double typical = factor / 2.0; // a modulation transfer of .29 at Nyquist
        double down = searched(-factor / 2.0, factor / 2.0, s -> unexplained(typical, s, 0));
        double right = searched(-factor / 2.0, factor / 2.0, s -> unexplained(typical, down, s));
        double sigma = searched(SHARPEST * factor, SOFTEST * factor, s -> unexplained(s, down, right));
        double finerDown = searched(down - 0.5, down + 0.5, s -> unexplained(sigma, s, right));
        double finerRight = searched(right - 0.5, right + 0.5, s -> unexplained(sigma, finerDown, s));
        return new Seen(sigma, finerDown, finerRight);
    }

    private double unexplained(double sigma, double down, double right) {
        CoarseSampling sampling = CoarseSampling.of(rows, columns, factor, sigma, down, right);
        double[] share = new double[sharp.length];
        Parallel.run(
                context,
                "registering",
                sharp.length,
                () -> sampling,
                (own, b) -> share[b] = onComponents.fit(own.down(sharp[b])).share());
        double sum = 0;
        for (double s : share) {
            sum += s;
        }
        return sum;
    }

    private static double searched(double from, double to, DoubleUnaryOperator loss) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double lossLeft = loss.applyAsDouble(left);
        double lossRight = loss.applyAsDouble(right);
        for (int k = 2; k < EVALUATIONS; k++) {
            if (lossLeft <= lossRight) {
                high = right;
                right = left;
                lossRight = lossLeft;
                left = high - GOLDEN * (high - low);
                lossLeft = loss.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                lossLeft = lossRight;
                right = low + GOLDEN * (high - low);
                lossRight = loss.applyAsDouble(right);
            }
        }
        return (low + high) / 2;
    }
}
