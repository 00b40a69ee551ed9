package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;
import org.hsi4j.testing.Allocations;
import org.hsi4j.testing.FormulaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method of the module, those to come included: it goes through the table of methods. */
class AllMethodsTest {
    private static final int BANDS = 12;

    /** Every method of the table, with each value of each option that has a list of values. */
    static Stream<Method> methods() {
        List<Method> all = new ArrayList<>();
        for (Method method : new DetectionMethods().methods()) {
            if (method instanceof GasDetector) {
                continue; // gives columns of gas, not scores: see Mag1cTest
            }
            all.add(method);
            for (Options.Option option : Options.of(method)) {
                for (String value : option.type().split("\\|")) {
                    if (option.type().contains("|") && !value.equals(option.value())) {
                        all.add(Options.with(method, option.name(), value));
                    }
                }
            }
        }
        return all.stream();
    }

    private static Detection.Run search(Cube cube, Method method) {
        return method instanceof AnomalyDetector anomaly
                ? Detection.of(cube).with(anomaly)
                : Detection.of(cube).target(Scenes.target(cube.bands())).with((TargetDetector) method);
    }

    private static DetectionModel fit(Cube cube, Method method) {
        RunContext context = RunContext.sequential();
        return method instanceof AnomalyDetector anomaly
                ? anomaly.fit(cube, context)
                : ((TargetDetector) method).fit(cube, Scenes.target(cube.bands()), context);
    }

    private static final List<String> WITHOUT_BACKGROUND = List.of("sam", "msam", "sid", "sid-sam-tan", "sid-sam-sin");

    private static boolean learns(Method method) {
        return !WITHOUT_BACKGROUND.contains(method.name());
    }

    /** Methods that do not compare with the mean, so that the mean itself has a score. */
    private static final List<String> ABOUT_ZERO = List.of("cem", "tcimf", "amsd", "gmm-rx", "fill-fraction");

    /** Methods that invert no covariance, and so have nothing to report of one that cannot be trusted. */
    private static final List<String> WITHOUT_INVERSE = List.of("osp", "amsd");

    /** Whether what is learnt belongs to the columns of the sensor, all of which a scene must then have. */
    private static boolean byColumns(Method method) {
        return method.name().equals("line-mf")
                || Options.of(method).stream()
                        .anyMatch(o -> o.name().equals("background-extent")
                                && o.value().equals("columns"));
    }

    static Stream<Method> learningMethods() {
        return methods().filter(AllMethodsTest::learns);
    }

    @Test
    void theTableHoldsWhatTheModuleOffers() {
        assertThat(Methods.all(AnomalyDetector.class))
                .extracting(Method::name)
                .containsExactly(
                        "auto",
                        "rx",
                        "trimmed-rx",
                        "local-rx",
                        "global-local-rx",
                        "cluster-rx",
                        "gmm-rx",
                        "kernel-rx",
                        "crd",
                        "lsmad",
                        "rpca-rx",
                        "erx");
        assertThat(Methods.all(TargetDetector.class))
                .extracting(Method::name)
                .containsExactly(
                        "auto",
                        "ace",
                        "ace-squared",
                        "smf",
                        "ctmf",
                        "mf",
                        "fill-fraction",
                        "line-mf",
                        "local-ace",
                        "local-ace-squared",
                        "local-smf",
                        "local-mf",
                        "glrt",
                        "glrt-squared",
                        "glrt1",
                        "glrt1-squared",
                        "ace-subspace",
                        "mtmf",
                        "cem",
                        "tcimf",
                        "osp",
                        "amsd",
                        "sam",
                        "msam",
                        "sid",
                        "sid-sam-tan",
                        "sid-sam-sin");
        assertThat(methods()).allSatisfy(method -> {
            assertThat(method.family()).isEqualTo("detection");
            assertThat(method.role()).isIn("anomaly detector", "target detector");
            assertThat(method.summary()).endsWith(".");
            assertThat(method.reference()).matches(".*\\b(19|20)\\d\\d\\b.*");
        });
    }

    /** Three tiles of 12 bands, non-square, with masked and non-finite pixels. */
    @ParameterizedTest
    @MethodSource("methods")
    void threadsDoNotChangeABit(Method given) {
        // Fewer Gaussians and starts: a third of the time of all methods, for sums over the same tiles.
        Method method =
                given instanceof GmmRx mixture ? mixture.withComponents(3).withStarts(2) : given;
        Cube cube = Scenes.spoilt(47, 197, BANDS, 11, 1e6);
        DetectionResult one = search(cube, method).falseAlarmRate(0.01).run(RunContext.sequential());
        ForkJoinPool pool = new ForkJoinPool(7);
        try {
            for (int threads : new int[] {2, 7}) {
                RunContext context = RunContext.defaults().withExecutor(pool).withParallelism(threads);
                DetectionResult many = search(cube, method).falseAlarmRate(0.01).run(context);
                assertThat(many.scores()).isEqualTo(one.scores());
                assertThat(many.pValues()).isEqualTo(one.pValues());
                assertThat(many.threshold()).isEqualTo(one.threshold());
                assertThat(many.detections()).isEqualTo(one.detections());
                assertThat(many.diagnostics().figures())
                        .isEqualTo(one.diagnostics().figures());
                assertThat(many.diagnostics().notes())
                        .isEqualTo(one.diagnostics().notes());
            }
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void invalidPixelsChangeNothingElse(Method method) {
        DetectionResult some = search(Scenes.spoilt(31, 17, BANDS, 4, 1e6), method)
                .falseAlarmRate(0.05)
                .run();
        DetectionResult other = search(Scenes.spoilt(31, 17, BANDS, 4, -3.5), method)
                .falseAlarmRate(0.05)
                .run();

        assertThat(some.scores()).isEqualTo(other.scores());
        assertThat(some.pValues()).isEqualTo(other.pValues());
        IntPredicate spoilt = Scenes::isSpoilt;
        assertThat(some.scores().valid()).isEqualTo(Mask.of(31, 17, spoilt.negate()));
        some.pValues()
                .ifPresent(p -> assertThat(p.valid()).isEqualTo(some.scores().valid()));
        assertThat(some.detections().orElseThrow().and(Mask.of(31, 17, spoilt)).count())
                .isZero();
    }

    /** The methods whose score of a pixel does not depend on where its neighbours are. */
    static Stream<Method> pixelMethods() {
        Cube cube = Scenes.gaussian(10, 10, BANDS, 1);
        return methods().filter(method -> fit(cube, method) instanceof PixelDetectionModel);
    }

    /** The same pixels as a scene of their own: only the order of the sums differs. */
    @ParameterizedTest
    @MethodSource("pixelMethods")
    void aMaskedSceneIsTheSceneOfItsValidPixels(Method method) {
        Cube cube = Scenes.spoilt(31, 17, BANDS, 4, 1e6);
        int[] valid = java.util.stream.IntStream.range(0, 31 * 17)
                .filter(i -> !Scenes.isSpoilt(i))
                .toArray();
        double[][] planes = Scenes.gaussianPlanes(31 * 17, BANDS, 4);
        double[][] packed = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            double[] plane = planes[b];
            packed[b] = Arrays.stream(valid).mapToDouble(i -> plane[i]).toArray();
        }

        double[] expected =
                search(Cube.of(1, valid.length, packed), method).run().scores().toArray();
        double[] all = search(cube, method).run().scores().toArray();
        double[] actual = Arrays.stream(valid).mapToDouble(i -> all[i]).toArray();

        // Scores reach some tens; the covariance is well conditioned.
        assertThat(actual).containsExactly(expected, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void modelsOfACropTravelAndApplyToTheScene(Method method) throws Exception {
        Cube scene = Scenes.gaussian(40, 30, BANDS, 21);
        Cube crop = scene.crop(byColumns(method) ? new Region(5, 0, 25, 30) : new Region(5, 7, 25, 20));
        DetectionModel model = fit(crop, method);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(model);
        }
        DetectionModel copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (DetectionModel) in.readObject();
        }

        ScoreMap here = model.score(scene, RunContext.sequential()).scores();
        ScoreMap there = copy.score(scene, RunContext.sequential()).scores();

        assertThat(there).isEqualTo(here);
        assertThat(here)
                .isEqualTo(search(scene, method).background(crop).run().scores().named(here.name()));
        assertThat(copy.diagnostics()).isEqualTo(model.diagnostics());
        assertThat(copy.threshold(0.01)).isEqualTo(model.threshold(0.01));
        assertThat(copy.pValue(0.3)).isEqualTo(model.pValue(0.3));
        assertThat(model.bands()).isEqualTo(BANDS);
    }

    /** Cancelled while the tile after next is read: of the many tiles of the scene no further one is. */
    @ParameterizedTest
    @MethodSource("methods")
    void aCancelledRunStopsWithinATile(Method method) {
        int capacity = PixelTile.capacityFor(BANDS);
        for (int stopAt :
                new int[] {1, learns(method) ? 25 : 15}) { // during the statistics, and during what follows them
            AtomicInteger reads = new AtomicInteger();
            Cube cube = Cube.builder(new FormulaSource(20, capacity, BANDS, Precision.DOUBLE, (pixel, band) -> {
                        if (pixel % capacity == 0 && band == 0) {
                            reads.incrementAndGet();
                        }
                        return Math.sin(pixel * (1.0 + 0.37 * band)) + band;
                    }))
                    .build();
            RunContext context = RunContext.sequential().withCancellation(() -> reads.get() >= stopAt);

            assertThatThrownBy(() -> search(cube, method).run(context)).isInstanceOf(CancellationException.class);
            assertThat(reads.get()).isEqualTo(stopAt);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void onePixel(Method method) {
        DetectionResult result = search(Cube.of(1, 1, Scenes.gaussianPlanes(1, BANDS, 2)), method)
                .run();

        assertThat(result.scores().value(0, 0)).isFinite();
        if (learns(method)) {
            assertThat(result.diagnostics().notes()).isNotEmpty();
            assertThat(result.scores().value(0, 0) == 0).isEqualTo(!ABOUT_ZERO.contains(method.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void oneBand(Method method) {
        DetectionResult result =
                search(Scenes.gaussian(13, 7, 1, 2), method).falseAlarmRate(0.1).run();

        assertThat(result.scores().valid().count()).isEqualTo(91);
        assertThat(result.detections().orElseThrow().count()).isLessThanOrEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void noMorePixelsThanBands(Method method) {
        finiteAndReported(Scenes.gaussian(3, 4, 12, 2), method);
        finiteAndReported(Scenes.gaussian(2, 2, 40, 2), method);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void equalAndConstantBands(Method method) {
        double[][] planes = Scenes.gaussianPlanes(300, 6, 2);
        planes[3] = planes[1].clone();
        Arrays.fill(planes[5], 7.5);
        Arrays.fill(planes[0], 0);

        finiteAndReported(Cube.of(20, 15, planes), method);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aSceneOfOneColour(Method method) {
        double[][] planes = new double[4][35];
        for (int b = 0; b < 4; b++) {
            Arrays.fill(planes[b], 0.1 * (b + 1)); // 0.1 is not a binary fraction
        }

        DetectionResult result = finiteAndReported(Cube.of(5, 7, planes), method);

        assertThat(result.scores().toArray()).containsOnly(result.scores().value(0, 0));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anImageOfThreeRows(Method method) {
        DetectionResult result = search(Scenes.gaussian(3, 70, BANDS, 5), method)
                .falseAlarmRate(0.1)
                .run();

        assertThat(Arrays.stream(result.scores().toArray())).allMatch(Double::isFinite);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void columnsThatAreMaskedFromTopToBottom(Method method) {
        Mask keep = Mask.of(40, 30, i -> i % 30 > 3 && i % 30 != 17);

        DetectionResult result = search(Scenes.gaussian(40, 30, BANDS, 5).masked(keep), method)
                .falseAlarmRate(0.1)
                .run();

        assertThat(result.scores().valid()).isEqualTo(keep);
    }

    private static DetectionResult finiteAndReported(Cube cube, Method method) {
        DetectionResult result = search(cube, method).falseAlarmRate(0.1).run();
        assertThat(Arrays.stream(result.scores().toArray())).allMatch(Double::isFinite);
        if (learns(method) && !WITHOUT_INVERSE.contains(method.name())) {
            assertThat(result.diagnostics().notes()).isNotEmpty();
            assertThat(result.diagnostics().figures()).containsKeys("condition", "shrinkage");
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nothingIsAllocatedForAPixel(Method method) {
        if (fit(Scenes.gaussian(20, 30, BANDS, 2), method) instanceof PixelDetectionModel model) {
            for (Precision precision : Precision.values()) {
                Cube scene = Scenes.gaussian(20, 30, BANDS, 3).toHeap(precision);
                // An object a tile may be, but nothing for each of its 600 pixels.
                assertThat(Allocations.ofKnownTile(model, scene)).isLessThan(64);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("learningMethods")
    void noValidPixel(Method method) {
        Cube scene = Scenes.gaussian(6, 9, BANDS, 2);
        Cube nothing = scene.masked(Mask.of(6, 9, i -> false));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(nothing, method).run())
                .withMessageContaining("no valid pixel");

        DetectionResult result =
                search(nothing, method).background(scene).falseAlarmRate(0.1).run();
        assertThat(result.scores().valid().count()).isZero();
        assertThat(result.detections().orElseThrow().count()).isZero();
        assertThat(result.diagnostics().figures()).containsEntry("share-empirical", 0.0);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void samplesOfExtremeSize(Method method) {
        Cube huge = Scenes.gaussian(20, 20, 3, 2).scaled(1e200, 0);
        if (learns(method)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> search(huge, method).run())
                    .withMessageContaining("so large");
        } else {
            // These are blind to brightness; scaling rounds each sample once.
            assertThat(search(huge, method).run().scores().toArray())
                    .containsExactly(
                            search(Scenes.gaussian(20, 20, 3, 2), method)
                                    .run()
                                    .scores()
                                    .toArray(),
                            within(1e-12));
        }

        // Here the squares can be held, but not the fourth powers, which only some ways of shrinking need.
        for (double scale : new double[] {1e90, 1e-90}) {
            Cube scaled = Scenes.gaussian(20, 20, 3, 2).scaled(scale, 0);
            try {
                assertThat(Arrays.stream(search(scaled, method).run().scores().toArray()))
                        .allMatch(Double::isFinite);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("scale the cube");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void mapsThatDoNotFitAreRefused(Method method) {
        Cube cube = Scenes.gaussian(200, 200, 2, 2);
        RunContext small = RunContext.sequential().withMemoryLimit(300_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(cube, method).run(small))
                .withMessageContaining("memory limit");
    }

    @Test
    void loadingIsAnOptionAndIsReported() {
        Cube cube = Scenes.gaussian(10, 10, BANDS, 2);
        for (String name : List.of(
                "rx",
                "trimmed-rx",
                "ace",
                "ace-squared",
                "smf",
                "mf",
                "glrt",
                "glrt-squared",
                "glrt1",
                "glrt1-squared",
                "ace-subspace",
                "mtmf",
                "cem",
                "tcimf",
                "fill-fraction")) {
            Method method = Options.with(
                    new DetectionMethods()
                            .methods().stream()
                                    .filter(m -> m.name().equals(name))
                                    .findFirst()
                                    .orElseThrow(),
                    "loading",
                    "0.5");
            assertThat(method.name()).isEqualTo(name);
            assertThat(Options.of(method)).contains(new Options.Option("loading", "double", "0.5"));
            DetectionResult result = search(cube, method).run();
            assertThat(result.diagnostics().figures().get("loading")).isPositive();
            assertThat(String.join(" ", result.diagnostics().notes())).contains("as asked");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Options.with(method, "loading", "-1"))
                    .withMessageContaining("zero or more");
        }
    }

    @Test
    void shrinkageIsAnOptionAndIsReported() {
        Cube cube = Scenes.gaussian(10, 10, BANDS, 2);
        for (Shrinkage shrinkage : new Shrinkage[] {Shrinkage.LEDOIT_WOLF, Shrinkage.LEAVE_ONE_OUT}) {
            Rx rx = Rx.withDefaults().withShrinkage(shrinkage);
            assertThat(rx.shrinkage()).isEqualTo(shrinkage);
            assertThat(Ace.squared().withShrinkage(shrinkage).shrinkage()).isEqualTo(shrinkage);
            assertThat(Ace.squared().withShrinkage(shrinkage).name()).isEqualTo("ace-squared");
            assertThat(SpectralMatchedFilter.withDefaults()
                            .withShrinkage(shrinkage)
                            .shrinkage())
                    .isEqualTo(shrinkage);
            assertThat(MatchedFilter.withDefaults().withShrinkage(shrinkage).shrinkage())
                    .isEqualTo(shrinkage);
            DetectionResult result = Detection.of(cube).with(rx).run();
            assertThat(result.diagnostics().figures().get("shrinkage")).isBetween(1e-10, 1.0);
            assertThat(String.join(" ", result.diagnostics().notes()).toLowerCase(Locale.ROOT))
                    .contains("shrunk");
        }
        Spectrum target = Scenes.target(BANDS);
        assertThat(Detection.of(cube).target(target).with(Ace.signed()).run().scores())
                .isNotEqualTo(Detection.of(cube)
                        .target(target)
                        .with(Ace.signed().withShrinkage(Shrinkage.LEDOIT_WOLF))
                        .run()
                        .scores());
    }
}
