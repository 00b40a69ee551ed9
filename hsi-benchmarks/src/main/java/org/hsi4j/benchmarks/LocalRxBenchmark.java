package org.hsi4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.hsi4j.Cube;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.DualWindowRx;
import org.hsi4j.run.RunContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Dual-window RX of a small scene with windows of 5 and 21 pixels: {@link DualWindowRx} on one and two threads against a
 * covariance by EJML's product and EJML's Cholesky solver for each pixel, on one.
 */
@About("Dual-window RX with windows of 5 and 21 pixels, against the definition with EJML.")
@Allocation(
        pixels = {"side", "side"},
        values = "2")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LocalRxBenchmark {
    private static final int INNER = 5;
    private static final int OUTER = 21;

    /** Bands. */
    @Param({"50", "100", "200"})
    public int bands;

    /** Rows and columns. */
    @Param("50")
    public int side;

    private double[][] planes = new double[0][];
    private Cube cube = Cube.of(1, 1, new double[1][1]);

    /** Makes the scene: noise with correlated bands. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        planes = new double[bands][side * side];
        for (int i = 0; i < side * side; i++) {
            double common = random.nextGaussian();
            for (int b = 0; b < bands; b++) {
                planes[b][i] = 100 + 3 * common + random.nextGaussian();
            }
        }
        cube = Cube.of(side, side, planes);
    }

    private double[] run(RunContext context) {
        DualWindowRx method = DualWindowRx.withDefaults()
                .withInnerWindow(INNER)
                .withOuterWindow(OUTER)
                .withLoading(0);
        DetectionModel model = method.fit(cube, context);
        return model.score(cube, context).scores().toArray();
    }

    /**
     * Ours on one thread, the statistics of the scene included.
     *
     * @return the scores
     */
    @Benchmark
    public double[] hsi4j() {
        return run(RunContext.sequential());
    }

    /**
     * Ours on two threads.
     *
     * @return the scores
     */
    @Benchmark
    public double[] hsi4jTwoThreads() {
        return run(RunContext.defaults().withParallelism(2));
    }

    /**
     * The definition for each pixel, with EJML's product and solver.
     *
     * @return the scores
     */
    @Benchmark
    public double[] ejml() {
        double[] scores = new double[side * side];
        int n = OUTER * OUTER - INNER * INNER;
        DMatrixRMaj ring = new DMatrixRMaj(n, bands);
        DMatrixRMaj covariance = new DMatrixRMaj(bands, bands);
        DMatrixRMaj difference = new DMatrixRMaj(bands, 1);
        DMatrixRMaj solved = new DMatrixRMaj(bands, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(bands);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                gather(row, column, ring, difference);
                CommonOps_DDRM.multInner(ring, covariance);
                CommonOps_DDRM.scale(1.0 / (n - 1), covariance);
                if (!solver.setA(covariance)) {
                    throw new IllegalStateException("singular covariance");
                }
                solver.solve(difference, solved);
                scores[row * side + column] = CommonOps_DDRM.dot(difference, solved);
            }
        }
        return scores;
    }

    /** The ring about its mean, and the pixel about that mean. */
    private void gather(int row, int column, DMatrixRMaj ring, DMatrixRMaj difference) {
        int top = start(row, OUTER);
        int left = start(column, OUTER);
        int innerTop = start(row, INNER);
        int innerLeft = start(column, INNER);
        int k = 0;
        for (int r = top; r < top + OUTER; r++) {
            for (int c = left; c < left + OUTER; c++) {
                boolean inside = r >= innerTop && r < innerTop + INNER && c >= innerLeft && c < innerLeft + INNER;
                for (int b = 0; !inside && b < bands; b++) {
                    ring.unsafe_set(k, b, planes[b][r * side + c]);
                }
                k += inside ? 0 : 1;
            }
        }
        for (int b = 0; b < bands; b++) {
            double mean = 0;
            for (int i = 0; i < k; i++) {
                mean += ring.unsafe_get(i, b) / k;
            }
            for (int i = 0; i < k; i++) {
                ring.unsafe_set(i, b, ring.unsafe_get(i, b) - mean);
            }
            difference.set(b, 0, planes[b][row * side + column] - mean);
        }
    }

    private int start(int pixel, int window) {
        return Math.max(0, Math.min(side - window, pixel - window / 2));
    }
}
