package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbundanceIntervalsTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final int ROWS = 50;
    private static final int COLUMNS = 80;
    private static final int BANDS = 30;
    private static final double SIGMA = 0.01;
    private static final Endmembers THREE = Scenes.given(BANDS, 3, 8);

    /** The normal quantile of .975, from tables. */
    private static final double QUANTILE = 1.959963984540054;

    /** Two bands that see one endmember each, at strengths 2 and 4. */
    private static final Endmembers AXES = Endmembers.ofMatrix(new double[][] {{2, 0}, {0, 4}});

    private static AbundanceMaps truth(double... abundances) {
        double[][] maps = new double[abundances.length][ROWS * COLUMNS];
        for (int k = 0; k < maps.length; k++) {
            Arrays.fill(maps[k], abundances[k]);
        }
        return AbundanceMaps.of(ROWS, COLUMNS, Passes.numbered(abundances.length), maps);
    }

    /** The same mixture in every pixel, with white noise. */
    private static Cube scene(Endmembers endmembers, AbundanceMaps truth, long seed) {
        Random random = new Random(seed);
        double[][] e = endmembers.toMatrix();
        double[][] planes = new double[e.length][truth.pixels()];
        for (int b = 0; b < planes.length; b++) {
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] = SIGMA * random.nextGaussian();
                for (int k = 0; k < e[b].length; k++) {
                    planes[b][i] += e[b][k] * truth.asBuffer(k).get(i);
                }
            }
        }
        return Cube.of(truth.rows(), truth.columns(), planes);
    }

    private static double[] coverage(CovarianceIntervals settings, AbundanceSolver solver, AbundanceMaps truth) {
        Cube scene = scene(THREE, truth, 3);
        return settings.of(scene, THREE, solver.solve(scene, THREE, RUN), RUN).coverage(truth);
    }

    @Test
    void knownNoiseGivesTheLimitsOfTheClosedForm() {
        // a = (y1 / 2, y2 / 4), whose covariance is N with the bands divided by 2 and 4, correlation and all.
        Cube scene = Cube.of(1, 1, new double[][] {{1}, {2}});
        Abundances found = Ucls.withDefaults().solve(scene, AXES, RUN);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .withPositivity(false)
                .withSumToOne(false)
                .withNoise(new double[][] {{0.04, 0.03}, {0.03, 0.09}})
                .of(scene, AXES, found, RUN);
        // some rounding units
        assertThat(limits.low().abundances(0, 0))
                .containsExactly(new double[] {0.5 - QUANTILE * 0.1, 0.5 - QUANTILE * 0.075}, within(1e-14));
        assertThat(limits.high().abundances(0, 0))
                .containsExactly(new double[] {0.5 + QUANTILE * 0.1, 0.5 + QUANTILE * 0.075}, within(1e-14));
    }

    @Test
    void aSumOfOneLeavesOneErrorForBoth() {
        // With a2 = 1 - a1 the estimate is (2 y1 - 4 (y2 - 4)) / 20, of the variance (4 N11 - 16 N12 + 16 N22) / 400.
        Cube scene = Cube.of(1, 1, new double[][] {{1}, {2}});
        Abundances found = Fcls.withDefaults().solve(scene, AXES, RUN);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .withNoise(new double[][] {{0.04, 0.03}, {0.03, 0.09}})
                .of(scene, AXES, found, RUN);
        double half = QUANTILE * Math.sqrt((4 * 0.04 - 16 * 0.03 + 16 * 0.09) / 400);
        assertThat(limits.low().abundances(0, 0)).containsExactly(new double[] {0.5 - half, 0.5 - half}, within(1e-14));
        assertThat(limits.high().abundances(0, 0))
                .containsExactly(new double[] {0.5 + half, 0.5 + half}, within(1e-14));
    }

    @Test
    void aReleasedAbundanceHasTheLimitOfItsOwnFit() {
        // y1 = -0.1 gives a1 = 0 under ANC, and -0.05 without; its deviation is 0.2 / 2. The other does not move with
        // it.
        Cube scene = Cube.of(1, 1, new double[][] {{-0.1}, {2}});
        Abundances found = Nnls.withDefaults().solve(scene, AXES, RUN);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .withSumToOne(false)
                .withNoise(new double[][] {{0.04, 0}, {0, 0.04}})
                .of(scene, AXES, found, RUN);
        assertThat(limits.low().value(0, 0, 0)).isZero();
        assertThat(limits.high().value(0, 0, 0)).isCloseTo(-0.05 + QUANTILE * 0.1, within(1e-14));
        assertThat(limits.high().value(0, 0, 1)).isCloseTo(0.5 + QUANTILE * 0.05, within(1e-14));
    }

    @Test
    void aPurePixelIsNotCertainToBePure() {
        Cube scene = Cube.of(1, 1, new double[][] {{2.1}, {0}});
        Abundances found = Fcls.withDefaults().solve(scene, AXES, RUN);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .withNoise(new double[][] {{0.04, 0}, {0, 0.04}})
                .of(scene, AXES, found, RUN);
        // On the line from (1, 0) to (0, 1) the second has the estimate -2 * .1 / 20 and the deviation .2 / sqrt(20).
        double most = -0.01 + QUANTILE * 0.2 / Math.sqrt(20);
        assertThat(limits.high().abundances(0, 0)).containsExactly(new double[] {1, most}, within(1e-14));
        assertThat(limits.low().abundances(0, 0)).containsExactly(new double[] {1 - most, 0}, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95})
    void unconstrainedIntervalsHoldTheTruthAsOftenAsTheySay(double level) {
        CovarianceIntervals settings = CovarianceIntervals.withDefaults()
                .withLevel(level)
                .withPositivity(false)
                .withSumToOne(false);
        // 4000 pixels: three standard errors of a share of .5 are .024, of .95 .011
        double error = 3 * Math.sqrt(level * (1 - level) / (ROWS * COLUMNS));
        assertThat(coverage(settings, Ucls.withDefaults(), truth(0.5, 0.3, 0.2)))
                .containsExactly(new double[] {level, level, level}, within(error));
    }

    @Test
    void intervalsInsideTheSimplexHoldTheTruthAsOftenAsTheySay() {
        // Three standard errors as above.
        assertThat(coverage(CovarianceIntervals.withDefaults(), Fcls.withDefaults(), truth(0.5, 0.3, 0.2)))
                .containsExactly(new double[] {0.95, 0.95, 0.95}, within(0.011));
    }

    @Test
    void atTheBoundaryZerosAreHeldAndTheOthersNearlyAsOftenAsTheySay() {
        double[] shares = coverage(CovarianceIntervals.withDefaults(), Fcls.withDefaults(), truth(0.6, 0.4, 0));
        assertThat(shares[2]).isGreaterThan(0.95);
        assertThat(shares[0]).isGreaterThan(0.93);
        assertThat(shares[1]).isGreaterThan(0.93);
    }

    @Test
    void purePixelsAreHeldAsOftenAsTheySay() {
        // three standard errors below the level, as above
        for (double share : coverage(CovarianceIntervals.withDefaults(), Fcls.withDefaults(), truth(0, 1, 0))) {
            assertThat(share).isGreaterThan(0.939);
        }
    }

    @Test
    void replicatesHoldTheTruthNearlyAsOftenAsTheySay() {
        AbundanceMaps truth = truth(0.5, 0.3, 0.2);
        AbundanceIntervals limits =
                BootstrapIntervals.withDefaults().of(scene(THREE, truth, 3), THREE, Fcls.withDefaults(), RUN);
        for (double share : limits.coverage(truth)) {
            assertThat(share).isBetween(0.90, 0.96);
        }
    }

    @Test
    void replicatesSpreadAsTheCovarianceSays() {
        Cube scene = scene(THREE, truth(0.5, 0.3, 0.2), 3);
        Abundances found = Fcls.withDefaults().solve(scene, THREE, RUN);
        double expected = CovarianceIntervals.withDefaults()
                .of(scene, THREE, found, RUN)
                .width()
                .mean();
        double seen = BootstrapIntervals.withDefaults()
                .of(scene, THREE, Fcls.withDefaults(), RUN)
                .width()
                .mean();
        // Student's quantile, and percentiles of 200, move the widths by some percent.
        assertThat(seen).isCloseTo(expected, within(0.12 * expected));
    }

    @Test
    void areTheSameOnAnyNumberOfThreads() {
        Cube scene = Scenes.scene(97, 103, 20, 4, 0.01, 5);
        Endmembers given = Scenes.given(20, 4, 5);
        Abundances found = Fcls.withDefaults().solve(scene, given, RUN);
        BootstrapIntervals bootstrap =
                BootstrapIntervals.withDefaults().withReplicates(9).withBlockLength(3);
        AbundanceIntervals covariance = CovarianceIntervals.withDefaults().of(scene, given, found, RUN);
        AbundanceIntervals replicates = bootstrap.of(scene, given, Fcls.withDefaults(), RUN);
        for (int threads : List.of(2, 7)) {
            RunContext many = RunContext.defaults().withParallelism(threads);
            AbundanceIntervals other = CovarianceIntervals.withDefaults().of(scene, given, found, many);
            assertThat(other.low()).isEqualTo(covariance.low());
            assertThat(other.high()).isEqualTo(covariance.high());
            assertThat(other.diagnostics().figures())
                    .isEqualTo(covariance.diagnostics().figures());
            AbundanceIntervals again = bootstrap.of(scene, given, Fcls.withDefaults(), many);
            assertThat(again.low()).isEqualTo(replicates.low());
            assertThat(again.high()).isEqualTo(replicates.high());
        }
    }

    @Test
    void anotherSeedGivesOtherReplicates() {
        Cube scene = Scenes.scene(5, 7, 20, 3, 0.01, 5);
        Endmembers given = Scenes.given(20, 3, 5);
        BootstrapIntervals some = BootstrapIntervals.withDefaults().withReplicates(9);
        assertThat(some.withSeed(2).of(scene, given, Fcls.withDefaults(), RUN).low())
                .isNotEqualTo(some.of(scene, given, Fcls.withDefaults(), RUN).low());
    }

    @Test
    void invalidPixelsAreNaNAndLimitsAreOrderedAndFeasible() {
        Cube scene = Scenes.scene(9, 7, 20, 4, 0.05, 5).masked(Mask.of(9, 7, i -> i % 5 != 2));
        Endmembers given = Scenes.given(20, 4, 5);
        Abundances found = Fcls.withDefaults().solve(scene, given, RUN);
        for (AbundanceIntervals limits : List.of(
                CovarianceIntervals.withDefaults().of(scene, given, found, RUN),
                BootstrapIntervals.withDefaults().withReplicates(20).of(scene, given, Fcls.withDefaults(), RUN))) {
            assertThat(limits.low().valid()).isEqualTo(scene.validMask());
            assertThat(limits.high().valid()).isEqualTo(scene.validMask());
            for (int k = 0; k < 4; k++) {
                assertThat(limits.low().map(k).min()).isGreaterThanOrEqualTo(0);
                assertThat(limits.high().map(k).max()).isLessThanOrEqualTo(1 + 1e-12); // rounding of a sum of one
            }
            assertThat(limits.width().min()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void endmembersThatDependOnEachOtherLeaveAllOpen() {
        Endmembers twice = Endmembers.ofMatrix(new double[][] {{1, 1}, {2, 2}, {4, 4}});
        Cube scene = Cube.of(1, 2, new double[][] {{1, 2}, {2, 4}, {4, 9}});
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .of(scene, twice, Fcls.withDefaults().solve(scene, twice, RUN), RUN);
        assertThat(limits.low().map(1).toArray()).containsExactly(0, 0);
        assertThat(limits.high().map(0).toArray()).containsExactly(1, 1);
        assertThat(limits.diagnostics().figures()).containsEntry("undetermined", 2.0);
    }

    @Test
    void aSceneWithoutValidPixelsHasNoLimits() {
        Cube scene = Scenes.scene(3, 4, 20, 3, 0.01, 5).masked(Mask.of(3, 4, i -> false));
        Endmembers given = Scenes.given(20, 3, 5);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .of(scene, given, Fcls.withDefaults().solve(scene, given, RUN), RUN);
        assertThat(limits.low().valid().count()).isZero();
        assertThat(limits.diagnostics().figures()).doesNotContainKey("mean_width");
    }

    @Test
    void draw() {
        Cube scene = Scenes.scene(6, 7, 20, 3, 0.01, 5);
        Endmembers given = Scenes.given(20, 3, 5);
        AbundanceIntervals limits = CovarianceIntervals.withDefaults()
                .of(scene, given, Fcls.withDefaults().solve(scene, given, RUN), RUN);
        assertThat(limits.figures())
                .extracting(Figure::name)
                .containsExactly("interval-low", "interval-high", "interval-width");
        assertThat(limits.figures())
                .allSatisfy(figure ->
                        assertThat(figure.picture().image().getWidth()).isPositive());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Cube scene = Cube.of(1, 1, new double[][] {{1}, {2}});
        Abundances found = Ucls.withDefaults().solve(scene, AXES, RUN);
        CovarianceIntervals settings = CovarianceIntervals.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withLevel(1))
                .withMessage("the level must be between 0 and 1, not 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withNoise(new double[][] {{1, 2}, {0, 1}}))
                .withMessageContaining("not symmetric");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withNoise(new double[][] {{1, 2}}))
                .withMessage("the noise covariance has 1 rows but row 0 has 2 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withNoise(new double[][] {{1}}).of(scene, AXES, found, RUN))
                .withMessage("the noise covariance is of 1 bands but the cube has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.of(Cube.of(1, 2, new double[][] {{1, 1}, {2, 2}}), AXES, found, RUN))
                .withMessage("the abundances are 1x1 pixels but the scene is 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.of(
                        scene,
                        AXES,
                        new Abundances(
                                found.maps(),
                                found.diagnostics(),
                                Optional.of(ScoreMap.of("brightness", 1, 1, new double[] {1}))),
                        RUN))
                .withMessageContaining("brightness");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapIntervals.withDefaults().of(scene, AXES, SunsalTv.withDefaults(), RUN))
                .withMessageContaining("sunsal-tv looks at more than one pixel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapIntervals.withDefaults().withReplicates(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapIntervals.withDefaults().withBlockLength(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceIntervals.withDefaults()
                        .of(scene, AXES, found, RUN)
                        .coverage(truth(1, 2)))
                .withMessageContaining("the truth has 2 maps of 50x80 pixels");
    }
}
