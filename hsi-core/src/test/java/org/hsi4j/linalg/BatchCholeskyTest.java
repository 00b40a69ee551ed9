package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchCholeskyTest {

    /** G'G / 2 p + I of each pixel: eigenvalues between one and about ten. */
    private static double[][] matrices(int p, int n, Random random) {
        double[][] planes = new double[BatchCholesky.planes(p)][n];
        for (int pixel = 0; pixel < n; pixel++) {
            for (int g = 0; g < 2 * p; g++) {
                double[] x = random.doubles(p, -2, 2).toArray();
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j <= i; j++) {
                        planes[i * (i + 1) / 2 + j][pixel] += x[i] * x[j] / (2 * p);
                    }
                }
            }
            for (int i = 0; i < p; i++) {
                planes[i * (i + 1) / 2 + i][pixel] += 1;
            }
        }
        return planes;
    }

    private static double[][] matrix(double[][] planes, int p, int pixel) {
        double[][] s = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = planes[i * (i + 1) / 2 + j][pixel];
                s[j][i] = s[i][j];
            }
        }
        return s;
    }

    @Property(tries = 60)
    void solvesEachPixelAsEjmlDoes(
            @ForAll @IntRange(min = 1, max = 14) int p, @ForAll @IntRange(min = 0, max = 9) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] planes = matrices(p, n, random);
        double[][] x = new double[p][n + 1];
        double[][] expected = new double[n][p];
        for (int pixel = 0; pixel < n; pixel++) {
            for (int i = 0; i < p; i++) {
                x[i][pixel] = random.nextDouble() - 0.5;
                expected[pixel][i] = x[i][pixel];
            }
            Dense.solve(Dense.cholesky(matrix(planes, p, pixel)).orElseThrow(), expected[pixel]);
        }

        BatchCholesky.factor(planes, p, n, new double[n]);
        BatchCholesky.solve(planes, p, x, n);

        for (int i = 0; i < p; i++) {
            for (int pixel = 0; pixel < n; pixel++) {
                // a condition number of ten, and some p roundings of numbers below one
                assertThat(x[i][pixel]).isCloseTo(expected[pixel][i], within(1e-14 * p));
            }
            assertThat(x[i][n]).isZero();
        }
    }

    @Property(tries = 60)
    void anInverseTimesItsMatrixIsOne(
            @ForAll @IntRange(min = 1, max = 14) int p, @ForAll @IntRange(min = 1, max = 9) int n, @ForAll long seed) {
        double[][] planes = matrices(p, n, new Random(seed));
        double[][] factor = java.util.Arrays.stream(planes).map(double[]::clone).toArray(double[][]::new);
        double[][] inverse = new double[planes.length][n];

        BatchCholesky.factor(factor, p, n, new double[n]);
        BatchCholesky.inverse(factor, p, inverse, new double[p][n], n);

        for (int pixel = 0; pixel < n; pixel++) {
            double[][] s = matrix(planes, p, pixel);
            double[][] t = matrix(inverse, p, pixel);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    double sum = 0;
                    for (int k = 0; k < p; k++) {
                        sum += s[i][k] * t[k][j];
                    }
                    // p roundings of products of numbers of at most ten, and as many in the inverse
                    assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-13 * p));
                }
            }
        }
    }

    @Test
    void aMatrixThatIsSingularOrNotFiniteIsNaNAndAlone() {
        double[][] planes = matrices(3, 5, new Random(1));
        double[] scale = {1, 1, 1e-9, 1, 1};
        for (int plane = 0; plane < planes.length; plane++) {
            planes[plane][0] = 1; // all bands the same
            planes[plane][2] *= scale[2];
        }
        planes[3][1] = Double.NaN;
        planes[5][3] = Double.POSITIVE_INFINITY;
        double[][] x = {{1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}};

        BatchCholesky.factor(planes, 3, 5, new double[5]);
        BatchCholesky.solve(planes, 3, x, 5);

        for (double[] plane : x) {
            assertThat(plane[0]).isNaN();
            assertThat(plane[1]).isNaN();
            assertThat(plane[2]).isFinite();
            assertThat(plane[3]).isNaN();
            assertThat(plane[4]).isFinite();
        }
    }
}
