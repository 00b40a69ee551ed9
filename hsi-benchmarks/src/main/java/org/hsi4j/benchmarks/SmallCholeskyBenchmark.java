package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.hsi4j.linalg.BatchCholesky;
import org.hsi4j.linalg.RowCholesky;
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
 * Normal equations of their own in each of 256 pixels, factored and solved: {@link BatchCholesky} along the pixels,
 * {@link RowCholesky} and EJML one pixel after the other.
 */
@About("A symmetric system of its own in each of 256 pixels, factored and solved; all copy their input.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SmallCholeskyBenchmark {
    static final int PIXELS = 256;

    /** Unknowns. */
    @Param({"5", "12", "30"})
    public int p;

    private double[][] triangles = new double[0][];
    private double[][] right = new double[0][];
    private double[][] work = new double[0][];
    private double[][] solved = new double[0][];
    private double[][] rows = new double[0][];
    private double[] least = new double[0];
    private final double[] scratch = new double[PIXELS];
    private DMatrixRMaj matrix = new DMatrixRMaj(0, 0);
    private DMatrixRMaj vector = new DMatrixRMaj(0, 0);
    private LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(1);

    /** Makes matrices with a large diagonal. */
    @Setup
    public void setUp() {
        triangles = Planes.random(BatchCholesky.planes(p), PIXELS, 1);
        for (int i = 0; i < p; i++) {
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                triangles[i * (i + 1) / 2 + i][pixel] += p;
            }
        }
        right = Planes.random(p, PIXELS, 2);
        work = new double[triangles.length][PIXELS];
        solved = new double[p][PIXELS];
        rows = new double[p][p];
        least = new double[p];
        matrix = new DMatrixRMaj(p, p);
        vector = new DMatrixRMaj(p, 1);
        solver = LinearSolverFactory_DDRM.chol(p);
    }

    /**
     * Along the pixels.
     *
     * @return the solutions
     */
    @Benchmark
    public double[][] hsi4jBatch() {
        for (int k = 0; k < work.length; k++) {
            System.arraycopy(triangles[k], 0, work[k], 0, PIXELS);
        }
        for (int k = 0; k < p; k++) {
            System.arraycopy(right[k], 0, solved[k], 0, PIXELS);
        }
        BatchCholesky.factor(work, p, PIXELS, scratch);
        BatchCholesky.solve(work, p, solved, PIXELS);
        return solved;
    }

    /**
     * Pixel by pixel with {@link RowCholesky}, which is made for larger ones, and gives the distances x' S^-1 x alone.
     *
     * @return the last of them
     */
    @Benchmark
    public double hsi4jRows() {
        double[] x = least.clone();
        double distance = 0;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    rows[i][j] = triangles[i * (i + 1) / 2 + j][pixel];
                }
                x[i] = right[i][pixel];
            }
            RowCholesky.factor(rows, p, least);
            distance = RowCholesky.whiten(rows, p, x);
        }
        return distance;
    }

    /**
     * Pixel by pixel with EJML.
     *
     * @return the solutions
     */
    @Benchmark
    public double[][] ejml() {
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    double v = triangles[i * (i + 1) / 2 + j][pixel];
                    matrix.unsafe_set(i, j, v);
                    matrix.unsafe_set(j, i, v);
                }
                vector.unsafe_set(i, 0, right[i][pixel]);
            }
            if (!solver.setA(matrix)) {
                throw new IllegalStateException("singular");
            }
            solver.solve(vector, vector);
            for (int i = 0; i < p; i++) {
                solved[i][pixel] = vector.unsafe_get(i, 0);
            }
        }
        return solved;
    }
}
