package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class GmmRxTest {
    private static final RunContext CONTEXT = RunContext.sequential();

    private static ScoreMap scores(Cube cube, AnomalyDetector method) {
        return Detection.of(cube).with(method).run(CONTEXT).scores();
    }

    @Test
    void oneGaussianIsGlobalRx() {
        Cube cube = Scenes.spoilt(20, 30, 6, 3, 1e5);

        double[] actual = scores(cube, GmmRx.withDefaults().withComponents(1)).toArray();

        // Other coordinates, in which the prior and the data have the same covariance but for n against n - 1.
        double[] expected = scores(cube, Rx.withDefaults()).toArray();
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isNaN(expected[i])) {
                assertThat(actual[i]).isCloseTo(expected[i], within(.02 + .005 * expected[i]));
            }
        }
    }

    /** Two materials of two directions; one pixel lies half way. */
    private static double[][] twoMaterials() {
        Random random = new Random(4);
        double[][] planes = new double[5][1200];
        for (int i = 0; i < 1200; i++) {
            boolean left = i % 30 < 15;
            for (double[] plane : planes) {
                plane[i] = (left ? 10 : 90) + (left ? 1 : 3) * random.nextGaussian();
            }
        }
        for (double[] plane : planes) {
            plane[617] = 50;
        }
        return planes;
    }

    @Test
    void aPixelBetweenTwoMaterialsIsOdd() {
        Cube cube = Cube.of(40, 30, twoMaterials());

        ScoreMap scores = scores(cube, GmmRx.withDefaults().withComponents(2));

        assertThat(scores.max()).isEqualTo(scores.value(617 / 30, 617 % 30));
    }

    @Test
    void theObjectiveNeverFalls() {
        double[][] planes = Scenes.gaussianPlanes(500, 4, 3);
        for (double[] plane : planes) {
            for (int i = 0; i < 500; i++) {
                plane[i] = (plane[i] - 50) / 5;
            }
        }
        double before = Double.NEGATIVE_INFINITY;
        for (int most = 1; most < 40; most++) {
            GaussianMixture.Fit fit = GaussianMixture.fit(planes, 500, 3, 8, most, new Random(5), CONTEXT);
            // Rounding of a sum of 500 logarithms.
            assertThat(fit.objective()).isGreaterThanOrEqualTo(before - 1e-12);
            before = fit.objective();
        }
    }

    @Test
    void theSeedDecides() {
        Cube cube = Cube.of(40, 30, twoMaterials());
        GmmRx method = GmmRx.withDefaults().withComponents(4);

        assertThat(scores(cube, method.withSeed(3))).isEqualTo(scores(cube, method.withSeed(3)));
        assertThat(Arrays.stream(scores(cube, method.withSeed(4)).toArray())).allMatch(Double::isFinite);
    }

    @Test
    void optionsAreChecked() {
        GmmRx method = GmmRx.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("components", "starts", "seed");
        assertThat(method.withStarts(2).starts()).isEqualTo(2);
        assertThat(method.withSeed(2).seed()).hasValue(2);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withComponents(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withStarts(101));
    }
}
