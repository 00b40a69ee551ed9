package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Options;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputsTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Cube SCENE = Scenes.scene(5, 6, 8, 3, 0.01, 1);
    private static final Endmembers GIVEN = Scenes.given(8, 3, 1);

    static Stream<Arguments> refused() {
        Cube empty = SCENE.masked(Mask.of(5, 6, i -> false));
        return Stream.of(
                refusal(
                        "no valid pixel to count endmembers in",
                        () -> Unmixing.of(empty).run(),
                        IllegalArgumentException.class,
                        "the scene has no valid pixel to count endmembers in"),
                refusal(
                        "endmembers and an extractor",
                        () -> Unmixing.of(SCENE)
                                .endmembers(GIVEN)
                                .extract(Vca.withDefaults())
                                .run(),
                        IllegalStateException.class,
                        "the endmembers are given, so there is nothing to extract: leave out endmembers(Endmembers) "
                                + "or extract(vca)"),
                refusal(
                        "endmembers and a blind method",
                        () -> Unmixing.of(SCENE)
                                .endmembers(GIVEN)
                                .blind(Nmf.withDefaults())
                                .run(),
                        IllegalStateException.class,
                        "the endmembers are given, so there is nothing to find: leave out endmembers(Endmembers) "
                                + "or blind(nmf)"),
                refusal(
                        "no blind method",
                        () -> Unmixing.of(SCENE).blind(nothing()),
                        NullPointerException.class,
                        "method"),
                refusal(
                        "no iteration",
                        () -> Nmf.withDefaults().withMaxIterations(0),
                        IllegalArgumentException.class,
                        "the number of iterations must be at least 1, not 0"),
                refusal(
                        "tolerance that is no number",
                        () -> Nmf.withDefaults().withTolerance(Double.NaN),
                        IllegalArgumentException.class,
                        "the tolerance must be a number of at least 0, not NaN"),
                refusal(
                        "candidates of another shape",
                        () -> Unmixing.of(SCENE).candidates(Mask.all(6, 5)),
                        IllegalArgumentException.class,
                        "mask is 6x5 but the cube is 5x6"),
                refusal(
                        "too few candidates",
                        () -> Unmixing.of(SCENE)
                                .endmembers(4)
                                .candidates(Mask.of(5, 6, i -> i < 3))
                                .run(RUN),
                        IllegalArgumentException.class,
                        "4 endmembers asked for but there are 3 candidates"),
                refusal(
                        "endmembers and candidates",
                        () -> Unmixing.of(SCENE)
                                .endmembers(GIVEN)
                                .candidates(Mask.all(5, 6))
                                .run(RUN),
                        IllegalStateException.class,
                        "the endmembers are given, so there is nothing to extract: leave out endmembers(Endmembers) or "
                                + "candidates(Mask)"),
                refusal(
                        "a blind method and candidates",
                        () -> Unmixing.of(SCENE)
                                .endmembers(3)
                                .candidates(Mask.all(5, 6))
                                .blind(Nmf.withDefaults())
                                .run(RUN),
                        IllegalStateException.class,
                        "a blind method looks at all pixels: leave out candidates(Mask) or blind(nmf)"),
                refusal(
                        "count of zero",
                        () -> Unmixing.of(SCENE).endmembers(0),
                        IllegalArgumentException.class,
                        "the number of endmembers must be at least 1, not 0"),
                refusal(
                        "negative count",
                        () -> Vca.withDefaults().extract(SCENE, -3, RUN),
                        IllegalArgumentException.class,
                        "the number of endmembers must be at least 1, not -3"),
                refusal(
                        "more endmembers than bands",
                        () -> Unmixing.of(SCENE).endmembers(9).run(RUN),
                        IllegalArgumentException.class,
                        "9 endmembers asked for but the cube has 8 bands"),
                refusal(
                        "more endmembers than pixels",
                        () -> Vca.withDefaults().extract(SCENE.masked(Mask.of(5, 6, i -> i < 4)), 5, RUN),
                        IllegalArgumentException.class,
                        "5 endmembers asked for but the cube has 4 valid pixels"),
                refusal(
                        "no valid pixel",
                        () -> Unmixing.of(empty).endmembers(2).run(RUN),
                        IllegalArgumentException.class,
                        "2 endmembers asked for but the cube has 0 valid pixels"),
                refusal(
                        "other bands through the face",
                        () -> Unmixing.of(SCENE).endmembers(Scenes.given(7, 3, 1)),
                        IllegalArgumentException.class,
                        "endmembers have 7 bands but the cube has 8"),
                refusal(
                        "other bands through the solver",
                        () -> Fcls.withDefaults().solve(SCENE, Scenes.given(224, 3, 1), RUN),
                        IllegalArgumentException.class,
                        "endmembers have 224 bands but the cube has 8"),
                refusal(
                        "NaN in an endmember",
                        () -> Fcls.withDefaults()
                                .solve(
                                        SCENE,
                                        Endmembers.of(List.of(Spectrum.of(1, 2, 3, Double.NaN, 5, 6, 7, 8))),
                                        RUN),
                        IllegalArgumentException.class,
                        "endmember 'em1' has no value in some band"),
                refusal(
                        "no memory for the abundances",
                        () -> Ucls.withDefaults().solve(SCENE, GIVEN, RUN.withMemoryLimit(719)),
                        IllegalArgumentException.class,
                        "the abundance maps would take 720 bytes but the memory limit of this run is 719 bytes"),
                refusal("no scene", () -> Unmixing.of(nothing()), NullPointerException.class, "cube"),
                refusal(
                        "no extractor",
                        () -> Unmixing.of(SCENE).extract(nothing()),
                        NullPointerException.class,
                        "method"),
                refusal(
                        "no solver",
                        () -> Unmixing.of(SCENE).abundances(nothing()),
                        NullPointerException.class,
                        "method"),
                refusal(
                        "no context",
                        () -> Unmixing.of(SCENE).endmembers(2).run(nothing()),
                        NullPointerException.class,
                        "context"),
                refusal(
                        "unknown option",
                        () -> Options.with(Vca.withDefaults(), "sed", "1"),
                        IllegalArgumentException.class,
                        "method 'vca' has no option 'sed'; it has projection, seed"),
                refusal(
                        "seed that is no number",
                        () -> Options.with(Vca.withDefaults(), "seed", "seven"),
                        IllegalArgumentException.class,
                        "option seed needs a number, not 'seven'"),
                refusal(
                        "projection of another name",
                        () -> Options.with(Vca.withDefaults(), "projection", "sideways"),
                        IllegalArgumentException.class,
                        "option projection is one of auto|projective|mean-removed, not 'sideways'"),
                refusal(
                        "no start",
                        () -> AutoExtractor.withDefaults().withStarts(0),
                        IllegalArgumentException.class,
                        "the number of starts must be at least 1, not 0"),
                refusal(
                        "option of a method without any",
                        () -> Options.with(Fcls.withDefaults(), "tolerance", "1"),
                        IllegalArgumentException.class,
                        "method 'fcls' has no option 'tolerance'; it has none"),
                refusal(
                        "extraction with too few positions",
                        () -> new Extraction(GIVEN, GIVEN, List.of(1, 2), Diagnostics.none()),
                        IllegalArgumentException.class,
                        "3 pixels, 3 projected pixels and 2 positions do not belong together"),
                refusal(
                        "extraction with other bands",
                        () -> new Extraction(GIVEN, Scenes.given(9, 3, 1), List.of(1, 2, 3), Diagnostics.none()),
                        IllegalArgumentException.class,
                        "pixels have 8 bands but projected pixels have 9"));
    }

    private static Arguments refusal(
            String name, ThrowingCallable call, Class<? extends Throwable> type, String message) {
        return Arguments.of(name, call, type, message);
    }

    /** Null where the compiler would not have it. */
    private static <T> T nothing() {
        return null;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedInTheCallersWords(
            String name, ThrowingCallable call, Class<? extends Throwable> type, String message) {
        assertThatThrownBy(call).as(name).isExactlyInstanceOf(type).hasMessage(message);
    }

    @Test
    void statisticsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Vca.withDefaults().extract(SCENE, 2, RUN.withMemoryLimit(100)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" but the memory limit of this run is 100 bytes");
    }

    @Test
    void aSceneWithoutValidPixelsGivesMapsWithoutValues() {
        Cube empty = SCENE.masked(Mask.of(5, 6, i -> false));
        UnmixingResult result = Unmixing.of(empty).endmembers(GIVEN).run(RUN);
        assertThat(result.abundances().valid().count()).isZero();
        assertThat(result.residual().valid().count()).isZero();
        assertThat(result.diagnostics().figures())
                .doesNotContainKey("residual_rms")
                .containsEntry("negatives", 0.0);
        assertThat(result.diagnostics().converged()).isTrue();
    }

    @Test
    void numbersAtTheEndsOfTheRangeEndWithNumbers() {
        for (double unit : new double[] {1e-150, 1e150}) {
            double[][] planes = new double[8][30];
            for (int b = 0; b < 8; b++) {
                double[] plane = SCENE.plane(b);
                for (int i = 0; i < 30; i++) {
                    planes[b][i] = plane[i] * unit;
                }
            }
            double[][] e = GIVEN.toMatrix();
            for (double[] row : e) {
                for (int k = 0; k < 3; k++) {
                    row[k] *= unit;
                }
            }
            for (AbundanceSolver solver : new AbundanceSolver[] {
                Ucls.withDefaults(), Scls.withDefaults(), Nnls.withDefaults(), Fcls.withDefaults()
            }) {
                Abundances scaled = solver.solve(Cube.of(5, 6, planes), Endmembers.ofMatrix(e), RUN);
                Abundances usual = solver.solve(SCENE, GIVEN, RUN);
                for (int i = 0; i < 30; i++) {
                    assertThat(scaled.maps().abundances(i / 6, i % 6))
                            .as(solver.name() + " at " + unit)
                            .containsExactly(
                                    usual.maps().abundances(i / 6, i % 6),
                                    org.assertj.core.api.Assertions.within(1e-9));
                }
            }
        }
    }
}
