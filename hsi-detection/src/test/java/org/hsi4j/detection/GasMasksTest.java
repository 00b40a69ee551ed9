package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
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

    @Test
    void wrongArgumentsAreRefused() {
        Cube cube = scene(1, 500, 600);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.flares(cube, RUN))
                .withMessage("flares are seen at 2389.0 nm, but the nearest band is at 600.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.flares(Cube.of(1, 1, new double[1][1]), RUN))
                .withMessageContaining("no wavelengths");
        assertThatIllegalArgumentException().isThrownBy(() -> GasMasks.saturated(cube, Double.NaN, RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasMasks.grown(Mask.all(1, 1), -1))
                .withMessage("a mask cannot grow by -1 pixels");
    }
}
