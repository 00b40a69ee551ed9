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
import org.hsi4j.Mask;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;

class MvcNmfTest {
    private static final RunContext RUN = RunContext.sequential();

    @RealData
    @Test
    void isNearerToTheTruthThanItsStartWithoutPurePixels() throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_mixed.mat"));
        Cube scene = file.cube(ReadOptions.defaults().withShape(50, 50).withVariable("Y"));
        Factorization found = MvcNmf.withDefaults().unmix(scene, 5, RUN);
        // Seen 1.8, from another start 2.6; the start has 7.
        assertThat(NmfQmvTest.degrees(found, file.endmembers("E"))).isLessThan(3.2);
    }

    @Property(tries = 60)
    void theObjectiveNeverRises(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 12) int columns,
            @ForAll @IntRange(min = 1, max = 8) int bands,
            @ForAll @IntRange(min = 1, max = 5) int wanted,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        double unit = Math.pow(10, random.nextInt(9) - 4);
        for (double[] plane : planes) {
            double gain = unit * random.nextDouble();
            Arrays.setAll(plane, i -> gain * (random.nextDouble() + 0.3 * random.nextGaussian()));
        }
        Cube scene = Cube.of(rows, columns, planes).masked(Mask.of(rows, columns, i -> i < 8 || i % 5 != 2));
        List<Double> objective = MvcNmf.withDefaults()
                .withWeight(Math.pow(10, -random.nextInt(6)))
                .withTolerance(0)
                .withMaxIterations(30)
                .unmix(scene, Math.min(wanted, bands), RUN)
                .objective();
        for (int i = 1; i < objective.size(); i++) {
            // Differences of terms of order one.
            assertThat(objective.get(i)).isLessThanOrEqualTo(objective.get(i - 1) + 1e-12);
        }
    }

    @Test
    void moreWeightMakesLessVolume() {
        Cube scene = Scenes.scene(20, 21, 12, 3, 0.02, 8);
        double before = Double.POSITIVE_INFINITY;
        for (double weight : new double[] {0.0001, 0.01, 1}) {
            double volume = MvcNmf.withDefaults()
                    .withWeight(weight)
                    .unmix(scene, 3, RUN)
                    .diagnostics()
                    .figures()
                    .get("volume");
            assertThat(volume).isPositive().isLessThan(before);
            before = volume;
        }
    }

    @Test
    void aSimplexEvenlyFilledHasTheVolumeOne() {
        // Corners of the start are pure pixels; the mixtures are even in their simplex.
        Cube scene = Scenes.scene(100, 101, 12, 3, 0, 8);
        Factorization found = MvcNmf.withDefaults().withWeight(1e-9).unmix(scene, 3, RUN);
        // Sampling: 10100 pixels make a relative error of one percent in a variance.
        assertThat(found.diagnostics().figures().get("volume")).isCloseTo(1, within(0.1));
    }

    @Test
    void theUnitOfTheSceneDoesNotMatter() {
        Cube scene = Scenes.scene(12, 15, 10, 3, 0.02, 8);
        double[][] one = MvcNmf.withDefaults().unmix(scene, 3, RUN).endmembers().toMatrix();
        double[][] many = MvcNmf.withDefaults()
                .unmix(scene.scaled(1024, 0), 3, RUN)
                .endmembers()
                .toMatrix();
        for (int b = 0; b < 10; b++) {
            Vectors.scale(many[b], 1.0 / 1024);
            // The same steps but for rounding, which a rule to stop may make one step of.
            assertThat(many[b]).containsExactly(one[b], within(1e-4));
        }
    }

    @Test
    void scenesThatSpanNoSimplexGiveNumbersThatAreNotNegative() {
        double[][] line = new double[4][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 4; b++) {
                line[b][i] = (b + 1) * (1 + 0.5 * (i % 7)) + b;
            }
        }
        double[][] negative = new double[4][12];
        Arrays.fill(negative[1], -1);
        for (Cube scene : List.of(
                Cube.of(3, 4, line),
                Cube.of(3, 4, negative),
                Cube.of(3, 4, new double[4][12]),
                Scenes.scene(2, 2, 30, 2, 0.1, 1),
                Scenes.scene(1, 4, 4, 3, 0.1, 1))) {
            for (int p = 1; p <= 4; p++) {
                Factorization found = MvcNmf.withDefaults().unmix(scene, p, RUN);
                assertThat(Arrays.stream(found.endmembers().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> v >= 0 && v < 1e9);
                assertThat(found.objective()).allMatch(v -> v >= 0 && v < 1e9);
            }
        }
        assertThat(MvcNmf.withDefaults()
                        .unmix(Cube.of(3, 4, line), 4, RUN)
                        .diagnostics()
                        .notes())
                .contains("the scene spans no simplex of 4 corners; its volume was left out");
    }

    @Test
    void optionsAreKeptAndChecked() {
        MvcNmf method = MvcNmf.withDefaults().withStart(Spa.withDefaults()).withWeight(2);
        assertThat(method.start()).isInstanceOf(Spa.class);
        assertThat(method.weight()).isEqualTo(2);
        assertThat(method.maxIterations()).isEqualTo(200);
        assertThat(method.tolerance()).isEqualTo(1e-6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withWeight(-1))
                .withMessage("the weight must be a number of at least 0, not -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withMaxIterations(0))
                .withMessage("the number of iterations must be at least 1, not 0");
    }
}
