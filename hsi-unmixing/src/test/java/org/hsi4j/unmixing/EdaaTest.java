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

class EdaaTest {
    private static final RunContext RUN = RunContext.sequential();

    @RealData
    @Test
    void findsTheMaterialsOfTheOracleWithPurePixels() throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_pure.mat"));
        Cube scene = file.cube(ReadOptions.defaults().withShape(50, 50).withVariable("Y"));
        Factorization found = Edaa.withDefaults().withSeed(1).unmix(scene, 5, RUN);
        // Inside the pixels there is nothing purer than the purest pixels, and noise to average over.
        assertThat(NmfQmvTest.degrees(found, file.endmembers("E"))).isLessThan(3);
    }

    @Test
    void purePixelsAreTheEndmembersOfANoiselessScene() {
        double[][] e = Scenes.endmembers(12, 3, 8);
        Cube scene = Cube.of(20, 21, Scenes.mixtures(e, 420, 0, 8));
        Factorization found =
                Edaa.withDefaults().withMaxIterations(1000).withTolerance(1e-9).unmix(scene, 3, RUN);
        // Multiplicative weights come near a single pixel but never arrive.
        assertThat(Alignment.ofEndmembers(found.endmembers(), Endmembers.ofMatrix(e))
                        .meanCost())
                .isLessThan(0.02);
    }

    @Property(tries = 40)
    void theObjectiveNeverRises(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 12) int columns,
            @ForAll @IntRange(min = 2, max = 8) int bands,
            @ForAll @IntRange(min = 2, max = 5) int wanted,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        double unit = Math.pow(10, random.nextInt(9) - 4);
        for (double[] plane : planes) {
            double gain = unit * random.nextDouble();
            Arrays.setAll(plane, i -> gain * (random.nextDouble() + 0.3 * random.nextGaussian()));
        }
        Cube scene = Cube.of(rows, columns, planes).masked(Mask.of(rows, columns, i -> i < 8 || i % 5 != 2));
        List<Double> objective = Edaa.withDefaults()
                .withRestarts(1)
                .withSeed(seed)
                .withTolerance(0)
                .withMaxIterations(20)
                .unmix(scene, Math.min(wanted, bands), RUN)
                .objective();
        for (int i = 1; i < objective.size(); i++) {
            // Differences of terms of order one.
            assertThat(objective.get(i)).isLessThanOrEqualTo(objective.get(i - 1) + 1e-12);
        }
    }

    @Test
    void theSeedDecides() {
        Cube scene = Scenes.scene(12, 15, 10, 3, 0.02, 8);
        Edaa method = Edaa.withDefaults().withRestarts(2).withMaxIterations(5);
        Endmembers one = method.withSeed(1).unmix(scene, 3, RUN).endmembers();
        assertThat(method.withSeed(1).unmix(scene, 3, RUN).endmembers()).isEqualTo(one);
        assertThat(method.unmix(scene, 3, RUN.withSeed(1)).endmembers()).isEqualTo(one);
        assertThat(method.withSeed(2).unmix(scene, 3, RUN).endmembers()).isNotEqualTo(one);
    }

    @Test
    void theUnitOfTheSceneDoesNotMatter() {
        Cube scene = Scenes.scene(12, 15, 10, 3, 0.02, 8);
        Edaa method = Edaa.withDefaults().withRestarts(2).withMaxIterations(10).withTolerance(0);
        double[][] one = method.unmix(scene, 3, RUN).endmembers().toMatrix();
        double[][] many =
                method.unmix(scene.scaled(1024, 0), 3, RUN).endmembers().toMatrix();
        for (int b = 0; b < 10; b++) {
            Vectors.scale(many[b], 1.0 / 1024);
            // The same steps but for rounding.
            assertThat(many[b]).containsExactly(one[b], within(1e-6));
        }
    }

    @Test
    void endmembersLieAmongThePixels() {
        Cube scene = Scenes.scene(12, 15, 10, 3, 0.0, 8);
        double[][] found = Edaa.withDefaults().unmix(scene, 3, RUN).endmembers().toMatrix();
        for (int b = 0; b < 10; b++) {
            double[] plane = scene.plane(b);
            double low = Arrays.stream(plane).min().orElseThrow();
            double high = Arrays.stream(plane).max().orElseThrow();
            assertThat(Arrays.stream(found[b])).allMatch(v -> v >= low - 1e-9 && v <= high + 1e-9);
        }
    }

    @Test
    void scenesThatSpanNoSimplexGiveNumbers() {
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
                Factorization found = Edaa.withDefaults().withMaxIterations(20).unmix(scene, p, RUN);
                assertThat(Arrays.stream(found.endmembers().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> Math.abs(v) < 1e9);
            }
        }
    }

    @Test
    void optionsAreKeptAndChecked() {
        Edaa method = Edaa.withDefaults().withSeed(3).withAbundances(Nnls.withDefaults());
        assertThat(method.seed()).hasValue(3);
        assertThat(method.abundances()).isInstanceOf(Nnls.class);
        assertThat(method.restarts()).isEqualTo(10);
        assertThat(method.maxIterations()).isEqualTo(100);
        assertThat(method.tolerance()).isEqualTo(1e-5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withRestarts(0))
                .withMessage("the number of restarts must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withMaxIterations(0))
                .withMessage("the number of iterations must be at least 1, not 0");
    }
}
