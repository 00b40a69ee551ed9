package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Allocations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method of this module promises; a method that is added to the catalog is tested here by being there. */
class EveryMethodTest {
    private static final int BANDS = 20;
    private static final int P = 4;

    /** Several tiles of 3264 pixels, the last of them not full. */
    private static final int ROWS = 97;

    private static final int COLUMNS = 103;

    /** After so much work the cancellation comes. */
    private static final long LIMIT_NANOSECONDS = 300_000_000L;

    private static final Endmembers GIVEN = Scenes.given(BANDS, P, 5);
    private static final Cube WHOLE = Scenes.scene(ROWS, COLUMNS, BANDS, P, 0.01, 5);
    private static final Cube MANY_BANDS = Scenes.scene(75, 80, 160, 6, 0.01, 5);
    private static final Endmembers LIBRARY = Scenes.given(160, 120, 5);
    private static final Map<Double, Cube> SPOILT = new ConcurrentHashMap<>();
    private static final ExecutorService POOL = Executors.newFixedThreadPool(8);

    /** Every method; those that iterate on the whole scene are kept short, which changes nothing that is tested here. */
    static Stream<Method> methods() {
        return new UnmixingMethods().methods().stream().map(EveryMethodTest::shortened);
    }

    static Stream<Method> fullMethods() {
        return new UnmixingMethods().methods().stream();
    }

    private static Method shortened(Method method) {
        return solvesWholeScenes(method)
                        && Options.of(method).stream()
                                .anyMatch(option -> option.name().equals("max-iterations"))
                ? Options.with(method, "max-iterations", "4")
                : method;
    }

    private static boolean solvesWholeScenes(Method method) {
        return method instanceof BlindUnmixer
                || (method instanceof AbundanceSolver solver && !(solver.fit(GIVEN) instanceof PixelAbundanceModel));
    }

    @AfterAll
    static void stop() {
        POOL.shutdownNow();
    }

    /** Everything a method gives for a scene, as numbers. */
    private static long[][] bits(Method method, Cube cube, RunContext context) {
        return run(method, cube, context).stream()
                .map(values -> Arrays.stream(values)
                        .mapToLong(Double::doubleToLongBits)
                        .toArray())
                .toArray(long[][]::new);
    }

    private static void solve(Method method, Cube cube, Endmembers given, int count, RunContext context) {
        if (method instanceof EndmemberExtractor extractor) {
            extractor.extract(cube, count, context);
        } else if (method instanceof AbundanceSolver solver) {
            solver.solve(cube, given, context);
        } else if (method instanceof BlindUnmixer unmixer) {
            unmixer.unmix(cube, count, context);
        } else {
            throw new AssertionError("this test does not know the role of " + method.name());
        }
    }

    private static List<double[]> run(Method method, Cube cube, RunContext context) {
        List<double[]> numbers = new ArrayList<>();
        if (method instanceof EndmemberExtractor extractor) {
            Extraction found = extractor.extract(cube, P, context);
            found.pixels().spectra().forEach(s -> numbers.add(s.toArray()));
            found.projected().spectra().forEach(s -> numbers.add(s.toArray()));
            numbers.add(found.positions().stream().mapToDouble(i -> i).toArray());
        } else if (method instanceof AbundanceSolver solver) {
            Abundances found = solver.solve(cube, GIVEN, context);
            for (int k = 0; k < P; k++) {
                numbers.add(found.maps().map(k).toArray());
            }
            numbers.add(found.diagnostics().figures().values().stream()
                    .mapToDouble(v -> v)
                    .toArray());
            numbers.add(new double[] {found.diagnostics().iterations()});
        } else if (method instanceof BlindUnmixer unmixer) {
            Factorization found = unmixer.unmix(cube, P, context);
            for (int k = 0; k < P; k++) {
                numbers.add(found.abundances().map(k).toArray());
            }
            found.endmembers().spectra().forEach(s -> numbers.add(s.toArray()));
            numbers.add(found.objective().stream().mapToDouble(v -> v).toArray());
            found.maps().forEach(map -> numbers.add(map.toArray()));
            found.spectra().forEach(spectrum -> numbers.add(spectrum.toArray()));
            numbers.add(found.diagnostics().figures().values().stream()
                    .mapToDouble(v -> v)
                    .toArray());
        } else {
            throw new AssertionError("this test does not know the role of " + method.name());
        }
        return numbers;
    }

    /** A crop whose rows are no run of its source, with a mask and missing samples. */
    private static Cube scene(double invalidSamples) {
        return SPOILT.computeIfAbsent(invalidSamples, EveryMethodTest::spoilt);
    }

    private static Cube spoilt(double invalidSamples) {
        Cube whole = Scenes.scene(ROWS + 5, COLUMNS + 9, BANDS, P, 0.01, 5);
        Cube.Builder builder = Cube.builderLike(whole);
        for (int r = 0; r < whole.rows(); r++) {
            for (int c = 0; c < whole.columns(); c++) {
                double[] y = whole.spectrum(r, c).toArray();
                if (isMasked(r - 2, c - 3)) {
                    Arrays.fill(y, invalidSamples);
                }
                if (isMissing(r - 2, c - 3)) {
                    y[(r + c) % BANDS] = Double.NaN;
                }
                builder.pixel(r, c, y);
            }
        }
        return builder.build()
                .crop(new Region(2, 3, ROWS, COLUMNS))
                .masked(Mask.of(ROWS, COLUMNS, i -> !isMasked(i / COLUMNS, i % COLUMNS)));
    }

    private static boolean isMasked(int r, int c) {
        return (r * 7 + c * 3) % 11 == 0 || r == 40;
    }

    private static boolean isMissing(int r, int c) {
        return (r * 5 + c) % 13 == 0;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void isTheSameOnAnyNumberOfThreads(Method method) {
        Cube scene = scene(0.5);
        long[][] one = bits(method, scene, RunContext.sequential());
        for (int threads : new int[] {2, 7}) {
            RunContext many = RunContext.defaults().withParallelism(threads).withExecutor(POOL);
            assertThat(bits(method, scene, many)).as(threads + " threads").isDeepEqualTo(one);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatInvalidPixelsHoldChangesNothing(Method method) {
        Region twoTiles = new Region(0, 0, 45, COLUMNS);
        long[][] expected = bits(method, scene(0.5).crop(twoTiles), RunContext.sequential());
        for (double samples : new double[] {1e30, -7, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(bits(method, scene(samples).crop(twoTiles), RunContext.sequential()))
                    .as("masked samples of " + samples)
                    .isDeepEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void invalidPixelsAreNaNOrNotChosen(Method method) {
        Cube scene = scene(0.5);
        List<double[]> found = run(method, scene, RunContext.sequential());
        if (method instanceof EndmemberExtractor) {
            double[] positions = found.get(found.size() - 1);
            assertThat(positions).doesNotHaveDuplicates();
            for (double position : positions) {
                assertThat(scene.validMask().get((int) position)).isTrue();
            }
        } else {
            for (int k = 0; k < P; k++) {
                for (int i = 0; i < scene.pixels(); i++) {
                    assertThat(Double.isNaN(found.get(k)[i]))
                            .isEqualTo(!scene.validMask().get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aPixelDoesNotKnowItsPlace(Method method) {
        if (method instanceof AbundanceSolver solver && solver.fit(GIVEN) instanceof PixelAbundanceModel) {
            Cube scene = scene(0.5);
            Cube part = scene.crop(new Region(50, 11, 20, 30));
            Abundances whole = solver.solve(scene, GIVEN, RunContext.sequential());
            Abundances crop = solver.solve(part, GIVEN, RunContext.sequential());
            for (int r = 0; r < part.rows(); r++) {
                for (int c = 0; c < part.columns(); c++) {
                    assertThat(crop.maps().abundances(r, c))
                            .isEqualTo(whole.maps().abundances(50 + r, 11 + c));
                }
            }
        }
    }

    /** The methods that solve pixel by pixel, and the number of endmembers for each way of the exact ones. */
    static Stream<Arguments> pixelSolvers() {
        return fullMethods()
                .filter(method ->
                        method instanceof AbundanceSolver solver && solver.fit(GIVEN) instanceof PixelAbundanceModel)
                .flatMap(method -> Stream.of(5, 12, 16).map(p -> Arguments.of(method, p)));
    }

    @ParameterizedTest
    @MethodSource("pixelSolvers")
    void nothingIsAllocatedForAPixel(AbundanceSolver solver, int p) {
        PixelAbundanceModel model = (PixelAbundanceModel) solver.fit(Scenes.given(24, p, 5));
        for (Precision precision : Precision.values()) {
            Cube scene = Scenes.scene(20, 30, 24, p, 0.02, 5).toHeap(precision);
            // An object a tile may be, but nothing for each of its 600 pixels.
            assertThat(Allocations.ofKnownTile(model, scene)).isLessThan(64);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void samplesFromAFileGiveWhatSamplesOnTheHeapGive(Method method) {
        Cube heap = WHOLE;
        Cube file = Cube.builder(new Scenes.CountingSource(heap, () -> {})).build();
        assertThat(bits(method, file, RunContext.defaults())).isDeepEqualTo(bits(method, heap, RunContext.defaults()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void stopsWithinATileWhenCancelled(Method method) {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger after = new AtomicInteger();
        Scenes.CountingSource source = new Scenes.CountingSource(WHOLE, () -> {
            if (stop.getAndSet(true)) {
                after.incrementAndGet();
            }
        });
        RunContext context = RunContext.sequential().withCancellation(stop::get);
        assertThatThrownBy(() -> run(method, Cube.builder(source).build(), context))
                .isInstanceOf(CancellationException.class);
        assertThat(after).as("tiles read after the cancellation").hasValue(0);
    }

    /** What a time limit relies on: no method computes long without looking whether it shall stop. */
    @ParameterizedTest
    @MethodSource("fullMethods")
    void stopsWithinAMomentWhenCancelled(Method method) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        RunContext context = RunContext.sequential()
                .withCancellation(() -> clock.getCurrentThreadCpuTime() - start > LIMIT_NANOSECONDS);
        try {
            solve(method, MANY_BANDS, LIBRARY, 6, context);
        } catch (CancellationException e) {
            assertThat(e).hasMessageContaining("cancelled");
        }
        // Time of this thread's own work, so that other programs do not count. All stop within 31 ms here; a slower
        // machine, and
        // code that is not compiled yet, may take many times that.
        assertThat(clock.getCurrentThreadCpuTime() - start).isLessThan(LIMIT_NANOSECONDS + 1_000_000_000L);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void stopsWhenTheThreadIsInterruptedAndKeepsTheInterrupt(Method method) {
        Cube scene = WHOLE;
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> run(method, scene, RunContext.sequential()))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void modelsSurviveSerialisation(Method method) throws Exception {
        if (method instanceof AbundanceSolver solver) {
            AbundanceModel model = solver.fit(GIVEN);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(model);
            AbundanceModel copy =
                    (AbundanceModel) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

            assertThat(copy.bands()).isEqualTo(BANDS);
            assertThat(copy.outputs()).isEqualTo(P);
            assertThat(copy.diagnostics()).isEqualTo(model.diagnostics());
            Cube scene = Scenes.scene(8, 8, BANDS, P, 0.01, 5);
            double[][] expected =
                    model.solve(scene, RunContext.sequential()).maps().toMatrix();
            double[][] found = copy.solve(scene, RunContext.sequential()).maps().toMatrix();
            assertThat(found).isDeepEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void saysWhatItIs(Method method) {
        assertThat(method.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(method.family()).isEqualTo("unmixing");
        assertThat(method.role())
                .isEqualTo(
                        method instanceof EndmemberExtractor
                                ? "endmember extractor"
                                : method instanceof BlindUnmixer ? "blind unmixer" : "abundance solver");
        assertThat(method.summary()).endsWith(".");
        assertThat(method.reference()).containsPattern("[12][0-9]{3}");
        assertThat(Options.of(method))
                .allSatisfy(option -> assertThat(option.value()).isNotEmpty());
    }

    @Test
    void thereAreAtLeastTwentyEight() {
        assertThat(new UnmixingMethods().methods()).hasSizeGreaterThanOrEqualTo(28);
    }

    @Test
    void theToolFindsThemByTheirNames() {
        assertThat(Methods.all(EndmemberExtractor.class).stream().map(Method::name))
                .contains("auto", "vca", "atgp", "spa", "nfindr", "sivm", "sga", "sisal", "mvsa", "ppi")
                .doesNotHaveDuplicates();
        assertThat(Methods.all(AbundanceSolver.class).stream().map(Method::name))
                .contains("auto", "ucls", "scls", "nnls", "fcls")
                .doesNotHaveDuplicates();
        assertThat(Methods.all(BlindUnmixer.class).stream().map(Method::name))
                .contains("nmf")
                .doesNotHaveDuplicates();
        Vca seeded = Options.with(Vca.withDefaults(), "seed", "7");
        assertThat(seeded.seed()).hasValue(7);
    }
}
