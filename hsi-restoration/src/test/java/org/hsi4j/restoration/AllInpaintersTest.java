package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every inpainter of the table, those to come included. */
class AllInpaintersTest {
    private static final int ROWS = 30;
    private static final int COLUMNS = 41;
    private static final int BANDS = 24;

    static Stream<Inpainter> inpainters() {
        return AllMethodsTest.restorers().filter(Inpainter.class::isInstance).map(Inpainter.class::cast);
    }

    private static double[][] planes(Cube cube) {
        return IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
    }

    private static List<Mask> gaps(int rows, int columns, int bands, double share, long seed) {
        Random random = new Random(seed);
        List<Mask> masks = new ArrayList<>();
        for (int b = 0; b < bands; b++) {
            masks.add(Mask.of(rows, columns, i -> random.nextDouble() < share));
        }
        return masks;
    }

    /** Half of the samples are gone; the error is a tenth of the scene's size at most, as of lines between bands far apart. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void fillsWhatIsMissing(Inpainter inpainter) {
        double[][] clean = Scenes.image(ROWS, COLUMNS, BANDS, 3, 1);
        Cube truth = Cube.of(ROWS, COLUMNS, clean);
        Cube gapped = truth.withMissingSamples(gaps(ROWS, COLUMNS, BANDS, 0.5, 2));

        RestoredCube restored = Restoring.of(gapped).with(inpainter).run();

        assertThat(restored.cube().validMask().count()).isEqualTo(ROWS * COLUMNS);
        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(0.3);
        assertThat(restored.diagnostics().figures())
                .containsEntry("missing", restored.diagnostics().figures().get("invented"))
                .containsEntry("empty-pixels", 0.0);
        assertThat(InventedSamples.between(gapped, restored.cube()).count())
                .isEqualTo(restored.diagnostics().figures().get("invented").longValue());
    }

    /** A pixel of garbage under the mask, one without any sample, and others with some: only the last are filled. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void masksAndEmptyPixelsNeitherSpreadNorAreFilled(Inpainter inpainter) {
        Mask kept = Mask.of(ROWS, COLUMNS, i -> i % 13 != 4);
        List<Mask> gaps = gaps(ROWS, COLUMNS, BANDS, 0.2, 3);
        List<Mask> all = gaps.stream()
                .map(mask -> mask.or(Mask.of(ROWS, COLUMNS, i -> i % 17 == 6)))
                .toList();
        List<double[][]> results = new ArrayList<>();
        for (double garbage : new double[] {1e9, -7}) {
            double[][] planes = Scenes.image(ROWS, COLUMNS, BANDS, 3, 1);
            for (double[] plane : planes) {
                for (int i = 4; i < plane.length; i += 13) {
                    plane[i] = garbage;
                }
            }
            Cube cube = Cube.of(ROWS, COLUMNS, planes).masked(kept).withMissingSamples(all);
            results.add(planes(Restoring.of(cube).with(inpainter).run().cube()));
        }

        assertThat(Arrays.deepEquals(results.get(0), results.get(1))).isTrue();
        for (double[] plane : results.get(0)) {
            for (int i = 0; i < plane.length; i++) {
                assertThat(Double.isNaN(plane[i])).isEqualTo(i % 13 == 4 || i % 17 == 6);
            }
        }
    }

    /** What the mask excludes stays out also where empty pixels are filled. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void emptyPixelsAreFilledOnRequest(Inpainter inpainter) {
        if (Options.of(inpainter).stream().noneMatch(option -> option.name().equals("empty-pixels"))) {
            return;
        }
        Cube truth = Cube.of(ROWS, COLUMNS, Scenes.image(ROWS, COLUMNS, BANDS, 3, 1));
        Mask dead = Mask.of(ROWS, COLUMNS, i -> i % COLUMNS == 7 || i % COLUMNS == 20);
        Mask kept = Mask.of(ROWS, COLUMNS, i -> i != 7 && i != 8);
        Cube gapped = truth.masked(kept)
                .withMissingSamples(
                        IntStream.range(0, BANDS).mapToObj(b -> dead).toList());

        Cube filled = Restoring.of(gapped)
                .with(Options.with(inpainter, "empty-pixels", "true"))
                .run()
                .cube();

        assertThat(filled.validMask()).isEqualTo(kept);
        // Neighbouring columns of the scene differ by some hundredths, at its edge by .2.
        assertThat(Scenes.rms(
                        filled.crop(new org.hsi4j.Region(1, 0, ROWS - 1, COLUMNS)),
                        truth.crop(new org.hsi4j.Region(1, 0, ROWS - 1, COLUMNS))))
                .isLessThan(0.05);
    }

    @ParameterizedTest
    @MethodSource("inpainters")
    void aSceneWithoutGapsStaysAsItIs(Inpainter inpainter) {
        Cube cube = Scenes.noisy(7, 9, 5, 1);
        RestoredCube restored = Restoring.of(cube).with(inpainter).run();

        assertThat(Arrays.deepEquals(planes(restored.cube()), planes(cube))).isTrue();
        assertThat(restored.diagnostics().notes()).containsExactly("no sample is missing");
    }

    /** From one sample in all to more bands than pixels: what cannot be filled stays missing, and nothing becomes infinite. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void shapesOfAllKinds(Inpainter inpainter) {
        int[][] shapes = {{1, 1, 1}, {1, 1, 9}, {1, 7, 2}, {5, 1, 3}, {7, 5, 1}, {6, 5, 2}, {3, 4, 40}};
        for (int[] shape : shapes) {
            for (double share : new double[] {0.2, 0.9}) {
                double[][] clean = Scenes.image(shape[0], shape[1], shape[2], 2, 4);
                Cube gapped = Cube.of(shape[0], shape[1], clean)
                        .withMissingSamples(gaps(shape[0], shape[1], shape[2], share, 5));
                double[][] before = planes(gapped);
                RestoredCube restored = Restoring.of(gapped).with(inpainter).run();
                double[][] after = planes(restored.cube());

                boolean alone = shape[2] == 1;
                for (int i = 0; i < after[0].length; i++) {
                    int pixel = i;
                    boolean seen = Arrays.stream(before).anyMatch(plane -> !Double.isNaN(plane[pixel]));
                    for (int b = 0; b < after.length; b++) {
                        boolean bandSeen = Arrays.stream(before[b]).anyMatch(v -> !Double.isNaN(v));
                        if (!seen || (alone && Double.isNaN(before[b][i]))) {
                            assertThat(after[b][i]).isNaN();
                        } else if (bandSeen || !(inpainter instanceof HarmonicInpainting)) {
                            // Values of the scene are within 0 and 5.
                            assertThat(after[b][i]).isBetween(-10.0, 15.0);
                        }
                    }
                }
            }
        }
    }

    /** Shrinkage is a millionth where there is no noise. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void aSceneOfOneColourIsFilledWithIt(Inpainter inpainter) {
        double[][] planes = new double[6][99];
        for (int b = 0; b < 6; b++) {
            Arrays.fill(planes[b], b * 0.1);
        }
        Cube truth = Cube.of(9, 11, planes);
        Cube filled = Restoring.of(truth.withMissingSamples(gaps(9, 11, 6, 0.3, 1)))
                .with(inpainter)
                .run()
                .cube();

        double off = inpainter instanceof SpectralInterpolation ? 0.5 : 1e-4; // at the ends of the spectrum
        for (int b = 0; b < 6; b++) {
            assertThat(filled.plane(b)).containsExactly(planes[b], within(off));
        }
    }

    @ParameterizedTest
    @MethodSource("inpainters")
    void theUnitDoesNotMatter(Inpainter inpainter) {
        Cube truth = Cube.of(9, 11, Scenes.image(9, 11, 6, 2, 1));
        Cube gapped = truth.withMissingSamples(gaps(9, 11, 6, 0.3, 1));
        Cube one = Restoring.of(gapped).with(inpainter).run().cube();
        for (double scale : new double[] {0x1p400, 0x1p-400}) {
            Cube other =
                    Restoring.of(gapped.scaled(scale, 0)).with(inpainter).run().cube();
            // Powers of two change no digit, but squares of such samples may lose some at the edge of the range.
            assertThat(Scenes.rms(one, other.scaled(1 / scale, 0))).isLessThan(1e-6);
        }
    }

    /** Infinite samples and the no-data value are gaps like NaN; metadata are kept. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void everyKindOfGapAndTheMetadata(Inpainter inpainter) {
        double[][] planes = Scenes.image(8, 9, 4, 2, 1);
        planes[1][5] = Double.POSITIVE_INFINITY;
        planes[2][9] = -9999;
        planes[3][40] = Double.NaN;
        Cube.Builder builder = Cube.builder(8, 9, 4, Precision.FLOAT);
        for (int b = 0; b < 4; b++) {
            builder.plane(b, planes[b]);
        }
        Cube cube = builder.name("field")
                .wavelengths(Wavelengths.of(450, 550, 650, 750))
                .noData(-9999)
                .build();
        RestoredCube restored = Restoring.of(cube).with(inpainter).run();

        assertThat(restored.diagnostics().figures()).containsEntry("invented", 3.0);
        assertThat(restored.cube().validMask().count()).isEqualTo(72);
        assertThat(restored.cube().precision()).isEqualTo(Precision.FLOAT);
        assertThat(restored.cube().wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(restored.cube().name()).isEqualTo("field");
        assertThat(restored.cube().provenance())
                .containsExactly("inpainted by " + inpainter.name() + ", 3 samples invented");
    }

    @Test
    void inventedSamplesAreCountedByBandAndPixel() {
        double nan = Double.NaN;
        Cube before = Cube.of(1, 4, new double[][] {{nan, 1, nan, nan}, {nan, 2, 3, nan}});
        Cube after = Cube.of(1, 4, new double[][] {{5, 1, 6, nan}, {7, 2, 3, nan}});
        InventedSamples invented = InventedSamples.between(before, after);

        assertThat(invented.count()).isEqualTo(3);
        assertThat(invented.count(0)).isEqualTo(2);
        assertThat(invented.mask(1)).isEqualTo(Mask.of(1, 4, i -> i == 0));
        assertThat(invented.wholePixels()).isEqualTo(Mask.of(1, 4, i -> i == 0));
        assertThat(invented.touchedPixels()).isEqualTo(Mask.of(1, 4, i -> i == 0 || i == 2));
        assertThat(invented.share()).isEqualTo(0.5);
        assertThat(invented).hasToString("3 invented samples out of 6");
    }

    /** Sequential and parallel runs meet gaps of every kind. */
    @ParameterizedTest
    @MethodSource("inpainters")
    void threadsDoNotChangeABitWhereSamplesAreMissing(Inpainter inpainter) {
        Cube gapped = Cube.of(
                        ROWS,
                        COLUMNS,
                        Scenes.noisy(Scenes.image(ROWS, COLUMNS, BANDS, 3, 1), Scenes.even(BANDS, 0.05), 2))
                .withMissingSamples(gaps(ROWS, COLUMNS, BANDS, 0.6, 2));
        double[][] one = planes(Restoring.of(gapped)
                .with(inpainter)
                .run(RunContext.sequential())
                .cube());
        double[][] many = planes(Restoring.of(gapped)
                .with(inpainter)
                .run(RunContext.defaults().withParallelism(5))
                .cube());

        assertThat(Arrays.deepEquals(one, many)).isTrue();
    }
}
