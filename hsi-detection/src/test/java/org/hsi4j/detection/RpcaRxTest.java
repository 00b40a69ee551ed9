package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;

class RpcaRxTest {
    private static final int ROWS = 12;
    private static final int COLUMNS = 15;
    private static final int PIXELS = ROWS * COLUMNS;
    private static final int BANDS = 40;
    private static final RunContext CONTEXT = RunContext.sequential();

    /** Two incoherent directions. */
    private static double[][] lowRank() {
        Random random = new Random(6);
        double[][] planes = new double[BANDS][PIXELS];
        double[][] factor = new double[2][PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            factor[0][i] = random.nextGaussian();
            factor[1][i] = random.nextGaussian();
        }
        for (double[] plane : planes) {
            double u = random.nextGaussian();
            double v = random.nextGaussian();
            for (int i = 0; i < PIXELS; i++) {
                plane[i] = u * factor[0][i] + v * factor[1][i];
            }
        }
        return planes;
    }

    private static double[][] sparse() {
        Random random = new Random(7);
        double[][] planes = new double[BANDS][PIXELS];
        for (double[] plane : planes) {
            for (int i = 0; i < PIXELS; i++) {
                plane[i] = random.nextInt(30) == 0 ? (random.nextBoolean() ? 5 : -5) : 0;
            }
        }
        return planes;
    }

    private static double[][] sum(double[][] x, double[][] y, double sign) {
        double[][] z = new double[x.length][];
        for (int b = 0; b < x.length; b++) {
            z[b] = x[b].clone();
            for (int i = 0; i < z[b].length; i++) {
                z[b][i] += sign * y[b][i];
            }
        }
        return z;
    }

    private static RobustPca.Result decompose(Cube cube) {
        return RobustPca.decompose(cube, 1, 1e-7, 200, MeanScatter.of(cube, CONTEXT), CONTEXT);
    }

    /** The theorem of the paper: with this weight both parts are found exactly. */
    @Test
    void aLowRankAndASparsePartAreToldApart() {
        double[][] sparse = sparse();
        Cube cube = Cube.of(ROWS, COLUMNS, sum(lowRank(), sparse, 1));

        RobustPca.Result result = decompose(cube);

        assertThat(result.diagnostics().converged()).isTrue();
        assertThat(result.diagnostics().figures()).containsEntry("rank", 2.0);
        for (int b = 0; b < BANDS; b++) {
            // The penalty grows by half with each iteration, so the answer is near the optimum and not at it.
            assertThat(result.sparse().plane(b)).containsExactly(sparse[b], within(1e-2));
        }
    }

    private static double objective(double[][] scene, double[][] sparse) {
        double w = 1 / Math.sqrt(PIXELS);
        double sum = 0;
        for (double s : Dense.singularValues(sum(scene, sparse, -1))) {
            sum += s;
        }
        for (double[] plane : sparse) {
            for (double s : plane) {
                sum += w * Math.abs(s);
            }
        }
        return sum;
    }

    /** The program is convex: no small step from the answer lowers its value by more than the tolerance allows. */
    @Test
    void noStepFromTheAnswerIsBetter() {
        double[][] scene = Scenes.gaussianPlanes(PIXELS, BANDS, 3);
        Cube answer = decompose(Cube.of(ROWS, COLUMNS, scene)).sparse();
        double[][] sparse = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            sparse[b] = answer.plane(b);
        }
        double least = objective(scene, sparse);
        Random random = new Random(1);
        for (int step = 0; step < 30; step++) {
            double size = Math.pow(10, -(step % 4));
            double[][] direction = new double[BANDS][PIXELS];
            for (double[] plane : direction) {
                for (int i = 0; i < PIXELS; i++) {
                    plane[i] = random.nextInt(5) == 0 ? size * random.nextGaussian() : 0;
                }
            }
            // The penalty of the method grows by half each iteration, so the answer is near the optimum and not at it.
            assertThat(objective(scene, sum(sparse, direction, 1))).isGreaterThan(least * (1 - 1e-4));
        }
    }

    @Test
    void scoresAreThoseOfRxOnTheSparsePart() {
        Cube cube = Scenes.spoilt(21, 19, 7, 5, 1e5);

        ScoreMap actual =
                Detection.of(cube).with(RpcaRx.withDefaults()).run(CONTEXT).scores();

        ScoreMap expected = Detection.of(decompose(cube).sparse())
                .with(Rx.withDefaults())
                .run(CONTEXT)
                .scores();
        assertThat(actual.toArray()).containsExactly(expected.toArray());
    }

    @Test
    void runningOutOfIterationsIsReported() {
        Cube cube = Scenes.gaussian(12, 10, 6, 3);

        DetectionResult result = Detection.of(cube)
                .with(RpcaRx.withDefaults().withMaxIterations(3))
                .run(CONTEXT);

        assertThat(result.diagnostics().converged()).isFalse();
        assertThat(result.diagnostics().iterations()).isEqualTo(3);
    }

    @Test
    void optionsAreChecked() {
        RpcaRx method = RpcaRx.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("weight", "max-iterations");
        assertThat(method.withWeight(2).weight()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMaxIterations(0));
    }
}
