package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MixtureSceneTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Endmembers THREE =
            LinearMixingScene.withDefaults().withBands(15).withEndmemberCount(3).endmembers();

    static Stream<AbundanceModel> models() {
        return Stream.of(
                AbundanceModel.Blocks.standard(),
                new AbundanceModel.Blocks(1, 1, 1),
                new AbundanceModel.GaussianFields(4, 3, 0.9),
                new AbundanceModel.Legendre(5, 3),
                AbundanceModel.Dirichlet.even(),
                new AbundanceModel.Dirichlet(0.3, 0.8));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theTruthIsExact(AbundanceModel model) {
        MixtureScene settings = MixtureScene.survey(THREE)
                .withShape(20, 33)
                .withAbundances(model)
                .withSeed(9);
        MixtureScene.Result scene = settings.generate(RUN);
        double[][] a = scene.abundances().toMatrix();
        for (int i = 0; i < 660; i++) {
            double sum = 0;
            for (double[] map : a) {
                assertThat(map[i]).isBetween(0.0, 1 + 1e-15);
                sum += map[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        for (int b = 0; b < 15; b++) {
            double[] clean = scene.clean().plane(b);
            for (int i = 0; i < 660; i++) {
                double y = 0;
                for (int k = 0; k < 3; k++) {
                    y += THREE.value(b, k) * a[k][i];
                }
                assertThat(clean[i]).isCloseTo(y, within(0.51 * Math.ulp((float) y))); // the rounding to float
            }
        }
        assertThat(settings.generate(RunContext.defaults().withParallelism(7))).isEqualTo(scene);
    }

    @Test
    void theNoiseHasTheRatioAskedFor() {
        MixtureScene.Result scene = MixtureScene.survey(THREE).withSnr(12).generate(RUN);
        double signal = 0;
        double noise = 0;
        for (int b = 0; b < 15; b++) {
            double[] clean = scene.clean().plane(b);
            double[] noisy = scene.cube().plane(b);
            for (int i = 0; i < clean.length; i++) {
                signal += clean[i] * clean[i];
                noise += (noisy[i] - clean[i]) * (noisy[i] - clean[i]);
            }
        }
        assertThat(scene.noiseSigma()).isCloseTo(Math.sqrt(signal / (15 * 4096) / Math.pow(10, 1.2)), within(1e-12));
        ChiSquare.assertValue(noise / (scene.noiseSigma() * scene.noiseSigma()), 15 * 4096);
        MixtureScene quiet = MixtureScene.survey(THREE).withSnr(Double.POSITIVE_INFINITY);
        assertThat(quiet.snr()).isInfinite();
        assertThat(quiet.seed()).isEqualTo(1);
        MixtureScene.Result silent = quiet.generate(RUN);
        for (int b = 0; b < 15; b++) {
            assertThat(silent.cube().plane(b)).isEqualTo(silent.clean().plane(b));
        }
    }

    @Test
    void blocksAreDealtEvenlyAndFiltered() {
        double[][] sharp = new AbundanceModel.Blocks(4, 1, 1).draw(3, 32, 40, new SplittableRandom(2), RUN);
        // 80 blocks: 26 each and two more for the first
        assertThat(Arrays.stream(sharp[0]).sum()).isEqualTo(28 * 16);
        assertThat(Arrays.stream(sharp[1]).sum()).isEqualTo(26 * 16);
        assertThat(Arrays.stream(sharp[2]).sum()).isEqualTo(26 * 16);
        double[][] mixed = new AbundanceModel.Blocks(4, 3, 1).draw(3, 32, 40, new SplittableRandom(2), RUN);
        double[][] impure = new AbundanceModel.Blocks(4, 3, 0.8).draw(3, 32, 40, new SplittableRandom(2), RUN);
        for (int k = 0; k < 3; k++) {
            double mean = 0;
            for (int r = 9; r <= 11; r++) {
                for (int c = 11; c <= 13; c++) {
                    mean += sharp[k][r * 40 + c] / 9;
                }
            }
            assertThat(mixed[k][10 * 40 + 12]).isCloseTo(mean, within(1e-15));
            double corner = (sharp[k][0] + sharp[k][1] + sharp[k][40] + sharp[k][41]) / 4;
            assertThat(mixed[k][0]).isCloseTo(corner, within(1e-15));
        }
        for (int i = 0; i < 1280; i++) {
            double largest = Math.max(mixed[0][i], Math.max(mixed[1][i], mixed[2][i]));
            for (int k = 0; k < 3; k++) {
                assertThat(impure[k][i]).isEqualTo(largest > 0.8 ? 1.0 / 3 : mixed[k][i]);
            }
        }
    }

    @Test
    void dirichletAbundancesFollowTheirLaw() {
        for (double alpha : new double[] {0.4, 1, 3}) {
            double[][] a = new AbundanceModel.Dirichlet(alpha, 1).draw(2, 100, 100, new SplittableRandom(4), RUN);
            // for two endmembers a beta law
            org.apache.commons.statistics.distribution.BetaDistribution law =
                    org.apache.commons.statistics.distribution.BetaDistribution.of(alpha, alpha);
            long[] bins = new long[20];
            for (double x : a[0]) {
                bins[(int) Math.min(19, 20 * law.cumulativeProbability(x))]++;
            }
            ChiSquare.assertEven(bins);
        }
        double[][] limited = new AbundanceModel.Dirichlet(1, 0.5).draw(3, 20, 20, new SplittableRandom(4), RUN);
        assertThat(Arrays.stream(limited).flatMapToDouble(Arrays::stream).max().orElseThrow())
                .isLessThanOrEqualTo(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AbundanceModel.Dirichlet(1, 0.3).draw(3, 1, 1, new SplittableRandom(4), RUN));
    }

    @Test
    void legendreFieldsHaveUnitMeanSquare() {
        // the logarithm of a ratio of two abundances is the difference of two fields: mean square 2 over the draws
        double mean = 0;
        for (int seed = 0; seed < 400; seed++) {
            double[][] a = new AbundanceModel.Legendre(3, 1).draw(2, 12, 15, new SplittableRandom(seed), RUN);
            for (int i = 0; i < 180; i++) {
                mean += Math.pow(Math.log(a[0][i] / a[1][i]), 2) / (400 * 180);
            }
        }
        // at most ten independent coefficients a field: a relative deviation of sqrt(2 / 10 / 400), five times; the
        // sums at
        // pixel centres stand for integrals to 3 %
        assertThat(mean).isCloseTo(2, within(2 * (5 * Math.sqrt(2.0 / 10 / 400) + 0.03)));
    }

    @Test
    void variabilityIsTold() {
        MixtureScene.Result scene = MixtureScene.survey(THREE)
                .withShape(30, 30)
                .withScaling(0.25)
                .withPerturbation(0.1)
                .withMixing(new Mixing.Bilinear(0.5))
                .generate(RUN);
        long[] bins = new long[10];
        double squares = 0;
        for (int i = 0; i < 900; i++) {
            for (int k = 0; k < 3; k++) {
                bins[(int) ((scene.scales().get(k).asBuffer().get(i) - 0.75) * 20)]++;
                squares += Math.pow(scene.coefficients().get(k).asBuffer().get(i), 2);
            }
        }
        ChiSquare.assertEven(bins);
        ChiSquare.assertValue(squares, 2700);
        for (int b = 0; b < 15; b++) {
            double[] clean = scene.clean().plane(b);
            for (int i = 0; i < 900; i++) {
                double[] v = new double[3];
                for (int k = 0; k < 3; k++) {
                    v[k] = scene.abundances().asBuffer(k).get(i)
                            * (scene.scales().get(k).asBuffer().get(i) * THREE.value(b, k)
                                    + scene.coefficients().get(k).asBuffer().get(i)
                                            * scene.directions().get(k).value(b));
                }
                double y = v[0] + v[1] + v[2] + 0.5 * (v[0] * v[1] + v[0] * v[2] + v[1] * v[2]);
                assertThat(clean[i]).isCloseTo(y, within(0.51 * Math.ulp((float) y)));
            }
        }
    }

    @Test
    void mixingModelsHaveTheirClosedForm() {
        double[] v = {0.1, 0.2, 0.4};
        assertThat(Mixing.LINEAR.mix(v)).isCloseTo(0.7, within(1e-15));
        assertThat(new Mixing.Bilinear(1).mix(v)).isCloseTo(0.7 + 0.02 + 0.04 + 0.08, within(1e-15));
        assertThat(new Mixing.Multilinear(0).mix(v)).isCloseTo(0.7, within(1e-15));
        // the series (1 - P) sum of P^n x^(n+1)
        double series = 0;
        for (int n = 0; n < 60; n++) {
            series += 0.7 * Math.pow(0.3, n) * Math.pow(0.7, n + 1);
        }
        assertThat(new Mixing.Multilinear(0.3).mix(v)).isCloseTo(series, within(1e-15));
    }

    @Test
    void abundancesCanBeGiven() {
        AbundanceMaps maps = Polygon.abundances(
                6, 7, List.of("a", "b"), List.of(Polygon.of(0, 0, 3, 0, 3, 3), Polygon.of(3, 3, 7, 3, 7, 6)), "c");
        MixtureScene scene = MixtureScene.survey(THREE).withAbundances(AbundanceModel.of(maps));
        assertThat(scene.withShape(6, 7).generate(RUN).abundances().toMatrix()[1])
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(maps.toMatrix()[1]);
        assertThatIllegalArgumentException().isThrownBy(() -> scene.generate(RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceModel.of(AbundanceMaps.of(1, 1, List.of("a"), new double[][] {{0.9}})));
    }

    @Test
    void wrongSettingsAreRefused() {
        MixtureScene scene = MixtureScene.survey(THREE);
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withShape(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withSnr(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withScaling(1));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withPerturbation(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mixing.Bilinear(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mixing.Multilinear(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.Blocks(8, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.Blocks(8, 3, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.Legendre(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.Dirichlet(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.Dirichlet(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AbundanceModel.GaussianFields(-1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AbundanceModel.Blocks(8, 3, 0.2).draw(3, 9, 9, new SplittableRandom(1), RUN));
    }
}
