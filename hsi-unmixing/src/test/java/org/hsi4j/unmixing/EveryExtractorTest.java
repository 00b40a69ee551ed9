package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every extractor of the catalog promises at the edges. */
class EveryExtractorTest {
    private static final RunContext RUN = RunContext.sequential();

    static Stream<EndmemberExtractor> extractors() {
        return new UnmixingMethods()
                .methods().stream().filter(EndmemberExtractor.class::isInstance).map(EndmemberExtractor.class::cast);
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void refusesCountsInTheCallersWords(EndmemberExtractor method) {
        Cube scene = Scenes.scene(5, 6, 8, 3, 0.01, 1);
        assertThatThrownBy(() -> method.extract(scene, 0, RUN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of endmembers must be at least 1, not 0");
        assertThatThrownBy(() -> method.extract(scene, 9, RUN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("9 endmembers asked for but the cube has 8 bands");
        Cube four = scene.masked(Mask.of(5, 6, i -> i < 4));
        assertThatThrownBy(() -> method.extract(four, 5, RUN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 endmembers asked for but the cube has 4 valid pixels");
        assertThatThrownBy(() -> method.extract(four.masked(Mask.of(5, 6, i -> i > 4)), 1, RUN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 endmembers asked for but the cube has 0 valid pixels");
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void onePixelIsItsOwnEndmember(EndmemberExtractor method) {
        Extraction found = method.extract(Cube.of(1, 1, new double[][] {{3}, {4}}), 1, RUN);
        assertThat(found.positions()).containsExactly(0);
        assertThat(found.pixels().get(0).toArray()).containsExactly(3, 4);
        assertThat(found.projected().get(0).toArray())
                // Nothing but rounding is projected away.
                .containsExactly(new double[] {3, 4}, org.assertj.core.api.Assertions.within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void oneBandHoldsOneEndmember(EndmemberExtractor method) {
        Extraction found = method.extract(Cube.of(2, 2, new double[][] {{1, 5, 2, 3}}), 1, RUN);
        assertThat(found.pixels().bands()).isEqualTo(1);
        assertThat(found.positions()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void asManyAsBandsOrPixels(EndmemberExtractor method) {
        Cube scene = Scenes.scene(6, 7, 5, 3, 0.01, 9);
        assertThat(method.extract(scene, 5, RUN).positions()).hasSize(5).doesNotHaveDuplicates();
        Cube four = scene.masked(Mask.of(6, 7, i -> i % 11 == 0));
        assertThat(method.extract(four, 4, RUN).positions()).containsExactlyInAnyOrder(0, 11, 22, 33);
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void scenesOfTooFewMaterialsGiveDistinctPixelsAndFiniteSpectra(EndmemberExtractor method) {
        double[][] e = Scenes.endmembers(10, 2, 3);
        Random random = new Random(2);
        for (String kind : List.of("constant", "zero", "two materials", "one bright pixel", "zeros among others")) {
            double[][] planes = new double[10][20];
            for (int i = 0; i < 20; i++) {
                double share = random.nextDouble();
                for (int b = 0; b < 10; b++) {
                    planes[b][i] = switch (kind) {
                        case "constant" -> e[b][0];
                        case "two materials" -> share * e[b][0] + (1 - share) * e[b][1];
                        case "one bright pixel" -> i == 11 ? e[b][0] : 0;
                        case "zeros among others" -> i % 3 == 0 ? 0 : e[b][0] + 0.01 * random.nextGaussian();
                        default -> 0;
                    };
                }
            }
            Extraction found = method.extract(Cube.of(4, 5, planes), 5, RUN);
            assertThat(found.positions()).as(kind).doesNotHaveDuplicates().hasSize(5);
            assertThat(found.projected().spectra()).as(kind).allMatch(Spectrum::isComplete);
            if (!kind.equals("zeros among others")) {
                assertThat(found.diagnostics().notes())
                        .as(kind)
                        .anyMatch(note -> note.startsWith("the scene has rank "));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void constantBandsChangeNothing(EndmemberExtractor method) {
        Cube scene = Scenes.scene(8, 9, 6, 3, 0, 4);
        List<double[]> planes = new ArrayList<>();
        for (int b = 0; b < 6; b++) {
            planes.add(scene.plane(b));
        }
        planes.add(new double[72]);
        Cube more = Cube.of(8, 9, planes.toArray(double[][]::new));
        assertThat(method.extract(more, 3, RUN).positions())
                .isEqualTo(method.extract(scene, 3, RUN).positions());
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void findsThePurePixelsOfANoiselessScene(EndmemberExtractor method) {
        Cube scene = Scenes.scene(15, 21, 30, 4, 0, 4);
        Extraction found = method.extract(scene, 4, RUN);
        assertThat(found.positions()).containsExactlyInAnyOrder(7, 10, 13, 16);
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void namesTheEndmembersAndKeepsTheWavelengths(EndmemberExtractor method) {
        Wavelengths grid = Wavelengths.of(400, 500, 600, 700);
        double[][] planes = Scenes.mixtures(Scenes.endmembers(4, 2, 1), 20, 0.001, 1);
        Cube.Builder builder = Cube.builder(4, 5, 4, Precision.DOUBLE).wavelengths(grid);
        for (int b = 0; b < 4; b++) {
            builder.plane(b, planes[b]);
        }
        Extraction found = method.extract(builder.build(), 2, RUN);
        assertThat(found.pixels().names()).containsExactly("em1", "em2");
        assertThat(found.projected().wavelengths()).contains(grid);
    }
}
