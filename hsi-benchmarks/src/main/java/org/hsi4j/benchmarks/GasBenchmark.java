package org.hsi4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.Detection;
import org.hsi4j.detection.GasResult;
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

/** A gas in 8 columns of 1242 lines with 50 bands by {@link org.hsi4j.detection.Mag1c}, 5 iterations, on one thread. */
@About("A gas by the column-wise filter of mag1c, 5 iterations: 8 columns of 1242 lines with 50 bands, on one thread.")
@Allocation(
        pixels = {"9936"},
        values = "3")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GasBenchmark {
    private static final int LINES = 1242;
    private static final int COLUMNS = 8;
    private static final int BANDS = 50;

    /** How the samples are stored. */
    @Param({"FLOAT", "DOUBLE"})
    public Precision precision = Precision.FLOAT;

    private Cube cube = Cube.of(1, 1, new double[1][1]);
    private Spectrum absorption = Spectrum.of(-1);

    /** Makes the columns: ground of varying brightness and slope, with noise. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        double[][] planes = new double[BANDS][LINES * COLUMNS];
        double[] unit = new double[BANDS];
        for (int b = 0; b < BANDS; b++) {
            unit[b] = -1e-5 * (1 + Math.sin(b));
        }
        for (int i = 0; i < LINES * COLUMNS; i++) {
            double albedo = 0.3 + 1.4 * random.nextDouble();
            double slope = 0.1 * random.nextGaussian();
            for (int b = 0; b < BANDS; b++) {
                planes[b][i] = albedo * (2 - 0.8 * b / BANDS) * (1 + slope * b / BANDS) + 0.002 * random.nextGaussian();
            }
        }
        Cube.Builder builder = Cube.builder(LINES, COLUMNS, BANDS, precision);
        for (int b = 0; b < BANDS; b++) {
            builder.plane(b, planes[b]);
        }
        cube = builder.build();
        absorption = Spectrum.of(unit);
    }

    /**
     * Ours.
     *
     * @return the maps
     */
    @Benchmark
    public GasResult hsi4j() {
        return Detection.of(cube).gas(absorption).run(RunContext.sequential());
    }
}
