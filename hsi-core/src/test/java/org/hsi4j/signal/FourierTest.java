package org.hsi4j.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierTest {

    private static double[] random(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static void agreesWithTheDefinition(double[] plane, int rows, int columns) {
        Fourier fourier = Fourier.of(rows, columns);
        int half = fourier.halfColumns();
        double[] re = new double[rows * half];
        double[] im = new double[rows * half];
        fourier.worker().forward(plane, re, im);
        // values below one: rounding of sums of N of them grows like the root of N, and the oracle's angles are rounded
        // too
        double tolerance = 1e-14 * Math.sqrt(plane.length) * (1 + Math.log(plane.length));
        for (int u = 0; u < rows; u++) {
            for (int v = 0; v < half; v++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int i = 0; i < plane.length; i++) {
                    long a = (long) u * (i / columns) % rows * columns;
                    long b = (long) v * (i % columns) % columns * rows;
                    double angle = -2 * Math.PI * ((a + b) % plane.length) / plane.length;
                    sumRe += plane[i] * Math.cos(angle);
                    sumIm += plane[i] * Math.sin(angle);
                }
                assertThat(re[u * half + v]).isCloseTo(sumRe, within(tolerance));
                assertThat(im[u * half + v]).isCloseTo(sumIm, within(tolerance));
            }
        }
    }

    @Property(tries = 60)
    void agreesWithTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int columns) {
        agreesWithTheDefinition(random(seed, rows * columns), rows, columns);
    }

    /** Every radix, products of them, primes beyond them, and more lines than lanes. */
    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 2", "1, 3", "1, 4", "1, 5", "1, 7", "1, 11", "1, 13", "1, 17", "1, 97", "1, 210", "1, 1024",
        "1, 1001", "128, 1", "34, 1", "67, 35", "145, 3", "2, 509", "19, 23", "29, 31", "1, 37"
    })
    void agreesWithTheDefinitionForThisSize(int rows, int columns) {
        agreesWithTheDefinition(random(7, rows * columns), rows, columns);
    }

    @Property(tries = 60)
    void comesBack(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 90) int rows,
            @ForAll @IntRange(min = 1, max = 90) int columns) {
        double[] plane = random(seed, rows * columns);
        Fourier fourier = Fourier.of(rows, columns);
        Fourier.Worker worker = fourier.worker();
        double[] re = new double[rows * fourier.halfColumns()];
        double[] im = new double[re.length];
        double[] back = new double[plane.length];
        worker.forward(plane, re, im);
        worker.inverse(re, im, back);

        // some rounding units a level, two ways, of values below one
        assertThat(back).containsExactly(plane, within(2e-15 * (4 + Math.log(plane.length))));
    }

    /** Multiplied by exp(-2 pi i (u a / rows + v b / columns)), a plane is moved by a rows and b columns. */
    @ParameterizedTest
    @CsvSource({"12, 15, 5, 4", "17, 19, 3, 18", "16, 31, 1, 0"})
    void aTransferFunctionMovesThePlane(int rows, int columns, int down, int right) {
        double[] plane = random(3, rows * columns);
        Fourier fourier = Fourier.of(rows, columns);
        Fourier.Worker worker = fourier.worker();
        int half = fourier.halfColumns();
        double[] re = new double[rows * half];
        double[] im = new double[rows * half];
        worker.forward(plane, re, im);
        for (int i = 0; i < re.length; i++) {
            double angle = -2 * Math.PI * ((double) (i / half) * down / rows + (double) (i % half) * right / columns);
            double r = re[i] * Math.cos(angle) - im[i] * Math.sin(angle);
            im[i] = re[i] * Math.sin(angle) + im[i] * Math.cos(angle);
            re[i] = r;
        }
        double[] moved = new double[plane.length];
        worker.inverse(re, im, moved);

        for (int i = 0; i < plane.length; i++) {
            int row = (i / columns + down) % rows;
            int column = (i % columns + right) % columns;
            // the angles of the transfer function are rounded near 30
            assertThat(moved[row * columns + column]).isCloseTo(plane[i], within(1e-13));
        }
    }

    @Test
    void anImpulseIsFlatAndAConstantIsAnImpulse() {
        Fourier fourier = Fourier.of(6, 10);
        double[] re = new double[36];
        double[] im = new double[36];
        double[] plane = new double[60];
        plane[0] = 1;
        fourier.worker().forward(plane, re, im);
        assertThat(re).containsOnly(1.0);
        assertThat(im).containsOnly(0.0);
        java.util.Arrays.fill(plane, 1);
        fourier.worker().forward(plane, re, im);
        assertThat(re[0]).isEqualTo(60);
        // roundings of the roots of unity
        assertThat(re[1]).isCloseTo(0, within(1e-14));
    }

    @Test
    void aWorkerMayBeUsedAgain() {
        Fourier fourier = Fourier.of(17, 9);
        Fourier.Worker worker = fourier.worker();
        double[] first = new double[17 * 5];
        double[] again = new double[17 * 5];
        double[] im = new double[17 * 5];
        worker.forward(random(1, 153), first, im);
        worker.forward(random(2, 153), again, im);
        worker.forward(random(1, 153), again, im);

        assertThat(again).isEqualTo(first);
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fourier.of(0, 5))
                .withMessageStartingWith("a plane of 0x5 pixels cannot be transformed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fourier.of(2, 5).worker().forward(new double[10], new double[6], new double[5]))
                .withMessage("a plane of 2x5 and its transform of 2x3 do not fit arrays of 10, 6 and 5");
        assertThat(Fourier.of(2, 5)).hasToString("Fourier transform of planes of 2x5");
        assertThat(Fourier.of(2, 5).rows()).isEqualTo(2);
        assertThat(Fourier.of(2, 5).columns()).isEqualTo(5);
        assertThat(Fourier.of(4, 4).workerBytes()).isEqualTo(4 * 8 * 4 * 8);
    }
}
