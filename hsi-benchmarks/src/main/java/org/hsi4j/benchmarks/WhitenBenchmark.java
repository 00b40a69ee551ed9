package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
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

/**
 * Mahalanobis distances of one tile: {@link Kernels#squaredDistances}, and {@link Kernels#whiten} with {@link
 * Kernels#squaredNorms}, against EJML's triangular solve and against one pixel at a time. Every one copies the tile first,
 * because it computes in place.
 */
@About("Mahalanobis distances of one tile, with the inverse of the factor or by whitening.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class WhitenBenchmark {

    /** Bands. */
    @Param({"50", "200", "400"})
    public int bands;

    private int pixels;
    private double[][] lower = new double[0][];
    private double[][] upper = new double[0][];
    private double[] mean = new double[0];
    private double[][] planes = new double[0][];
    private double[][] work = new double[0][];
    private double[] norms = new double[0];
    private double[] pixel = new double[0];
    private DMatrixRMaj ejmlLower = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlPlanes = new DMatrixRMaj(0, 0);
    private DMatrixRMaj ejmlWork = new DMatrixRMaj(0, 0);

    /** Makes the inputs; the mean is zero so that all compute the same. */
    @Setup
    public void setUp() {
        pixels = PixelTile.capacityFor(bands);
        lower = Planes.lower(bands, 1);
        upper = new double[bands][bands];
        for (int b = 0; b < bands; b++) {
            upper[b][b] = 1;
            Dense.forward(lower, upper[b]);
        }
        mean = new double[bands];
        planes = Planes.random(bands, pixels, 2);
        work = new double[bands][pixels];
        norms = new double[pixels];
        pixel = new double[bands];
        ejmlLower = new DMatrixRMaj(lower);
        ejmlPlanes = new DMatrixRMaj(planes);
        ejmlWork = new DMatrixRMaj(bands, pixels);
    }

    /**
     * Ours, with the inverse of the factor.
     *
     * @param provider whose kernels
     * @return the squared distances
     */
    @Benchmark
    public double[] hsi4j(Provider provider) {
        copy();
        provider.get().squaredDistances(upper, mean, work, pixels, norms);
        return norms;
    }

    private void copy() {
        for (int b = 0; b < bands; b++) {
            System.arraycopy(planes[b], 0, work[b], 0, pixels);
        }
    }

    /**
     * Ours, with the whitened pixels, which some callers need themselves.
     *
     * @param provider whose kernels
     * @return the squared distances
     */
    @Benchmark
    public double[] hsi4jWhitened(Provider provider) {
        copy();
        provider.get().whiten(lower, mean, work, pixels);
        provider.get().squaredNorms(work, pixels, norms);
        return norms;
    }

    /**
     * EJML's triangular solve of the whole tile.
     *
     * @return the squared distances
     */
    @Benchmark
    public double[] ejml() {
        ejmlWork.setTo(ejmlPlanes);
        TriangularSolver_DDRM.solveL(ejmlLower.data, ejmlWork.data, bands, pixels);
        java.util.Arrays.fill(norms, 0);
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < pixels; i++) {
                double v = ejmlWork.unsafe_get(b, i);
                norms[i] += v * v;
            }
        }
        return norms;
    }

    /**
     * Forward substitution pixel by pixel.
     *
     * @return the squared distances
     */
    @Benchmark
    public double[] naive() {
        for (int i = 0; i < pixels; i++) {
            for (int b = 0; b < bands; b++) {
                pixel[b] = planes[b][i];
            }
            Dense.forward(lower, pixel);
            double sum = 0;
            for (double v : pixel) {
                sum += v * v;
            }
            norms[i] = sum;
        }
        return norms;
    }
}
