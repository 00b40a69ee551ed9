package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.junit.jupiter.api.Test;

class RegressionNoiseTest {

    private static RegressionNoise of(Cube cube) {
        return RegressionNoise.of(cube, RunContext.defaults());
    }

    /** Residual sum of squares of band b regressed on the others, by orthogonalising the others one after the other. */
    private static double residual(double[][] pixels, int b) {
        int bands = pixels[0].length;
        double[][] basis = new double[bands][pixels.length];
        int used = 0;
        double[] y = column(pixels, b);
        for (int k = 0; k < bands; k++) {
            if (k != b) {
                double[] v = column(pixels, k);
                for (int pass = 0; pass < 2; pass++) { // twice is enough for orthogonality to rounding
                    for (int j = 0; j < used; j++) {
                        subtract(v, basis[j]);
                    }
                }
                double norm = Math.sqrt(dot(v, v));
                for (int i = 0; i < v.length; i++) {
                    basis[used][i] = v[i] / norm;
                }
                subtract(y, basis[used++]);
            }
        }
        return dot(y, y);
    }

    private static double[] column(double[][] pixels, int b) {
        return Arrays.stream(pixels).mapToDouble(x -> x[b]).toArray();
    }

    private static double variance(double[] v) {
        double mean = Arrays.stream(v).average().orElseThrow();
        return Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum() / (v.length - 1);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void subtract(double[] v, double[] unit) {
        double share = dot(v, unit);
        for (int i = 0; i < v.length; i++) {
            v[i] -= share * unit[i];
        }
    }

    @Property(tries = 40)
    void isTheResidualOfTheRegressions(
            @ForAll @IntRange(min = 1, max = 10) int bands,
            @ForAll @IntRange(min = 25, max = 80) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.dirty(Scenes.gaussian(n, 1, bands, 3, random), 0.02, random);
        double[][] pixels = Scenes.pixels(cube);
        net.jqwik.api.Assume.that(pixels.length >= 2 * bands);
        RegressionNoise noise = of(cube);

        double total = 0;
        for (int b = 0; b < bands; b++) {
            double variance = Math.min(residual(pixels, b) / (pixels.length - bands + 1), variance(column(pixels, b)));
            // Normal equations square the condition number, which is about 1e3 here.
            assertThat(noise.deviation()[b] / Math.sqrt(variance)).isCloseTo(1, within(1e-9));
            total += variance / bands;
        }
        assertThat(noise.rms() / Math.sqrt(total)).isCloseTo(1, within(1e-9));
        assertThat(noise.reliable()).isTrue();
    }

    /** Mixtures of five smooth spectra with noise of known deviation in each band. */
    private static Cube mixture(int n, double[] sigma, Random random) {
        int bands = sigma.length;
        double[][] planes = new double[bands][n];
        for (int i = 0; i < n; i++) {
            double[] a = random.doubles(5).map(u -> -Math.log(u)).toArray();
            double sum = Arrays.stream(a).sum();
            for (int b = 0; b < bands; b++) {
                double x = (double) b / bands;
                double v = 0;
                for (int k = 0; k < 5; k++) {
                    v += a[k] / sum * (0.5 + 0.4 * Math.sin((k + 1) * 2.0 * x + k));
                }
                planes[b][i] = v + sigma[b] * random.nextGaussian();
            }
        }
        return Cube.of(1, n, planes);
    }

    /**
     * What regression can find at best: with R of the noiseless scene and the noise variances in D, the part of band b that
     * the others do not explain is 1 / ((R + D)^-1)_bb. It exceeds the noise by what the noise of the others hides of the
     * signal: 5 % of the variance in the mean over 100 bands for a signal of rank five, and most in the cleanest bands.
     */
    private static double[] attainable(Cube clean, double[] sigma) {
        double[][] r = MeanScatter.of(clean, RunContext.defaults()).correlation();
        for (int b = 0; b < sigma.length; b++) {
            r[b][b] += sigma[b] * sigma[b];
        }
        double[][] inverse = Dense.inverse(Dense.cholesky(r).orElseThrow());
        return IntStream.range(0, sigma.length)
                .mapToDouble(b -> 1 / Math.sqrt(inverse[b][b]))
                .toArray();
    }

    private static void assertNoise(RegressionNoise noise, Cube clean, double[] sigma) {
        double[] expected = attainable(clean, sigma);
        double mean = 0;
        for (int b = 0; b < sigma.length; b++) {
            // 10000 pixels give a deviation to 1/sqrt(2 n) = 0.7 %; four times that.
            assertThat(noise.deviation()[b] / expected[b]).isBetween(0.972, 1.028);
            assertThat(noise.deviation()[b] / sigma[b]).isGreaterThan(0.972);
            mean += noise.deviation()[b] * noise.deviation()[b] / sigma[b] / sigma[b] / sigma.length;
        }
        assertThat(mean).isBetween(1.0, 1.12);
        assertThat(noise.reliable()).isTrue();
    }

    @Test
    void findsTheNoiseOfASimulatedScene() {
        double[] sigma = new Random(7).doubles(100, 0.002, 0.02).toArray();
        // The same seed draws the same abundances.
        assertNoise(of(mixture(10_000, sigma, new Random(8))), mixture(10_000, new double[100], new Random(8)), sigma);
    }

    @RealData
    @Test
    void findsNoiseThatDiffersFromBandToBand() {
        String file = "restoration_synthetic.mat";
        assertNoise(
                of(Scenes.oracleCube(file, "noniid", 100, 100, 100)),
                Scenes.oracleCube(file, "clean", 100, 100, 100),
                Scenes.oracle(file, "noniid_sigma"));
    }

    @RealData
    @Test
    void findsTheNoiseOfTheOracleScenes() {
        for (String file : new String[] {"unmixing_pure.mat", "unmixing_mixed.mat"}) {
            RegressionNoise noise = of(Scenes.oracleMatrix(file, "Y", 224));
            double reference = Scenes.oracle(file, "reference_noise_rms")[0];
            double[] variances = Scenes.oracle(file, "reference_Rw_diag");
            // The reference divides the residuals by n where we divide by n - B + 1; the rest is rounding and its
            // ridge.
            double divisor = Math.sqrt(2500.0 / (2500 - 224 + 1));
            assertThat(noise.rms() / divisor / reference).isCloseTo(1, within(1e-9));
            for (int b = 0; b < 224; b++) {
                assertThat(noise.deviation()[b] / divisor / Math.sqrt(variances[b]))
                        .isCloseTo(1, within(1e-9));
            }
            // The noise that is in the scene. Five endmembers seen through 223 noisy bands add about 1 % to it.
            double truth = rms(file);
            assertThat(noise.rms() / truth).isBetween(1.0, 1.02);
        }
    }

    /** Root mean square of Y - E A. */
    private static double rms(String file) {
        double[] y = Scenes.oracle(file, "Y");
        double[] e = Scenes.oracle(file, "E");
        double[] a = Scenes.oracle(file, "A");
        double sum = 0;
        for (int i = 0; i < 2500; i++) {
            for (int b = 0; b < 224; b++) {
                double noise = y[b + 224 * i];
                for (int k = 0; k < 5; k++) {
                    noise -= e[b + 224 * k] * a[k + 5 * i];
                }
                sum += noise * noise;
            }
        }
        return Math.sqrt(sum / y.length);
    }

    @Test
    void theUnitOfTheSamplesDoesNotMatter() {
        Random random = new Random(3);
        double[] sigma = random.doubles(20, 0.002, 0.02).toArray();
        Cube cube = mixture(500, sigma, random);
        double[] unit = of(cube).deviation();
        for (double scale : new double[] {1e-30, 1e-6, 1e6, 1e30}) {
            RegressionNoise scaled = of(cube.scaled(scale, 0));
            for (int b = 0; b < unit.length; b++) {
                assertThat(scaled.deviation()[b] / scale / unit[b]).isCloseTo(1, within(1e-9));
            }
            assertThat(scaled.reliable()).isTrue();
        }
    }

    /** Each band in another unit, with a band twice so that the ridge is needed: still only the unit changes. */
    @Test
    void notEvenWhenEachBandHasItsOwn() {
        Random random = new Random(3);
        Cube cube = mixture(500, random.doubles(12, 0.002, 0.02).toArray(), random)
                .selectBands(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 3);
        double[] scale = new double[13];
        double[][] planes = new double[13][];
        for (int b = 0; b < 13; b++) {
            scale[b] = Math.pow(10, b - 6);
            planes[b] = cube.selectBands(b).scaled(scale[b], 0).plane(0);
        }
        RegressionNoise unit = of(cube);
        RegressionNoise scaled = of(Cube.of(1, 500, planes));

        assertThat(unit.reliable()).isFalse();
        assertThat(scaled.reliable()).isFalse();
        for (int b = 0; b < 13; b++) {
            // With a ridge of 1e-10 rounding is blown up to 1e-6.
            assertThat(scaled.deviation()[b] / scale[b] / unit.deviation()[b]).isCloseTo(1, within(1e-4));
        }
        assertThat(unit.deviation()[3]).isLessThan(1e-4);
        assertThat(unit.deviation()[4]).isGreaterThan(1e-3);
    }

    @Test
    void singularScenesAreToldFromReliableOnes() {
        Random random = new Random(5);
        double[] sigma = random.doubles(10, 0.002, 0.02).toArray();
        Cube cube = mixture(100, sigma, random);

        assertThat(of(cube).reliable()).isTrue();
        RegressionNoise few = of(cube.masked(Mask.of(1, 100, i -> i < 8)));
        assertThat(few.reliable()).isFalse();
        assertThat(of(cube.masked(Mask.of(1, 100, i -> i < 15))).reliable()).isFalse();
        assertThat(of(cube.masked(Mask.of(1, 100, i -> i < 1))).reliable()).isFalse();
        assertThat(Arrays.stream(few.deviation()).allMatch(s -> s > 0 && s < 1e-3))
                .isTrue();
        RegressionNoise nothing = of(Cube.of(1, 100, new double[3][100]));
        assertThat(nothing.deviation()).containsExactly(0, 0, 0);
        assertThat(nothing.rms()).isZero();
        assertThat(nothing.reliable()).isFalse();
    }

    @Test
    void aDeadBandDoesNotTouchTheOthers() {
        Random random = new Random(5);
        Cube cube = mixture(200, random.doubles(6, 0.002, 0.02).toArray(), random);
        double[][] planes = new double[7][200];
        for (int b = 0; b < 6; b++) {
            planes[b] = cube.plane(b);
        }
        RegressionNoise noise = of(Cube.of(1, 200, planes));
        double[] alone = of(cube).deviation();

        assertThat(noise.reliable()).isFalse();
        for (int b = 0; b < 6; b++) {
            // One more band counts in the degrees of freedom: 195 against 194.
            assertThat(noise.deviation()[b] / alone[b]).isCloseTo(Math.sqrt(195.0 / 194), within(1e-9));
        }
        assertThat(noise.deviation()[6]).isZero();
    }

    /** Where the others cannot explain a constant, its square is not noise. */
    @Test
    void aConstantBandHasNoNoise() {
        double[] constant = new double[100];
        Arrays.fill(constant, 0.1);
        double[] noise = new Random(2).doubles(100, -1, 1).toArray();

        assertThat(of(Cube.of(1, 100, new double[][] {constant, noise})).deviation()[0])
                .isZero();
        assertThat(of(Cube.of(1, 100, new double[][] {constant})).deviation()).containsExactly(0);
    }

    @Test
    void refusesWhatHasNoNoise() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegressionNoise.of(MeanScatter.empty(3)))
                .withMessage("no valid pixel to estimate noise from");
        Cube cube = Scenes.gaussian(5, 5, 2, 3, new Random(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(cube.scaled(1e200, 0)))
                .withMessageContaining("correlation overflows");
    }

    @Test
    void handsOutACopy() {
        RegressionNoise noise = of(Scenes.gaussian(5, 5, 2, 3, new Random(1)));
        double before = noise.deviation()[0];
        noise.deviation()[0] = 99;
        assertThat(noise.deviation()[0]).isEqualTo(before);
    }
}
