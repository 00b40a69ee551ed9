package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NmfQmvTest {
    private static final RunContext RUN = RunContext.sequential();

    static double degrees(Factorization found, Endmembers truth) {
        return Math.toDegrees(Alignment.ofEndmembers(found.endmembers(), truth).meanCost());
    }

    @RealData
    @ParameterizedTest
    @CsvSource({"mixed", "pure"})
    void findsTheMaterialsOfTheOracle(String name) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + name + ".mat"));
        Cube scene = file.cube(ReadOptions.defaults().withShape(50, 50).withVariable("Y"));
        Factorization found = NmfQmv.withDefaults().unmix(scene, 5, RUN);
        // The issue asks for 1.2 degrees of the one without pure pixels, where the authors' program has 1.17; seen .4
        // and .6.
        assertThat(degrees(found, file.endmembers("E"))).isLessThan(0.8);
        assertThat(found.diagnostics().converged()).isTrue();
    }

    @RealData
    @Test
    void shadeIsNoMaterialInProjectiveCoordinates() throws IOException {
        Cube scene =
                MatFile.open(SharedFiles.data("unmixing/samson/samson_1.mat")).cube(ReadOptions.defaults());
        Endmembers truth =
                MatFile.open(SharedFiles.data("unmixing/samson/end3.mat")).endmembers("M");
        Factorization found = NmfQmv.withDefaults()
                .withProjection(SimplexProjection.PROJECTIVE)
                .unmix(scene, 3, RUN);
        assertThat(degrees(found, truth)).isLessThan(9); // 34 in affine ones
    }

    private static Cube anyScene(int rows, int columns, int bands, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        double unit = Math.pow(10, random.nextInt(9) - 4);
        for (double[] plane : planes) {
            double gain = unit * random.nextDouble();
            Arrays.setAll(plane, i -> gain * (random.nextDouble() + 0.3 * random.nextGaussian()));
        }
        return Cube.of(rows, columns, planes).masked(Mask.of(rows, columns, i -> i < 8 || i % 5 != 2));
    }

    @Property(tries = 40)
    void theObjectiveNeverRises(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 12) int columns,
            @ForAll @IntRange(min = 2, max = 8) int bands,
            @ForAll @IntRange(min = 2, max = 5) int wanted,
            @ForAll QuadraticVolume volume,
            @ForAll SimplexProjection projection,
            @ForAll long seed) {
        Cube scene = anyScene(rows, columns, bands, seed);
        List<Double> objective = NmfQmv.withDefaults()
                .withVolume(volume)
                .withProjection(projection)
                .withWeight(0.01)
                .withMaxIterations(20)
                .unmix(scene, Math.min(wanted, bands), RUN)
                .objective();
        for (int i = 1; i < objective.size(); i++) {
            assertThat(objective.get(i)).isLessThanOrEqualTo(objective.get(i - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(QuadraticVolume.class)
    void theUnitOfTheSceneDoesNotMatter(QuadraticVolume volume) {
        Cube scene = Scenes.scene(12, 15, 10, 3, 0.02, 8);
        NmfQmv method = NmfQmv.withDefaults().withVolume(volume).withTolerance(1e-10);
        double[][] one = method.unmix(scene, 3, RUN).endmembers().toMatrix();
        double[][] many =
                method.unmix(scene.scaled(1024, 0), 3, RUN).endmembers().toMatrix();
        for (int b = 0; b < 10; b++) {
            Vectors.scale(many[b], 1.0 / 1024);
            // The same steps but for the rounding of the start's projection.
            assertThat(many[b]).containsExactly(one[b], within(1e-6));
        }
    }

    @Test
    void aSmallerWeightMakesALargerSimplexThatLeavesLessOutside() {
        Cube scene = Scenes.scene(30, 31, 12, 3, 0.02, 8);
        double before = 1;
        for (double weight : new double[] {0.1, 0.01, 0.001, 0.0001}) {
            Factorization found = NmfQmv.withDefaults().withWeight(weight).unmix(scene, 3, RUN);
            double outside = found.diagnostics().figures().get("outside");
            assertThat(outside).isLessThan(before);
            assertThat(found.diagnostics().figures()).containsEntry("weight", weight);
            before = outside;
        }
    }

    @Test
    void theRuleLeavesNoMoreThanItsShareOutside() {
        Cube scene = Scenes.scene(30, 31, 12, 3, 0.02, 8);
        for (double share : new double[] {0.02, 0.2}) {
            Factorization found = NmfQmv.withDefaults().withOutside(share).unmix(scene, 3, RUN);
            assertThat(found.diagnostics().figures().get("outside")).isBetween(share / 3, share);
        }
    }

    @Test
    void oneEndmemberAndEqualPixelsGiveTheMean() {
        Cube scene = Scenes.scene(6, 7, 5, 3, 0.02, 8);
        Factorization one = NmfQmv.withDefaults().unmix(scene, 1, RUN);
        double mean = Arrays.stream(scene.plane(2)).average().orElseThrow();
        assertThat(one.endmembers().value(2, 0)).isCloseTo(mean, within(1e-12));
        assertThat(one.abundances().value(3, 4, 0)).isEqualTo(1);

        double[][] equal = new double[4][12];
        for (double[] plane : equal) {
            Arrays.fill(plane, 0.3);
        }
        Factorization none = NmfQmv.withDefaults().unmix(Cube.of(3, 4, equal), 3, RUN);
        assertThat(none.endmembers().value(1, 2)).isCloseTo(0.3, within(1e-12));
        assertThat(none.diagnostics().notes())
                .contains("there is no simplex to look for; each endmember is the mean of the scene");
    }

    @ParameterizedTest
    @EnumSource(SimplexProjection.class)
    void scenesThatSpanNoSimplexGiveNumbers(SimplexProjection projection) {
        double[][] line = new double[4][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 4; b++) {
                line[b][i] = (b + 1) * (1 + 0.5 * (i % 7)) + b;
            }
        }
        for (Cube scene : List.of(
                Cube.of(3, 4, line),
                Cube.of(3, 4, new double[4][12]),
                Scenes.scene(2, 2, 30, 2, 0.1, 1),
                Scenes.scene(1, 4, 4, 3, 0.1, 1))) {
            for (int p = 1; p <= 4; p++) {
                Factorization found =
                        NmfQmv.withDefaults().withProjection(projection).unmix(scene, p, RUN);
                assertThat(Arrays.stream(found.endmembers().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> Math.abs(v) < 1e9);
                assertThat(Arrays.stream(found.abundances().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> v >= 0 && v <= 1 + 1e-9);
            }
        }
    }

    @Test
    void optionsAreKeptAndChecked() {
        NmfQmv method = NmfQmv.withDefaults()
                .withStart(Spa.withDefaults())
                .withAbundances(Nnls.withDefaults())
                .withWeight(2);
        assertThat(method.start()).isInstanceOf(Spa.class);
        assertThat(method.abundances()).isInstanceOf(Nnls.class);
        assertThat(method.weight()).hasValue(2);
        assertThat(method.volume()).isEqualTo(QuadraticVolume.TOTAL_VARIANCE);
        assertThat(method.projection()).isEqualTo(SimplexProjection.AFFINE);
        assertThat(method.outside()).isEqualTo(0.05);
        assertThat(method.maxIterations()).isEqualTo(100);
        assertThat(method.tolerance()).isEqualTo(1e-6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withWeight(0))
                .withMessage("the weight must be a number above 0, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withOutside(1))
                .withMessage("the share of pixels outside must be above 0 and below 1, not 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withMaxIterations(0))
                .withMessage("the number of iterations must be at least 1, not 0");
    }
}
