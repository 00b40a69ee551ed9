package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;

/** {@link Nfindr}, {@link Sivm} and {@link Sga} against determinants formed one by one. */
class NfindrTest {
    private static final RunContext RUN = RunContext.sequential();

    /** The first d principal components of all pixels, d x pixels. */
    private static double[][] components(Cube scene, int d) {
        MeanScatter statistics = MeanScatter.of(scene, RUN);
        double[][] u = Arrays.copyOf(Dense.eigen(statistics.covariance()).vectors(), d);
        double[][] z = new double[d][scene.pixels()];
        for (int i = 0; i < scene.pixels(); i++) {
            double[] y = Found.spectrum(scene, i);
            Vectors.subtract(y, statistics.mean());
            for (int k = 0; k < d; k++) {
                z[k][i] = Vectors.dot(u[k], y);
            }
        }
        return z;
    }

    /** |det [1; z]| in the first (corners - 1) components. */
    private static double volume(double[][] z, List<Integer> corners) {
        int n = corners.size();
        DMatrixRMaj v = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            v.set(0, k, 1);
            for (int j = 1; j < n; j++) {
                v.set(j, k, z[j - 1][corners.get(k)]);
            }
        }
        return Math.abs(CommonOps_DDRM.det(v));
    }

    @Property(tries = 40)
    void noExchangeOfOnePixelMakesTheSimplexLarger(
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 11) int columns,
            @ForAll @IntRange(max = 500) int seed) {
        Cube scene = Scenes.scene(rows, columns, 9, 3, 0.1, seed);
        double[][] z = components(scene, count - 1);
        List<Integer> found =
                Nfindr.withDefaults().withStarts(1).extract(scene, count, RUN).positions();
        double reached = volume(z, found);
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < scene.pixels(); i++) {
                List<Integer> other = new ArrayList<>(found);
                other.set(k, i);
                // It stops at rises of 1e-9; the rest is rounding of determinants.
                assertThat(volume(z, other)).isLessThanOrEqualTo(reached * (1 + 2e-9));
            }
        }
    }

    @Test
    void severalStartsFindTheLargestSimplexOfAll() {
        int ended = 0;
        for (int seed = 0; seed < 20; seed++) {
            Cube scene = Scenes.scene(4, 5, 6, 3, 0.2, seed);
            double[][] z = components(scene, 2);
            double largest = 0;
            for (int a = 0; a < 20; a++) {
                for (int b = 0; b < a; b++) {
                    for (int c = 0; c < b; c++) {
                        largest = Math.max(largest, volume(z, List.of(a, b, c)));
                    }
                }
            }
            double one = volume(
                    z,
                    Nfindr.withDefaults().withStarts(1).extract(scene, 3, RUN).positions());
            double many = volume(
                    z,
                    Nfindr.withDefaults().withStarts(20).extract(scene, 3, RUN).positions());
            assertThat(many).isCloseTo(largest, within(1e-12 * largest)).isGreaterThanOrEqualTo(one);
            ended += one < largest * (1 - 1e-9) ? 1 : 0;
        }
        assertThat(ended).as("scenes in which one start was not enough").isBetween(0, 10);
    }

    @Test
    void theSeedDecidesTheRandomStarts() {
        assertThat(Nfindr.withDefaults().seed()).isEmpty();
        assertThat(Nfindr.withDefaults().withSeed(5).seed()).hasValue(5);
        assertThat(Nfindr.withDefaults().withSeed(5).withStarts(4).starts()).isEqualTo(4);
        Cube scene = Scenes.scene(20, 21, 15, 6, 0.3, 4);
        Extraction seven = Nfindr.withDefaults().withSeed(7).extract(scene, 6, RUN);
        Extraction run = Nfindr.withDefaults().extract(scene, 6, RUN.withSeed(7));
        assertThat(run.positions()).isEqualTo(seven.positions());
        assertThat(run.diagnostics().iterations())
                .isEqualTo(seven.diagnostics().iterations())
                .isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nfindr.withDefaults().withStarts(0))
                .withMessage("the number of starts must be at least 1, not 0");
    }

    @Property(tries = 40)
    void sivmAddsThePixelThatMakesTheSimplexLargest(
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 11) int columns,
            @ForAll @IntRange(max = 500) int seed) {
        Cube scene = Scenes.scene(rows, columns, 9, 3, 0.1, seed);
        double[][] z = components(scene, count - 1);
        List<Integer> found = Sivm.withDefaults().extract(scene, count, RUN).positions();
        for (int k = 0; k < count; k++) {
            assertThat(found.get(k)).isEqualTo(best(scene, z, found.subList(0, k), false));
        }
    }

    @Property(tries = 40)
    void sgaDoesSoInOneMoreComponentEachTime(
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 11) int columns,
            @ForAll @IntRange(max = 500) int seed) {
        Cube scene = Scenes.scene(rows, columns, 9, 3, 0.1, seed);
        double[][] z = components(scene, count - 1);
        List<Integer> found = Sga.withDefaults().extract(scene, count, RUN).positions();
        for (int k = 1; k < count; k++) {
            assertThat(found.get(k)).isEqualTo(best(scene, z, found.subList(0, k), true));
        }
        double[] first = z[0];
        for (double v : first) {
            assertThat(Math.abs(v)).isLessThanOrEqualTo(Math.abs(first[found.get(0)]) * (1 + 1e-12));
        }
    }

    /** By det(D'D), D the differences to the first corner (the mean for the first), or by det [1; z] in few components. */
    private static int best(Cube scene, double[][] z, List<Integer> before, boolean fewComponents) {
        int best = -1;
        double largest = -1;
        for (int i = 0; i < scene.pixels(); i++) {
            List<Integer> corners = new ArrayList<>(before);
            corners.add(i);
            double volume = fewComponents ? volume(z, corners) : gram(z, corners);
            if (volume > largest) {
                largest = volume;
                best = i;
            }
        }
        return best;
    }

    private static double gram(double[][] z, List<Integer> corners) {
        int n = corners.size();
        int from = n == 1 ? 0 : 1;
        DMatrixRMaj g = new DMatrixRMaj(n - from, n - from);
        for (int a = from; a < n; a++) {
            for (int b = from; b < n; b++) {
                double sum = 0;
                for (double[] row : z) {
                    double origin = n == 1 ? 0 : row[corners.get(0)];
                    sum += (row[corners.get(a)] - origin) * (row[corners.get(b)] - origin);
                }
                g.set(a - from, b - from, sum);
            }
        }
        return CommonOps_DDRM.det(g);
    }

    @Test
    void aSceneThatSpansNoSimplexIsAnsweredAndNoted() {
        double[][] planes = new double[4][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 4; b++) {
                planes[b][i] = (b + 1) * (1 + 0.5 * (i % 7));
            }
        }
        Extraction found = Nfindr.withDefaults().extract(Cube.of(3, 4, planes), 3, RUN);
        assertThat(found.positions()).doesNotHaveDuplicates();
        assertThat(found.diagnostics().notes())
                .contains("the scene spans no simplex of 3 corners, so all volumes are zero");
    }
}
