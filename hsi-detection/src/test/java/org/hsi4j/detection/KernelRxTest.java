package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class KernelRxTest {
    private static final RunContext CONTEXT = RunContext.sequential();

    private static ScoreMap scores(Cube cube, AnomalyDetector method) {
        return Detection.of(cube).with(method).run(CONTEXT).scores();
    }

    /**
     * A wide kernel is a constant and a linear one: the statistic with the inverse of the covariance is then {@link Rx}, and the one with
     * the inverse of the kernel matrix alone would not be. Samples are some tens apart, so with this width
     * quadratic features have a millionth of the linear ones' variance and the loading a ten-thousandth.
     */
    @Test
    void aWideKernelGivesGlobalRx() {
        Cube cube = Scenes.spoilt(20, 30, 4, 3, 1e5);

        double[] actual = scores(cube, KernelRx.withDefaults().withWidth(3e4)).toArray();

        double[] expected = scores(cube, Rx.withDefaults()).toArray();
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isNaN(expected[i])) {
                assertThat(actual[i]).isCloseTo(expected[i], within(.01 * (1 + expected[i])));
            }
        }
    }

    /** A background on a ring: its middle is the mean, where RX sees nothing. */
    @Test
    void theMiddleOfARingIsOdd() {
        Random random = new Random(2);
        double[][] planes = new double[3][900];
        for (int i = 0; i < 900; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            planes[0][i] = 10 * Math.cos(angle) + .3 * random.nextGaussian();
            planes[1][i] = 10 * Math.sin(angle) + .3 * random.nextGaussian();
            planes[2][i] = .3 * random.nextGaussian();
        }
        planes[0][400] = 0;
        planes[1][400] = 0;
        planes[2][400] = 0;
        Cube cube = Cube.of(30, 30, planes);

        ScoreMap kernel = scores(cube, KernelRx.withDefaults());
        ScoreMap linear = scores(cube, Rx.withDefaults());

        assertThat(kernel.value(13, 10)).isEqualTo(kernel.max());
        assertThat(linear.value(13, 10)).isLessThan(0.1);
    }

    @Test
    void optionsAreChecked() {
        KernelRx method = KernelRx.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("width", "landmarks", "loading", "seed");
        assertThat(method.withLandmarks(7).landmarks()).isEqualTo(7);
        assertThat(method.withLoading(.1).loading()).isEqualTo(.1);
        assertThat(method.withSeed(2).seed()).hasValue(2);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWidth(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLandmarks(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLoading(0));
    }
}
