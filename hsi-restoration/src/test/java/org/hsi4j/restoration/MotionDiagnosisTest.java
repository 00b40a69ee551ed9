package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.DownSampling;
import org.hsi4j.simulate.GaussianBlur;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.MotionBlur;
import org.hsi4j.simulate.Stripes;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which motions a {@link Diagnosis} finds, how exactly, and what it takes for none. */
class MotionDiagnosisTest {
    private static final Cube DISCS = discs(96, 80, 12);

    private static Diagnosis diagnose(Cube cube) {
        return Diagnosis.of(cube, RunContext.defaults());
    }

    private static Cube moved(Cube cube, double length, double angle) {
        return MotionBlur.withDefaults()
                .withLength(length)
                .withAngle(angle)
                .apply(cube)
                .cube();
    }

    private static Cube noisy(Cube cube, double sigma) {
        return sigma == 0
                ? cube
                : GaussianNoise.withDefaults().withSigma(sigma).apply(cube).cube();
    }

    /** Discs of three materials on top of each other, which have no direction of their own, each material with a texture. */
    private static Cube discs(int rows, int columns, int bands) {
        Random random = new Random(3);
        double[][] planes = new double[bands][rows * columns];
        for (int n = 0; n < 300; n++) {
            double y = rows * random.nextDouble();
            double x = columns * random.nextDouble();
            double radius = 1 + 9 * random.nextDouble();
            double material = 1 + n % 3;
            double brightness = 0.1 + 0.4 * random.nextDouble();
            for (int i = 0; i < rows * columns; i++) {
                if (Math.hypot(i / columns - y, i % columns - x) < radius) {
                    for (int b = 0; b < bands; b++) {
                        planes[b][i] = brightness * (1.2 + Math.sin(material * b * 3 / bands));
                    }
                }
            }
        }
        for (int material = 1; material <= 3; material++) {
            for (int i = 0; i < rows * columns; i++) {
                double texture = 0.03 * random.nextGaussian();
                for (int b = 0; b < bands; b++) {
                    planes[b][i] += texture * (1.2 + Math.sin(material * b * 3.0 / bands));
                }
            }
        }
        return Cube.of(rows, columns, planes);
    }

    private static void assertMotion(SoftAssertions all, String what, Cube seen, double length, double angle) {
        PointSpread found = diagnose(seen).pointSpread().orElse(null);
        all.assertThat(found).as(what).isInstanceOf(PointSpread.Motion.class);
        if (found instanceof PointSpread.Motion motion) {
            all.assertThat(motion.length()).as(what + ": " + motion).isCloseTo(length, within(0.75));
            double turned = Math.abs(Math.IEEEremainder(motion.angle() - angle, 180));
            // The ends of the line lie in the pixels where they should be or beside them.
            all.assertThat(turned * Math.PI / 180 * length / 2)
                    .as(what + ": " + motion)
                    .isLessThan(0.75);
        }
    }

    /** Every third band of 48 x 48 pixels, with a peak of one: of the simulated scene and of Pavia University. */
    static Cube small(String name) throws IOException {
        Cube cube = thirdOf(name).crop(new Region(0, 0, 48, 48));
        return unit(cube);
    }

    private static Cube thirdOf(String name) throws IOException {
        Cube cube = name.equals("oracle")
                ? Cubes.read(
                        SharedFiles.oracle("restoration_synthetic.mat"),
                        ReadOptions.defaults().withVariable("clean"))
                : Cubes.read(SharedFiles.data("restoration/paviau_crop/paviaU_subimg.mat"));
        return unit(cube.selectBands(
                IntStream.range(0, cube.bands() / 3).map(b -> 3 * b).toArray()));
    }

    private static Cube unit(Cube cube) {
        double peak = 0;
        for (int b = 0; b < cube.bands(); b++) {
            peak = Math.max(peak, Arrays.stream(cube.plane(b)).max().orElse(0));
        }
        return cube.scaled(1 / peak, 0).toHeap(Precision.DOUBLE);
    }

    /** In 100 x 100 and 50 x 50 pixels, without noise and with .005 of the peak. */
    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"oracle", "pavia"})
    void motionsOfRealAndSimulatedScenesAreFound(String name) throws IOException {
        Cube sharp = thirdOf(name);
        SoftAssertions all = new SoftAssertions();
        double[][] motions = {{15, 45}, {15, 0}, {15, 90}, {15, 30}, {15, 110}, {9, 20}, {7, 70}, {18, 45}};
        for (double[] motion : motions) {
            String what = name + ", " + motion[0] + " at " + motion[1];
            assertMotion(all, what, moved(sharp, motion[0], motion[1]), motion[0], motion[1]);
        }
        assertMotion(all, name + ", in noise", noisy(moved(sharp, 15, 45), 0.005), 15, 45);
        assertMotion(all, name + ", in noise", noisy(moved(sharp, 9, 45), 0.005), 9, 45);
        all.assertAll();
    }

    /** Half a turn, odd directions, lengths that are no whole numbers; a long one in the largest windows. */
    @ParameterizedTest
    @CsvSource({"6.5, 63, 0.001", "12.3, 155, 0.002", "12, 200, 0.001", "18.7, 80, 0.002", "22, 10, 0.001"})
    void motionsOfDiscsAreFound(double length, double angle, double noise) {
        SoftAssertions all = new SoftAssertions();
        assertMotion(all, "discs", noisy(moved(DISCS, length, angle), noise), length, angle);
        all.assertAll();
    }

    @Test
    void whatIsFoundIsSaid() {
        Diagnosis diagnosis = diagnose(moved(DISCS, 12, 0));
        assertThat(diagnosis.faults()).contains(Fault.MOTION_BLUR).doesNotContain(Fault.BLUR);
        assertThat(diagnosis.lines())
                .contains("blurred by " + diagnosis.pointSpread().orElseThrow() + ", counter-clockwise from the rows");
        assertThat(diagnosis.pointSpread().orElseThrow().toString()).endsWith("pixels at 0.0 degrees");
    }

    /** Rows and columns change places, and with them cosine and sine; the unit is a power of two. */
    @Test
    void theMotionTurnsWithTheSceneAndTheUnitDoesNotMatter() {
        Cube seen = noisy(moved(DISCS, 13, 25), 0.002);
        PointSpread.Motion motion = motion(seen);
        PointSpread.Motion turned = motion(DiagnosisTest.turned(seen));
        assertThat(turned.length()).isCloseTo(motion.length(), within(0.1));
        assertThat(turned.angle()).isCloseTo(90 - motion.angle(), within(0.5));
        PointSpread.Motion other = motion(seen.scaled(1024, 0));
        assertThat(other.length()).isCloseTo(motion.length(), within(1e-6));
        assertThat(other.angle()).isCloseTo(motion.angle(), within(1e-6));
    }

    private static PointSpread.Motion motion(Cube seen) {
        return (PointSpread.Motion) diagnose(seen).pointSpread().orElseThrow();
    }

    /** Stripes are lines of the spectrum too, and of a blurred scene in noise little is left to be seen. */
    @Test
    void nothingElseIsAMotion() {
        assertNone(DISCS, "discs");
    }

    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"oracle", "pavia"})
    void nothingElseIsAMotionInScenesOfTheSurvey(String name) throws IOException {
        assertNone(thirdOf(name), name);
        assertNone(small(name), name + ", cut");
    }

    private static void assertNone(Cube sharp, String name) {
        SoftAssertions all = new SoftAssertions();
        for (double noise : new double[] {0, 0.01}) {
            Cube blurred = GaussianBlur.withDefaults().apply(sharp).cube();
            Stripes stripes = Stripes.withDefaults().withAmplitude(0.1);
            for (Cube cube : new Cube[] {
                noisy(sharp, noise),
                noisy(blurred, noise),
                stripes.apply(noisy(sharp, noise)).cube(),
                stripes.withBandShare(1)
                        .withCoherence(true)
                        .apply(noisy(sharp, noise))
                        .cube()
            }) {
                all.assertThat(diagnose(cube).has(Fault.MOTION_BLUR))
                        .as(name + ", noise " + noise + ": " + cube.provenance())
                        .isFalse();
            }
        }
        all.assertAll();
    }

    /** It is a blur along both sides of the pixel. */
    @Test
    void pixelsThatAreRepeatedAreNoMotion() {
        for (int factor : new int[] {2, 4, 8}) {
            Cube large =
                    DownSampling.withDefaults().withFactor(factor).apply(DISCS).replicated();
            assertThat(diagnose(large).has(Fault.MOTION_BLUR)).isFalse();
        }
    }

    /** Too small, too long, or too faint in its noise: nothing is said. */
    @Test
    void whatCannotBeKnownIsNotSaid() {
        assertThat(diagnose(moved(DISCS.crop(new Region(0, 0, 39, 80)), 9, 0)).pointSpread())
                .isEmpty();
        assertThat(diagnose(moved(DISCS, 60, 30)).pointSpread()).isEmpty();
        assertThat(diagnose(noisy(moved(DISCS, 15, 45), 0.3)).pointSpread()).isEmpty();
        assertThat(diagnose(Cube.of(50, 50, new double[3][2500])).pointSpread()).isEmpty();
    }
}
