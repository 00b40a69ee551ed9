package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.method.Methods;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals by way of the face; whether they hold is tested where they are made. */
class UnmixingIntervalsTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final int BANDS = 30;
    private static final Endmembers E = Scenes.given(BANDS, 3, 2);
    private static final Cube SCENE = Scenes.scene(12, 17, BANDS, 3, 0.02, 2);

    private static AbundanceIntervals ofFace(AbundanceSolver solver) {
        return Unmixing.of(SCENE)
                .endmembers(E)
                .abundances(solver)
                .intervals(0.9)
                .run(RUN)
                .intervals()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"ucls, false, false", "scls, false, true", "nnls, true, false", "fcls, true, true", "auto, true, true"})
    void leastSquaresHaveThoseOfTheirCovariance(String name, boolean positive, boolean sum) {
        AbundanceSolver solver = Methods.find(AbundanceSolver.class, name);
        AbundanceIntervals expected = CovarianceIntervals.withDefaults()
                .withLevel(0.9)
                .withPositivity(positive)
                .withSumToOne(sum)
                .of(SCENE, E, solver.solve(SCENE, E, RUN), RUN);
        AbundanceIntervals found = ofFace(solver);
        assertThat(found.low()).isEqualTo(expected.low());
        assertThat(found.high()).isEqualTo(expected.high());
        assertThat(found.level()).isEqualTo(0.9);
    }

    @Test
    void otherSolversHaveThoseOfReplicates() {
        AbundanceIntervals expected = BootstrapIntervals.withDefaults()
                .withLevel(0.9)
                .withSeed(RUN.seed())
                .of(SCENE, E, Sunsal.withDefaults(), RUN);
        assertThat(ofFace(Sunsal.withDefaults()).high()).isEqualTo(expected.high());
    }

    @Test
    void sharesOfABrightnessAreHeldNearlyAsOftenAsTheySay() {
        Random random = new Random(3);
        int pixels = 600;
        double[][] e = E.toMatrix();
        double[][] shares = new double[3][pixels];
        double[][] planes = new double[BANDS][pixels];
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (double[] share : shares) {
                share[i] = 0.3 + random.nextDouble();
                sum += share[i];
            }
            double light = 0.5 + random.nextDouble();
            for (double[] share : shares) {
                share[i] /= sum;
            }
            for (int b = 0; b < BANDS; b++) {
                for (int k = 0; k < 3; k++) {
                    planes[b][i] += light * e[b][k] * shares[k][i];
                }
                planes[b][i] += 0.01 * random.nextGaussian();
            }
        }
        UnmixingResult result = Unmixing.of(Cube.of(20, 30, planes))
                .endmembers(E)
                .intervals(0.95)
                .run(RUN);
        assertThat(result.brightness()).isPresent();
        double[] coverage = result.intervals()
                .orElseThrow()
                .coverage(AbundanceMaps.of(20, 30, result.abundances().names(), shares));
        // Seen .90 to .92: with 30 bands the bootstrap is known to fall short by .02 to .03, and 600 pixels leave .009.
        for (double share : coverage) {
            assertThat(share).isBetween(0.87, 0.98);
        }
    }

    @Test
    void nobodyPaysForThemWhoDoesNotAsk() {
        UnmixingResult result = Unmixing.of(SCENE).endmembers(E).run(RUN);
        assertThat(result.intervals()).isEmpty();
        assertThat(result.figures()).extracting(Figure::name).doesNotContain("interval-low");
    }

    @Test
    void theyAreDrawnAndLeftOutOfWhatIsDividedLater() {
        UnmixingResult result = Unmixing.of(SCENE).endmembers(E).intervals(0.95).run(RUN);
        assertThat(result.figures())
                .extracting(Figure::name)
                .contains("interval-low", "interval-high", "interval-width");
        assertThat(result.normalized().intervals()).isEmpty();
    }

    @Test
    void refusesWhatTheyAreNotFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unmixing.of(SCENE).intervals(1))
                .withMessage("the level must be between 0 and 1, not 1.0");
        assertThatIllegalStateException()
                .isThrownBy(() -> Unmixing.of(SCENE)
                        .endmembers(3)
                        .blind(Nmf.withDefaults())
                        .intervals(0.95)
                        .run(RUN))
                .withMessageContaining("leave out intervals(0.95) or blind(nmf)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofFace(Clsunsal.withDefaults()))
                .withMessageStartingWith("clsunsal looks at more than one pixel at a time");
    }
}
