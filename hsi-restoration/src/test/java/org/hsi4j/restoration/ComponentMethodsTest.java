package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.WaveletTransform;
import org.junit.jupiter.api.Test;

/** What HyRes, OTVCA and WSRRR are made of, and what is theirs alone. */
class ComponentMethodsTest {

    private static double[] gaussian(int n, long seed) {
        Random random = new Random(seed);
        double[] values = new double[n];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static Cube scene(double sigma) {
        double[][] clean = Scenes.image(40, 30, 12, 3, 1);
        return Cube.of(40, 30, Scenes.noisy(clean, Scenes.even(12, sigma), 2));
    }

    @Test
    void theThresholdHasTheLeastRiskOfAll() {
        double[] values = gaussian(200, 3);
        for (int i = 0; i < 40; i++) {
            values[i] *= 5;
        }
        double chosen = Sure.threshold(values, 10, 190, new double[180]);
        double least = Sure.risk(values, 10, 190, chosen);
        for (double t = 0; t < 20; t += 0.01) {
            // sums of 180 terms of up to 400
            assertThat(least).isLessThanOrEqualTo(Sure.risk(values, 10, 190, t) + 1e-9);
        }
        assertThat(chosen).isPositive();
    }

    @Test
    void theEstimatedRiskIsThatOfTheTruth() {
        int n = 100_000;
        double[] noise = gaussian(n, 5);
        double[] values = new double[n];
        Arrays.setAll(values, i -> (i % 10 == 0 ? 3 : 0) + noise[i]);
        double estimate = Sure.risk(values, 0, n, 1.5);
        Sure.shrink(values, 0, n, 1.5);
        double error = 0;
        for (int i = 0; i < n; i++) {
            double e = values[i] - (i % 10 == 0 ? 3 : 0);
            error += e * e;
        }
        // a few deviations of the sum of n squares
        assertThat(estimate / n).isEqualTo(error / n, within(0.02));
    }

    @Test
    void coefficientsGoOutAndBack() {
        for (int[] side : new int[][] {{37, 53}, {8, 9}, {1, 20}, {3, 2}}) {
            WaveletTransform transform = WaveletVector.transform(5, 5, side[0], side[1]);
            WaveletVector wavelets = new WaveletVector(transform, side[0], side[1]);
            double[] plane = gaussian(side[0] * side[1], 1);
            double[] vector = new double[wavelets.length()];
            double[] back = new double[plane.length];
            wavelets.forward(plane, vector);
            wavelets.inverse(vector, back);
            // some rounding units
            assertThat(back).containsExactly(plane, within(1e-10));
        }
    }

    @Test
    void theNearestDirectionsAreOrthonormalAndFindATurnedBasisAgain() {
        double[][] components = {gaussian(500, 1), gaussian(500, 2)};
        double c = Math.cos(0.4);
        double s = Math.sin(0.4);
        double[][] turned = {{c, s, 0}, {-s, c, 0}};
        double[][] images = new double[3][500];
        Procrustes.join(turned, components, images);
        double[][] products = new double[2][3];
        for (int i = 0; i < 2; i++) {
            Procrustes.products(components[i], images, products[i]);
        }
        // rounding of sums of 500 terms
        assertThat(Procrustes.change(Procrustes.nearest(products), turned)).isLessThan(1e-12);
    }

    @Test
    void hyResFindsTheRank() {
        RestoredCube restored =
                Restoring.of(scene(0.02)).with(HyRes.withDefaults()).run();
        assertThat(restored.diagnostics().figures().get("rank")).isBetween(2.0, 4.0);
    }

    @Test
    void givenRanksAreTaken() {
        Cube scene = scene(0.01);
        assertThat(Restoring.of(scene)
                        .with(Otvca.withDefaults().withRank(2))
                        .run()
                        .diagnostics()
                        .figures())
                .containsEntry("rank", 2.0);
        assertThat(Restoring.of(scene)
                        .with(Wsrrr.withDefaults().withRank(2))
                        .run()
                        .diagnostics()
                        .figures())
                .containsEntry("rank", 2.0);
    }

    @Test
    void moreThanTheTurnsAllowedIsNotDone() {
        RestoredCube one = Restoring.of(scene(0.05))
                .with(Wsrrr.withDefaults().withMaxIterations(1))
                .run();
        assertThat(one.diagnostics().iterations()).isEqualTo(1);
        assertThat(Restoring.of(scene(0.05))
                        .with(Otvca.withDefaults().withIterations(3))
                        .run()
                        .diagnostics()
                        .iterations())
                .isEqualTo(3);
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyRes.withDefaults().withLevels(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyRes.withDefaults().withVanishingMoments(11));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Otvca.withDefaults().withRank(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Otvca.withDefaults().withWeight(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Otvca.withDefaults().withIterations(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wsrrr.withDefaults().withRank(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wsrrr.withDefaults().withLevels(13));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wsrrr.withDefaults().withMaxIterations(0));
    }

    @Test
    void optionsAreKept() {
        HyRes hyres = HyRes.withDefaults().withLevels(2).withVanishingMoments(3);
        assertThat(hyres.levels()).isEqualTo(2);
        assertThat(hyres.vanishingMoments()).isEqualTo(3);
        Forpdn forpdn = Forpdn.withDefaults().withLevels(2).withVanishingMoments(3);
        assertThat(forpdn.levels()).isEqualTo(2);
        assertThat(forpdn.vanishingMoments()).isEqualTo(3);
        Otvca otvca = Otvca.withDefaults().withRank(3).withWeight(0.2).withIterations(4);
        assertThat(otvca.rank()).hasValue(3);
        assertThat(otvca.weight()).isEqualTo(0.2);
        assertThat(otvca.iterations()).isEqualTo(4);
        Wsrrr wsrrr = Wsrrr.withDefaults().withRank(3).withLevels(2).withMaxIterations(9);
        assertThat(wsrrr.rank()).hasValue(3);
        assertThat(wsrrr.levels()).isEqualTo(2);
        assertThat(wsrrr.maxIterations()).isEqualTo(9);
    }

    /** Six of ten directions hold noise alone, and the images of noise come back all but empty. */
    @Test
    void tooLargeARankCostsFastHyDeLittle() {
        Cube truth = Cube.of(40, 30, Scenes.image(40, 30, 12, 3, 1));
        Cube scene = scene(0.05);
        double chosen = Scenes.rms(
                FastHyDe.withDefaults().restore(scene, RunContext.defaults()).cube(), truth);
        RestoredCube ten = FastHyDe.withDefaults().withRank(10).restore(scene, RunContext.defaults());

        assertThat(ten.diagnostics().figures()).containsEntry("rank", 10.0);
        assertThat(Scenes.rms(ten.cube(), truth)).isLessThan(1.2 * chosen);
    }

    @Test
    void fastHyDeTakesAnyDenoiserOfPlanes() {
        FastHyDe method = FastHyDe.withDefaults().withPlaneDenoiser(TotalVariation.withDefaults());
        assertThat(method.planeDenoiser().name()).isEqualTo("total-variation");
        assertThat(method.summary()).contains("total-variation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withRank(0))
                .withMessage("rank must be at least 1, not 0");
    }
}
