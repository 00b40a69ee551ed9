package org.hsi4j.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaveletTest {

    static List<Wavelet> all() {
        List<Wavelet> all = new ArrayList<>();
        for (int moments = 1; moments <= 10; moments++) {
            all.add(Wavelet.daubechies(moments));
            all.add(Wavelet.symlet(moments));
        }
        return all;
    }

    /** Within the 1e-13 that the class promises, of 20 products below one. */
    @ParameterizedTest
    @MethodSource("all")
    void filtersAreOrthogonalToTheirEvenShiftsAndToEachOther(Wavelet wavelet) {
        double[] h = wavelet.scaling();
        double[] g = wavelet.detail();
        for (int shift = 0; shift < h.length; shift += 2) {
            double hh = 0;
            double gg = 0;
            double hg = 0;
            double gh = 0;
            for (int k = 0; k + shift < h.length; k++) {
                hh += h[k] * h[k + shift];
                gg += g[k] * g[k + shift];
                hg += h[k] * g[k + shift];
                gh += g[k] * h[k + shift];
            }
            assertThat(hh).isCloseTo(shift == 0 ? 1 : 0, within(1e-13));
            assertThat(gg).isCloseTo(shift == 0 ? 1 : 0, within(1e-13));
            assertThat(hg).isCloseTo(0, within(1e-13));
            assertThat(gh).isCloseTo(0, within(1e-13));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void detailsOfPolynomialsVanish(Wavelet wavelet) {
        double[] g = wavelet.detail();
        for (int degree = 0; degree < wavelet.taps() / 2; degree++) {
            double sum = 0;
            for (int k = 0; k < g.length; k++) {
                sum += g[k] * Math.pow(2.0 * k / (g.length - 1) - 1, degree);
            }
            // powers are at most one; the taps carry errors of some 1e-14
            assertThat(sum).as("degree %d", degree).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void twoMomentsAreDaubechiesOwnNumbers() {
        double root = Math.sqrt(3);
        double scale = 4 * Math.sqrt(2);

        assertThat(Wavelet.daubechies(2).scaling())
                .containsExactly(
                        new double[] {(1 + root) / scale, (3 + root) / scale, (3 - root) / scale, (1 - root) / scale},
                        within(1e-15));
    }

    /** The table of the least asymmetric wavelets, Daubechies 1992, table 6.3, has 12 digits (times sqrt 2). */
    @Test
    void theSymletOfFourMomentsIsThePublishedOne() {
        assertThat(Wavelet.symlet(4).scaling())
                .containsExactly(
                        new double[] {
                            -0.075765714789,
                            -0.029635527646,
                            0.497618667633,
                            0.803738751806,
                            0.297857795606,
                            -0.099219543577,
                            -0.012603967262,
                            0.032223100604
                        },
                        within(1e-12));
    }

    /** How far h is from its mirror image, over its norm of one: 1.25 for db8. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 10})
    void symletsAreNearlySymmetric(int moments) {
        assertThat(asymmetry(Wavelet.symlet(moments))).isLessThan(asymmetry(Wavelet.daubechies(moments)) / 2);
    }

    /** Of all shifts, the least distance to the mirror image. */
    private static double asymmetry(Wavelet wavelet) {
        double[] h = wavelet.scaling();
        double best = 0;
        for (int centre = 0; centre <= 2 * h.length; centre++) {
            double product = 0;
            for (int k = 0; k < h.length; k++) {
                int mirror = centre - k;
                product += mirror >= 0 && mirror < h.length ? h[k] * h[mirror] : 0;
            }
            best = Math.max(best, product);
        }
        return 2 - 2 * best;
    }

    @Test
    void namesWhatItCannotMake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wavelet.daubechies(0))
                .withMessage("a wavelet has 1 to 10 vanishing moments, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Wavelet.symlet(11));
        assertThat(Wavelet.symlet(4)).hasToString("symlet 4");
    }
}
