package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class WavelengthsTest {
    private static final Wavelengths GRID = Wavelengths.of(500, 400, 600).withFwhm(5, 4, 6);

    @Test
    void tellsCentresAndWidths() {
        assertThat(GRID.size()).isEqualTo(3);
        assertThat(GRID.at(1)).isEqualTo(400);
        assertThat(GRID.hasFwhm()).isTrue();
        assertThat(GRID.fwhm(2)).contains(6.0);
        assertThat(GRID.min()).isEqualTo(400);
        assertThat(GRID.max()).isEqualTo(600);
        assertThat(GRID.toArray()).containsExactly(500, 400, 600);
        assertThat(GRID).hasToString("3 bands, 400.0 to 600.0 nm with FWHM");

        Wavelengths bare = Wavelengths.of(500);
        assertThat(bare.hasFwhm()).isFalse();
        assertThat(bare.fwhm(0)).isEmpty();
        assertThat(bare).hasToString("1 bands, 500.0 to 500.0 nm");
    }

    @Test
    void refusesWhatIsNoWavelength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wavelengths.of()).withMessage("no wavelength given");
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wavelengths.of(1, wrong))
                    .withMessage("wavelength of band 1 must be a positive number of nanometres, not " + wrong);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wavelengths.of(1, 2).withFwhm(1, wrong))
                    .withMessageStartingWith("FWHM of band 1");
            if (wrong != 0 && wrong != -1) {
                assertThatIllegalArgumentException().isThrownBy(() -> GRID.nearest(wrong));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRID.withFwhm(1))
                .withMessage("1 FWHM values given for 3 wavelengths");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRID.at(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRID.fwhm(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Wavelengths.of(1).fwhm(1));
    }

    @Test
    void theFirstOfEquallyNearBandsIsTaken() {
        assertThat(GRID.nearest(450)).isZero();
        assertThat(GRID.nearest(440)).isEqualTo(1);
        assertThat(GRID.nearest(-10)).isEqualTo(1);
        assertThat(GRID.nearest(1e9)).isEqualTo(2);
    }

    @Property
    void noBandIsNearerThanTheNearest(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 300, max = 2500) Double> centres,
            @ForAll @DoubleRange(min = 0, max = 3000) double wanted) {
        Wavelengths grid = Wavelengths.of(centres.stream().mapToDouble(c -> c).toArray());
        double distance = Math.abs(grid.at(grid.nearest(wanted)) - wanted);
        for (double centre : centres) {
            assertThat(Math.abs(centre - wanted)).isGreaterThanOrEqualTo(distance);
        }
    }

    @Test
    void selectsInTheOrderGiven() {
        assertThat(GRID.select(2, 0, 2)).isEqualTo(Wavelengths.of(600, 500, 600).withFwhm(6, 5, 6));
        assertThat(Wavelengths.of(1, 2).select(1)).isEqualTo(Wavelengths.of(2));
        assertThatIllegalArgumentException().isThrownBy(() -> GRID.select());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRID.select(3));
    }

    @Test
    void isAValue() {
        double[] centres = {500, 400, 600};
        double[] widths = {5, 4, 6};
        Wavelengths grid = Wavelengths.of(centres).withFwhm(widths);
        centres[0] = widths[0] = 99;
        grid.toArray()[0] = 99;

        assertThat(grid).isEqualTo(GRID).hasSameHashCodeAs(GRID);
        assertThat(Serial.copy(grid)).isEqualTo(GRID);
        assertThat(grid).isNotEqualTo(Wavelengths.of(500, 400, 600));
        assertThat(grid).isNotEqualTo(Wavelengths.of(500, 401, 600).withFwhm(5, 4, 6));
        assertThat(grid).isNotEqualTo("grid");
    }
}
