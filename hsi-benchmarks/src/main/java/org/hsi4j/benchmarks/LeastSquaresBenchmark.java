package org.hsi4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.io.Cubes;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.Abundances;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Nnls;
import org.hsi4j.unmixing.Scls;
import org.hsi4j.unmixing.Ucls;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The least-squares solvers on a whole scene in float, from reading its tiles to the finished maps. The time of a pixel is the
 * second result, {@code pixels}.
 *
 * <p>More than the defaults: {@code -p bands=50,200,400 -p p=3,5,12,30 -p pixels=10000,100000,1000000,4000000 -p threads=1,2}.
 * A scene of {@code where=file} is an ENVI file in the folder for temporary files, mapped into memory. Bytes a pixel:
 * {@code -prof gc}; .2 MB of an operation with five endmembers and at most .6 MB with 12 or 30 are its own however many pixels
 * it has, for the factors of the endmembers and of the sets of positive abundances, and for one thread's buffers.
 *
 * <p>The JVM takes its memory from the system before it starts: pages that are new would cost as much as the shorter solvers.
 */
@About(
        "The least-squares solvers on a whole scene in float, from reading its tiles to the finished maps. Each scene allocates"
                + " .2 MB beside the maps however many pixels it has (p = 5; at most .6 MB with 12 or 30), and nothing for a pixel:"
                + " 20 bytes a pixel of 10000, .2 of 1000000.")
@Allocation(pixels = "pixels", values = "p")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms6g", "-Xmx6g", "-XX:+AlwaysPreTouch"})
public class LeastSquaresBenchmark {

    /** Bands. */
    @Param("200")
    public int bands;

    /** Endmembers. */
    @Param({"5", "12", "30"})
    public int p;

    /** Pixels; a multiple of 1000. */
    @Param("100000")
    public int pixels;

    /** Threads. */
    @Param("1")
    public int threads;

    /** Where the scene is: heap or file. */
    @Param("heap")
    public String where = "heap";

    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private Endmembers endmembers = Endmembers.ofMatrix(new double[][] {{1}});
    private RunContext context = RunContext.sequential();
    private List<Path> files = List.of();

    /** Counts pixels. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {

        /** Pixels solved. */
        public long pixels;
    }

    /**
     * Makes the scene.
     *
     * @throws IOException if the file cannot be written
     */
    @Setup
    public void setUp() throws IOException {
        Mixtures mixtures = new Mixtures(bands, p, pixels / 1000, 1000);
        endmembers = Endmembers.ofMatrix(mixtures.endmembers());
        context = RunContext.defaults().withParallelism(threads);
        Cube virtual = Cube.builder(mixtures).build();
        if (where.equals("file")) {
            Path folder = Files.createTempDirectory("least-squares-");
            Path header = folder.resolve("scene.hdr");
            Cubes.write(virtual, header);
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            scene = Cubes.read(header);
        } else {
            scene = virtual.toHeap(Precision.FLOAT);
        }
    }

    /**
     * Deletes the file.
     *
     * @throws IOException if it cannot be deleted
     */
    @TearDown
    public void tearDown() throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private Abundances solve(AbundanceSolver solver, Counter counter) {
        counter.pixels += pixels;
        return solver.solve(scene, endmembers, context);
    }

    /**
     * No constraint.
     *
     * @param counter counts pixels
     * @return the abundances
     */
    @Benchmark
    public Abundances ucls(Counter counter) {
        return solve(Ucls.withDefaults(), counter);
    }

    /**
     * Sum to one.
     *
     * @param counter counts pixels
     * @return the abundances
     */
    @Benchmark
    public Abundances scls(Counter counter) {
        return solve(Scls.withDefaults(), counter);
    }

    /**
     * Not negative.
     *
     * @param counter counts pixels
     * @return the abundances
     */
    @Benchmark
    public Abundances nnls(Counter counter) {
        return solve(Nnls.withDefaults(), counter);
    }

    /**
     * Not negative and sum to one.
     *
     * @param counter counts pixels
     * @return the abundances
     */
    @Benchmark
    public Abundances fcls(Counter counter) {
        return solve(Fcls.withDefaults(), counter);
    }
}
