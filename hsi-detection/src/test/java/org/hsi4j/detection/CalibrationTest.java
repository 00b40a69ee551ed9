package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thresholds and p-values on simulated Gaussian background, where the models are right. */
class CalibrationTest {
    private static final int BANDS = 20;
    private static final Cube SCENE = Scenes.gaussian(200, 150, BANDS, 77);

    /** The methods that know the distribution of their scores. */
    static Stream<Method> methods() {
        Cube small = SCENE.crop(new Region(0, 0, 20, 20));
        RunContext context = RunContext.sequential();
        return new DetectionMethods()
                .methods().stream()
                        .filter(method -> !(method instanceof GasDetector))
                        .filter(method -> (method instanceof AnomalyDetector anomaly
                                        ? anomaly.fit(small, context)
                                        : ((TargetDetector) method).fit(small, Scenes.target(BANDS), context))
                                .threshold(0.1)
                                .isPresent());
    }

    private static Detection.Run search(Method method) {
        return method instanceof AnomalyDetector anomaly
                ? Detection.of(SCENE).with(anomaly)
                : Detection.of(SCENE).target(Scenes.target(BANDS)).with((TargetDetector) method);
    }

    /** Kolmogorov and Smirnov at the level .001: sqrt(n) D stays below 1.95. The seed is fixed, so it cannot fail by chance. */
    @ParameterizedTest
    @MethodSource("methods")
    void pValuesAreUniform(Method method) {
        double[] p = search(method).run().pValues().orElseThrow().toArray();
        Arrays.sort(p);
        double distance = 0;
        for (int i = 0; i < p.length; i++) {
            distance = Math.max(distance, Math.max(p[i] - (double) i / p.length, (i + 1.0) / p.length - p[i]));
        }

        assertThat(distance * Math.sqrt(p.length)).isLessThan(1.95);
    }

    /** Of 30000 pixels, 30 and 300 and 3000 should exceed the model's thresholds; four binomial deviations are allowed. */
    @ParameterizedTest
    @MethodSource("methods")
    void theModelKeepsItsWordOnGaussianBackground(Method method) {
        for (double rate : new double[] {1e-3, 1e-2, 1e-1}) {
            DetectionResult result = search(method)
                    .falseAlarmRate(rate)
                    .thresholdRule(ThresholdRule.MODEL)
                    .run();

            double expected = rate * SCENE.pixels();
            assertThat((double) result.detections().orElseThrow().count())
                    .isCloseTo(expected, within(4 * Math.sqrt(expected)));
            double threshold = result.threshold().orElseThrow();
            // What exceeds the threshold has a smaller p-value than the rate, and nothing else has.
            assertThat(result.pValues().orElseThrow().above(rate).not())
                    .isEqualTo(result.detections().orElseThrow());
            assertThat(result.scores().above(threshold))
                    .isEqualTo(result.detections().orElseThrow());
            assertThat(result.thresholdRule()).startsWith("model");
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theEmpiricalThresholdIsUsedUp(Method method) {
        for (double rate : new double[] {1e-5, 1e-4, 1e-3, .29, .999}) {
            DetectionResult result = search(method).falseAlarmRate(rate).run();

            assertThat(result.detections().orElseThrow().count()).isEqualTo((int) Math.round(rate * 30000 - 0.4));
            assertThat(result.thresholdRule()).startsWith("empirical");
            assertThat(result.diagnostics().figures())
                    .containsEntry("false-alarm-rate", rate)
                    .containsEntry("threshold-empirical", result.threshold().orElseThrow())
                    .containsKeys("share-empirical", "threshold-model", "share-model");
        }
    }
}
