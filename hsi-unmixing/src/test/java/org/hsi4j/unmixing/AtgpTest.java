package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

/** {@link Atgp} and {@link Spa}, which share the search. */
class AtgpTest {
    private static final RunContext RUN = RunContext.sequential();

    @Property(tries = 60)
    void takesThePixelFarthestFromTheSpanByThePublishedProjector(
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(min = 1, max = 15) int bands,
            @ForAll @IntRange(min = 1, max = 6) int wanted,
            @ForAll @IntRange(max = 1000) int seed) {
        int count = Math.min(wanted, Math.min(bands, rows * columns));
        Cube scene = Scenes.scene(rows, columns, bands, Math.min(4, bands), 0.1, seed);
        List<double[]> pixels = pixels(scene);
        assertThat(Atgp.withDefaults().extract(scene, count, RUN).positions()).isEqualTo(byProjector(pixels, count));

        double[][] u = Arrays.copyOf(Dense.eigen(correlation(pixels)).vectors(), count);
        List<double[]> reduced = pixels.stream().map(y -> product(u, y)).toList();
        assertThat(Atgp.withDefaults()
                        .withSubspace(true)
                        .extract(scene, count, RUN)
                        .positions())
                .isEqualTo(byProjector(reduced, count));

        List<double[]> divided = IntStream.range(0, pixels.size())
                .mapToObj(i -> count == 1 ? reduced.get(i) : divided(reduced.get(i), u))
                .toList();
        assertThat(Spa.withDefaults().extract(scene, count, RUN).positions()).isEqualTo(byProjector(divided, count));
    }

    /** By its sum over the bands, once back among them. */
    private static double[] divided(double[] z, double[][] u) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            sum += z[k] * Arrays.stream(u[k]).sum();
        }
        double s = sum;
        return Arrays.stream(z).map(v -> v / s).toArray();
    }

    /** P = I - E pinv(E), a matrix formed anew for each endmember. */
    private static List<Integer> byProjector(List<double[]> pixels, int count) {
        int d = pixels.get(0).length;
        List<Integer> found = new ArrayList<>();
        while (found.size() < count) {
            DMatrixRMaj p = CommonOps_DDRM.identity(d);
            if (!found.isEmpty()) {
                DMatrixRMaj e = new DMatrixRMaj(d, found.size());
                for (int k = 0; k < found.size(); k++) {
                    for (int b = 0; b < d; b++) {
                        e.set(b, k, pixels.get(found.get(k))[b]);
                    }
                }
                DMatrixRMaj inverse = new DMatrixRMaj(found.size(), d);
                CommonOps_DDRM.pinv(e, inverse);
                DMatrixRMaj onto = new DMatrixRMaj(d, d);
                CommonOps_DDRM.mult(e, inverse, onto);
                CommonOps_DDRM.subtractEquals(p, onto);
            }
            int best = -1;
            double largest = -1;
            for (int i = 0; i < pixels.size(); i++) {
                DMatrixRMaj r = new DMatrixRMaj(d, 1);
                CommonOps_DDRM.mult(p, new DMatrixRMaj(d, 1, true, pixels.get(i)), r);
                double norm = CommonOps_DDRM.dot(r, r);
                if (norm > largest && !found.contains(i)) {
                    largest = norm;
                    best = i;
                }
            }
            found.add(best);
        }
        return found;
    }

    private static List<double[]> pixels(Cube scene) {
        return IntStream.range(0, scene.pixels())
                .mapToObj(i -> Found.spectrum(scene, i))
                .toList();
    }

    private static double[][] correlation(List<double[]> pixels) {
        int n = pixels.get(0).length;
        double[][] r = new double[n][n];
        for (double[] y : pixels) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    r[a][b] += y[a] * y[b] / pixels.size();
                }
            }
        }
        return r;
    }

    private static double[] product(double[][] rows, double[] y) {
        return Arrays.stream(rows).mapToDouble(u -> Vectors.dot(u, y)).toArray();
    }

    @Test
    void brightnessDecidesForAtgpAndNotForSpa() {
        double[][] e = Scenes.endmembers(10, 3, 1);
        double[][] planes = new double[10][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 10; b++) {
                // Pure pixels at 3, 4 and 5, in the shade; elsewhere even mixtures, in the light.
                planes[b][i] = i >= 3 && i < 6 ? 0.2 * e[b][i - 3] : (e[b][i % 3] + e[b][0] + e[b][1] + e[b][2]) / 4;
            }
        }
        Cube scene = Cube.of(3, 4, planes);
        assertThat(Spa.withDefaults().extract(scene, 3, RUN).positions()).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(Atgp.withDefaults().extract(scene, 3, RUN).positions()).doesNotContain(3, 4, 5);
    }

    @Test
    void projectedSpectraLieInTheFirstEigenvectors() {
        Cube scene = Scenes.scene(9, 11, 12, 3, 0.05, 6);
        double[][] u = Arrays.copyOf(Dense.eigen(correlation(pixels(scene))).vectors(), 3);
        Extraction found = Atgp.withDefaults().extract(scene, 3, RUN);
        for (int k = 0; k < 3; k++) {
            double[] y = found.pixels().get(k).toArray();
            double[] back = new double[12];
            double[] z = product(u, y);
            for (int j = 0; j < 3; j++) {
                for (int b = 0; b < 12; b++) {
                    back[b] += z[j] * u[j][b];
                }
            }
            // Rounding of numbers near one.
            assertThat(found.projected().get(k).toArray()).containsExactly(back, within(1e-13));
        }
    }

    @Test
    void optionsAreKept() {
        assertThat(Atgp.withDefaults().subspace()).isFalse();
        assertThat(Atgp.withDefaults().withSubspace(true).subspace()).isTrue();
    }
}
