package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several signatures at once: the best of them, the subspace they span, or an answer given to each. */
class SeveralTargetsTest {
    private static final int BANDS = 9;
    private static final Cube SCENE = Scenes.gaussian(17, 23, BANDS, 8);
    private static final Spectrum FIRST = Scenes.target(BANDS);
    private static final Spectrum SECOND = Spectrum.of(61, 40, 52, 63, 47, 50, 44, 58, 49);

    static List<Method> methods() {
        return new DetectionMethods()
                .methods().stream().filter(TargetDetector.class::isInstance).toList();
    }

    private static double[] scores(Cube scene, TargetDetector method, Spectrum... targets) {
        return Detection.of(scene)
                .targets(List.of(targets))
                .with(method)
                .run()
                .scores()
                .toArray();
    }

    /** A pixel that is one of the targets, a pixel that is the other, and their mean. */
    private static Cube targetPixels() {
        double[][] planes = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            planes[b] = new double[] {FIRST.value(b), SECOND.value(b), 0.5 * (FIRST.value(b) + SECOND.value(b))};
        }
        return Cube.of(1, 3, planes);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void oneTargetInAListIsThatTarget(TargetDetector method) {
        assertThat(Detection.of(SCENE)
                        .targets(List.of(FIRST))
                        .with(method)
                        .run()
                        .scores())
                .isEqualTo(Detection.of(SCENE).target(FIRST).with(method).run().scores());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anyNumberOfThreads(TargetDetector method) {
        List<Spectrum> both = List.of(FIRST, SECOND);
        DetectionResult one = Detection.of(SCENE).targets(both).with(method).run(RunContext.sequential());
        DetectionResult many = Detection.of(SCENE)
                .targets(both)
                .with(method)
                .run(RunContext.defaults().withParallelism(3));

        assertThat(many.scores()).isEqualTo(one.scores());
        assertThat(one.scores().valid().count()).isEqualTo(SCENE.pixels());
    }

    @Test
    void thePixelHasTheBestOfItsScores() {
        double[] first = scores(SCENE, Ace.signed(), FIRST);
        double[] second = scores(SCENE, Ace.signed(), SECOND);

        double[] both = scores(SCENE, Ace.signed(), FIRST, SECOND);

        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isEqualTo(Math.max(first[i], second[i]));
        }
    }

    @Test
    void theFalseAlarmsAreSharedAmongTheTargets() {
        DetectionModel both =
                SpectralMatchedFilter.withDefaults().fit(SCENE, List.of(FIRST, SECOND), RunContext.sequential());

        // The normal quantile of one in two thousand.
        assertThat(both.threshold(1e-3).orElseThrow()).isCloseTo(3.2905267314919255, within(1e-9));
        assertThat(both.pValue(3.2905267314919255).orElseThrow()).isCloseTo(1e-3, within(1e-12));
        assertThat(both.diagnostics().figures()).containsEntry("targets", 2.0);
        assertThat(Sam.withDefaults()
                        .fit(SCENE, List.of(FIRST, SECOND), RunContext.sequential())
                        .threshold(0.1))
                .isEmpty();
        assertThat(Sam.withDefaults()
                        .fit(SCENE, List.of(FIRST, SECOND), RunContext.sequential())
                        .pValue(0.1))
                .isEmpty();
    }

    /** A ring that is the whole scene but for the pixel differs from the scene by one part in 391. */
    @Test
    void aRingOfTheWholeSceneIsTheBackground() {
        TargetDetector[] global = {
            Ace.signed(), Ace.squared(), SpectralMatchedFilter.withDefaults(), MatchedFilter.withDefaults()
        };
        DualWindowTarget[] local = {
            DualWindowTarget.ace(), DualWindowTarget.aceSquared(), DualWindowTarget.smf(), DualWindowTarget.mf()
        };
        for (int k = 0; k < global.length; k++) {
            DualWindowTarget all =
                    local[k].withInnerWindow(1).withOuterWindow(99).withLoading(0);
            double[] expected = scores(SCENE, global[k], FIRST);
            double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();

            assertThat(scores(SCENE, all, FIRST)).containsExactly(expected, within(0.1 * largest));
            assertThat(all.innerWindow()).hasValue(1);
            assertThat(all.outerWindow()).hasValue(99);
            assertThat(all.loading()).isZero();
        }
    }

    @Test
    void theSubspaceOfOneTargetIsItsLine() {
        // A cosine of products of nine well-conditioned bands.
        assertThat(scores(SCENE, AceSubspace.withDefaults(), FIRST))
                .containsExactly(scores(SCENE, Ace.squared(), FIRST), within(1e-12));
    }

    @Test
    void theSubspaceHoldsMixturesOfItsTargets() {
        DetectionModel model = AceSubspace.withDefaults().fit(SCENE, List.of(FIRST, SECOND), RunContext.sequential());

        ScoreMap scores = model.score(targetPixels(), RunContext.sequential()).scores();

        assertThat(scores.toArray()).containsExactly(new double[] {1, 1, 1}, within(1e-12));
        assertThat(model.diagnostics().figures()).containsEntry("target-dimensions", 2.0);
        assertThat(scores(SCENE, AceSubspace.withDefaults(), FIRST, SECOND, FIRST))
                .containsExactly(scores(SCENE, AceSubspace.withDefaults(), FIRST, SECOND), within(1e-12));
    }

    @Test
    void whatTheTargetsExplainIsNoNoise() {
        DetectionModel model = Amsd.withDefaults().fit(SCENE, List.of(FIRST, SECOND), RunContext.sequential());

        double[] scores =
                model.score(targetPixels(), RunContext.sequential()).scores().toArray();
        assertThat(Arrays.stream(scores)).allMatch(score -> score > 1e9 && score <= 1e12);
    }

    @Test
    void constrainedFiltersAnswerAsTold() {
        RunContext context = RunContext.sequential();
        DetectionModel suppressing =
                Tcimf.withDefaults().suppressing(List.of(SECOND)).fit(SCENE, FIRST, context);
        DetectionModel both = Cem.withDefaults().fit(SCENE, List.of(FIRST, SECOND), context);

        // The correlation matrix has a condition number of some thousands.
        assertThat(suppressing.score(targetPixels(), context).scores().toArray())
                .containsExactly(new double[] {1, 0, 0.5}, within(1e-11));
        assertThat(both.score(targetPixels(), context).scores().toArray())
                .containsExactly(new double[] {1, 1, 1}, within(1e-11));
        assertThat(Tcimf.withDefaults().suppressing(List.of(SECOND)).undesired())
                .containsExactly(SECOND);
    }

    /** Any other filter of the same answers lets more of the background through. */
    @Test
    void theFilterHasTheLeastEnergy() {
        double energy = meanSquare(scores(SCENE, Cem.withDefaults(), FIRST));

        assertThat(meanSquare(scores(SCENE, Tcimf.withDefaults().suppressing(List.of(SECOND)), FIRST)))
                .isGreaterThan(energy);
        assertThat(meanSquare(scores(SCENE, Cem.withDefaults(), FIRST, SECOND))).isGreaterThan(energy);
    }

    private static double meanSquare(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v / values.length;
        }
        return sum;
    }

    @Test
    void impossibleDemandsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(SCENE).targets(List.of()))
                .withMessageContaining("no target");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(SCENE).targets(List.of(FIRST, Spectrum.of(1, 2))))
                .withMessageContaining("target 1 has 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores(SCENE, Tcimf.withDefaults().suppressing(List.of(FIRST)), FIRST))
                .withMessageContaining("depends on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores(SCENE, Cem.withDefaults(), Spectrum.of(new double[BANDS])))
                .withMessageContaining("zero in every band");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> scores(Scenes.gaussian(9, 9, 1, 3), Cem.withDefaults(), Spectrum.of(1), Spectrum.of(2)))
                .withMessageContaining("cannot have given answers to 2 spectra");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tcimf.withDefaults()
                        .suppressing(List.of(Spectrum.of(1, 2)))
                        .fit(SCENE, FIRST, RunContext.sequential()))
                .withMessageContaining("undesired spectrum has 2 bands");
    }

    @Test
    void subspacesTakeNoMoreThanThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> Osp.withDefaults().withDimensions(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amsd.withDefaults().withDimensions(-1));
        assertThat(Osp.withDefaults().withDimensions(3).dimensions()).isEqualTo(3);
        assertThat(Amsd.withDefaults().withDimensions(3).dimensions()).isEqualTo(3);
        // Four pixels have three directions about their mean, and four about zero.
        Cube few = Scenes.gaussian(2, 2, BANDS, 3);
        assertThat(Osp.withDefaults()
                        .fit(few, FIRST, RunContext.sequential())
                        .diagnostics()
                        .figures())
                .containsEntry("directions", 3.0);
        assertThat(Amsd.withDefaults()
                        .fit(few, FIRST, RunContext.sequential())
                        .diagnostics()
                        .figures())
                .containsEntry("directions", 4.0);
    }

    @Test
    void aTargetInsideTheBackgroundIsNotFound() {
        // Two directions hold this background, and the target.
        double[][] planes = new double[3][12];
        for (int i = 0; i < 12; i++) {
            planes[0][i] = i;
            planes[1][i] = i * i % 7;
        }
        Cube flat = Cube.of(3, 4, planes);
        DetectionResult result = Detection.of(flat)
                .target(Spectrum.of(3, 9, 0))
                .with(Osp.withDefaults())
                .run();

        assertThat(result.scores().toArray()).containsOnly(0.0);
        assertThat(String.join(" ", result.diagnostics().notes())).contains("all scores are zero");

        Cube oneColour = Cube.of(1, 4, new double[][] {{1, 1, 1, 1}, {2, 2, 2, 2}, {3, 3, 3, 3}});
        DetectionResult none = Detection.of(oneColour)
                .target(Spectrum.of(2, 4, 6))
                .with(Amsd.withDefaults())
                .run();
        assertThat(none.scores().toArray()).containsOnly(0.0);
        assertThat(String.join(" ", none.diagnostics().notes())).contains("all scores are zero");
    }
}
