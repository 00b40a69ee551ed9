package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kernel of each implementation against the loop that its documentation states; arrays are longer than n and must not
 * change beyond. The sizes go beyond the largest block of either implementation.
 */
class KernelsTest {
    private static final double BEYOND = 777;

    /** Rounding unit of float32. */
    private static final double UNIT = 0x1p-24;

    static Stream<Kernels> all() {
        return Stream.concat(Stream.of(Kernels.plain()), Kernels.vector().stream());
    }

    @Provide
    Arbitrary<Kernels> implementations() {
        return Arbitraries.of(all().toList());
    }

    private static float[][] toFloat(double[][] planes) {
        float[][] floats = new float[planes.length][];
        for (int b = 0; b < planes.length; b++) {
            floats[b] = new float[planes[b].length];
            for (int i = 0; i < floats[b].length; i++) {
                floats[b][i] = (float) planes[b][i];
            }
        }
        return floats;
    }

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

    @Property
    void multiply(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll @IntRange(min = 1, max = 14) int outputs,
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
    void theProductFromFloat32HasTheBitsOfThatFromFloat64(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll @IntRange(min = 1, max = 14) int outputs,
            @ForAll @IntRange(min = 0, max = 3) int at,
            @ForAll long seed) {
        productFromFloat32(kernels, bands, n, outputs, at, new Random(seed));
    }

    /** More pixels than a block of plain Java holds, and a block that is not full. */
    @Property(tries = 20)
    void theProductFromFloat32OfManyPixelsHasTheBitsOfThatFromFloat64(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 500, max = 2000) int n,
            @ForAll @IntRange(min = 1, max = 5) int outputs) {
        productFromFloat32(kernels, 9, n, outputs, 3, new Random(n));
    }

    private static void productFromFloat32(Kernels kernels, int bands, int n, int outputs, int at, Random random) {
        float[][] in = toFloat(planes(bands, n, random));
        double[][] wide = new double[bands][n];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < n && at + i < in[b].length; i++) {
                wide[b][i] = in[b][at + i];
            }
        }
        float[][] before = Arrays.stream(in).map(float[]::clone).toArray(float[][]::new);
        double[][] weights = planes(outputs, bands, random);
        double[][] expected = planes(outputs, n, random);
        double[][] out = copy(expected);
        kernels.multiply(weights, wide, n, expected);
        kernels.multiply(weights, in, at, n, new double[4][n], out);

        assertThat(out).isDeepEqualTo(expected);
        assertThat(in).isDeepEqualTo(before);
    }

    @Property
    void addScatter(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
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
        kernels.addScatter(in, n, centre, kernels.scatterScratch(bands, n + 2), sum);

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
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
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
    void squaredDistances(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] x = planes(bands, n, random);
        double[] mean = random.doubles(bands, -1, 1).toArray();
        double[][] upper = upper(bands, random);
        double[] out = new double[n + 3];
        Arrays.fill(out, BEYOND);
        double[] expected = new double[n];
        double largest = 1;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < bands; k++) {
                double sum = 0;
                for (int b = 0; b <= k; b++) {
                    sum += upper[b][k] * (x[b][i] - mean[b]);
                }
                expected[i] += sum * sum;
            }
            largest = Math.max(largest, expected[i]);
        }
        kernels.squaredDistances(upper, mean, x, n, out);

        for (int i = 0; i < n; i++) {
            // Sums of sums: each of at most 140 terms of size one, squared and added.
            assertThat(out[i]).isCloseTo(expected[i], within(1e-14 * (1 + bands) * largest));
        }
        assertThat(Arrays.copyOfRange(out, n, n + 3)).containsOnly(BEYOND);
        for (double[] plane : x) {
            assertThat(Arrays.copyOfRange(plane, n, n + 3)).containsOnly(BEYOND);
        }
    }

    private static double[][] upper(int bands, Random random) {
        double[][] upper = new double[bands][bands];
        for (int b = 0; b < bands; b++) {
            for (int k = b; k < bands; k++) {
                upper[b][k] = random.nextGaussian();
            }
        }
        return upper;
    }

    /** The panels are kept between calls; what an earlier one left in them must not count. */
    @Property(tries = 20)
    void scratchMayBeUsedAgain(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 60) int bands,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] centre = new double[bands];
        double[][] scratch = kernels.scatterScratch(bands, 50);
        kernels.addScatter(planes(bands, 50, random), 50, centre, scratch, new double[bands][bands]);
        double[][] in = planes(bands, 30, random);
        double[][] again = new double[bands][bands];
        double[][] fresh = new double[bands][bands];
        kernels.addScatter(in, 30, centre, scratch, again);
        kernels.addScatter(in, 30, centre, kernels.scatterScratch(bands, 30), fresh);

        assertThat(again).isDeepEqualTo(fresh);
    }

    @Property
    void meansAndNorms(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
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

    @Property
    void multiplyFloat(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll @IntRange(min = 1, max = 14) int outputs,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[][] in = toFloat(planes(bands, n, random));
        float[][] weights = toFloat(planes(outputs, bands, random));
        float[][] out = toFloat(planes(outputs, n, random));
        kernels.multiply(weights, in, n, out);

        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                double magnitude = 0;
                for (int b = 0; b < bands; b++) {
                    sum += (double) weights[k][b] * in[b][i];
                    magnitude += Math.abs((double) weights[k][b] * in[b][i]);
                }
                // The bound of the documentation, with room for its terms of second order.
                assertThat((double) out[k][i]).isCloseTo(sum, within(1.001 * (bands + 4) * UNIT * magnitude));
            }
            assertThat(out[k][n]).isEqualTo((float) BEYOND);
        }
    }

    @Property
    void addScatterOfFloats(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[][] in = toFloat(planes(bands, n, random));
        int at = random.nextInt(n + 1);
        int count = n - at;
        double[][] same = new double[bands][count];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < count; i++) {
                same[b][i] = in[b][at + i];
            }
        }
        double[] centre = random.doubles(bands, -1, 1).toArray();
        double[][] sum = new double[bands][bands];
        double[][] expected = new double[bands][bands];
        kernels.addScatter(in, at, count, centre, kernels.scatterScratch(bands, count), sum);
        kernels.addScatter(same, count, centre, kernels.scatterScratch(bands, count), expected);

        assertThat(sum).isDeepEqualTo(expected); // every float is a double: the very same sums
        if (count > 0) {
            double[] means = new double[bands];
            kernels.means(in, at, count, means);
            kernels.means(same, count, centre);
            assertThat(means).containsExactly(centre);
        }
    }

    @Property
    void addScatterMixed(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 140) int bands,
            @ForAll @IntRange(min = 0, max = 300) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[][] in = toFloat(planes(bands, n, random));
        float[] centre = toFloat(new double[][] {random.doubles(bands, -1, 1).toArray()})[0];
        double[][] sum = new double[bands][bands];
        kernels.addScatterMixed(in, n, centre, new float[n][bands], sum);

        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(sum[a][b]).isZero();
            }
            for (int b = a; b < bands; b++) {
                double exact = 0;
                double magnitude = 0;
                for (int i = 0; i < n; i++) {
                    double term = ((double) in[a][i] - centre[a]) * ((double) in[b][i] - centre[b]);
                    exact += term;
                    magnitude += Math.abs(term);
                }
                // The bound of the documentation, with room for its terms of second order.
                assertThat(sum[a][b]).isCloseTo(exact, within(1.001 * 68 * UNIT * magnitude));
            }
        }
    }

    @Property
    void dots(
            @ForAll("implementations") Kernels kernels,
            @ForAll @IntRange(min = 1, max = 20) int bands,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] first = planes(bands, n, random);
        double[][] second = planes(bands, n, random);
        double[] out = new double[n + 1];
        Arrays.fill(out, BEYOND);
        kernels.dots(first, second, n, out);

        for (int i = 0; i < n; i++) {
            double dot = 0;
            for (int b = 0; b < bands; b++) {
                dot += first[b][i] * second[b][i];
            }
            assertThat(out[i]).isCloseTo(dot, rounding(10 * bands));
        }
        assertThat(out[n]).isEqualTo(BEYOND);
    }

    /** A mean of a million tells whether the differences are taken before anything is rounded to float32. */
    @Property(tries = 20)
    void mixedPrecisionLosesNothingToALargeMean(@ForAll("implementations") Kernels kernels, @ForAll long seed) {
        Random random = new Random(seed);
        int n = 200;
        float[][] in = new float[70][n];
        float[] centre = new float[70];
        Arrays.fill(centre, 1e6f);
        double exact = 0;
        for (int i = 0; i < n; i++) {
            float step = random.nextInt(16) - 8;
            exact += step * step;
            for (float[] plane : in) {
                plane[i] = 1e6f + step;
            }
        }
        double[][] sum = new double[70][70];
        kernels.addScatterMixed(in, n, centre, new float[n][70], sum);

        assertThat(sum[3][60]).isEqualTo(exact); // small whole numbers: no rounding at all
    }

    @ParameterizedTest
    @MethodSource("all")
    void pixelsThatAreNotFiniteStayWhereTheyAre(Kernels kernels) {
        double[][] in = planes(9, 150, new Random(1));
        in[4][77] = Double.NaN;
        double[][] out = new double[7][150];
        kernels.multiply(planes(7, 9, new Random(2)), in, 150, out);

        for (double[] plane : out) {
            for (int i = 0; i < 150; i++) {
                assertThat(Double.isNaN(plane[i])).isEqualTo(i == 77);
            }
        }
    }

    /** So a scene gives the same bits whole, cropped, masked or resampled as it is read. */
    @ParameterizedTest
    @MethodSource("all")
    void aPixelDoesNotDependOnItsNeighbours(Kernels kernels) {
        Random random = new Random(3);
        int n = 201;
        double[][] in = planes(17, n, random);
        double[][] weights = planes(15, 17, random);
        double[] mean = new double[15];
        double[][] lower = planes(15, 15, random);
        double[][] product = new double[15][n];
        float[][] floatProduct = new float[15][n];
        kernels.multiply(weights, in, n, product);
        kernels.multiply(toFloat(weights), toFloat(in), n, floatProduct);
        double[][] white = copy(product);
        kernels.whiten(lower, mean, white, n);
        double[][] upper = upper(17, random);
        double[] distances = new double[n];
        kernels.squaredDistances(upper, new double[17], copy(in), n, distances);

        for (int i = 0; i < n; i++) {
            double[][] pixel = new double[17][1];
            for (int b = 0; b < 17; b++) {
                pixel[b][0] = in[b][i];
            }
            double[][] one = new double[15][1];
            float[][] floatOne = new float[15][1];
            kernels.multiply(weights, pixel, 1, one);
            kernels.multiply(toFloat(weights), toFloat(pixel), 1, floatOne);
            double[][] whiteOne = copy(one);
            kernels.whiten(lower, mean, whiteOne, 1);
            double[] distance = new double[1];
            kernels.squaredDistances(upper, new double[17], pixel, 1, distance);
            assertThat(distance[0]).isEqualTo(distances[i]);
            for (int k = 0; k < 15; k++) {
                assertThat(one[k][0]).isEqualTo(product[k][i]);
                assertThat(floatOne[k][0]).isEqualTo(floatProduct[k][i]);
                assertThat(whiteOne[k][0]).isEqualTo(white[k][i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRowDoesNotDependOnTheOtherRows(Kernels kernels) {
        Random random = new Random(4);
        double[][] in = planes(18, 100, random);
        double[][] weights = planes(15, 18, random);
        double[][] together = new double[15][100];
        kernels.multiply(weights, in, 100, together);
        float[][] floatTogether = new float[15][100];
        kernels.multiply(toFloat(weights), toFloat(in), 100, floatTogether);

        for (int k = 0; k < 15; k++) {
            double[][] alone = new double[1][100];
            kernels.multiply(new double[][] {weights[k]}, in, 100, alone);
            assertThat(alone[0]).containsExactly(together[k]);
            float[][] floatAlone = new float[1][100];
            kernels.multiply(toFloat(new double[][] {weights[k]}), toFloat(in), 100, floatAlone);
            assertThat(floatAlone[0]).containsExactly(floatTogether[k]);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theMeanOfAConstantPlaneIsExact(Kernels kernels) {
        double[] plane = new double[1000];
        for (double value : new double[] {0.1, 1e6 + 0.1, -1e-30}) {
            Arrays.fill(plane, value);
            double[] mean = new double[1];
            kernels.means(new double[][] {plane}, 1000, mean);
            assertThat(mean).containsExactly(value);
        }
    }
}
