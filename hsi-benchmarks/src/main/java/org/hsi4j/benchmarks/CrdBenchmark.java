package org.hsi4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.detection.Crd;
import org.hsi4j.detection.DetectionModel;
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

/** Collaborative representation with windows of 3 and 11 pixels, on a scene of the oracle's size; how long it takes does not depend on the samples. */
@About(
        "Collaborative representation with windows of 3 and 11 pixels: 100 x 100 pixels of 100 bands, the size of the oracle's scene.")
@Allocation(pixels = "10000", values = "1")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CrdBenchmark {
    /** Bands. */
    @Param("100")
    public int bands;

    /** Rows and columns. */
    @Param("100")
    public int side;

    private Cube cube = Cube.of(1, 1, new double[1][1]);

    /** Makes the scene: noise with correlated bands. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        double[][] planes = new double[bands][side * side];
        for (int i = 0; i < side * side; i++) {
            double common = random.nextGaussian();
            for (int b = 0; b < bands; b++) {
                planes[b][i] = 100 + 3 * common + random.nextGaussian();
            }
        }
        cube = Cube.of(side, side, planes).toHeap(Precision.FLOAT);
    }

    private double[] run(RunContext context) {
        DetectionModel model =
                Crd.withDefaults().withInnerWindow(3).withOuterWindow(11).fit(cube, context);
        return model.score(cube, context).scores().toArray();
    }

    /**
     * On one thread, the statistics of the scene included.
     *
     * @return the scores
     */
    @Benchmark
    public double[] hsi4j() {
        return run(RunContext.sequential());
    }

    /**
     * On two threads.
     *
     * @return the scores
     */
    @Benchmark
    public double[] hsi4jTwoThreads() {
        return run(RunContext.defaults().withParallelism(2));
    }
}
