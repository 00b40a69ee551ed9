package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.Spectrum;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.method.Method;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of the catalog on Samson, whole and as a masked crop that is not square, by way of the face. Methods that iterate
 * on the whole scene stop after ten iterations here, to be quick.
 */
@RealData
class EveryMethodOnSamsonTest {
    private static final int P = 3;
    private static Cube samson;

    /** For the abundance solvers. */
    private static Endmembers given;

    @BeforeAll
    static void read() throws IOException {
        samson = MatFile.open(SharedFiles.data("unmixing/samson/samson_1.mat"))
                .cube(ReadOptions.defaults())
                .toHeap(Precision.DOUBLE);
        given = AutoExtractor.withDefaults()
                .extract(samson, P, RunContext.defaults())
                .projected();
    }

    static Stream<Method> methods() {
        return new UnmixingMethods().methods().stream().map(EveryMethodOnSamsonTest::shortened);
    }

    private static Method shortened(Method method) {
        boolean iterates =
                Options.of(method).stream().anyMatch(option -> option.name().equals("max-iterations"));
        boolean ofPixels = method instanceof AbundanceSolver solver
                && solver.fit(Scenes.given(5, P, 1)) instanceof PixelAbundanceModel;
        return iterates && !ofPixels ? Options.with(method, "max-iterations", "10") : method;
    }

    private static UnmixingResult run(Method method, Cube cube, RunContext context) {
        Unmixing sentence = Unmixing.of(cube).endmembers(P);
        if (method instanceof EndmemberExtractor extractor) {
            sentence = sentence.extract(extractor);
        } else if (method instanceof AbundanceSolver solver) {
            sentence = sentence.endmembers(given).abundances(solver);
        } else if (method instanceof BlindUnmixer unmixer) {
            sentence = sentence.blind(unmixer);
        } else {
            throw new AssertionError("this test does not know the role of " + method.name());
        }
        return sentence.run(context);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void explainsSamson(Method method) {
        requireExplained(run(method, samson, RunContext.defaults()), samson);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void explainsAMaskedCropThatIsNotSquareOnAnyNumberOfThreads(Method method) {
        // All three materials are in it.
        Cube crop = samson.crop(new Region(10, 0, 31, 95)).masked(Mask.of(31, 95, i -> i % 7 != 3 && i / 95 != 20));
        UnmixingResult one = run(method, crop, RunContext.sequential());
        requireExplained(one, crop);
        for (int threads : new int[] {2, 7}) {
            UnmixingResult many = run(method, crop, RunContext.defaults().withParallelism(threads));
            assertThat(many.endmembers()).as(threads + " threads").isEqualTo(one.endmembers());
            // Of two NaN, too.
            assertThat(Arrays.deepEquals(
                            many.abundances().toMatrix(), one.abundances().toMatrix()))
                    .as(threads + " threads")
                    .isTrue();
        }
    }

    private static void requireExplained(UnmixingResult result, Cube cube) {
        assertThat(result.endmembers().count()).isEqualTo(P);
        assertThat(result.endmembers().spectra()).allMatch(Spectrum::isComplete);
        assertThat(result.abundances().rows()).isEqualTo(cube.rows());
        assertThat(result.abundances().columns()).isEqualTo(cube.columns());
        for (double[] map : result.abundances().toMatrix()) {
            for (int i = 0; i < map.length; i++) {
                assertThat(Double.isFinite(map[i])).isEqualTo(cube.validMask().get(i));
            }
        }
        // Seen up to .171, by FCLS: sums of one do not fit this scene, whose brightness varies.
        assertThat(unexplained(result, cube)).isLessThan(0.25);
    }

    /** What is left of the pixels that the method has a model for (MESMA has none for the brightest), relative to them. */
    private static double unexplained(UnmixingResult result, Cube cube) {
        double[][] maps = result.abundances().toMatrix();
        double[] residual = result.residual().toArray();
        double left = 0;
        double power = 0;
        for (int i = 0; i < residual.length; i++) {
            int pixel = i;
            if (cube.validMask().get(i) && Arrays.stream(maps).anyMatch(map -> map[pixel] != 0)) {
                left += residual[i] * residual[i] * cube.bands();
                power += Arrays.stream(Found.spectrum(cube, i)).map(v -> v * v).sum();
            }
        }
        assertThat(power).as("power of the pixels with a model").isPositive();
        return Math.sqrt(left / power);
    }
}
