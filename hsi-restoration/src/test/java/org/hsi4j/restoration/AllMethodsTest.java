package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.FormulaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method of the module that mends a scene, those to come included: it goes through the table of methods. */
class AllMethodsTest {
    private static final int BANDS = 12;

    static Stream<Restorer> restorers() {
        return new RestorationMethods()
                .methods().stream().filter(Restorer.class::isInstance).map(Restorer.class::cast);
    }

    static Stream<Denoiser> denoisers() {
        return restorers().filter(Denoiser.class::isInstance).map(Denoiser.class::cast);
    }

    private static double[][] planes(Cube cube) {
        return IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
    }

    /** Methods that iterate are kept short: each iteration does the same. */
    private static Restorer shortened(Restorer restorer) {
        return Options.of(restorer).stream().anyMatch(option -> option.name().equals("iterations"))
                ? Options.with(restorer, "iterations", "4")
                : restorer;
    }

    @Test
    void theTableHoldsWhatTheModuleOffers() {
        assertThat(Methods.all(Restorer.class))
                .extracting(Method::name)
                .startsWith("auto", "whitened-svd")
                .doesNotHaveDuplicates();
        assertThat(restorers()).allSatisfy(method -> {
            assertThat(method.family()).isEqualTo("restoration");
            assertThat(method.summary()).endsWith(".");
            assertThat(method.reference()).matches(".*\\b(19|20)\\d\\d\\b.*");
        });
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void denoises(Denoiser denoiser) {
        double[][] clean = Scenes.image(50, 30, BANDS, 3, 1);
        Cube truth = Cube.of(50, 30, clean);
        Cube noisy = Cube.of(50, 30, Scenes.noisy(clean, Scenes.even(BANDS, 0.05), 2));

        RestoredCube restored = Restoring.of(noisy).with(denoiser).run();

        // Three of twelve dimensions of the noise remain at least: half of its deviation.
        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(0.6 * Scenes.rms(noisy, truth));
        assertThat(restored.diagnostics().elapsed()).isPositive();
    }

    /** Three tiles of 12 bands, non-square, with masked and non-finite pixels. */
    @ParameterizedTest
    @MethodSource("restorers")
    void threadsDoNotChangeABit(Restorer full) {
        Restorer restorer = shortened(full);
        Cube cube = Scenes.spoilt(47, 197, BANDS, 11, 1e6);
        RestoredCube one = Restoring.of(cube).with(restorer).run(RunContext.sequential());
        ForkJoinPool pool = new ForkJoinPool(7);
        try {
            for (int threads : new int[] {2, 7}) {
                RestoredCube many = Restoring.of(cube)
                        .with(restorer)
                        .run(RunContext.defaults().withExecutor(pool).withParallelism(threads));
                assertThat(Arrays.deepEquals(planes(many.cube()), planes(one.cube())))
                        .isTrue();
                assertThat(many.diagnostics().figures())
                        .isEqualTo(one.diagnostics().figures());
            }
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void invalidPixelsChangeNothingElse(Denoiser denoiser) {
        Cube some = Restoring.of(Scenes.spoilt(31, 17, BANDS, 4, 1e6))
                .with(denoiser)
                .run()
                .cube();
        Cube other = Restoring.of(Scenes.spoilt(31, 17, BANDS, 4, -3.5))
                .with(denoiser)
                .run()
                .cube();

        assertThat(Arrays.deepEquals(planes(some), planes(other))).isTrue();
        IntPredicate spoilt = Scenes::isSpoilt;
        assertThat(some.validMask()).isEqualTo(Mask.of(31, 17, spoilt.negate()));
        for (int b = 0; b < BANDS; b++) {
            double[] plane = some.plane(b);
            for (int i = 0; i < plane.length; i++) {
                assertThat(Double.isNaN(plane[i])).isEqualTo(Scenes.isSpoilt(i));
            }
        }
    }

    /** Whatever lies in masked pixels, no other sample changes, of no method, held or streamed; and none is lost. */
    @ParameterizedTest
    @MethodSource("restorers")
    void maskedPixelsDoNotSpread(Restorer restorer) {
        Mask mask = Mask.of(31, 17, i -> i % 7 != 3);
        Cube some = Scenes.noisy(31, 17, BANDS, 4).masked(mask);
        Cube other = garbage(some, Double.NaN).masked(mask);
        Cube more = garbage(some, 1e6).masked(mask);
        RunContext run = RunContext.defaults();
        double[][] expected = planes(Restoring.of(some).with(restorer).run(run).cube());

        assertThat(Arrays.deepEquals(
                        planes(Restoring.of(other).with(restorer).run(run).cube()), expected))
                .isTrue();
        assertThat(Arrays.deepEquals(
                        planes(Restoring.of(more).with(restorer).run(run).cube()), expected))
                .isTrue();
        if (restorer instanceof StreamingRestorer streaming) {
            double[][] streamed = planes(streaming.stream(some, run).cube());
            assertThat(Arrays.deepEquals(planes(streaming.stream(other, run).cube()), streamed))
                    .isTrue();
            assertThat(Arrays.deepEquals(planes(streaming.stream(more, run).cube()), streamed))
                    .isTrue();
        }
        if (expected[0].length == 31 * 17) {
            for (double[] plane : expected) {
                assertThat(Mask.of(31, 17, i -> !Double.isNaN(plane[i]))).isEqualTo(mask);
            }
        }
    }

    private static Cube garbage(Cube cube, double value) {
        double[][] planes = planes(cube);
        for (int b = 0; b < planes.length; b++) {
            for (int i = 3; i < planes[b].length; i += 7) {
                planes[b][i] = value * (b + 1 + i % 5);
            }
        }
        return Cube.of(cube.rows(), cube.columns(), planes);
    }

    /** Cancelled while a tile is read: of the many tiles of the scene no further one is. */
    @ParameterizedTest
    @MethodSource("restorers")
    void aCancelledRunStopsWithinATile(Restorer restorer) {
        int capacity = PixelTile.capacityFor(BANDS);
        int later = restorer instanceof Denoiser ? 25 : 15; // after the statistics, of methods that need any
        for (int stopAt : new int[] {1, later}) {
            AtomicInteger reads = new AtomicInteger();
            Cube cube = Cube.builder(new FormulaSource(20, capacity, BANDS, Precision.DOUBLE, (pixel, band) -> {
                        if (pixel % capacity == 0 && band == 0) {
                            reads.incrementAndGet();
                        }
                        return Math.sin(pixel * (1.0 + 0.37 * band)) + band;
                    }))
                    .build();
            RunContext context = RunContext.sequential().withCancellation(() -> reads.get() >= stopAt);

            assertThatThrownBy(() -> Restoring.of(cube).with(restorer).run(context))
                    .isInstanceOf(CancellationException.class);
            assertThat(reads.get()).isEqualTo(stopAt);
        }
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void metadataIsKept(Denoiser denoiser) {
        Cube.Builder builder = Cube.builder(4, 9, 3, Precision.FLOAT);
        double[][] planes = planes(Scenes.noisy(4, 9, 3, 1));
        for (int b = 0; b < 3; b++) {
            builder.plane(b, planes[b]);
        }
        GeoReference place = new GeoReference("UTM", 500000, 5800000, 30, 30, 0, 33, true, "WGS-84", "Meters", "");
        Cube cube = builder.name("field")
                .quantity(Quantity.RADIANCE)
                .wavelengths(Wavelengths.of(450, 550, 650))
                .bandNames(List.of("blue", "green", "red"))
                .goodBands(true, false, true)
                .geoReference(place)
                .noData(-9999)
                .provenance("measured")
                .build();

        Cube restored = Restoring.of(cube).with(denoiser).run().cube();

        assertThat(restored.name()).isEqualTo("field");
        assertThat(restored.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(restored.precision()).isEqualTo(Precision.FLOAT);
        assertThat(restored.wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(restored.bandNames()).isEqualTo(cube.bandNames());
        assertThat(restored.isGoodBand(1)).isFalse();
        assertThat(restored.geoReference()).contains(place);
        assertThat(restored.provenance()).startsWith("measured");
        assertThat(restored.provenance().get(1)).startsWith("denoised by ");
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void oneBandStaysAsItIs(Denoiser denoiser) {
        Cube cube = Scenes.noisy(7, 5, 1, 3);
        RestoredCube restored = Restoring.of(cube).with(denoiser).run();

        assertThat(restored.cube().plane(0)).containsExactly(cube.plane(0));
        assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("one band"));
    }

    /** One pixel is its own subspace; only rounding may change it. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void onePixelStaysAsItIs(Denoiser denoiser) {
        Cube cube = Scenes.noisy(1, 1, BANDS, 3);

        assertThat(Scenes.rms(Restoring.of(cube).with(denoiser).run().cube(), cube))
                .isLessThan(1e-12);
    }

    /** Too few pixels to tell noise from signal well: the scene comes back no worse than it was, and that is told. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void noMorePixelsThanBands(Denoiser denoiser) {
        for (int bands : new int[] {8, 12, 40}) {
            double[][] clean = Scenes.image(3, 4, bands, 3, 5);
            Cube truth = Cube.of(3, 4, clean);
            Cube noisy = Cube.of(3, 4, Scenes.noisy(clean, Scenes.uneven(bands), 6));
            RestoredCube restored = Restoring.of(noisy).with(denoiser).run();

            // To rounding, where nothing could be done.
            assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(Scenes.rms(noisy, truth) * (1 + 1e-6));
            assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("cannot be estimated reliably"));
        }
    }

    /** Bands without noise to be found are kept; the others are denoised all the same. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void equalConstantAndEmptyBands(Denoiser denoiser) {
        double[][] clean = Scenes.image(20, 30, BANDS, 3, 1);
        double[][] noisy = Scenes.noisy(clean, Scenes.even(BANDS, 0.05), 2);
        noisy[3] = noisy[1].clone();
        Arrays.fill(noisy[5], 0);
        Arrays.fill(noisy[8], 2.5);
        for (int b : new int[] {1, 3, 5, 8}) {
            clean[b] = noisy[b];
        }
        Cube cube = Cube.of(20, 30, noisy);
        Cube truth = Cube.of(20, 30, clean);

        RestoredCube restored = Restoring.of(cube).with(denoiser).run();

        assertThat(restored.cube().validMask().count()).isEqualTo(600);
        // Their noise is taken for 1e-5 of the scene by the ridge of the regression, for 1e-6 of the band at least.
        for (int b : new int[] {1, 3, 5, 8}) {
            assertThat(restored.cube().plane(b)).containsExactly(noisy[b], within(1e-4));
        }
        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(0.8 * Scenes.rms(cube, truth));
        assertThat(restored.diagnostics().notes()).isNotEmpty();
    }

    /** As dead detectors leave it: every pixel the same. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void aSceneOfOneColourStaysAsItIs(Denoiser denoiser) {
        double[][] planes = new double[5][63];
        for (int b = 0; b < 5; b++) {
            Arrays.fill(planes[b], 0.1 * (b + 1));
        }
        Cube cube = Cube.of(7, 9, planes);

        assertThat(Scenes.rms(Restoring.of(cube).with(denoiser).run().cube(), cube))
                .isLessThan(1e-12);
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void nothingButZeros(Denoiser denoiser) {
        RestoredCube restored =
                Restoring.of(Cube.of(3, 5, new double[4][15])).with(denoiser).run();

        for (int b = 0; b < 4; b++) {
            assertThat(restored.cube().plane(b)).containsOnly(0);
        }
        assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("free of noise"));
    }

    @ParameterizedTest
    @MethodSource("restorers")
    void noValidPixel(Restorer restorer) {
        Cube cube = Scenes.noisy(3, 5, 4, 1).masked(Mask.of(3, 5, i -> false));
        RestoredCube restored = Restoring.of(cube).with(restorer).run();

        assertThat(restored.cube().validMask().count()).isZero();
        assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("no valid pixel"));
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void samplesOfExtremeSize(Denoiser denoiser) {
        Cube cube = Scenes.noisy(20, 20, 5, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Restoring.of(cube.scaled(1e200, 0)).with(denoiser).run())
                .withMessageContaining("so large");

        for (double scale : new double[] {1e140, 1e-140}) {
            Cube restored =
                    Restoring.of(cube.scaled(scale, 0)).with(denoiser).run().cube();
            assertThat(restored.validMask().count()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @MethodSource("restorers")
    void aCubeThatDoesNotFitIsRefused(Restorer restorer) {
        Cube cube = Scenes.noisy(100, 100, 4, 1);
        RunContext small = RunContext.sequential().withMemoryLimit(300_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restoring.of(cube).with(restorer).run(small))
                .withMessageContaining("memory limit");
    }
}
