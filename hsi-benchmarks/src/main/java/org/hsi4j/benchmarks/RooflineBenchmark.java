package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core can do at most: fused multiply-adds on numbers that stay in registers, and reading memory far larger than
 * the caches. {@link Roofline} sets the kernels in relation to these. On a machine without fused multiply-add this takes
 * minutes.
 */
@About("What one core can do at most: multiply-adds in registers, and 256 MiB read from memory.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RooflineBenchmark {
    /** Numbers in the first-level cache; each goes through {@link #CHAIN} multiply-adds. */
    static final int NUMBERS = 1024;

    /** Multiply-adds between one load and one store. */
    static final int CHAIN = 16;

    /** Samples read by {@link #read}: 256 MiB. */
    static final int SAMPLES = 1 << 26;

    private static final int BLOCK = 2048;

    private final double[] doubles = new double[NUMBERS];
    private final float[] floats = new float[NUMBERS];
    private final float[] sums = new float[BLOCK];
    private float[] memory = new float[0];

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        memory = new float[SAMPLES];
        java.util.Arrays.fill(memory, 1f);
    }

    /**
     * Multiply-adds in float64.
     *
     * @return the numbers
     */
    @Benchmark
    public double[] fmaDouble() {
        double[] x = doubles;
        for (int i = 0; i < x.length; i++) {
            double v = x[i];
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            v = Math.fma(v, 0.999, 0.5);
            x[i] = v;
        }
        return x;
    }

    /**
     * Multiply-adds in float32.
     *
     * @return the numbers
     */
    @Benchmark
    public float[] fmaFloat() {
        float[] x = floats;
        for (int i = 0; i < x.length; i++) {
            float v = x[i];
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            v = Math.fma(v, 0.999f, 0.5f);
            x[i] = v;
        }
        return x;
    }

    /**
     * Reads all samples once, four streams at a time.
     *
     * @return sums of them
     */
    @Benchmark
    public float[] read() {
        java.util.Arrays.fill(sums, 0f);
        for (int from = 0; from < SAMPLES; from += 4 * BLOCK) {
            add(sums, memory, from);
        }
        return sums;
    }

    private static void add(float[] z, float[] y, int from) {
        for (int i = 0; i < BLOCK; i++) {
            z[i] += y[from + i] + y[from + BLOCK + i] + y[from + 2 * BLOCK + i] + y[from + 3 * BLOCK + i];
        }
    }
}
