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

/** Scatter of one tile: {@link Kernels#addScatter} against the products of EJML and Commons Math and three nested loops. */
@About("The scatter matrix of one tile of pixels in cache.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScatterBenchmark {

    /** Bands. */
    @Param({"50", "200", "400"})
    public int bands;

    private int pixels;
    private double[][] planes = new double[0][];
    private double[] centre = new double[0];
    private double[][] sum = new double[0][];
    private float[][] floatPlanes = new float[0][];
    private float[] floatCentre = new float[0];
    private float[][] floatScratch = new float[0][];
    private DMatrixRMaj ejmlPlanes = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlSum = new DMatrixRMaj(0, 0);
    private RealMatrix mathPlanes = new Array2DRowRealMatrix();

    /** What the kernels of a provider need. */
    @State(Scope.Thread)
    public static class Scratch {
        private double[][] arrays = new double[0][];

        /**
         * Asks for it.
         *
         * @param benchmark the sizes
         * @param provider whose kernels
         */
        @Setup
        public void setUp(ScatterBenchmark benchmark, Provider provider) {
            arrays = provider.get().scatterScratch(benchmark.bands, benchmark.pixels);
        }
    }

    /** Makes the inputs; the centre is zero so that all compute the same. */
    @Setup
    public void setUp() {
        pixels = PixelTile.capacityFor(bands);
        planes = Planes.random(bands, pixels, 1);
        centre = new double[bands];
        sum = new double[bands][bands];
        floatPlanes = Planes.toFloat(planes);
        floatCentre = new float[bands];
        floatScratch = new float[pixels][bands];
        ejmlPlanes = new DMatrixRMaj(planes);
        ejmlSum = new DMatrixRMaj(bands, bands);
        mathPlanes = new Array2DRowRealMatrix(planes);
    }

    /**
     * Ours, upper triangle only.
     *
     * @param provider whose kernels
     * @param scratch its scratch
     * @return the scatter so far
     */
    @Benchmark
    public double[][] hsi4j(Provider provider, Scratch scratch) {
        provider.get().addScatter(planes, pixels, centre, scratch.arrays, sum);
        return sum;
    }

    /**
     * Ours from float32 samples, summed in float64.
     *
     * @param provider whose kernels
     * @param scratch its scratch
     * @return the scatter so far
     */
    @Benchmark
    public double[][] hsi4jFromFloat(Provider provider, Scratch scratch) {
        provider.get().addScatter(floatPlanes, 0, pixels, centre, scratch.arrays, sum);
        return sum;
    }

    /**
     * Ours in mixed precision.
     *
     * @param provider whose kernels
     * @return the scatter so far
     */
    @Benchmark
    public double[][] hsi4jMixed(Provider provider) {
        provider.get().addScatterMixed(floatPlanes, pixels, floatCentre, floatScratch, sum);
        return sum;
    }

    /**
     * EJML's symmetric product, both triangles.
     *
     * @return the scatter
     */
    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.multOuter(ejmlPlanes, ejmlSum);
        return ejmlSum;
    }

    /**
     * Commons Math, both triangles.
     *
     * @return the scatter
     */
    @Benchmark
    public RealMatrix commonsMath() {
        return mathPlanes.multiply(mathPlanes.transpose());
    }

    /**
     * Three nested loops, upper triangle only.
     *
     * @return the scatter so far
     */
    @Benchmark
    public double[][] naive() {
        for (int i = 0; i < pixels; i++) {
            for (int a = 0; a < bands; a++) {
                for (int b = a; b < bands; b++) {
                    sum[a][b] += planes[a][i] * planes[b][i];
                }
            }
        }
        return sum;
    }
}
