package org.hsi4j.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.hsi4j.linalg.Proximal;
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

/** The steps of proximal methods on the abundances of 1024 pixels, against a pixel at a time by its definition. */
@About(
        "The steps of proximal methods on 1024 pixels, against one pixel at a time by its definition. All copy their input.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProximalBenchmark {
    private static final int PIXELS = 1024;

    /** Endmembers. */
    @Param({"5", "12", "30"})
    public int p;

    private double[][] planes = new double[0][];
    private double[][] work = new double[0][];
    private double[] scratch = new double[0];

    /** Makes the input. */
    @Setup
    public void setUp() {
        planes = Planes.random(p, PIXELS, 1);
        for (double[] plane : planes) {
            for (int i = 0; i < PIXELS; i++) {
                plane[i] -= 0.4;
            }
        }
        work = new double[p][PIXELS];
        scratch = new double[Math.max(p, PIXELS)];
    }

    private double[][] copy() {
        for (int k = 0; k < p; k++) {
            System.arraycopy(planes[k], 0, work[k], 0, PIXELS);
        }
        return work;
    }

    /**
     * Onto the simplex, ours.
     *
     * @return the planes
     */
    @Benchmark
    public double[][] simplex() {
        Proximal.projectOntoSimplex(copy(), PIXELS, scratch);
        return work;
    }

    /**
     * Soft threshold, ours.
     *
     * @return the planes
     */
    @Benchmark
    public double[][] soft() {
        Proximal.softThreshold(copy(), PIXELS, 0.1);
        return work;
    }

    /**
     * Soft threshold of pixels, ours.
     *
     * @return the planes
     */
    @Benchmark
    public double[][] group() {
        Proximal.groupSoftThreshold(copy(), PIXELS, 0.1, scratch);
        return work;
    }

    /**
     * Onto the simplex: each pixel is sorted in an array of its own.
     *
     * @return the planes
     */
    @RivalOf("simplex")
    @Benchmark
    public double[][] naiveSimplex() {
        copy();
        for (int i = 0; i < PIXELS; i++) {
            double[] sorted = new double[p];
            for (int k = 0; k < p; k++) {
                sorted[k] = work[k][i];
            }
            Arrays.sort(sorted);
            double sum = 0;
            double t = 0;
            for (int k = 1; k <= p; k++) {
                sum += sorted[p - k];
                if (sorted[p - k] > (sum - 1) / k) {
                    t = (sum - 1) / k;
                }
            }
            for (int k = 0; k < p; k++) {
                work[k][i] = Math.max(work[k][i] - t, 0);
            }
        }
        return work;
    }

    /**
     * Soft threshold of one value after the other.
     *
     * @return the planes
     */
    @RivalOf("soft")
    @Benchmark
    public double[][] naiveSoft() {
        copy();
        for (int i = 0; i < PIXELS; i++) {
            for (int k = 0; k < p; k++) {
                work[k][i] = Math.signum(work[k][i]) * Math.max(Math.abs(work[k][i]) - 0.1, 0);
            }
        }
        return work;
    }

    /**
     * Soft threshold of one pixel after the other.
     *
     * @return the planes
     */
    @RivalOf("group")
    @Benchmark
    public double[][] naiveGroup() {
        copy();
        for (int i = 0; i < PIXELS; i++) {
            double sum = 0;
            for (int k = 0; k < p; k++) {
                sum += work[k][i] * work[k][i];
            }
            double factor = Math.max(1 - 0.1 / Math.sqrt(sum), 0);
            for (int k = 0; k < p; k++) {
                work[k][i] *= factor;
            }
        }
        return work;
    }
}
