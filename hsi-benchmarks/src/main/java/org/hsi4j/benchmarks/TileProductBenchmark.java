package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
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

/** E'Y for one tile: {@link Kernels#multiply} against EJML, Commons Math and three nested loops. */
@About("E'Y for one tile of pixels in cache, with a few rows of E'.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TileProductBenchmark {

    /** Bands. */
    @Param({"50", "200", "400"})
    public int bands;

    /** Rows of the small matrix. */
    @Param({"3", "5", "12", "30"})
    public int rows;

    private int pixels;
    private double[][] weights = new double[0][];
    private double[][] planes = new double[0][];
    private double[][] out = new double[0][];
    private float[][] floatWeights = new float[0][];
    private float[][] floatPlanes = new float[0][];
    private float[][] floatOut = new float[0][];
    private DMatrixRMaj ejmlWeights = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlPlanes = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlOut = new DMatrixRMaj(0, 0);
    private RealMatrix mathWeights = new Array2DRowRealMatrix();
    private RealMatrix mathPlanes = new Array2DRowRealMatrix();

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        pixels = PixelTile.capacityFor(bands);
        weights = Planes.random(rows, bands, 1);
        planes = Planes.random(bands, pixels, 2);
        out = new double[rows][pixels];
        floatWeights = Planes.toFloat(weights);
        floatPlanes = Planes.toFloat(planes);
        floatOut = new float[rows][pixels];
        ejmlWeights = new DMatrixRMaj(weights);
        ejmlPlanes = new DMatrixRMaj(planes);
        ejmlOut = new DMatrixRMaj(rows, pixels);
        mathWeights = new Array2DRowRealMatrix(weights);
        mathPlanes = new Array2DRowRealMatrix(planes);
    }

    /**
     * Ours, in float64.
     *
     * @param provider whose kernels
     * @return the product
     */
    @Benchmark
    public double[][] hsi4j(Provider provider) {
        provider.get().multiply(weights, planes, pixels, out);
        return out;
    }

    /**
     * Ours, in float32.
     *
     * @param provider whose kernels
     * @return the product
     */
    @Benchmark
    public float[][] hsi4jFloat(Provider provider) {
        provider.get().multiply(floatWeights, floatPlanes, pixels, floatOut);
        return floatOut;
    }

    /**
     * EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.mult(ejmlWeights, ejmlPlanes, ejmlOut);
        return ejmlOut;
    }

    /**
     * Commons Math.
     *
     * @return the product
     */
    @Benchmark
    public RealMatrix commonsMath() {
        return mathWeights.multiply(mathPlanes);
    }

    /**
     * Three nested loops, pixel by pixel.
     *
     * @return the product
     */
    @Benchmark
    public double[][] naive() {
        for (int i = 0; i < pixels; i++) {
            for (int k = 0; k < rows; k++) {
                double sum = 0;
                for (int b = 0; b < bands; b++) {
                    sum += weights[k][b] * planes[b][i];
                }
                out[k][i] = sum;
            }
        }
        return out;
    }
}
