package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Subspace;
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

/** Signal subspaces of a scene of 100 x 100 pixels against EJML on the whole matrix, and bases. */
@About("Ten directions of a scene of 100 x 100 pixels (one thread) against EJML on the whole matrix; a basis of 30 rows"
        + " against EJML's QR.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecompositionBenchmark {
    private static final int SIDE = 100;
    static final int DIRECTIONS = 10;
    private static final int ROWS = 30;

    /** Bands. */
    @Param({"50", "200", "400"})
    public int bands;

    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private double[][] rows = new double[0][];
    private DMatrixRMaj columns = new DMatrixRMaj(0, 0);

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        scene = Cube.builder(new Mixtures(bands, DIRECTIONS, SIDE, SIDE))
                .build()
                .toHeap(Precision.FLOAT);
        rows = Planes.random(ROWS, bands, 3);
        columns = new DMatrixRMaj(bands, ROWS);
        CommonOps_DDRM.transpose(new DMatrixRMaj(rows), columns);
    }

    /**
     * By the scatter and its eigenvectors.
     *
     * @return the subspace
     */
    @Benchmark
    public Subspace subspace() {
        return Subspace.of(scene, DIRECTIONS, RunContext.sequential());
    }

    /**
     * By random directions.
     *
     * @return the subspace
     */
    @Benchmark
    public Subspace randomized() {
        return Subspace.randomized(scene, DIRECTIONS, RunContext.sequential());
    }

    private DMatrixRMaj centred() {
        DMatrixRMaj centred = new DMatrixRMaj(bands, SIDE * SIDE);
        for (int b = 0; b < bands; b++) {
            double[] plane = scene.plane(b);
            double mean = 0;
            for (double v : plane) {
                mean += v / plane.length;
            }
            for (int i = 0; i < plane.length; i++) {
                centred.unsafe_set(b, i, plane[i] - mean);
            }
        }
        return centred;
    }

    /**
     * EJML's product of the whole scene with itself, and the eigenvectors of that.
     *
     * @return the largest eigenvalues, largest first
     */
    @RivalOf({"subspace", "randomized"})
    @Benchmark
    public double[] ejmlEigen() {
        DMatrixRMaj scatter = new DMatrixRMaj(bands, bands);
        CommonOps_DDRM.multOuter(centred(), scatter);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(bands, true, true);
        if (!eigen.decompose(scatter)) {
            throw new IllegalStateException("no eigenvectors");
        }
        double[] values = new double[bands];
        for (int b = 0; b < bands; b++) {
            values[b] = -eigen.getEigenvalue(b).getReal();
        }
        java.util.Arrays.sort(values);
        double[] largest = new double[DIRECTIONS];
        for (int k = 0; k < DIRECTIONS; k++) {
            largest[k] = -values[k];
        }
        return largest;
    }

    /**
     * EJML's singular value decomposition of the whole scene, left vectors only.
     *
     * @return the squares of all singular values, in no order
     */
    @RivalOf({"subspace", "randomized"})
    @Benchmark
    public double[] ejmlSvd() {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(bands, SIDE * SIDE, true, false, true);
        if (!svd.decompose(centred())) {
            throw new IllegalStateException("no singular values");
        }
        double[] squares = svd.getSingularValues().clone();
        for (int k = 0; k < squares.length; k++) {
            squares[k] *= squares[k];
        }
        return squares;
    }

    /**
     * An orthonormal basis of some rows.
     *
     * @return the basis
     */
    @Benchmark
    public double[][] orthonormalized() {
        return Dense.orthonormalized(rows);
    }

    /**
     * The same with EJML's QR decomposition, thin.
     *
     * @return the basis as columns
     */
    @RivalOf("orthonormalized")
    @Benchmark
    public DMatrixRMaj ejmlQr() {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(bands, ROWS);
        if (!qr.decompose(columns.copy())) {
            throw new IllegalStateException("no basis");
        }
        return qr.getQ(null, true);
    }
}
