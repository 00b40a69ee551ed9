package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endmembers that are each one band: the solutions are known in closed form, and so are the sets that lead to them. */
class OrthogonalEndmembersTest {
    private static final int PIXELS = 900; // a tile and a part of one

    /** Rounding of sums of up to 64 products, some of them about ten; seen 1.2e-14. */
    private static final double ROUNDING = 1e-13;

    /** Normal numbers: about half of them negative, so that most pixels lie outside the simplex and the cone. */
    private static double[][] planes(int bands, int pixels) {
        Random random = new Random(bands);
        double[][] planes = new double[bands][pixels];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextGaussian());
        }
        return planes;
    }

    /** Of lengths that are powers of two, so that dividing by them rounds nothing. */
    private static double length(int k) {
        return Math.scalb(1, k % 5 - 2);
    }

    private static double[][] axes(int p, boolean unit) {
        double[][] e = new double[p + 1][p];
        for (int k = 0; k < p; k++) {
            e[k][k] = unit ? 1 : length(k);
        }
        return e;
    }

    private static double[] pixel(double[][] planes, int p, int i) {
        double[] y = new double[p];
        Arrays.setAll(y, k -> planes[k][i]);
        return y;
    }

    private static Abundances solve(AbundanceSolver solver, double[][] e, double[][] planes) {
        return solver.solve(Cube.of(1, planes[0].length, planes), Endmembers.ofMatrix(e), RunContext.sequential());
    }

    private static void requireClose(Abundances found, int i, double[] expected) {
        double[] a = found.maps().abundances(0, i);
        double worst = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = Math.abs(a[k] - expected[k]);
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
        }
        assertThat(worst).as("pixel %s", i).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 40, 64})
    void nnlsIsThePositivePart(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        Abundances found = solve(Nnls.withDefaults(), axes(p, false), planes);
        for (int i = 0; i < PIXELS; i++) {
            double[] y = pixel(planes, p, i);
            double[] positive = new double[p];
            Arrays.setAll(positive, k -> Math.max(0, y[k] / length(k)));
            requireClose(found, i, positive);
        }
    }

    /** Where the signs of the solution without constraints are right, the first set is that of the positive ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8})
    void nnlsByTableTriesAllEndmembersAndThenThePositiveOnes(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        int sets = 0;
        for (int i = 0; i < PIXELS; i++) {
            sets += Arrays.stream(pixel(planes, p, i)).allMatch(y -> y >= 0) ? 1 : 2;
        }
        Abundances found = solve(Nnls.withDefaults(), axes(p, false), planes);
        assertThat(found.diagnostics().iterations()).isEqualTo(sets);
        assertThat(found.diagnostics().figures()).containsEntry("fallbacks", 0.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 13, 40, 64})
    void nnlsOfMoreEndmembersTriesOneSetAPixel(int p) {
        Abundances found = solve(Nnls.withDefaults(), axes(p, false), planes(p + 1, PIXELS));
        assertThat(found.diagnostics().iterations()).isEqualTo(PIXELS);
        assertThat(found.diagnostics().figures()).containsEntry("fallbacks", 0.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 40, 64})
    void fclsIsTheProjectionOntoTheSimplex(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        Abundances found = solve(Fcls.withDefaults(), axes(p, true), planes);
        for (int i = 0; i < PIXELS; i++) {
            requireClose(found, i, projection(pixel(planes, p, i)));
        }
        assertThat(found.diagnostics().figures()).containsEntry("fallbacks", 0.0);
    }

    /** The positive part of y - t, with t such that it sums to one (Held, Wolfe and Crowder 1974). */
    private static double[] projection(double[] y) {
        double[] falling = Arrays.stream(y).map(v -> -v).sorted().map(v -> -v).toArray();
        double sum = 0;
        double t = 0;
        for (int k = 0; k < y.length; k++) {
            sum += falling[k];
            double next = (sum - 1) / (k + 1);
            t = falling[k] > next ? next : t;
        }
        double shift = t;
        return Arrays.stream(y).map(v -> Math.max(0, v - shift)).toArray();
    }

    /** Who is negative on a set stays out for ever, so that sets only shrink (Michelot 1986). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 9, 13, 40})
    void fclsDropsTheNegativesUntilNoneIsLeft(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        int sets = 0;
        for (int i = 0; i < PIXELS; i++) {
            int all = setsUntilNoneIsNegative(pixel(planes, p, i));
            sets += p <= 8 || all == 1 ? all : all - 1; // more than 8 begin with the signs of the solution on all
        }
        Abundances found = solve(Fcls.withDefaults(), axes(p, true), planes);
        assertThat(found.diagnostics().iterations()).isEqualTo(sets);
    }

    private static int setsUntilNoneIsNegative(double[] y) {
        double[] left = y;
        for (int sets = 1; ; sets++) {
            double shift = (1 - Arrays.stream(left).sum()) / left.length;
            double[] next = Arrays.stream(left).filter(v -> v + shift >= 0).toArray();
            if (next.length == left.length) {
                return sets;
            }
            left = next;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 64})
    void sclsSharesWhatIsMissingFromOne(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        Abundances found = solve(Scls.withDefaults(), axes(p, true), planes);
        for (int i = 0; i < PIXELS; i++) {
            double[] y = pixel(planes, p, i);
            double missing = (1 - Arrays.stream(y).sum()) / p;
            requireClose(found, i, Arrays.stream(y).map(v -> v + missing).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 64})
    void uclsReadsTheBands(int p) {
        double[][] planes = planes(p + 1, PIXELS);
        Abundances found = solve(Ucls.withDefaults(), axes(p, false), planes);
        for (int i = 0; i < PIXELS; i++) {
            double[] y = pixel(planes, p, i);
            double[] read = new double[p];
            Arrays.setAll(read, k -> y[k] / length(k));
            requireClose(found, i, read);
        }
    }
}
