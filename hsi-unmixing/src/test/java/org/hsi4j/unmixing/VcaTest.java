package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VcaTest {
    private static final RunContext RUN = RunContext.sequential();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void findsThePurePixelsOfANoiselessScene(int p) {
        Cube scene = Scenes.scene(15, 21, 30, p, 0, p);
        for (int seed = 0; seed < 10; seed++) {
            Extraction found = Vca.withDefaults().withSeed(seed).extract(scene, p, RUN);
            List<Integer> pure = new ArrayList<>();
            for (int k = 0; k < p; k++) {
                pure.add(7 + 3 * k);
            }
            assertThat(found.positions()).containsExactlyInAnyOrderElementsOf(pure);
            for (int k = 0; k < p; k++) {
                int at = found.positions().get(k);
                assertThat(found.pixels().get(k).toArray())
                        .isEqualTo(scene.spectrum(at / 21, at % 21).toArray());
                // Without noise the subspace holds the pixels: nothing but rounding is projected away.
                assertThat(found.projected().get(k).toArray())
                        .containsExactly(found.pixels().get(k).toArray(), within(1e-13));
            }
        }
    }

    /** The published algorithm word for word: all coordinates kept, directions by a pseudo-inverse. */
    @ParameterizedTest
    @CsvSource({"0.001, 3, projective", "0.01, 5, projective", "0.4, 4, mean-removed", "1.0, 2, mean-removed"})
    void agreesWithThePublishedFormulas(double noise, int p, String projection) {
        int bands = 18;
        Cube scene = Scenes.scene(19, 23, bands, p, noise, 77);
        double[][] y = new double[bands][];
        for (int b = 0; b < bands; b++) {
            y[b] = scene.plane(b);
        }
        for (int seed = 0; seed < 5; seed++) {
            Extraction found = Vca.withDefaults().withSeed(seed).extract(scene, p, RUN);
            assertThat(found.diagnostics().notes().get(0)).contains(projection);
            double[][] projected = new double[bands][y[0].length];
            double[][] coordinates =
                    projection.equals("projective") ? projective(y, p, projected) : meanRemoved(y, p, projected);
            assertThat(found.positions()).isEqualTo(corners(coordinates, p, new Random(seed)));
            for (int k = 0; k < p; k++) {
                for (int b = 0; b < bands; b++) {
                    // sums of a few hundred products of numbers near one
                    assertThat(found.projected().value(b, k))
                            .isCloseTo(projected[b][found.positions().get(k)], within(1e-12));
                }
            }
        }
    }

    private static double[][] projective(double[][] y, int p, double[][] projected) {
        double[][] basis = Dense.eigen(products(y)).vectors();
        double[][] x = coordinates(y, new double[y.length], basis, p, projected);
        double[] u = Arrays.stream(x)
                .mapToDouble(row -> Arrays.stream(row).average().orElseThrow())
                .toArray();
        for (int i = 0; i < y[0].length; i++) {
            double height = 0;
            for (int k = 0; k < p; k++) {
                height += x[k][i] * u[k];
            }
            for (int k = 0; k < p; k++) {
                x[k][i] /= height;
            }
        }
        return x;
    }

    private static double[][] meanRemoved(double[][] y, int p, double[][] projected) {
        double[] mean = Arrays.stream(y)
                .mapToDouble(row -> Arrays.stream(row).average().orElseThrow())
                .toArray();
        double[][] centred = new double[y.length][];
        for (int b = 0; b < y.length; b++) {
            double m = mean[b];
            centred[b] = Arrays.stream(y[b]).map(v -> v - m).toArray();
        }
        double[][] basis = Dense.eigen(products(centred)).vectors();
        double[][] x = Arrays.copyOf(coordinates(y, mean, basis, p - 1, projected), p);
        double largest = 0;
        for (int i = 0; i < y[0].length; i++) {
            double sum = 0;
            for (int k = 0; k < p - 1; k++) {
                sum += x[k][i] * x[k][i];
            }
            largest = Math.max(largest, Math.sqrt(sum));
        }
        x[p - 1] = new double[y[0].length];
        Arrays.fill(x[p - 1], largest);
        return x;
    }

    private static double[][] products(double[][] y) {
        double[][] r = new double[y.length][y.length];
        for (int a = 0; a < y.length; a++) {
            for (int b = 0; b < y.length; b++) {
                for (int i = 0; i < y[0].length; i++) {
                    r[a][b] += y[a][i] * y[b][i] / y[0].length;
                }
            }
        }
        return r;
    }

    private static double[][] coordinates(
            double[][] y, double[] mean, double[][] basis, int dimension, double[][] projected) {
        double[][] x = new double[dimension][y[0].length];
        for (int i = 0; i < y[0].length; i++) {
            for (int k = 0; k < dimension; k++) {
                for (int b = 0; b < y.length; b++) {
                    x[k][i] += basis[k][b] * (y[b][i] - mean[b]);
                }
            }
            for (int b = 0; b < y.length; b++) {
                projected[b][i] = mean[b];
                for (int k = 0; k < dimension; k++) {
                    projected[b][i] += basis[k][b] * x[k][i];
                }
            }
        }
        return x;
    }

    private static List<Integer> corners(double[][] y, int p, Random random) {
        DMatrixRMaj a = new DMatrixRMaj(p, p);
        a.set(p - 1, 0, 1);
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < p; k++) {
            DMatrixRMaj w = new DMatrixRMaj(p, 1);
            for (int i = 0; i < p; i++) {
                w.set(i, 0, random.nextGaussian());
            }
            DMatrixRMaj inverse = new DMatrixRMaj(p, p);
            CommonOps_DDRM.pinv(a, inverse);
            DMatrixRMaj inside = new DMatrixRMaj(p, 1);
            DMatrixRMaj parts = new DMatrixRMaj(p, 1);
            CommonOps_DDRM.mult(inverse, w, parts);
            CommonOps_DDRM.mult(a, parts, inside);
            int best = -1;
            double farthest = -1;
            for (int i = 0; i < y[0].length; i++) {
                double v = 0;
                for (int j = 0; j < p; j++) {
                    v += (w.get(j, 0) - inside.get(j, 0)) * y[j][i];
                }
                if (Math.abs(v) > farthest) {
                    farthest = Math.abs(v);
                    best = i;
                }
            }
            found.add(best);
            for (int j = 0; j < p; j++) {
                a.set(j, k, y[j][best]);
            }
        }
        return found;
    }

    @Test
    void measuresTheSignalToNoiseRatio() {
        double noise = 0.01;
        Cube scene = Scenes.scene(60, 60, 40, 3, noise, 6);
        Cube clean = Scenes.scene(60, 60, 40, 3, 0, 6);
        double power = 0;
        for (int b = 0; b < 40; b++) {
            power += Arrays.stream(clean.plane(b)).map(v -> v * v).average().orElseThrow();
        }
        double expected = 10 * Math.log10(power / (40 * noise * noise));
        assertThat(Vca.withDefaults()
                        .extract(scene, 3, RUN)
                        .diagnostics()
                        .figures()
                        .get("snr_db"))
                // The estimate counts the noise inside the subspace as (p / B) of all: seen .02 dB apart.
                .isCloseTo(expected, within(0.1));
    }

    @Test
    void takesTheFirstOfEquallyFarPixels() {
        double[][] e = Scenes.endmembers(12, 3, 1);
        double[][] planes = new double[12][9];
        for (int i = 0; i < 9; i++) {
            for (int b = 0; b < 12; b++) {
                planes[b][i] = e[b][i % 3];
            }
        }
        for (int seed = 0; seed < 10; seed++) {
            assertThat(Vca.withDefaults()
                            .withSeed(seed)
                            .extract(Cube.of(3, 3, planes), 3, RUN)
                            .positions())
                    .containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROJECTIVE", "MEAN_REMOVED"})
    void withoutMemoryForTheCoordinatesTheSamePixelsAreFound(Vca.Projection projection) {
        Cube scene = Scenes.scene(60, 50, 12, 5, 0.05, 4).masked(Mask.of(60, 50, i -> i % 7 != 0));
        Vca vca = Vca.withDefaults().withProjection(projection);
        MeanScatter statistics = MeanScatter.of(scene, RUN);
        RunContext little = RUN.withMemoryLimit(16 << 10); // one number a pixel takes 24 000 bytes
        assertThat(vca.prepared(scene, 5, statistics, little).extract(3, 0, RUN).positions())
                .isEqualTo(vca.withSeed(3).extract(scene, 5, RUN).positions());
    }

    @Test
    void theSeedDecides() {
        Cube scene = Scenes.scene(30, 31, 15, 6, 0.05, 4);
        Vca seven = Vca.withDefaults().withSeed(7);
        assertThat(seven.seed()).hasValue(7);
        assertThat(Vca.withDefaults().seed()).isEmpty();
        List<Integer> expected = seven.extract(scene, 6, RUN).positions();
        assertThat(seven.extract(scene, 6, RUN.withSeed(1)).positions()).isEqualTo(expected);
        assertThat(Vca.withDefaults().extract(scene, 6, RUN.withSeed(7)).positions())
                .isEqualTo(expected);
        List<List<Integer>> others = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            others.add(Vca.withDefaults().withSeed(seed).extract(scene, 6, RUN).positions());
        }
        assertThat(others.stream().distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"constant", "zero", "two materials", "one bright pixel", "zeros among others"})
    void degenerateScenesEndWithDistinctPixelsAndFiniteSpectra(String kind) {
        double[][] e = Scenes.endmembers(10, 2, 3);
        Random random = new Random(2);
        double[][] planes = new double[10][20];
        for (int i = 0; i < 20; i++) {
            double share = random.nextDouble();
            for (int b = 0; b < 10; b++) {
                planes[b][i] = switch (kind) {
                    case "constant" -> e[b][0];
                    case "two materials" -> share * e[b][0] + (1 - share) * e[b][1];
                    case "one bright pixel" -> i == 11 ? e[b][0] : 0;
                    case "zeros among others" -> i % 3 == 0 ? 0 : e[b][0] + 0.01 * random.nextGaussian();
                    default -> 0;
                };
            }
        }
        Extraction found = Vca.withDefaults().extract(Cube.of(4, 5, planes), 5, RUN);
        assertThat(found.positions()).doesNotHaveDuplicates().hasSize(5);
        for (Spectrum s : found.projected().spectra()) {
            assertThat(s.isComplete()).isTrue();
        }
        if (kind.equals("zeros among others")) {
            assertThat(found.positions()).allMatch(i -> i % 3 != 0);
        } else {
            assertThat(found.diagnostics().notes()).anyMatch(note -> note.startsWith("the scene has rank "));
        }
    }

    @Test
    void oneEndmemberIsThePixelFarthestAlongTheFirstEigenvector() {
        double[][] planes = new double[6][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 6; b++) {
                planes[b][i] = (i == 8 ? 3 : 1 + 0.1 * i) * (b + 1);
            }
        }
        Extraction found = Vca.withDefaults().extract(Cube.of(3, 4, planes), 1, RUN);
        assertThat(found.positions()).containsExactly(8);
        assertThat(found.projected().get(0).toArray())
                .containsExactly(new double[] {3, 6, 9, 12, 15, 18}, within(1e-12));
    }

    @Test
    void asManyEndmembersAsBandsOrPixelsIsAllowed() {
        Cube scene = Scenes.scene(6, 7, 5, 3, 0.01, 9);
        assertThat(Vca.withDefaults().extract(scene, 5, RUN).positions())
                .hasSize(5)
                .doesNotHaveDuplicates();
        Cube four = scene.masked(Mask.of(6, 7, i -> i % 11 == 0));
        assertThat(Vca.withDefaults().extract(four, 4, RUN).positions()).containsExactlyInAnyOrder(0, 11, 22, 33);
    }

    @Test
    void namesTheEndmembersAndKeepsTheWavelengths() {
        Wavelengths grid = Wavelengths.of(400, 500, 600, 700);
        double[][] planes = Scenes.mixtures(Scenes.endmembers(4, 2, 1), 20, 0.001, 1);
        Cube.Builder builder = Cube.builder(4, 5, 4, org.hsi4j.Precision.DOUBLE).wavelengths(grid);
        for (int b = 0; b < 4; b++) {
            builder.plane(b, planes[b]);
        }
        Extraction found = Vca.withDefaults().extract(builder.build(), 2, RUN);
        assertThat(found.pixels().names()).containsExactly("em1", "em2");
        assertThat(found.projected().wavelengths()).contains(grid);
    }
}
