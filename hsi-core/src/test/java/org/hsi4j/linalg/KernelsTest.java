package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Each kernel against the loop that its documentation states; arrays are longer than n and must not change beyond. */
class KernelsTest {
    private static final double BEYOND = 777;
    private final Kernels kernels = Kernels.best();

    private static double[][] planes(int bands, int n, Random random) {
        double[][] planes = new double[bands][n + 3];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = i < n ? random.nextGaussian() : BEYOND;
            }
        }
        return planes;
    }

    private static double[][] copy(double[][] a) {
        return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    }

    /** Rounding of a sum of terms of size one in another order. */
    private static org.assertj.core.data.Offset<Double> rounding(int terms) {
        return within(1e-14 * (1 + terms));
    }

    @Test
    void tellsItsName() {
        assertThat(kernels.name()).isNotEmpty();
        assertThat(PlainKernels.INSTANCE.name()).isEqualTo("plain");
    }

    @Property
    void multiply(
            @ForAll @IntRange(min = 1, max = 70) int bands,
            @ForAll @IntRange(min = 0, max = 70) int n,
            @ForAll @IntRange(min = 1, max = 9) int outputs,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] in = planes(bands, n, random);
        double[][] before = copy(in);
        double[][] weights = planes(outputs, bands, random);
        double[][] out = planes(outputs, n, random);
        kernels.multiply(weights, in, n, out);

        assertThat(in).isDeepEqualTo(before);
        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int b = 0; b < bands; b++) {
                    sum += weights[k][b] * in[b][i];
                }
                assertThat(out[k][i]).isCloseTo(sum, rounding(bands));
            }
            assertThat(Arrays.copyOfRange(out[k], n, n + 3)).containsOnly(BEYOND);
        }
    }

    @Property
    void addScatter(
            @ForAll @IntRange(min = 1, max = 70) int bands,
            @ForAll @IntRange(min = 0, max = 70) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] in = planes(bands, n, random);
        double[][] before = copy(in);
        double[] centre = random.doubles(bands, -1, 1).toArray();
        double[][] sum = new double[bands][];
        for (int a = 0; a < bands; a++) {
            sum[a] = random.doubles(bands, -1, 1).toArray();
        }
        double[][] start = copy(sum);
        kernels.addScatter(in, n, centre, new double[n][bands + 2], sum);

        assertThat(in).isDeepEqualTo(before);
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                double expected = start[a][b];
                for (int i = 0; b >= a && i < n; i++) {
                    expected += (in[a][i] - centre[a]) * (in[b][i] - centre[b]);
                }
                assertThat(sum[a][b]).isCloseTo(expected, rounding(10 * n));
            }
        }
    }

    @Property
    void whiten(
            @ForAll @IntRange(min = 1, max = 70) int bands,
            @ForAll @IntRange(min = 0, max = 70) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] x = planes(bands, n, random);
        double[][] z = copy(x);
        double[] mean = random.doubles(bands, -1, 1).toArray();
        double[][] lower = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < a; b++) {
                lower[a][b] = random.nextGaussian() / bands;
            }
            lower[a][a] = 0.5 + random.nextDouble();
        }
        kernels.whiten(lower, mean, z, n);

        for (int a = 0; a < bands; a++) {
            for (int i = 0; i < n; i++) {
                double back = mean[a];
                for (int b = 0; b <= a; b++) {
                    back += lower[a][b] * z[b][i];
                }
                // The factor is well conditioned: z stays within a few units, so L z + m gives x back to rounding.
                assertThat(back).isCloseTo(x[a][i], rounding(10 * bands));
            }
            assertThat(Arrays.copyOfRange(z[a], n, n + 3)).containsOnly(BEYOND);
        }
    }

    @Property
    void meansAndNorms(
            @ForAll @IntRange(min = 1, max = 70) int bands,
            @ForAll @IntRange(min = 0, max = 70) int n,
            @ForAll long seed) {
        double[][] in = planes(bands, n, new Random(seed));
        double[] norms = new double[n + 3];
        Arrays.fill(norms, BEYOND);
        double[] means = new double[bands];
        kernels.squaredNorms(in, n, norms);

        for (int i = 0; i < n; i++) {
            double norm = 0;
            for (double[] plane : in) {
                norm += plane[i] * plane[i];
            }
            assertThat(norms[i]).isCloseTo(norm, rounding(10 * bands));
        }
        assertThat(Arrays.copyOfRange(norms, n, n + 3)).containsOnly(BEYOND);
        if (n == 0) {
            return; // means need a pixel
        }
        kernels.means(in, n, means);
        for (int b = 0; b < bands; b++) {
            assertThat(means[b]).isCloseTo(Arrays.stream(in[b], 0, n).average().orElseThrow(), rounding(10));
        }
    }

    @Test
    void theMeanOfAConstantPlaneIsExact() {
        double[] plane = new double[1000];
        for (double value : new double[] {0.1, 1e6 + 0.1, -1e-30}) {
            Arrays.fill(plane, value);
            double[] mean = new double[1];
            kernels.means(new double[][] {plane}, 1000, mean);
            assertThat(mean).containsExactly(value);
        }
    }
}
