package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    private static final Wavelengths GRID = Wavelengths.of(450, 550);
    private static final Spectrum GRASS = Spectrum.of(3, 4).named("grass").withWavelengths(GRID);

    @Test
    void tellsItsValues() {
        assertThat(GRASS.name()).isEqualTo("grass");
        assertThat(GRASS.bands()).isEqualTo(2);
        assertThat(GRASS.value(1)).isEqualTo(4);
        assertThat(GRASS.wavelengths()).contains(GRID);
        assertThat(GRASS.isComplete()).isTrue();
        assertThat(GRASS.norm()).isEqualTo(5);
        assertThat(GRASS.toArray()).containsExactly(3, 4);
        assertThat(GRASS).hasToString("spectrum 'grass', 2 bands, 450.0 to 550.0 nm");

        Spectrum bare = Spectrum.of(1, Double.NaN);
        assertThat(bare.name()).isEmpty();
        assertThat(bare.wavelengths()).isEmpty();
        assertThat(bare.isComplete()).isFalse();
        assertThat(bare.norm()).isNaN();
        assertThat(bare).hasToString("spectrum, 2 bands");
    }

    @Test
    void refusesWhatIsNoSpectrum() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spectrum.of()).withMessageContaining("at least one band");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrum.of(1, Double.NEGATIVE_INFINITY))
                .withMessage("spectrum is infinite in band 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRASS.withWavelengths(Wavelengths.of(1)))
                .withMessage("spectrum has 2 bands but 1 wavelengths were given");
        assertThatNullPointerException().isThrownBy(() -> GRASS.named(null));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRASS.value(2));
    }

    @Test
    void selectsBands() {
        assertThat(GRASS.select(1, 1))
                .isEqualTo(Spectrum.of(4, 4).named("grass").withWavelengths(Wavelengths.of(550, 550)));
        assertThat(Spectrum.of(1, 2).select(1)).isEqualTo(Spectrum.of(2));
        assertThatIllegalArgumentException().isThrownBy(() -> GRASS.select());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> GRASS.select(2));
    }

    @Test
    void scales() {
        assertThat(GRASS.scaled(2)).isEqualTo(Spectrum.of(6, 8).named("grass").withWavelengths(GRID));
        assertThatIllegalArgumentException().isThrownBy(() -> GRASS.scaled(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> GRASS.scaled(Double.MAX_VALUE));
    }

    @Test
    void isAValue() {
        double[] values = {3, 4};
        Spectrum same = Spectrum.of(values).named("grass").withWavelengths(GRID);
        values[0] = 99;
        same.toArray()[0] = 99;

        assertThat(same).isEqualTo(GRASS).hasSameHashCodeAs(GRASS);
        assertThat(Serial.copy(same)).isEqualTo(GRASS);
        assertThat(Spectrum.of(Double.NaN)).isEqualTo(Spectrum.of(Double.NaN));
        assertThat(same).isNotEqualTo(GRASS.named("soil"));
        assertThat(same).isNotEqualTo(GRASS.scaled(2));
        assertThat(same).isNotEqualTo(Spectrum.of(3, 4).named("grass"));
        assertThat(same).isNotEqualTo("grass");
    }
}
