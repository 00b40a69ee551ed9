package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

/** Reconstruction error and signal-to-reconstruction error. */
class ReconstructionErrorTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Endmembers E = Endmembers.ofMatrix(new double[][] {{1, 0}, {0, 2}});

    private static AbundanceMaps maps(int rows, int columns, double[]... maps) {
        return AbundanceMaps.of(rows, columns, List.of("a", "b").subList(0, maps.length), maps);
    }

    @Test
    void givesBothConventions() {
        AbundanceMaps a = maps(1, 2, new double[] {1, 0.5}, new double[] {0, 0.5});
        Cube scene = Cube.of(1, 2, new double[][] {{1.3, 0.5}, {0.4, 1.1}}); // residuals (.3, .4) and (0, .1)
        ReconstructionError error = ReconstructionError.of(scene, E, a, RUN);

        // roundings of numbers near one
        assertThat(error.rmse()).isCloseTo(Math.sqrt(0.26 / 4), within(1e-15));
        assertThat(error.meanPixelRmse()).isCloseTo((Math.sqrt(0.125) + Math.sqrt(0.005)) / 2, within(1e-15));
        assertThat(error.bandRmse().get(0)).isCloseTo(Math.sqrt(0.045), within(1e-15));
        assertThat(error.bandRmse().get(1)).isCloseTo(Math.sqrt(0.085), within(1e-15));
        assertThat(error.pixels()).isEqualTo(2);
    }

    @Test
    void leavesOutPixelsThatAreInvalidInEither() {
        AbundanceMaps a = maps(2, 2, new double[] {1, Double.NaN, 0, 0}, new double[] {0, 1, 0, 0});
        Cube scene = Cube.of(2, 2, new double[][] {{1, 7, Double.NaN, 5}, {0.2, 7, 1, 5}})
                .masked(Mask.of(2, 2, i -> i != 3));
        ReconstructionError error = ReconstructionError.of(scene, E, a, RUN);

        assertThat(error.pixels()).isEqualTo(1);
        assertThat(error.bandRmse()).containsExactly(0.0, 0.2);
    }

    @Test
    void agreesWithTheErrorOfTheRebuiltCubeOnAnyNumberOfThreads() {
        Cube scene = Images.random(3, 41, 203, 2);
        Cube weights = Images.random(4, 41, 203, 2);
        AbundanceMaps a = maps(41, 203, weights.plane(0), weights.plane(1));
        double[][] rebuilt = {weights.plane(0), weights.plane(1)};
        for (int i = 0; i < rebuilt[1].length; i++) {
            rebuilt[1][i] *= 2;
        }
        ReconstructionError error = ReconstructionError.of(scene, E, a, RUN);

        // sums of some thousand numbers in another order
        assertThat(error.rmse()).isCloseTo(CubeError.rmse(Cube.of(41, 203, rebuilt), scene, RUN), within(1e-13));
        assertThat(error.rmse()).isGreaterThanOrEqualTo(error.meanPixelRmse());
        assertThat(ReconstructionError.of(scene, E, a, RUN.withParallelism(2))).isEqualTo(error);
        assertThat(ReconstructionError.of(scene, E, a, RUN.withParallelism(7))).isEqualTo(error);
    }

    @Test
    void namesWhatDoesNotFit() {
        Cube scene = Cube.of(1, 1, new double[][] {{1}, {1}});
        AbundanceMaps a = maps(1, 1, new double[] {1}, new double[] {0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReconstructionError.of(scene.selectBands(0), E, a, RUN))
                .withMessage("endmembers have 2 bands but the cube has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReconstructionError.of(scene, E, a.select(0), RUN))
                .withMessage("2 endmembers given but 1 abundance maps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReconstructionError.of(Cube.of(1, 2, new double[][] {{1, 1}, {1, 1}}), E, a, RUN))
                .withMessage("the abundances are 1x1 pixels but the cube is 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ReconstructionError.of(scene, E, maps(1, 1, new double[] {Double.NaN}, new double[] {0}), RUN))
                .withMessage("no pixel is valid in both the scene and the abundances");
    }

    @Test
    void signalOverErrorOfAbundancesInDecibels() {
        AbundanceMaps truth = maps(1, 2, new double[] {1, 0}, new double[] {0, 1});
        AbundanceMaps estimate = maps(1, 2, new double[] {0.9, 0}, new double[] {0, 0.9});

        // 2 over .02; rounding of .1
        assertThat(SignalToReconstructionError.decibels(estimate, truth)).isCloseTo(20, within(1e-13));
        assertThat(SignalToReconstructionError.decibels(truth, truth)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SignalToReconstructionError.decibels(maps(1, 2, new double[2], new double[2]), truth))
                .isCloseTo(0, within(1e-14));
    }

    @Test
    void signalOverErrorLeavesOutInvalidPixels() {
        AbundanceMaps truth = maps(1, 2, new double[] {1, 100});
        AbundanceMaps estimate = maps(1, 2, new double[] {0.9, Double.NaN});

        assertThat(SignalToReconstructionError.decibels(estimate, truth)).isCloseTo(20, within(1e-13));
    }

    @Test
    void signalOverErrorOfCubes() {
        Cube truth = Cube.of(1, 3, new double[][] {{3, 0, 100}, {4, 0, Double.NaN}});
        Cube estimate = Cube.of(1, 3, new double[][] {{3, 0.5, 1}, {4, 0, 1}});

        // 25 over 1/4
        assertThat(SignalToReconstructionError.decibels(estimate, truth, RUN)).isCloseTo(20, within(1e-13));
        assertThat(SignalToReconstructionError.decibels(estimate, truth, RUN.withParallelism(7)))
                .isEqualTo(SignalToReconstructionError.decibels(estimate, truth, RUN));
    }

    @Test
    void aTruthOfZerosHasNoSignal() {
        Cube zero = Cube.of(1, 1, new double[][] {{0}});
        Cube one = Cube.of(1, 1, new double[][] {{1}});
        assertThat(SignalToReconstructionError.decibels(one, zero, RUN)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(SignalToReconstructionError.decibels(zero, zero, RUN)).isNaN();
    }
}
