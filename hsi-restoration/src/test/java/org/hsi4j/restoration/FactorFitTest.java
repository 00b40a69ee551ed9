package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Low rank as the way to what is missing. */
class FactorFitTest {

    private static List<Mask> gaps(int bands, double share, long seed) {
        Random random = new Random(seed);
        List<Mask> masks = new ArrayList<>();
        for (int b = 0; b < bands; b++) {
            masks.add(Mask.of(40, 50, i -> random.nextDouble() < share));
        }
        return masks;
    }

    /** Three unknowns a pixel and more samples: the scene is determined, and recovered to the noise floor of the model. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.7})
    void aSceneOfLowRankIsRecovered(double share) {
        Cube truth = Cube.of(40, 50, Scenes.lowRank(2000, 40, 3, 1));
        RestoredCube restored = Restoring.of(truth.withMissingSamples(gaps(40, share, 2)))
                .with(SvdImputation.withDefaults())
                .run();

        assertThat(restored.diagnostics().figures().get("rank")).isBetween(3.0, 4.0);
        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(1e-4);
    }

    /** Beside pixels that lack nothing or one sample of twenty, some know four of forty bands: three unknowns and one more. */
    @Test
    void pixelsOfFewSamplesAmongWholeOnesAreRecovered() {
        Cube truth = Cube.of(40, 50, Scenes.lowRank(2000, 40, 3, 1));
        Random random = new Random(2);
        List<Mask> gaps = new ArrayList<>();
        for (int b = 0; b < 40; b++) {
            int band = b;
            gaps.add(Mask.of(40, 50, i -> i % 97 == 5 ? band % 10 != 3 : i > 1000 && random.nextInt(20) == 0));
        }
        RestoredCube restored = Restoring.of(truth.withMissingSamples(gaps))
                .with(SvdImputation.withDefaults())
                .run();

        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(1e-4);
    }

    /** A missing sample's error is that of a fit of three unknowns to 20 samples: about sqrt(3/20) of the noise. */
    @Test
    void noiseIsNotTakenForSignal() {
        double[][] clean = Scenes.lowRank(2000, 40, 3, 1);
        Cube truth = Cube.of(40, 50, clean);
        List<Mask> gaps = gaps(40, 0.5, 2);
        RestoredCube restored = Restoring.of(Cube.of(40, 50, Scenes.noisy(clean, Scenes.even(40, 0.02), 3))
                        .withMissingSamples(gaps))
                .with(SvdImputation.withDefaults())
                .run();

        assertThat(restored.diagnostics().figures()).containsEntry("rank", 3.0);
        double sum = 0;
        int count = 0;
        for (int b = 0; b < 40; b++) {
            double[] filled = restored.cube().plane(b);
            for (int i = 0; i < filled.length; i++) {
                if (gaps.get(b).get(i)) {
                    sum += Math.pow(filled[i] - clean[b][i], 2);
                    count++;
                }
            }
        }
        assertThat(Math.sqrt(sum / count)).isLessThan(1.3 * 0.02 * Math.sqrt(3.0 / 20));
    }

    @Test
    void knownSamplesStayToTheBit() {
        Cube noisy = Scenes.noisy(40, 50, 12, 1);
        List<Mask> gaps = gaps(12, 0.3, 2);
        Cube restored = Restoring.of(noisy.withMissingSamples(gaps))
                .with(SvdImputation.withDefaults())
                .run()
                .cube();
        for (int b = 0; b < 12; b++) {
            double[] before = noisy.plane(b);
            double[] after = restored.plane(b);
            for (int i = 0; i < before.length; i++) {
                assertThat(gaps.get(b).get(i) || before[i] == after[i]).isTrue();
            }
        }
    }

    /** The spectra are sines of at most 1.3 periods: between bands a fortieth apart a spline is good to 1e-3. */
    @Test
    void wholeBandsFollowFromTheLoadings() {
        Cube truth = Cube.of(40, 50, Scenes.lowRank(2000, 40, 3, 1));
        List<Mask> gaps = new ArrayList<>();
        for (int b = 0; b < 40; b++) {
            gaps.add(
                    b == 7 || b == 8 || b == 30
                            ? Mask.all(40, 50)
                            : Mask.all(40, 50).not());
        }
        RestoredCube restored = Restoring.of(truth.withMissingSamples(gaps))
                .with(SvdImputation.withDefaults())
                .run();

        assertThat(restored.diagnostics().figures()).containsEntry("interpolated-bands", 3.0);
        assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("interpolated between the others"));
        assertThat(Scenes.rms(restored.cube().selectBands(7, 8, 30), truth.selectBands(7, 8, 30)))
                .isLessThan(1e-3);
    }

    /** By hand: through (0, 0), (1, 1), (2, 0) the second derivative in the middle is -3. */
    @Test
    void theSplineIsTheNaturalOne() {
        NaturalSpline spline = new NaturalSpline(new double[] {0, 1, 2}, new double[] {0, 1, 0});

        assertThat(spline.at(0)).isZero();
        assertThat(spline.at(1)).isEqualTo(1);
        // On [0, 1] it is x + (x - x^3) / 2.
        assertThat(spline.at(0.5)).isCloseTo(0.6875, within(1e-15));
        assertThat(spline.at(1.5)).isCloseTo(0.6875, within(1e-15));
        assertThat(spline.at(-1)).isZero();
        assertThat(spline.at(3)).isZero();
        assertThat(new NaturalSpline(new double[] {4}, new double[] {7}).at(9)).isEqualTo(7);
        assertThat(new NaturalSpline(new double[] {0, 2}, new double[] {0, 1}).at(0.5))
                .isEqualTo(0.25);
    }

    @Test
    void options() {
        assertThat(SvdImputation.withDefaults().rank()).isEmpty();
        assertThat(SvdImputation.withDefaults().withRank(3).rank()).hasValue(3);
        FastHyIn changed =
                FastHyIn.with(WaveletShrinkage.withDefaults()).withRank(4).withEmptyPixels(true);
        assertThat(changed.rank()).hasValue(4);
        assertThat(changed.emptyPixels()).isTrue();
        assertThat(changed.planeDenoiser().name()).isEqualTo("wavelet-shrinkage");
        assertThat(HarmonicInpainting.withDefaults().withTolerance(0.1).tolerance())
                .isEqualTo(0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SvdImputation.withDefaults().withRank(0))
                .withMessage("rank must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HarmonicInpainting.withDefaults().withTolerance(0))
                .withMessage("tolerance must be positive and finite, not 0.0");
    }

    @Test
    void aGivenRankIsCutToTheBandsThereAre() {
        Cube gapped = Cube.of(40, 50, Scenes.lowRank(2000, 4, 3, 1)).withMissingSamples(gaps(4, 0.2, 2));
        assertThat(Restoring.of(gapped)
                        .with(SvdImputation.withDefaults().withRank(9))
                        .run()
                        .diagnostics()
                        .figures())
                .containsEntry("rank", 4.0);
    }
}
