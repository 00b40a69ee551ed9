package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hsi4j.linalg.Proximal;
import org.hsi4j.signal.Wavelet;
import org.hsi4j.signal.WaveletTransform;
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
 * Wavelet transform of one plane of 100x100, averaged over translations: there and back, alone and with a soft threshold
 * between, against as many subbands by the definition.
 */
@About(
        "Wavelet transform of one plane of 100x100 averaged over translations, there and back, alone and with a soft threshold"
                + " between, against as many subbands by the definition (without a margin).")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WaveletBenchmark {
    private static final int SIDE = 100;

    /** Half the taps of the symlet. */
    @Param({"1", "4", "8"})
    public int moments;

    /** How often the smooth part is split. */
    @Param({"1", "3", "4"})
    public int levels;

    private double[] plane = new double[0];
    private double[] result = new double[0];
    private double[] taps = new double[0];
    private WaveletTransform.Worker worker =
            WaveletTransform.averaged(Wavelet.symlet(1), 1, 1, 1).worker();

    /** Makes the input and the plan. */
    @Setup
    public void setUp() {
        plane = Planes.random(1, SIDE * SIDE, 1)[0];
        result = new double[plane.length];
        taps = Wavelet.symlet(moments).scaling();
        worker = WaveletTransform.averaged(Wavelet.symlet(moments), levels, SIDE, SIDE)
                .worker();
    }

    /**
     * There and back.
     *
     * @return the plane again
     */
    @Benchmark
    public double[] hsi4j() {
        worker.forward(plane);
        worker.inverse(result);
        return result;
    }

    /**
     * There, a soft threshold of all details, and back.
     *
     * @return the plane without its small details
     */
    @Benchmark
    public double[] hsi4jShrunk() {
        worker.forward(plane);
        for (int level = 1; level <= levels; level++) {
            for (WaveletTransform.Subband subband : WaveletTransform.Subband.values()) {
                double[][] detail = worker.detail(level, subband);
                Proximal.softThreshold(detail, detail[0].length, 0.1);
            }
        }
        worker.inverse(result);
        return result;
    }

    /**
     * Four subbands a level, there and back: each as costly as the smooth part of the first level, which is the result.
     *
     * @return one subband
     */
    @Benchmark
    public double[] naive() {
        for (int subband = 0; subband < 8 * levels; subband++) {
            smooth();
        }
        return result;
    }

    private void smooth() {
        for (int r = 0; r < SIDE; r++) {
            for (int c = 0; c < SIDE; c++) {
                double sum = 0;
                for (int i = 0; i < taps.length; i++) {
                    for (int j = 0; j < taps.length; j++) {
                        sum += taps[i] * taps[j] * plane[(r + i) % SIDE * SIDE + (c + j) % SIDE];
                    }
                }
                result[r * SIDE + c] = sum;
            }
        }
    }
}
