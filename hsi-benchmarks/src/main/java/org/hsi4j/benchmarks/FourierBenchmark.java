package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hsi4j.signal.Fourier;
import org.jtransforms.fft.DoubleFFT_2D;
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

/**
 * Fourier transform of one square plane on one thread, ours against JTransforms, which gets its form for real planes where it
 * has one (powers of two). Both copy the plane.
 */
@About("Fourier transform of one square plane on one thread, against JTransforms.")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FourierBenchmark {

    /** Side of the plane: powers of two, products of small primes, and 307, a prime. */
    @Param({"64", "100", "128", "145", "256", "307", "512"})
    public int side;

    private double[] plane = new double[0];
    private double[] re = new double[0];
    private double[] im = new double[0];
    private double[] full = new double[0];
    private Fourier.Worker worker = Fourier.of(1, 1).worker();
    private DoubleFFT_2D rival = new DoubleFFT_2D(2, 2);

    /** Makes the inputs and both plans. */
    @Setup
    public void setUp() {
        ConcurrencyUtils.setNumberOfThreads(1);
        plane = Planes.random(1, side * side, 1)[0];
        Fourier fourier = Fourier.of(side, side);
        re = new double[side * fourier.halfColumns()];
        im = new double[re.length];
        full = new double[isPowerOfTwo() ? side * side : 2 * side * side];
        worker = fourier.worker();
        rival = new DoubleFFT_2D(side, side);
    }

    private boolean isPowerOfTwo() {
        return Integer.bitCount(side) == 1;
    }

    /**
     * Ours.
     *
     * @return the real part
     */
    @Benchmark
    public double[] hsi4j() {
        worker.forward(plane, re, im);
        return re;
    }

    /**
     * JTransforms.
     *
     * @return its own packing of the half, or the whole transform with real and imaginary parts alternating
     */
    @Benchmark
    public double[] jtransforms() {
        System.arraycopy(plane, 0, full, 0, plane.length);
        if (isPowerOfTwo()) {
            rival.realForward(full);
        } else {
            rival.realForwardFull(full);
        }
        return full;
    }
}
