package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hsi4j.signal.CosineTransform;
import org.jtransforms.dct.DoubleDCT_2D;
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
import pl.edu.icm.jlargearrays.ConcurrencyUtils;

/** Orthonormal cosine transform of one square plane on one thread, ours against JTransforms. Both copy the plane. */
@About("Orthonormal cosine transform of one square plane on one thread, against JTransforms.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CosineBenchmark {

    /** Side of the plane. */
    @Param({"8", "64", "100", "128", "145", "256", "307", "512"})
    public int side;

    private double[] plane = new double[0];
    private double[] result = new double[0];
    private CosineTransform.Worker worker = CosineTransform.of(1, 1).worker();
    private DoubleDCT_2D rival = new DoubleDCT_2D(2, 2);

    /** Makes the input and both plans. */
    @Setup
    public void setUp() {
        ConcurrencyUtils.setNumberOfThreads(1);
        plane = Planes.random(1, side * side, 1)[0];
        result = new double[plane.length];
        worker = CosineTransform.of(side, side).worker();
        rival = new DoubleDCT_2D(side, side);
    }

    /**
     * Ours.
     *
     * @return the coefficients
     */
    @Benchmark
    public double[] hsi4j() {
        System.arraycopy(plane, 0, result, 0, plane.length);
        worker.forward(result);
        return result;
    }

    /**
     * JTransforms.
     *
     * @return the coefficients
     */
    @Benchmark
    public double[] jtransforms() {
        System.arraycopy(plane, 0, result, 0, plane.length);
        rival.forward(result, true);
        return result;
    }
}
