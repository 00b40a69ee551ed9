package org.hsi4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.method.Methods;
import org.hsi4j.restoration.RestoredCube;
import org.hsi4j.restoration.Restorer;
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

/** Whole restorations of a scene of rank 5 with white noise of a tenth of its range, on two threads. */
@About("Whole restorations of a float scene of 100x100x100 samples, rank 5, with white noise, on two threads.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class RestorationBenchmark {
    private static final int RANK = 5;

    /** Name of the method, as {@code hsi methods} has it. */
    @Param({
        "whitened-svd",
        "subspace-wavelet-shrinkage",
        "subspace-bm3d",
        "ngmeet",
        "hyres",
        "e3dtv",
        "rctv",
        "lrtdtv",
        "fasthyde",
        "l1hymixde",
        "hyminor"
    })
    public String restorer = "whitened-svd";

    /** Rows, columns and bands. */
    @Param("100")
    public int side;

    private final RunContext context = RunContext.defaults().withParallelism(2);
    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private Restorer method = Methods.find(Restorer.class, "whitened-svd");

    /** Makes the scene: waves that share the pixels, each with a smooth spectrum. */
    @Setup
    public void setUp() {
        method = Methods.find(Restorer.class, restorer);
        Random random = new Random(1);
        double[][] planes = new double[side][side * side];
        for (int k = 0; k < RANK; k++) {
            double phase = 6 * random.nextDouble();
            for (int b = 0; b < side; b++) {
                double value = (0.2 + 0.15 * Math.sin(phase + (k + 1) * 3.0 * b / side)) / RANK;
                for (int i = 0; i < side * side; i++) {
                    int row = i / side;
                    double y = (double) row / side;
                    double x = (double) (i - row * side) / side;
                    double weight = 2
                            + Math.sin(phase + (4 + k) * x) * Math.cos(phase + 5 * y)
                            + (x + y > 0.3 * (k + 1) ? 1 : 0);
                    planes[b][i] += weight * value;
                }
            }
        }
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] += 0.1 * random.nextGaussian();
            }
        }
        scene = Cube.of(side, side, planes).toHeap(Precision.FLOAT);
    }

    /**
     * The whole of it.
     *
     * @return the restored scene
     */
    @Benchmark
    public RestoredCube restore() {
        return method.restore(scene, context);
    }
}
