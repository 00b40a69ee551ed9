package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way in, from a scene to a result. */
class UnmixingTest {
    private static final RunContext RUN = RunContext.sequential();

    /** Those that trade a part of the fit for small abundances. */
    private static final List<String> SPARSE = List.of("sunsal", "csunsal", "clsunsal", "sunsal-tv");

    static Stream<AbundanceSolver> solvers() {
        return new UnmixingMethods()
                .methods().stream()
                        .filter(AbundanceSolver.class::isInstance)
                        .map(AbundanceSolver.class::cast)
                        .filter(solver -> !SPARSE.contains(solver.name()));
    }

    @Test
    void findsTheMixtureOfANoiselessSceneWithPurePixels() {
        Cube scene = Scenes.scene(12, 17, 20, 3, 0, 4);
        Endmembers truth = Scenes.given(20, 3, 4);
        UnmixingResult result = Unmixing.of(scene).endmembers(3).run();

        assertThat(result.extraction().orElseThrow().positions()).containsExactlyInAnyOrder(7, 10, 13);
        assertThat(result.endmembers())
                .isEqualTo(result.extraction().orElseThrow().projected());
        // Noiseless: rounding alone, and the condition of three well separated spectra.
        assertThat(Alignment.ofEndmembers(result.endmembers(), truth).meanCost())
                .isLessThan(1e-6); // an angle below 1e-7 is lost in its cosine
        assertThat(result.residual().max()).isLessThan(1e-12);
        assertThat(result.residual().name()).isEqualTo("residual RMSE");
        assertThat(result.diagnostics().figures().keySet())
                .contains("snr_db", "condition", "negatives", "sum_deviation", "unconverged", "residual_rms");
        assertThat(result.diagnostics().converged()).isTrue();
        assertThat(result.diagnostics().elapsed()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everySolverRecoversANoiselessMixture(AbundanceSolver solver) {
        Cube scene = Scenes.scene(12, 17, 20, 4, 0, 4);
        UnmixingResult result = Unmixing.of(scene)
                .endmembers(Scenes.given(20, 4, 4))
                .abundances(solver)
                .run(RUN);
        assertThat(result.extraction()).isEmpty();
        assertThat(result.abundances().value(0, 10, 1)).isCloseTo(1, within(1e-12)); // the pure pixel 10 of Scenes
        assertThat(result.residual().max()).isLessThan(1e-13);
        assertThat(result.diagnostics().figures()).containsEntry("negatives", 0.0);
        assertThat(result.diagnostics().figures().get("sum_deviation")).isLessThan(1e-12);
    }

    @Test
    void residualAndCountsAreThoseOfTheirDefinition() {
        Endmembers e = Endmembers.ofMatrix(new double[][] {{1, 0}, {0, 1}, {0, 0}});
        Cube scene = Cube.of(1, 3, new double[][] {{1, -2, 0.5}, {0, 2, 0.25}, {3, 0, 0}});
        UnmixingResult ucls =
                Unmixing.of(scene).endmembers(e).abundances(Ucls.withDefaults()).run(RUN);
        // A few roundings, as the solver turns the endmembers into an orthonormal basis first.
        Offset<Double> rounding = within(2e-15);
        assertThat(ucls.abundances().abundances(0, 1)).containsExactly(new double[] {-2, 2}, rounding);
        assertThat(ucls.residual().toArray()).containsExactly(new double[] {Math.sqrt(3), 0, 0}, rounding);
        Map<String, Double> figures = ucls.diagnostics().figures();
        assertThat(figures).containsEntry("negatives", 1.0);
        assertThat(figures.get("sum_deviation")).isCloseTo(1, rounding);
        assertThat(figures.get("condition")).isCloseTo(1, rounding);
        assertThat(figures.get("residual_rms")).isCloseTo(1, rounding);
    }

    @Test
    void rawEndmembersAreOneStepAway() {
        Cube scene = Scenes.scene(20, 21, 30, 3, 0.02, 4);
        Unmixing unmixing = Unmixing.of(scene)
                .endmembers(3)
                .extract(Vca.withDefaults().withSeed(5))
                .abundances(Fcls.withDefaults());
        UnmixingResult projected = unmixing.run(RUN);
        UnmixingResult raw = unmixing.projected(false).run(RUN);
        Extraction found = raw.extraction().orElseThrow();
        assertThat(raw.endmembers()).isEqualTo(found.pixels()).isNotEqualTo(projected.endmembers());
        Endmembers truth = Scenes.given(30, 3, 4);
        assertThat(Alignment.ofEndmembers(projected.endmembers(), truth).meanCost())
                .as("mean angle of projected endmembers")
                .isLessThan(Alignment.ofEndmembers(raw.endmembers(), truth).meanCost());
    }

    @Test
    void aBlindMethodTakesThePlaceOfBothSteps() {
        Cube scene = Scenes.scene(12, 17, 20, 3, 0.01, 4);
        Nmf method = Nmf.withDefaults().withMaxIterations(5);
        Unmixing blind =
                Unmixing.of(scene).extract(Vca.withDefaults()).blind(method).endmembers(3);
        UnmixingResult result = blind.run(RUN);
        Factorization found = result.factorization().orElseThrow();
        assertThat(found.endmembers()).isEqualTo(method.unmix(scene, 3, RUN).endmembers());
        assertThat(result.endmembers()).isEqualTo(found.endmembers());
        assertThat(result.abundances()).isEqualTo(found.abundances());
        assertThat(result.extraction()).isEmpty();
        assertThat(result.diagnostics().figures()).containsKeys("objective", "residual_rms");
        assertThat(blind.abundances(Ucls.withDefaults()).run(RUN).factorization())
                .as("the last word counts")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void anyExtractorStaysAmongTheCandidatesWhileAllPixelsAreUnmixed(EndmemberExtractor method) {
        Cube scene = Scenes.scene(12, 17, 20, 3, 0.01, 4).masked(Mask.of(12, 17, i -> i != 40));
        Mask candidates = Mask.of(12, 17, i -> i % 5 == 0);
        UnmixingResult found = Unmixing.of(scene)
                .endmembers(3)
                .candidates(candidates)
                .extract(method)
                .run(RUN);
        assertThat(found.extraction().orElseThrow().positions()).allMatch(i -> i % 5 == 0 && i != 40);
        assertThat(found.extraction().orElseThrow().positions())
                .isEqualTo(method.extract(scene.masked(candidates), 3, RUN).positions());
        assertThat(found.abundances().valid()).isEqualTo(scene.validMask());
    }

    static Stream<EndmemberExtractor> extractors() {
        return EveryExtractorTest.extractors();
    }

    @Test
    void theLastWordOnEndmembersCounts() {
        Cube scene = Scenes.scene(6, 7, 10, 3, 0.01, 4);
        Endmembers given = Scenes.given(10, 2, 4);
        assertThat(Unmixing.of(scene).endmembers(3).endmembers(given).run(RUN).endmembers())
                .isEqualTo(given);
        assertThat(Unmixing.of(scene)
                        .endmembers(given)
                        .endmembers(3)
                        .run(RUN)
                        .abundances()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void aPlaceOnEarthIsKept() {
        GeoReference place = new GeoReference("UTM", 1000, 2000, 30, 30, 0, 33, true, "WGS-84", "Meters", "");
        Cube scene = Cube.builder(2, 2, 2, Precision.DOUBLE)
                .plane(0, new double[] {1, 2, 3, 4})
                .plane(1, new double[] {4, 3, 2, 1})
                .geoReference(place)
                .build();
        UnmixingResult result = Unmixing.of(scene).endmembers(2).run(RUN);
        assertThat(result.abundances().geoReference()).contains(place);
        assertThat(result.residual().geoReference()).contains(place);
    }

    @Test
    void endmembersOfAnotherGridAreUsedAndNoted() {
        Cube scene = Cube.builder(1, 2, 3, Precision.DOUBLE)
                .plane(0, new double[] {1, 2})
                .plane(1, new double[] {4, 3})
                .plane(2, new double[] {4, 1})
                .wavelengths(Wavelengths.of(400, 500, 600))
                .build();
        Endmembers endmembers = Scenes.given(3, 2, 1);
        assertThat(Ucls.withDefaults()
                        .solve(scene, endmembers, RUN)
                        .diagnostics()
                        .notes())
                .isEmpty();
        assertThat(Ucls.withDefaults()
                        .solve(scene, onGrid(endmembers, 400.9, 500, 600), RUN)
                        .diagnostics()
                        .notes())
                .isEmpty();
        assertThat(Ucls.withDefaults()
                        .solve(scene, onGrid(endmembers, 400, 510, 620), RUN)
                        .diagnostics()
                        .notes())
                .containsExactly(
                        "band 1 of the endmembers lies at 510.0 nm but that of the scene at 500.0 nm; they were "
                                + "used as they are");
    }

    private static Endmembers onGrid(Endmembers endmembers, double... grid) {
        return Endmembers.of(endmembers.spectra().stream()
                .map(s -> s.withWavelengths(Wavelengths.of(grid)))
                .toList());
    }

    /** A caller's own extractor and solver need nothing but the interfaces. */
    @Test
    void ownMethodsPlugIn() {
        Cube scene = Scenes.scene(6, 7, 10, 3, 0, 4);
        UnmixingResult result = Unmixing.of(scene)
                .endmembers(2)
                .extract(new FirstPixels())
                .abundances(new NearestAngle())
                .run(RUN);
        assertThat(result.endmembers().get(1).toArray())
                .isEqualTo(scene.spectrum(0, 1).toArray());
        assertThat(result.abundances().abundances(0, 0)).containsExactly(1, 0);
        assertThat(result.abundances().abundances(0, 1)).containsExactly(0, 1);
        assertThat(result.diagnostics().iterations()).isZero();
    }

    record FirstPixels() implements EndmemberExtractor {
        @Override
        public Extraction extract(Cube cube, int count, RunContext context) {
            List<Integer> positions = Stream.iterate(0, i -> i + 1).limit(count).toList();
            Endmembers pixels = Endmembers.of(positions.stream()
                    .map(i -> cube.spectrum(i / cube.columns(), i % cube.columns()))
                    .toList());
            return new Extraction(pixels, pixels, positions, Diagnostics.none());
        }

        @Override
        public String name() {
            return "first-pixels";
        }

        @Override
        public String summary() {
            return "Takes the first pixels.";
        }

        @Override
        public String reference() {
            return "none";
        }
    }

    record NearestAngle() implements AbundanceSolver {
        @Override
        public AbundanceModel fit(Endmembers endmembers) {
            return new NearestAngleModel(endmembers);
        }

        @Override
        public String name() {
            return "nearest-angle";
        }

        @Override
        public String summary() {
            return "Gives a pixel to the endmember at the smallest angle.";
        }

        @Override
        public String reference() {
            return "none";
        }
    }

    record NearestAngleModel(Endmembers endmembers) implements PixelAbundanceModel {
        @Override
        public int bands() {
            return endmembers.bands();
        }

        @Override
        public int outputs() {
            return endmembers.count();
        }

        @Override
        public Diagnostics diagnostics() {
            return Diagnostics.none();
        }

        @Override
        public Worker worker() {
            return this::apply;
        }

        private void apply(PixelTile tile, double[][] output) {
            double[] y = new double[bands()];
            for (int i = 0; i < tile.size(); i++) {
                int best = 0;
                for (int k = 0; k < outputs(); k++) {
                    for (int b = 0; b < y.length; b++) {
                        y[b] = tile.planes()[b][i];
                    }
                    output[k][i] = SpectralAngle.radians(endmembers.get(k).toArray(), y);
                    best = output[k][i] < output[best][i] ? k : best;
                }
                for (int k = 0; k < outputs(); k++) {
                    output[k][i] = k == best ? 1 : 0;
                }
            }
        }
    }
}
