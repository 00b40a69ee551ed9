package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Options;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The face, and what it refuses. */
class DetectionTest {

    @Test
    void findsTheTargetThatWasPutThere() {
        double[][] planes = Scenes.gaussianPlanes(40 * 50, 10, 3);
        Spectrum target = Scenes.target(10);
        for (int b = 0; b < 10; b++) {
            planes[b][777] = 0.2 * planes[b][777] + 0.8 * target.value(b);
        }

        DetectionResult result = Detection.of(Cube.of(40, 50, planes))
                .target(target)
                .with(Ace.signed())
                .falseAlarmRate(1e-3)
                .run();

        assertThat(result.detections().orElseThrow().get(777)).isTrue();
        assertThat(result.detections().orElseThrow().count()).isEqualTo(2);
        assertThat(result.scores().max()).isEqualTo(result.scores().value(777 / 50, 777 % 50));
        assertThat(result.scores().name()).isEqualTo("ace");
        assertThat(result.pValues().orElseThrow().name()).isEqualTo("p-value of ace");
        assertThat(result.diagnostics().elapsed()).isGreaterThan(Duration.ZERO);
    }

    @Test
    void withoutARateThereIsNoThreshold() {
        DetectionResult result = Detection.of(Scenes.gaussian(9, 8, 3, 1))
                .with(AutoAnomaly.withDefaults())
                .run();

        assertThat(result.threshold()).isEmpty();
        assertThat(result.thresholdRule()).isEmpty();
        assertThat(result.detections()).isEmpty();
        assertThat(result.scores().name()).isEqualTo("auto");
        assertThat(result.pValues()).isEmpty();
    }

    @Test
    void theBackgroundMayLieElsewhere() {
        Cube scene = Scenes.gaussian(30, 40, 5, 8);
        Cube left = scene.masked(Mask.of(30, 40, i -> i % 40 < 20));

        DetectionResult result = Detection.of(scene)
                .with(Rx.withDefaults())
                .background(left)
                .falseAlarmRate(0.05)
                .run();

        // The threshold is that of the background: a twentieth of the left half is above it.
        Mask detections = result.detections().orElseThrow();
        assertThat(detections.and(left.validMask()).count()).isEqualTo(30);
        assertThat(result.scores().valid().count()).isEqualTo(1200);
    }

    @Test
    void mapsLieWhereTheSceneLies() {
        GeoReference place = new GeoReference("UTM", 500000, 5800000, 30, 30, 0, 33, true, "WGS-84", "Meters", "");
        Cube scene = Cube.builder(5, 6, 2, Precision.FLOAT)
                .plane(0, Scenes.gaussianPlanes(30, 2, 1)[0])
                .plane(1, Scenes.gaussianPlanes(30, 2, 1)[1])
                .geoReference(place)
                .build();

        DetectionResult result = Detection.of(scene).with(Rx.withDefaults()).run();

        assertThat(result.scores().geoReference()).contains(place);
        assertThat(result.pValues().orElseThrow().geoReference()).contains(place);
    }

    /** Knows no distribution of its scores: the value of the first band. */
    private record FirstBand() implements AnomalyDetector, PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        @Override
        public String name() {
            return "first-band";
        }

        @Override
        public String summary() {
            return "The first band.";
        }

        @Override
        public String reference() {
            return "none";
        }

        @Override
        public DetectionModel fit(Cube background, RunContext context) {
            return this;
        }

        @Override
        public int bands() {
            return 2;
        }

        @Override
        public Worker worker() {
            return (tile, output) -> System.arraycopy(tile.planes()[0], 0, output[0], 0, tile.size());
        }

        @Override
        public Diagnostics diagnostics() {
            return Diagnostics.none();
        }

        @Override
        public OptionalDouble threshold(double falseAlarmRate) {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble pValue(double score) {
            return OptionalDouble.empty();
        }
    }

    @Test
    void aMethodOfTheCallersPlugsIn() {
        double[][] planes = {{1, 5, 3, 2, 4}, {0, 0, 0, 0, 0}};
        Detection.Run run =
                Detection.of(Cube.of(1, 5, planes)).with(new FirstBand()).falseAlarmRate(0.4);

        DetectionResult result = run.run();
        assertThat(result.scores()).isEqualTo(ScoreMap.of("first-band", 1, 5, planes[0]));
        assertThat(result.pValues()).isEmpty();
        assertThat(result.threshold()).hasValue(3);
        assertThat(result.detections().orElseThrow()).isEqualTo(Mask.of(1, 5, i -> planes[0][i] > 3));
        assertThat(result.diagnostics().figures()).doesNotContainKey("threshold-model");

        DetectionResult byModel = run.thresholdRule(ThresholdRule.MODEL).run();
        assertThat(byModel.threshold()).isEmpty();
        assertThat(byModel.detections()).isEmpty();
        assertThat(byModel.thresholdRule()).isEmpty();
        assertThat(byModel.diagnostics().notes()).anyMatch(note -> note.startsWith("no threshold"));
    }

    @Test
    void withoutABackgroundPixelThereIsNoEmpiricalThreshold() {
        Cube nothing = Cube.of(1, 2, new double[][] {{Double.NaN, 1}, {1, Double.NaN}});

        DetectionResult result =
                Detection.of(nothing).with(new FirstBand()).falseAlarmRate(0.1).run();

        assertThat(result.threshold()).isEmpty();
        assertThat(result.diagnostics().notes()).containsExactly("no threshold: the background has no valid pixel");
    }

    @Test
    void tiesAreNotReportedRatherThanTooMany() {
        Cube flat = Cube.of(1, 6, new double[][] {{1, 2, 2, 2, 2, 2}, {0, 0, 0, 0, 0, 0}});

        DetectionResult result =
                Detection.of(flat).with(new FirstBand()).falseAlarmRate(0.5).run();

        assertThat(result.threshold()).hasValue(2);
        assertThat(result.detections().orElseThrow().count()).isZero();
    }

    @Test
    void ratesMayBeAsExtremeAsNumbersAre() {
        Detection.Run run = Detection.of(Scenes.gaussian(5, 5, 2, 1)).with(Rx.withDefaults());

        assertThat(count(run.falseAlarmRate(Double.MIN_VALUE))).isZero();
        assertThat(count(run.falseAlarmRate(Math.nextDown(1.0)))).isEqualTo(24);
        assertThat(count(run.falseAlarmRate(Double.MIN_VALUE).thresholdRule(ThresholdRule.MODEL)))
                .isZero();
        assertThat(count(run.falseAlarmRate(Math.nextDown(1.0)).thresholdRule(ThresholdRule.MODEL)))
                .isEqualTo(25);
    }

    @Test
    void theTailGivesAThresholdWhereTheMethodKnowsNoLaw() {
        Cube scene = Scenes.gaussian(60, 50, 2, 3);
        Detection.Run run = Detection.of(scene)
                .with(new FirstBand())
                .falseAlarmRate(1e-3)
                .thresholdRule(ThresholdRule.EXTREME_VALUE);

        DetectionResult result = run.run();
        ScoreTail tail = ScoreTail.of(result.scores()).orElseThrow();
        assertThat(result.threshold()).hasValue(tail.threshold(1e-3));
        assertThat(result.pValues()).contains(tail.pValues(result.scores()));
        assertThat(result.thresholdRule()).startsWith("extreme value");
        assertThat(result.diagnostics().figures())
                .containsEntry("tail-shape", tail.shape())
                .containsKeys("threshold-extreme-value", "share-extreme-value", "threshold-empirical");

        DetectionResult few = Detection.of(Scenes.gaussian(5, 5, 2, 3))
                .with(new FirstBand())
                .falseAlarmRate(1e-3)
                .thresholdRule(ThresholdRule.EXTREME_VALUE)
                .run();
        assertThat(few.threshold()).isEmpty();
        assertThat(few.pValues()).isEmpty();
        assertThat(few.diagnostics().notes())
                .contains("no threshold: the background has too few different scores for a tail to be fitted");
    }

    /** Twenty pixels far outside among 3000, in ten scenes: all are reported; without them nothing is, in most scenes. */
    @ParameterizedTest
    @EnumSource(
            value = ThresholdRule.class,
            names = {"MODEL", "EXTREME_VALUE"})
    void falseDiscoveriesAreFew(ThresholdRule rule) {
        double share = 0;
        int quiet = 0;
        for (int seed = 0; seed < 10; seed++) {
            double[][] planes = Scenes.gaussianPlanes(3000, 4, seed);
            Cube background = Cube.of(60, 50, planes);
            double[] moved = planes[0].clone();
            for (int i = 0; i < 3000; i += 150) {
                moved[i] += 40;
            }
            Cube scene = Cube.of(60, 50, new double[][] {moved, planes[1], planes[2], planes[3]});
            Mask found = Detection.of(scene)
                    .with(Rx.withDefaults())
                    .background(background)
                    .falseDiscoveryRate(0.1)
                    .thresholdRule(rule)
                    .run()
                    .detections()
                    .orElseThrow();
            int hits = found.and(Mask.of(60, 50, i -> i % 150 == 0)).count();
            assertThat(hits).isEqualTo(20);
            share += (double) (found.count() - hits) / found.count() / 10;
            Detection.Run none =
                    Detection.of(background).with(Rx.withDefaults()).falseDiscoveryRate(0.1);
            quiet += count(none.thresholdRule(rule)) == 0 ? 1 : 0;
        }
        // Each scene's share deviates by some .07, their mean by .02: three of these above .1
        assertThat(share).isLessThan(0.16);
        assertThat(quiet).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aFalseDiscoveryRateNeedsPValues() {
        Detection.Run run = Detection.of(Scenes.gaussian(20, 20, 2, 1)).with(Rx.withDefaults());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.falseDiscoveryRate(0.1).thresholdRule(ThresholdRule.EMPIRICAL))
                .withMessageContaining("needs p-values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.thresholdRule(ThresholdRule.EMPIRICAL).falseDiscoveryRate(0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.falseDiscoveryRate(1))
                .withMessage("false-discovery rate must be above 0 and below 1, not 1.0");
        assertThat(run.falseDiscoveryRate(0.1).run().thresholdRule()).startsWith("extreme value");
        assertThat(Detection.of(Scenes.gaussian(20, 20, 2, 1))
                        .with(new FirstBand())
                        .falseDiscoveryRate(0.1)
                        .thresholdRule(ThresholdRule.MODEL)
                        .run()
                        .threshold())
                .isEmpty();
    }

    private static int count(Detection.Run run) {
        return run.run().detections().orElseThrow().count();
    }

    @Test
    void theCosineInOneBandIsASignWithoutADistribution() {
        DetectionResult result = Detection.of(Cube.of(1, 4, new double[][] {{1, 2, 3, 4}}))
                .target(Spectrum.of(9))
                .with(Ace.signed())
                .run();

        assertThat(result.scores().toArray()).containsExactly(-1, -1, 1, 1);
        assertThat(result.pValues()).isEmpty();
    }

    @Test
    void pValueOfNothingIsNothing() {
        DetectionModel model = Rx.withDefaults().fit(Scenes.gaussian(9, 9, 3, 1), RunContext.sequential());

        assertThat(model.pValue(Double.NaN)).hasValue(Double.NaN);
        assertThat(model.pValue(0)).hasValue(1);
    }

    @Test
    void otherWavelengthsAreTold() {
        Cube.Builder builder = Cube.builder(6, 6, 3, Precision.DOUBLE);
        for (int b = 0; b < 3; b++) {
            builder.plane(b, Scenes.gaussianPlanes(36, 3, 1)[b]);
        }
        Cube cube = builder.wavelengths(Wavelengths.of(400, 500, 600)).build();

        assertThat(notes(cube, Wavelengths.of(400, 540, 600))).noneMatch(note -> note.contains("wavelengths"));
        assertThat(notes(cube, Wavelengths.of(400, 500, 660))).anyMatch(note -> note.contains("up to 60.0 nm away"));
        assertThat(notes(cube.selectBands(1), Wavelengths.of(900))).noneMatch(note -> note.contains("wavelengths"));
    }

    private static List<String> notes(Cube cube, Wavelengths wavelengths) {
        Spectrum target = Scenes.target(cube.bands()).withWavelengths(wavelengths);
        return Detection.of(cube)
                .target(target)
                .with(Ace.signed())
                .run()
                .diagnostics()
                .notes();
    }

    @Test
    void fewPixelsMakeTheModelRough() {
        Rx rx = Rx.withDefaults();

        assertThat(rx.fit(Scenes.gaussian(10, 10, 11, 1), RunContext.sequential())
                        .diagnostics()
                        .notes())
                .containsExactly("thresholds and p-values by the model are rough: 100 pixels for 11 bands");
        assertThat(rx.fit(Scenes.gaussian(10, 10, 10, 1), RunContext.sequential())
                        .diagnostics()
                        .notes())
                .isEmpty();
    }

    static Stream<Arguments> hostile() {
        Cube cube = Scenes.gaussian(10, 10, 72, 1);
        Cube masked = cube.masked(Mask.of(10, 10, i -> false));
        Spectrum target = Scenes.target(72);
        double[] gap = target.toArray();
        gap[17] = Double.NaN;
        double[] far = new double[72];
        Arrays.fill(far, 1e300);
        double[] mean = new double[72];
        for (int b = 0; b < 72; b++) {
            mean[b] = Arrays.stream(cube.plane(b)).sum() / 100;
        }
        RunContext context = RunContext.sequential();
        Detection.Run run = Detection.of(cube).with(Rx.withDefaults());
        return Stream.of(
                refused(
                        "target has 70 bands but the cube has 72",
                        () -> Detection.of(cube).target(Scenes.target(70))),
                refused(
                        "target has 1 bands but the cube has 72",
                        () -> Ace.signed().fit(cube, Spectrum.of(1), context)),
                refused(
                        "target has 73 bands but the cube has 72",
                        () -> MatchedFilter.withDefaults().fit(cube, Scenes.target(73), context)),
                refused(
                        "target has no value (NaN) in band 17",
                        () -> Detection.of(cube).target(Spectrum.of(gap))),
                refused(
                        "target has no value (NaN) in band 17",
                        () -> SpectralMatchedFilter.withDefaults().fit(cube, Spectrum.of(gap), context)),
                refused(
                        "target is the mean of the background",
                        () -> Detection.of(cube)
                                .target(Spectrum.of(mean))
                                .with(Ace.signed())
                                .run()),
                refused(
                        "target is the mean of the background",
                        () -> MatchedFilter.withDefaults().fit(cube, Spectrum.of(mean), context)),
                refused(
                        "differ so much in scale",
                        () -> AutoTarget.withDefaults().fit(cube, Spectrum.of(far), context)),
                refused(
                        "background has 71 bands but the cube has 72",
                        () -> run.background(Scenes.gaussian(3, 3, 71, 1))),
                refused("no valid pixel", () -> run.background(masked).run()),
                refused("no valid pixel", () -> Rx.withDefaults().fit(masked, context)),
                refused("false-alarm rate must be above 0 and below 1, not 0.0", () -> run.falseAlarmRate(0)),
                refused("not 1.0", () -> run.falseAlarmRate(1)),
                refused("not -0.001", () -> run.falseAlarmRate(-0.001)),
                refused("not NaN", () -> run.falseAlarmRate(Double.NaN)),
                refused("not Infinity", () -> run.falseAlarmRate(Double.POSITIVE_INFINITY)),
                refused("not 2.0", () -> Rx.withDefaults().fit(cube, context).threshold(2)),
                refused(
                        "fitted on 72 bands but the cube has 5",
                        () -> Rx.withDefaults().fit(cube, context).score(Scenes.gaussian(4, 4, 5, 1), context)),
                refused("option shrinkage is one of auto|", () -> Options.with(Rx.withDefaults(), "shrinkage", "much")),
                refused(
                        "has no option 'window'; it has background-extent, loading, shrinkage, trimming",
                        () -> Options.with(Rx.withDefaults(), "window", "5")),
                refused(
                        "has no option 'rank'; it has none",
                        () -> Options.with(AutoTarget.withDefaults(), "rank", "5")));
    }

    private static Arguments refused(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWithAClearMessage(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<ThrowingCallable> nulls() {
        Cube cube = Scenes.gaussian(3, 3, 2, 1);
        ScoreMap map = ScoreMap.of("x", 1, 1, new double[1]);
        return Stream.of(
                () -> Detection.of(null),
                () -> Detection.of(cube).with(null),
                () -> Detection.of(cube).target(Scenes.target(2)).with(null),
                () -> Detection.of(cube).with(Rx.withDefaults()).thresholdRule(null),
                () -> Rx.withDefaults().withShrinkage(null),
                () -> Ace.signed().withShrinkage(null),
                () -> SpectralMatchedFilter.withDefaults().withShrinkage(null),
                () -> MatchedFilter.withDefaults().withShrinkage(null),
                () -> new DetectionResult(
                        null, Optional.empty(), OptionalDouble.empty(), "", Optional.empty(), Diagnostics.none()),
                () -> new DetectionResult(map, Optional.empty(), OptionalDouble.empty(), "", Optional.empty(), null));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refusesNull(ThrowingCallable call) {
        assertThatThrownBy(call).isExactlyInstanceOf(NullPointerException.class);
    }
}
