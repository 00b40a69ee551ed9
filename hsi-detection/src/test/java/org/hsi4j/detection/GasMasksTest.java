package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class GasMasksTest {
    private static final RunContext RUN = RunContext.sequential();

    /** A scene of 30 rows and 25 columns with one bright sample in the second band. */
    private static Cube scene(double bright, double... wavelengths) {
        double[][] planes = new double[2][30 * 25];
        planes[1][12 * 25 + 3] = bright;
        planes[0][29 * 25 + 24] = Double.NaN;
        return Cube.builder(30, 25, 2, Precision.DOUBLE)
                .plane(0, planes[0])
                .plane(1, planes[1])
                .wavelengths(Wavelengths.of(wavelengths))
                .build();
    }

    private static Mask around(int distance) {
        return Mask.of(30, 25, i -> Math.abs(i / 25 - 12) <= distance && Math.abs(i % 25 - 3) <= distance);
    }

    @Test
    void saturationGrowsByTenPixels() {
        assertThat(GasMasks.saturated(scene(9, 2300, 2390), 9, RUN)).isEqualTo(around(10));
        assertThat(GasMasks.saturated(scene(8.9, 2300, 2390), 9, RUN).count()).isZero();
    }

    @Test
    void flaresAreSeenInTheirBandAlone() {
        assertThat(GasMasks.flares(scene(1.5, 2300, 2390), RUN)).isEqualTo(around(2));
        assertThat(GasMasks.flares(scene(1.4, 2300, 2390), RUN).count()).isZero();
        assertThat(GasMasks.flares(scene(9, 2390, 2480), RUN).count()).isZero();
        assertThat(GasMasks.flares(scene(1.4, 2300, 2390), 1, RUN)).isEqualTo(around(2));
    }

    @Test
    void aMaskGrowsToTheBorderAndNoFurther() {
        Mask corner = Mask.of(3, 4, i -> i == 0);

        assertThat(GasMasks.grown(corner, 0)).isEqualTo(corner);
        assertThat(GasMasks.grown(corner, 1)).isEqualTo(Mask.of(3, 4, i -> i == 0 || i == 1 || i == 4 || i == 5));
        assertThat(GasMasks.grown(corner, Integer.MAX_VALUE)).isEqualTo(Mask.all(3, 4));
    }

    /** Columns of soil, thick cloud, thin cloud over soil, lake, and a missing sample, in apparent reflectance. */
    private static Cube weather() {
        double[][] materials = {
            {.1, .25, .4, .01, .35},
            {.6, .65, .6, .02, .4},
            {.15, .28, .4, .15, .35},
            {.06, .01, .005, 0, .002},
            {.06, .01, .005, 0, .002}
        };
        double[][] planes = new double[5][2 * 5];
        for (int b = 0; b < 5; b++) {
            for (int i = 0; i < 10; i++) {
                planes[b][i] = materials[i % 5][b];
            }
            planes[b][4] = Double.NaN;
        }
        return Cube.builder(2, 5, 5, Precision.DOUBLE)
                .plane(0, planes[0])
                .plane(1, planes[1])
                .plane(2, planes[2])
                .plane(3, planes[3])
                .plane(4, planes[4])
                .wavelengths(Wavelengths.of(450, 1000, 1250, 1380, 1650))
                .build();
    }

    private static Mask columns(int... which) {
        return Mask.of(2, 5, i -> i != 4 && Arrays.stream(which).anyMatch(c -> c == i % 5));
    }

    @Test
    void cloudsAreBrightAtThreeWavelengths() {
        assertThat(GasMasks.clouds(weather(), RUN)).isEqualTo(columns(1));
    }

    @Test
    void cirrusIsBrightWhereVapourHidesTheGround() {
        assertThat(GasMasks.cirrus(weather(), RUN)).isEqualTo(columns(2));
    }

    @Test
    void waterIsDarkInTheInfraredAndMissingSamplesAreNoWater() {
        assertThat(GasMasks.water(weather(), RUN)).isEqualTo(columns(3, 4));
    }

    /** The same scene under a sun at 60 degrees: pi L / (E / 2). */
    @Test
    void radianceAndSunlightGiveTheMasksOfReflectance() {
        Spectrum irradiance = Spectrum.of(190, 74, 45, 36, 23);
        double[][] planes = new double[5][];
        for (int b = 0; b < 5; b++) {
            double white = irradiance.value(b) / 2 / Math.PI;
            planes[b] = Arrays.stream(weather().plane(b)).map(v -> v * white).toArray();
        }
        Cube.Builder radiance =
                Cube.builder(2, 5, 5, Precision.DOUBLE).wavelengths(Wavelengths.of(450, 1000, 1250, 1380, 1650));
        for (int b = 0; b < 5; b++) {
            radiance.plane(b, planes[b]);
        }
        Cube cube = radiance.build();
        Sunlight sun = new Sunlight(irradiance, 60);

        assertThat(GasMasks.clouds(cube, sun, RUN)).isEqualTo(columns(1));
        assertThat(GasMasks.cirrus(cube, sun, RUN)).isEqualTo(columns(2));
        assertThat(GasMasks.water(cube, sun, RUN)).isEqualTo(columns(3, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.water(cube, new Sunlight(Spectrum.of(1, 2), 60), RUN))
                .withMessageContaining("2 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> new Sunlight(irradiance, 90));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sunlight(Spectrum.of(1, 0), 20));
    }

    @Test
    void wrongArgumentsAreRefused() {
        Cube cube = scene(1, 500, 600);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.flares(cube, RUN))
                .withMessage("the band of flares is at 2389.0 nm, but the nearest band is at 600.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.flares(Cube.of(1, 1, new double[1][1]), RUN))
                .withMessageContaining("no wavelengths");
        assertThatIllegalArgumentException().isThrownBy(() -> GasMasks.saturated(cube, Double.NaN, RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.grown(Mask.all(1, 1), -1))
                .withMessage("a mask cannot grow by -1 pixels");
    }
}
