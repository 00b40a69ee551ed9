package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsorptionSpectrumTest {
    private static final AbsorptionSpectrum ONE_BAND =
            AbsorptionSpectrum.named("glass").withBand(1000, 80, 0.4);

    @Test
    void aBandHasItsDepthAndWidth() {
        // the exponential and the logarithm round once each
        assertThat(ONE_BAND.reflectance(1000)).isCloseTo(0.6, within(2e-16));
        assertThat(ONE_BAND.reflectance(960)).isCloseTo(Math.sqrt(0.6), within(2e-16));
        assertThat(ONE_BAND.reflectance(1040)).isCloseTo(Math.sqrt(0.6), within(2e-16));
        assertThat(ONE_BAND.reflectance(2000)).isEqualTo(1);
        assertThat(ONE_BAND.bands()).containsExactly(new AbsorptionSpectrum.Band(1000, 80, 0.4));
        assertThat(ONE_BAND.name()).isEqualTo("glass");
        assertThat(ONE_BAND).hasToString("model of glass with 1 absorption bands");
    }

    @Test
    void bandsMultiplyAndScaleWithTheContinuum() {
        AbsorptionSpectrum two = ONE_BAND.withBand(1000, 20, 0.5).withContinuum(700, 0.8);

        assertThat(two.reflectance(1000)).isCloseTo(0.8 * 0.6 * 0.5, within(2e-16));
        assertThat(ONE_BAND.bands()).hasSize(1);
    }

    @Property(tries = 200)
    void theContinuumPassesItsKnotsWithoutOvershoot(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int knots) {
        Random random = new Random(seed);
        AbsorptionSpectrum model = AbsorptionSpectrum.named("any");
        double[] level = new double[knots];
        for (int i = 0; i < knots; i++) {
            level[i] = random.nextInt(11) / 10.0;
        }
        for (int i = knots - 1; i >= 0; i--) {
            model = model.withContinuum(500 + 100 * i, level[i]);
        }
        for (int i = 0; i < knots; i++) {
            assertThat(model.reflectance(500 + 100 * i)).isEqualTo(level[i]);
        }
        assertThat(model.reflectance(400)).isEqualTo(level[0]);
        assertThat(model.reflectance(5000)).isEqualTo(level[knots - 1]);
        for (int i = 0; i + 1 < knots; i++) {
            double direction = Math.signum(level[i + 1] - level[i]);
            double before = level[i];
            for (int t = 1; t <= 20; t++) {
                double now = model.reflectance(500 + 100 * i + 5 * t);
                // monotone, but for the rounding of numbers up to one
                assertThat((now - before) * direction).isGreaterThanOrEqualTo(-1e-15);
                assertThat(now)
                        .isBetween(Math.min(level[i], level[i + 1]) - 1e-15, Math.max(level[i], level[i + 1]) + 1e-15);
                before = now;
            }
        }
    }

    @Test
    void aKnotCanBeMoved() {
        AbsorptionSpectrum model =
                AbsorptionSpectrum.named("m").withContinuum(500, 0.2).withContinuum(500, 0.3);

        assertThat(model.reflectance(500)).isEqualTo(0.3);
    }

    @Test
    void aSensorSeesTheMeanOverItsBand() {
        AbsorptionSpectrum shallow = AbsorptionSpectrum.named("m").withBand(1000, 60, 1e-3);
        Wavelengths sharp = Wavelengths.of(970, 1000);
        Spectrum blurred = shallow.on(sharp.withFwhm(80, 80));

        assertThat(shallow.on(sharp).toArray()).containsExactly(shallow.reflectance(970), shallow.reflectance(1000));
        // a shallow Gaussian of 60 nm seen through one of 80 nm is one of 100 nm; the response ends at 1.5 FWHM, which
        // leaves out 4e-4 of it
        assertThat(1 - blurred.value(1)).isCloseTo(1e-3 * 0.6, within(1e-6));
        assertThat(1 - blurred.value(0)).isCloseTo(1e-3 * 0.6 * Math.pow(2, -4 * 0.09), within(1e-6));
        assertThat(blurred.name()).isEqualTo("m");
        assertThat(blurred.wavelengths()).contains(sharp.withFwhm(80, 80));
    }

    @Test
    void survivesSerialisation() {
        AbsorptionSpectrum copy = Serial.copy(ONE_BAND.withContinuum(400, 0.1).withContinuum(900, 0.7));

        assertThat(copy.reflectance(777))
                .isEqualTo(
                        ONE_BAND.withContinuum(400, 0.1).withContinuum(900, 0.7).reflectance(777));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWavelengthsThatAreNone(double nanometres) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ONE_BAND.withBand(nanometres, 10, 0.1))
                .withMessageContaining("centre of an absorption band")
                .withMessageContaining("not " + nanometres);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ONE_BAND.withBand(1000, nanometres, 0.1))
                .withMessageContaining("width of an absorption band");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ONE_BAND.withContinuum(nanometres, 0.1))
                .withMessageContaining("wavelength of a continuum's knot");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesImpossibleLevels(double level) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ONE_BAND.withContinuum(500, level))
                .withMessage("a reflectance is a number from 0 to 1, not " + level);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ONE_BAND.withBand(500, 10, level))
                .withMessage("the depth of an absorption band is at least 0 and less than 1, not " + level);
    }

    @Test
    void noBandIsOneDeep() {
        assertThatIllegalArgumentException().isThrownBy(() -> ONE_BAND.withBand(500, 10, 1));
    }
}
