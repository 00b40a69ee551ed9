package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.GaussianBlur;
import org.hsi4j.simulate.MotionBlur;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubspaceDeblurringTest {
    private static final RunContext RUN = RunContext.defaults();

    static Stream<SubspaceDeblurring> methods() {
        return new RestorationMethods()
                .methods().stream().filter(SubspaceDeblurring.class::isInstance).map(SubspaceDeblurring.class::cast);
    }

    private static Cube noisy(Cube cube, double deviation) {
        double[][] planes =
                IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
        return Cube.of(cube.rows(), cube.columns(), Scenes.noisy(planes, Scenes.even(cube.bands(), deviation), 4));
    }

    private static Cube truth() {
        return Cube.of(45, 60, Scenes.image(45, 60, 20, 3, 1));
    }

    /** Two thirds of the error of the blurred scene at most, whose own noise is small beside its blur. */
    @ParameterizedTest
    @MethodSource("methods")
    void takesAGaussianAway(SubspaceDeblurring method) {
        GaussianBlur.Result blurred =
                GaussianBlur.withDefaults().withSize(13).withSigma(1.5).apply(truth(), RUN);
        Cube seen = noisy(blurred.cube(), 0.002);

        Cube told = Restoring.of(seen).with(method.withSigma(1.5)).run().cube();
        Cube measured =
                Restoring.of(seen).with(method.ofKernel(blurred.kernel())).run().cube();

        assertThat(Scenes.rms(told, truth())).isLessThan(0.67 * Scenes.rms(seen, truth()));
        // The same kernel, cut off at four deviations here and at 6 pixels there.
        assertThat(Scenes.rms(told, measured)).isLessThan(2e-3);
    }

    /** A quarter too wide: trusted, it does more harm than good; doubted by as much, a fifth of the error goes at least. */
    @ParameterizedTest
    @MethodSource("methods")
    void anEstimatedWidthDoesNoHarm(SubspaceDeblurring method) {
        Cube seen = noisy(
                GaussianBlur.withDefaults().withSigma(1.6).apply(truth(), RUN).cube(), 0.0002);

        Cube trusted = Restoring.of(seen).with(method.withSigma(2)).run().cube();
        Cube doubted = Restoring.of(seen)
                .with(method.withSigma(2).withSigmaError(0.2))
                .run()
                .cube();

        assertThat(Scenes.rms(trusted, truth())).isGreaterThan(Scenes.rms(seen, truth()));
        assertThat(Scenes.rms(doubted, truth())).isLessThan(0.8 * Scenes.rms(seen, truth()));
    }

    /** To what the tails beyond four deviations and the steps of the mean over Gaussians leave. */
    @Test
    void aLittleDoubtChangesLittle() {
        Cube seen = noisy(
                GaussianBlur.withDefaults().withSigma(1.5).apply(truth(), RUN).cube(), 0.01);
        SubspaceDeblurring known = SubspaceDeblurring.wiener().withSigma(1.5);

        assertThat(Scenes.rms(
                        Restoring.of(seen)
                                .with(known.withSigmaError(1e-4))
                                .run()
                                .cube(),
                        Restoring.of(seen).with(known).run().cube()))
                .isLessThan(1e-3);
    }

    /** Nine tenths of the error at most (Wiener .86, the others .7): nothing is known of what moved in at the border. */
    @ParameterizedTest
    @MethodSource("methods")
    void takesAMotionAway(SubspaceDeblurring method) {
        MotionBlur.Result blurred =
                MotionBlur.withDefaults().withLength(7).withAngle(30).apply(truth(), RUN);
        Cube seen = noisy(blurred.cube(), 0.01);

        Cube sharp =
                Restoring.of(seen).with(method.ofKernel(blurred.kernel())).run().cube();

        assertThat(Scenes.rms(sharp, truth())).isLessThan(0.9 * Scenes.rms(seen, truth()));
    }

    /** Without noise too, though its kernel has zeros and the conjugate gradients end early: Wiener's filter leaves .92 of the error. */
    @ParameterizedTest
    @MethodSource("methods")
    void takesAMotionAwayWithoutNoise(SubspaceDeblurring method) {
        MotionBlur.Result blurred =
                MotionBlur.withDefaults().withLength(7).withAngle(30).apply(truth(), RUN);

        Cube sharp = Restoring.of(blurred.cube())
                .with(method.ofKernel(blurred.kernel()))
                .run()
                .cube();

        assertThat(Scenes.rms(sharp, truth())).isLessThan(0.95 * Scenes.rms(blurred.cube(), truth()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void invalidPixelsStaySo(SubspaceDeblurring method) {
        Cube spoilt = Scenes.spoilt(31, 17, 12, 4, 1e6);
        Cube sharp = Restoring.of(spoilt).with(method.withSigma(1)).run().cube();

        assertThat(sharp.validMask()).isEqualTo(Mask.of(31, 17, i -> !Scenes.isSpoilt(i)));
    }

    /** One pixel, one band, a line, more bands than pixels, and nothing but zeros: finite. */
    @ParameterizedTest
    @MethodSource("methods")
    void smallAndPoorScenes(SubspaceDeblurring method) {
        for (Cube cube : new Cube[] {
            Scenes.noisy(1, 1, 5, 1),
            Scenes.noisy(9, 8, 1, 1),
            Scenes.noisy(1, 40, 4, 1),
            Scenes.noisy(3, 4, 40, 1),
            Cube.of(5, 7, new double[3][35])
        }) {
            for (double error : new double[] {0, 0.3}) {
                Cube sharp = Restoring.of(cube)
                        .with(method.withSigmaError(error))
                        .run()
                        .cube();
                assertThat(sharp.validMask().count()).isEqualTo(cube.pixels());
            }
        }
    }

    /** The gradient of what is minimised is zero, to rounding for the direct solver and to what its iterations leave for the other. */
    @Test
    void solvesTheNormalEquations() {
        Random random = new Random(3);
        double[] y = random.doubles(30 * 20).toArray();
        double[] z = random.doubles(30 * 20).toArray();
        for (boolean slanted : new boolean[] {false, true}) {
            ScoreMap kernel = ScoreMap.of(
                    "kernel",
                    3,
                    3,
                    slanted
                            ? new double[] {0.3, 0, 0, 0, 0.4, 0, 0, 0, 0.3}
                            : new double[] {0.05, 0.1, 0.05, 0.1, 0.4, 0.1, 0.05, 0.1, 0.05});
            Blur blur = Blur.of(30, 20, kernel);
            double[] x =
                    blur.worker().solve(blur.extended(y), blur.extended(z), blur.extended(z), (down, along) -> 0.3);

            double least = loss(blur, kernel, x, y, blur.extended(z));
            for (int i = 0; i < 20; i++) {
                double[] moved = x.clone();
                moved[random.nextInt(x.length)] += random.nextBoolean() ? 1e-3 : -1e-3;
                assertThat(loss(blur, kernel, moved, y, blur.extended(z))).isGreaterThan(least);
            }
        }
    }

    private static double loss(Blur blur, ScoreMap kernel, double[] x, double[] y, double[] z) {
        int rows = blur.extendedRows();
        int columns = blur.extendedColumns();
        double sum = 0;
        for (int r = 0; r < 30; r++) {
            for (int c = 0; c < 20; c++) {
                double seen = 0;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        seen += kernel.value(i, j)
                                * x[
                                        (blur.isMirrored() ? turned(r + 1 - i, rows) : Math.floorMod(r + 1 - i, rows))
                                                        * columns
                                                + (blur.isMirrored()
                                                        ? turned(c + 1 - j, columns)
                                                        : Math.floorMod(c + 1 - j, columns))];
                    }
                }
                sum += (seen - y[r * 20 + c]) * (seen - y[r * 20 + c]) / 2;
            }
        }
        for (int i = 0; i < x.length; i++) {
            sum += 0.15 * (x[i] - z[i]) * (x[i] - z[i]);
        }
        return sum;
    }

    private static int turned(int index, int n) {
        return index < 0 ? -1 - index : index >= n ? 2 * n - 1 - index : index;
    }

    @Test
    void aSceneThatIsNotBlurredButForARoundingStaysAsItIs() {
        Cube seen = noisy(truth(), 0.002);
        ScoreMap nothing = ScoreMap.of("kernel", 1, 1, new double[] {2});

        Cube same = Restoring.of(seen)
                .with(SubspaceDeblurring.wiener().ofKernel(nothing))
                .run()
                .cube();

        assertThat(Scenes.rms(same, truth())).isLessThan(0.002);
        assertThat(SubspaceDeblurring.wiener()
                        .ofKernel(nothing)
                        .kernel()
                        .orElseThrow()
                        .value(0, 0))
                .isCloseTo(1, within(1e-15));
    }

    @Test
    void refusesKernelsThatAreNone() {
        SubspaceDeblurring method = SubspaceDeblurring.wiener();
        assertThatIllegalArgumentException().isThrownBy(() -> method.withSigma(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withSigmaError(0.31));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.ofKernel(ScoreMap.of("kernel", 2, 1, new double[] {1, 1})))
                .withMessageContaining("odd");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.ofKernel(ScoreMap.of("kernel", 1, 1, new double[] {0})));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restoring.of(Scenes.noisy(2, 2, 3, 1))
                        .with(method.ofKernel(ScoreMap.of("kernel", 3, 1, new double[] {1, 1, 1})))
                        .run())
                .withMessageContaining("larger than the scene");
    }
}
