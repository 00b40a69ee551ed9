package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.Ace;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.Rx;
import org.hsi4j.detection.SpectralMatchedFilter;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Mahalanobis;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Detectors on a scene in memory, background and scores, on one thread: against the kernels that each of them stands on,
 * the statistics that each of them needs first, and RX as EJML would have it. Times are those of a pixel. The JVM takes its
 * memory from the system before it starts.
 */
@About(
        "Detectors on a scene of 250 x 200 pixels, background and scores, against the kernels they stand on (scatter, then product"
                + " or distances; at least .5 means at most twice their time), the pass of statistics that they begin with, and RX with"
                + " EJML (one thread, a pixel).")
@Allocation(pixels = "1", values = "2")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class DetectorBenchmark {
    private static final int ROWS = 250;
    private static final int COLUMNS = 200;
    private static final int PIXELS = ROWS * COLUMNS;

    /** Bands. */
    @Param({"50", "200"})
    public int bands;

    private final RunContext context = RunContext.sequential();
    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private Spectrum target = Spectrum.of(1);
    private PixelTile tile = new PixelTile(1, 1);
    private double[][] filter = new double[0][];
    private double[][] products = new double[0][];
    private double[] mean = new double[0];
    private double[][] scatter = new double[0][];
    private double[][] scratch = new double[0][];
    private Mahalanobis distances =
            CovarianceEstimate.of(scene, Shrinkage.NONE, context).mahalanobis();

    /** Makes the scene. */
    @Setup
    public void setUp() {
        scene = Cube.of(ROWS, COLUMNS, Planes.random(bands, PIXELS, 1)).toHeap(Precision.FLOAT);
        target = scene.spectrum(0, 0).scaled(2);
        tile = new PixelTile(bands, PixelTile.capacityFor(bands));
        filter = new double[][] {target.toArray()};
        products = new double[1][tile.capacity()];
        mean = new double[bands];
        scatter = new double[bands][bands];
        scratch = Kernels.best().scatterScratch(bands, tile.capacity());
        distances = CovarianceEstimate.of(scene, Shrinkage.NONE, context).mahalanobis();
    }

    private double[] score(DetectionModel model) {
        return model.score(scene, context).scores().toArray();
    }

    /**
     * RX.
     *
     * @return the scores
     */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] hsi4jRx() {
        return score(Rx.withDefaults().fit(scene, context));
    }

    /**
     * ACE.
     *
     * @return the scores
     */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] hsi4jAce() {
        return score(Ace.signed().fit(scene, target, context));
    }

    /**
     * Spectral matched filter.
     *
     * @return the scores
     */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] hsi4jSmf() {
        return score(SpectralMatchedFilter.withDefaults().fit(scene, target, context));
    }

    /**
     * The pass that all begin with.
     *
     * @return the statistics
     */
    @RivalOf({"hsi4jRx", "hsi4jAce", "hsi4jSmf"})
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public MeanScatter statisticsAlone() {
        return MeanScatter.of(scene, context);
    }

    /**
     * The kernels of RX and ACE: scatter and distances of each tile. ACE has the product with a filter besides.
     *
     * @return the last distances
     */
    @RivalOf({"hsi4jRx", "hsi4jAce"})
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] scatterAndDistances() {
        scatterAlone();
        for (int first = 0; first < PIXELS; first += tile.capacity()) {
            scene.read(first, Math.min(tile.capacity(), PIXELS - first), tile);
            distances.squaredDistances(tile, products[0]);
        }
        return products[0];
    }

    /**
     * The kernels of the spectral matched filter: scatter, and product with the filter.
     *
     * @return the last products
     */
    @RivalOf("hsi4jSmf")
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] scatterAndProduct() {
        scatterAlone();
        for (int first = 0; first < PIXELS; first += tile.capacity()) {
            scene.read(first, Math.min(tile.capacity(), PIXELS - first), tile);
            tile.multiply(filter, products);
        }
        return products[0];
    }

    private void scatterAlone() {
        for (int first = 0; first < PIXELS; first += tile.capacity()) {
            scene.read(first, Math.min(tile.capacity(), PIXELS - first), tile);
            tile.addScatter(mean, scratch, scatter);
        }
    }

    /**
     * RX with whole matrices: centred scene, its product with itself, Cholesky solve of all pixels.
     *
     * @return the scores
     */
    @RivalOf("hsi4jRx")
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public double[] ejmlRx() {
        DMatrixRMaj centred = new DMatrixRMaj(bands, PIXELS);
        for (int b = 0; b < bands; b++) {
            double[] plane = scene.plane(b);
            double mean = 0;
            for (double v : plane) {
                mean += v / PIXELS;
            }
            for (int i = 0; i < PIXELS; i++) {
                centred.unsafe_set(b, i, plane[i] - mean);
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(bands, bands);
        CommonOps_DDRM.multOuter(centred, covariance);
        CommonOps_DDRM.scale(1.0 / (PIXELS - 1), covariance);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(bands);
        if (!solver.setA(covariance)) {
            throw new IllegalStateException("singular covariance");
        }
        DMatrixRMaj solved = new DMatrixRMaj(bands, PIXELS);
        solver.solve(centred, solved);
        double[] scores = new double[PIXELS];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < PIXELS; i++) {
                scores[i] += centred.unsafe_get(b, i) * solved.unsafe_get(b, i);
            }
        }
        return scores;
    }
}
