package org.hsi4j.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.NoiseCovariance;
import org.hsi4j.stats.NoiseMethod;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComponentsTest {
    private static final RunContext RUN = RunContext.defaults();

    /** Smooth signal of a few sources and noise that is uneven over the bands. */
    private static Cube scene(int rows, int columns, int bands, long seed) {
        Random random = new Random(seed);
        double[][] loadings = new double[bands][3];
        for (double[] row : loadings) {
            for (int k = 0; k < 3; k++) {
                row[k] = random.nextGaussian();
            }
        }
        double[][] planes = new double[bands][rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            double r = (double) (i / columns) / rows;
            double c = (double) (i % columns) / columns;
            for (int b = 0; b < bands; b++) {
                double signal = 5 + loadings[b][0] * r + loadings[b][1] * Math.sin(6 * c) + loadings[b][2] * r * c;
                planes[b][i] = signal + 0.02 * (1 + b % 4) * random.nextGaussian();
            }
        }
        return Cube.of(rows, columns, planes);
    }

    private static RealMatrix covariance(Cube cube) {
        double[][] pixels = new double[cube.pixels()][cube.bands()];
        for (int i = 0; i < cube.pixels(); i++) {
            pixels[i] = cube.spectrum(i / cube.columns(), i % cube.columns()).toArray();
        }
        return new Covariance(pixels).getCovarianceMatrix();
    }

    /** Values and directions; 1e-10 is what the issue asks, the gaps between the eigenvalues allow 1e-13. */
    @Test
    void pcaAgreesWithCommonsMath() {
        Cube cube = scene(30, 20, 6, 4);
        EigenDecomposition expected = new EigenDecomposition(covariance(cube));

        ComponentTransform pca = Pca.withDefaults().fit(cube, RUN);

        double[][] w = pca.forward().weights();
        for (int k = 0; k < 6; k++) {
            assertThat(pca.values()[k]).isCloseTo(expected.getRealEigenvalue(k), within(1e-10));
            double cosine =
                    expected.getEigenvector(k).dotProduct(new org.apache.commons.math3.linear.ArrayRealVector(w[k]));
            double sign = Math.signum(cosine);
            for (int b = 0; b < 6; b++) {
                assertThat(w[k][b]).isCloseTo(sign * expected.getEigenvector(k).getEntry(b), within(1e-10));
            }
        }
    }

    /** By the symmetric square root of the noise instead of its Cholesky factor: another way to the same components. */
    @ParameterizedTest
    @EnumSource(NoiseMethod.class)
    void mnfAgreesWithCommonsMath(NoiseMethod method) {
        Cube cube = scene(48, 40, 6, 5);
        NoiseCovariance estimate = NoiseCovariance.of(cube, method, RUN);
        RealMatrix noise =
                new Array2DRowRealMatrix((method == NoiseMethod.REGRESSION ? estimate.diagonal() : estimate).matrix());
        RealMatrix root = new EigenDecomposition(new EigenDecomposition(noise).getSquareRoot())
                .getSolver()
                .getInverse();
        EigenDecomposition expected =
                new EigenDecomposition(symmetric(root.multiply(covariance(cube)).multiply(root)));

        ComponentTransform mnf = Mnf.withDefaults().withNoise(method).fit(cube, RUN);

        double[][] w = mnf.forward().weights();
        for (int k = 0; k < 6; k++) {
            double value = expected.getRealEigenvalue(k);
            assertThat(mnf.values()[k] / value).isCloseTo(1, within(1e-10));
            double[] row = root.operate(expected.getEigenvector(k)).toArray();
            double sign = Math.signum(dot(row, w[k]));
            for (int b = 0; b < 6; b++) {
                // Weights are about 1 / noise, up to 50; values next to one are close to each other.
                assertThat(w[k][b]).isCloseTo(sign * row[b], within(1e-8));
            }
        }
    }

    private static RealMatrix symmetric(RealMatrix m) {
        return m.add(m.transpose()).scalarMultiply(0.5);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void componentsAreUncorrelatedAndTheirNoiseIsWhite() {
        Cube cube = scene(200, 200, 8, 6);
        NoiseCovariance noise = NoiseCovariance.of(cube, NoiseMethod.SHIFT_DIFFERENCE, RUN);
        ComponentTransform mnf = Mnf.withDefaults().fit(cube, RUN);

        Cube components = mnf.apply(cube, RUN);
        double[][] covariance = MeanScatter.of(components, RUN).covariance();
        double[][] white = NoiseCovariance.of(components, NoiseMethod.SHIFT_DIFFERENCE, RUN)
                .matrix();

        assertThat(noise.rms()).isBetween(0.05, 0.065);
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < 8; b++) {
                // Rounding in units of the largest variance, some thousand.
                assertThat(covariance[a][b]).isCloseTo(a == b ? mnf.values()[a] : 0, within(1e-10 * mnf.values()[0]));
                assertThat(white[a][b]).isCloseTo(a == b ? 1 : 0, within(1e-10));
            }
        }
        assertThat(mnf.values()[3]).isLessThan(2);
        assertThat(mnf.values()[2]).isGreaterThan(2);
    }

    @Property(tries = 30)
    void theWayBackIsExact(
            @ForAll @IntRange(min = 1, max = 9) int bands,
            @ForAll @IntRange(min = 3, max = 12) int rows,
            @ForAll @IntRange(min = 2, max = 30) int columns,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Cube cube = scene(rows, columns, bands, seed);

        for (ComponentTransform transform : new ComponentTransform[] {
            Pca.withDefaults().fit(cube, RUN), Mnf.withDefaults().fit(cube, RUN)
        }) {
            Cube back = transform.restore(transform.apply(cube, RUN), RUN);
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < cube.pixels(); i++) {
                    // Samples of about five; a noise covariance of few pixels has a condition number up to 1e6.
                    assertThat(back.plane(b)[i]).isCloseTo(cube.plane(b)[i], within(1e-9));
                }
            }
        }
    }

    /** MNF does not depend on the unit of a band. */
    @Test
    void mnfIsIndifferentToUnits() {
        Cube cube = scene(40, 30, 5, 7);
        double[][] planes = new double[5][];
        for (int b = 0; b < 5; b++) {
            planes[b] = cube.plane(b);
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] *= Math.pow(10, b - 2);
            }
        }

        double[] values = Mnf.withDefaults().fit(Cube.of(40, 30, planes), RUN).values();

        double[] expected = Mnf.withDefaults().fit(cube, RUN).values();
        for (int k = 0; k < 5; k++) {
            assertThat(values[k] / expected[k]).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void threadsMaskAndSerialisationChangeNothing() {
        Cube cube = scene(60, 50, 7, 8).masked(Mask.of(60, 50, i -> i % 7 != 3));
        for (NoiseMethod method : NoiseMethod.values()) {
            Mnf mnf = Mnf.withDefaults().withNoise(method).withComponents(4);
            ComponentTransform one = mnf.fit(cube, RunContext.sequential());
            ComponentTransform seven = Serial.copy(mnf.fit(cube, RUN.withParallelism(7)));

            assertThat(seven.forward().weights()).isDeepEqualTo(one.forward().weights());
            assertThat(seven.inverse().weights()).isDeepEqualTo(one.inverse().weights());
            Cube components = seven.apply(cube, RUN);
            assertThat(components).isEqualTo(one.apply(cube, RunContext.sequential()));
            assertThat(components.bands()).isEqualTo(4);
            assertThat(components.validMask()).isEqualTo(cube.validMask());
            assertThat(components.spectrum(0, 3).value(0)).isNaN();
            assertThat(one.apply(cube, RUN).spectrum(3, 3).toArray())
                    .containsExactly(applied(one, cube.spectrum(3, 3).toArray()), within(1e-9));
        }
    }

    private static double[] applied(ComponentTransform transform, double[] spectrum) {
        return transform.forward().apply(spectrum);
    }

    @Test
    void scenesWithoutNoiseOrVarianceAreLoaded() {
        Cube flat = Cube.of(5, 4, new double[3][20]);
        ComponentTransform mnf = Mnf.withDefaults().fit(flat, RUN);

        assertThat(mnf.values()).containsOnly(0.0);
        assertThat(mnf.diagnostics().notes()).hasSize(1).first().asString().contains("added to its diagonal");
        assertThat(Pca.withDefaults().fit(flat, RUN).values()).containsOnly(0.0);
        ComponentTransform one = Pca.withDefaults().fit(Cube.of(1, 1, new double[][] {{3}, {4}}), RUN);
        assertThat(one.forward().apply(new double[] {3, 4})).containsExactly(0, 0);
        assertThat(one.inverse().apply(new double[] {0, 0})).containsExactly(3, 4);
        assertThat(one.diagnostics().notes()).hasSize(1);
    }

    @Test
    void argumentsAreChecked() {
        Cube cube = scene(4, 4, 3, 1);
        Cube none = cube.masked(Mask.of(4, 4, i -> false));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pca.withDefaults().withComponents(0))
                .withMessage("components must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnf.withDefaults().withComponents(4).fit(cube, RUN))
                .withMessage("4 components but the cube has 3 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pca.withDefaults().fit(none, RUN))
                .withMessage("the cube has no valid pixel, so it has no components");
        assertThatIllegalArgumentException().isThrownBy(() -> Mnf.withDefaults().fit(none, RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mnf.withDefaults()
                        .fit(
                                MeanScatter.of(cube, RUN),
                                NoiseCovariance.of(scene(9, 9, 2, 1), NoiseMethod.REGRESSION, RUN)))
                .withMessage("the noise estimate has 2 bands but the cube has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pca.withDefaults().fit(cube, RUN).apply(scene(4, 4, 2, 1), RUN))
                .withMessage("the model was fitted on 3 bands but the cube has 2");
        assertThat(Pca.withDefaults().withComponents(2).components()).hasValue(2);
        assertThat(Mnf.withDefaults().withComponents(2).components()).hasValue(2);
        assertThat(Mnf.withDefaults().noise()).isEqualTo(NoiseMethod.SHIFT_DIFFERENCE);
    }

    @Test
    void linearModelsCheckTheirArguments() {
        assertThatIllegalArgumentException().isThrownBy(() -> LinearModel.of(new double[0][], new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearModel.of(new double[][] {{1, 2}, {1}}, new double[2]))
                .withMessage("output 1 has 1 weights but output 0 has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearModel.of(new double[][] {{1, 2}}, new double[2]))
                .withMessage("2 offsets given for 1 outputs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearModel.of(new double[][] {{Double.NaN}}, new double[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LinearModel.of(new double[][] {{1}}, new double[1]).apply(new double[2]));
        assertThat(LinearModel.of(new double[][] {{1}}, new double[] {2}).offset())
                .containsExactly(2);
    }
}
