package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all methods of multiplicative updates promise. */
class MultiplicativeTest {
    private static final RunContext RUN = RunContext.sequential();

    static Stream<BlindUnmixer> methods() {
        return Stream.of(
                Nmf.withDefaults(),
                L1Nmf.withDefaults(),
                LHalfNmf.withDefaults(),
                Gnmf.withDefaults(),
                Gnmf.withDefaults().withSmoothness(30).withWidth(1),
                Rrlbs.withDefaults(),
                Rrlbs.withDefaults().withSparsity(0),
                Rrlbs.withDefaults().withSparsity(2));
    }

    /** Any samples, some of them negative, some pixels left out. */
    private static Cube scene(int rows, int columns, int bands, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        double unit = Math.pow(10, random.nextInt(9) - 4);
        for (double[] plane : planes) {
            double gain = unit * random.nextDouble();
            Arrays.setAll(plane, i -> gain * (random.nextDouble() + 0.3 * random.nextGaussian()));
        }
        return Cube.of(rows, columns, planes).masked(Mask.of(rows, columns, i -> i < 8 || i % 5 != 2));
    }

    @Property(tries = 150)
    void theObjectiveNeverRises(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 5, max = 12) int columns,
            @ForAll @IntRange(min = 1, max = 10) int bands,
            @ForAll @IntRange(min = 1, max = 5) int wanted,
            @ForAll long seed) {
        Cube scene = scene(rows, columns, bands, seed);
        int p = Math.min(wanted, bands);
        methods().forEach(method -> assertFalls(method, scene, p));
    }

    private static void assertFalls(BlindUnmixer method, Cube scene, int p) {
        BlindUnmixer every = Options.with(Options.with(method, "max-iterations", "30"), "tolerance", "0");
        List<Double> objective = every.unmix(scene, p, RUN).objective();
        int period = refresh(method);
        for (int t = 1; t < objective.size(); t++) {
            if (t % period != 1 || period == 1) {
                // A square of a residual is a difference of terms of order one, and the root of one of 1e-6 makes
                // an error of 1e-15 one of 1e-12.
                assertThat(objective.get(t))
                        .as(method.name() + " after iteration " + t)
                        .isLessThanOrEqualTo(objective.get(t - 1) + 1e-11);
            }
        }
    }

    /** Iterations between two changes of what is minimised. */
    private static int refresh(BlindUnmixer method) {
        return Options.of(method).stream()
                .filter(option -> option.name().equals("refresh"))
                .mapToInt(option -> Integer.parseInt(option.value()))
                .findFirst()
                .orElse(1);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theUnitOfTheSceneDoesNotMatter(BlindUnmixer method) {
        Cube scene = Scenes.scene(9, 14, 12, 3, 0.01, 3);
        Factorization one = method.unmix(scene, 3, RUN);
        // A power of two scales without rounding.
        Factorization large = method.unmix(scene.scaled(1024, 0), 3, RUN);
        // The start is an exact solver, whose rounding a nonlinear iteration carries on.
        assertThat(large.objective().get(10)).isCloseTo(one.objective().get(10), within(1e-9));
        assertThat(large.endmembers().value(3, 1))
                .isCloseTo(1024 * one.endmembers().value(3, 1), within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void factorsAreFiniteAndNotNegativeWhateverTheScene(BlindUnmixer method) {
        double[][] hostile = new double[6][40];
        Arrays.fill(hostile[1], 3);
        Random random = new Random(2);
        for (int b = 2; b < 5; b++) {
            Arrays.setAll(hostile[b], i -> i < 4 ? 0 : random.nextDouble());
        }
        Arrays.fill(hostile[5], -1);
        List<Cube> scenes = List.of(
                Cube.of(5, 8, hostile),
                Cube.of(5, 8, new double[3][40]),
                Cube.of(1, 1, new double[][] {{2}}),
                Cube.of(1, 3, new double[][] {{1, 2, 3}}),
                Scenes.scene(2, 2, 30, 2, 0.1, 1));
        for (Cube scene : scenes) {
            for (int p = 1; p <= Math.min(scene.bands(), scene.pixels()); p++) {
                Factorization found = method.unmix(scene, p, RUN);
                assertThat(Arrays.stream(found.abundances().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> v >= 0 && v < 1e9);
                assertThat(Arrays.stream(found.endmembers().toMatrix()).flatMapToDouble(Arrays::stream))
                        .allMatch(v -> v >= 0 && v < 1e9);
                assertThat(found.objective()).allMatch(v -> v >= 0 && v < 1e9);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anEndmemberKeepsTheNormOfItsStart(BlindUnmixer method) {
        Cube scene = Scenes.scene(9, 14, 12, 3, 0.01, 3);
        Factorization found = method.unmix(scene, 3, RUN);
        Extraction start = Vca.withDefaults().extract(scene, 3, RUN);
        for (int k = 0; k < 3; k++) {
            assertThat(found.endmembers().get(k).norm())
                    .isCloseTo(start.projected().get(k).norm(), within(1e-12));
        }
        assertThat(found.endmembers().names()).isEqualTo(found.abundances().names());
    }
}
