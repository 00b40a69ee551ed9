package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hsi4j.signal.PlaneFilter;
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

/** Gaussian filter of one plane of 256x256: direct and recursive. */
@About("Gaussian filter of one plane of 256x256: by its definition and by four poles.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GaussianBenchmark {
    private static final int SIDE = 256;

    /** Standard deviation in pixels. */
    @Param({"2", "5", "20"})
    public double sigma;

    private double[] plane = new double[0];
    private double[] result = new double[0];
    private PlaneFilter.Worker exact = PlaneFilter.box(1).worker(1, 1);
    private PlaneFilter.Worker poles = PlaneFilter.box(1).worker(1, 1);

    /** Makes the input and both filters. */
    @Setup
    public void setUp() {
        plane = Planes.random(1, SIDE * SIDE, 1)[0];
        result = new double[plane.length];
        exact = PlaneFilter.gaussian(sigma).worker(SIDE, SIDE);
        poles = PlaneFilter.recursiveGaussian(sigma).worker(SIDE, SIDE);
    }

    /**
     * By the definition of the filter, separable.
     *
     * @return the blurred plane
     */
    @Benchmark
    public double[] direct() {
        System.arraycopy(plane, 0, result, 0, plane.length);
        exact.apply(result);
        return result;
    }

    /**
     * By four poles.
     *
     * @return the blurred plane
     */
    @Benchmark
    public double[] recursive() {
        System.arraycopy(plane, 0, result, 0, plane.length);
        poles.apply(result);
        return result;
    }
}
