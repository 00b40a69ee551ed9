package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.PixelTile;
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

/** Squared norms and dot products of the pixels of a tile, along the pixels against one pixel after the other. */
@About(
        "Squared norms and dot products of the pixels of one tile in cache; EJML multiplies all elements and sums the columns.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PixelProductsBenchmark {

    /** Bands. */
    @Param({"50", "200", "400"})
    public int bands;

    private int pixels;
    private double[][] first = new double[0][];
    private double[][] second = new double[0][];
    private double[] result = new double[0];
    private DMatrixRMaj ejmlFirst = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlSecond = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlProduct = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlResult = new DMatrixRMaj(0, 0);

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        pixels = PixelTile.capacityFor(bands);
        first = Planes.random(bands, pixels, 1);
        second = Planes.random(bands, pixels, 2);
        result = new double[pixels];
        ejmlFirst = new DMatrixRMaj(first);
        ejmlSecond = new DMatrixRMaj(second);
        ejmlProduct = new DMatrixRMaj(bands, pixels);
        ejmlResult = new DMatrixRMaj(1, pixels);
    }

    /**
     * Squared norms, ours.
     *
     * @param provider whose kernels
     * @return one value a pixel
     */
    @Benchmark
    public double[] norms(Provider provider) {
        provider.get().squaredNorms(first, pixels, result);
        return result;
    }

    /**
     * Dot products, ours.
     *
     * @param provider whose kernels
     * @return one value a pixel
     */
    @Benchmark
    public double[] dots(Provider provider) {
        provider.get().dots(first, second, pixels, result);
        return result;
    }

    /**
     * Squared norms, pixel by pixel.
     *
     * @return one value a pixel
     */
    @RivalOf("norms")
    @Benchmark
    public double[] naiveNorms() {
        return naive(first);
    }

    /**
     * Dot products, pixel by pixel.
     *
     * @return one value a pixel
     */
    @RivalOf("dots")
    @Benchmark
    public double[] naiveDots() {
        return naive(second);
    }

    private double[] naive(double[][] other) {
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int b = 0; b < bands; b++) {
                sum += first[b][i] * other[b][i];
            }
            result[i] = sum;
        }
        return result;
    }

    /**
     * Dot products with EJML.
     *
     * @return one value a pixel
     */
    @RivalOf("dots")
    @Benchmark
    public double[] ejmlDots() {
        CommonOps_DDRM.elementMult(ejmlFirst, ejmlSecond, ejmlProduct);
        CommonOps_DDRM.sumCols(ejmlProduct, ejmlResult);
        return ejmlResult.data;
    }
}
