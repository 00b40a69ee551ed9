package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralAngleTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void knowsTheAnglesOfAPlane() {
        assertThat(SpectralAngle.radians(new double[] {1, 0}, new double[] {0, 3}))
                .isEqualTo(Math.PI / 2);
        assertThat(SpectralAngle.radians(new double[] {2, 0}, new double[] {-1, 0}))
                .isEqualTo(Math.PI);
        // a few roundings of numbers near one
        assertThat(SpectralAngle.radians(new double[] {1, 0}, new double[] {1, 1}))
                .isCloseTo(Math.PI / 4, within(4e-16));
        assertThat(SpectralAngle.degrees(Spectrum.of(1, 0), Spectrum.of(1, 1))).isCloseTo(45, within(3e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-9, 1e-6, 1e-3, 1, 2, Math.PI - 1e-6})
    void keepsTheDigitsOfSmallAngles(double angle) {
        Random random = new Random(5);
        double[] u = unit(random, 200);
        double[] w = unit(random, 200);
        double along = dot(u, w);
        for (int i = 0; i < w.length; i++) {
            w[i] -= along * u[i];
        }
        double norm = Math.sqrt(dot(w, w));
        double[] v = new double[200];
        for (int i = 0; i < v.length; i++) {
            v[i] = Math.cos(angle) * u[i] + Math.sin(angle) * w[i] / norm;
        }
        // v itself was rounded: by 1e-16 of its length at the most, as was w's direction
        assertThat(SpectralAngle.radians(u, v)).isCloseTo(angle, within(1e-15));
    }

    private static double[] unit(Random random, int n) {
        double[] v = random.doubles(n, -1, 1).toArray();
        double norm = Math.sqrt(dot(v, v));
        return DoubleStream.of(v).map(x -> x / norm).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Property(tries = 200)
    void isSymmetricAndBlindToBrightness(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int bands) {
        Random random = new Random(seed);
        double[] u = random.doubles(bands, -1, 1).toArray();
        double[] v = random.doubles(bands, -1, 1).toArray();
        double[] brighter = DoubleStream.of(v).map(x -> x * 0x1p900).toArray();
        double[] darker = DoubleStream.of(v).map(x -> x * 0x1p-900).toArray();
        double angle = SpectralAngle.radians(u, v);

        assertThat(angle).isEqualTo(SpectralAngle.radians(v, u));
        // powers of two change no digit, and no square overflows or vanishes
        assertThat(SpectralAngle.radians(u, brighter)).isEqualTo(angle);
        assertThat(SpectralAngle.radians(u, darker)).isEqualTo(angle);
        assertThat(SpectralAngle.radians(v, brighter)).isZero();
        // the arc cosine is good to the root of the rounding unit
        double cosine = dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
        assertThat(angle).isCloseTo(Math.acos(Math.max(-1, Math.min(1, cosine))), within(5e-8));
    }

    @Test
    void hasNoAngleToZerosOrGaps() {
        double[] u = {1, 2};
        assertThat(SpectralAngle.radians(u, new double[2])).isNaN();
        assertThat(SpectralAngle.radians(new double[2], new double[2])).isNaN();
        assertThat(SpectralAngle.radians(u, new double[] {1, Double.NaN})).isNaN();
        assertThat(SpectralAngle.radians(Spectrum.of(1, 2), Spectrum.of(Double.NaN, 2)))
                .isNaN();
    }

    @Test
    void namesBothLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralAngle.radians(new double[3], new double[4]))
                .withMessage("one spectrum has 3 bands but the other has 4");
    }

    @Property(tries = 50)
    void meansTheAnglesOfThePixelsThatCount(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 130) int columns,
            @ForAll @IntRange(min = 1, max = 6) int bands) {
        Random random = new Random(seed);
        double[][] x = new double[bands][rows * columns];
        double[][] y = new double[bands][rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            int kind = random.nextInt(10);
            for (int b = 0; b < bands; b++) {
                x[b][i] = kind == 0 ? 0 : random.nextDouble(0.1, 1);
                y[b][i] = kind == 1 ? 0 : random.nextDouble(0.1, 1);
            }
            if (kind == 2) {
                x[random.nextInt(bands)][i] = Double.NaN;
            }
            if (kind == 3) {
                y[random.nextInt(bands)][i] = Double.POSITIVE_INFINITY;
            }
        }
        Mask mask = Mask.of(rows, columns, i -> i % 7 != 3);
        Cube estimate = Cube.of(rows, columns, x).masked(mask);
        Cube truth = Cube.of(rows, columns, y);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < rows * columns; i++) {
            double angle = SpectralAngle.radians(pixel(x, i), pixel(y, i));
            if (mask.get(i) && Double.isFinite(angle)) {
                sum += angle;
                count++;
            }
        }
        if (count == 0) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SpectralAngle.meanRadians(estimate, truth, RUN))
                    .withMessage("no pixel is valid and not zero in both cubes");
            return;
        }
        double mean = SpectralAngle.meanRadians(estimate, truth, RUN);
        // the order of the sum differs, and the angles themselves by some roundings
        assertThat(mean).isCloseTo(sum / count, within(1e-14));
        assertThat(SpectralAngle.meanDegrees(estimate, truth, RUN)).isEqualTo(Math.toDegrees(mean));
        assertThat(SpectralAngle.meanRadians(
                        estimate, truth, RunContext.defaults().withParallelism(7)))
                .isEqualTo(mean);
    }

    private static double[] pixel(double[][] planes, int i) {
        return DoubleStream.iterate(0, b -> b + 1)
                .limit(planes.length)
                .map(b -> planes[(int) b][i])
                .toArray();
    }

    @Test
    void namesBothShapes() {
        Cube a = Cube.builder(3, 4, 5, Precision.FLOAT).build();
        for (Cube b : new Cube[] {
            Cube.builder(4, 3, 5, Precision.FLOAT).build(),
            Cube.builder(3, 3, 5, Precision.FLOAT).build(),
            Cube.builder(3, 4, 6, Precision.FLOAT).build()
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SpectralAngle.meanRadians(a, b, RUN))
                    .withMessage("the estimated cube is 3x4x5 but the true one is " + b.rows() + "x" + b.columns() + "x"
                            + b.bands());
        }
    }
}
