package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.unmixing.Extraction;
import org.hsi4j.unmixing.Vca;
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

/** VCA of a scene in memory, against what it cannot do without: a pass of statistics and one pass of projections. */
@About("VCA on a square scene in memory, against what it cannot do without: the statistics and one pass of projections"
        + " (one thread).")
@Allocation(
        pixels = {"side", "side"},
        values = {})
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class VcaBenchmark {

    /** Bands. */
    @Param("200")
    public int bands;

    /** Endmembers. */
    @Param("10")
    public int endmembers;

    /** Rows and columns. */
    @Param({"256", "512"})
    public int side;

    private final RunContext context = RunContext.sequential();
    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private double[][] weights = new double[0][];

    /** Makes the scene. */
    @Setup
    public void setUp() {
        scene = Cube.builder(new Mixtures(bands, endmembers, side, side))
                .build()
                .toHeap(Precision.FLOAT);
        weights = Planes.random(endmembers, bands, 1);
    }

    /**
     * All of VCA.
     *
     * @return the endmembers
     */
    @Benchmark
    public Extraction vca() {
        return Vca.withDefaults().withSeed(1).extract(scene, endmembers, context);
    }

    /**
     * The statistics, then each pixel's projections, of which nothing is kept.
     *
     * @return the statistics
     */
    @RivalOf("vca")
    @Benchmark
    public MeanScatter twoPasses() {
        MeanScatter statistics = MeanScatter.of(scene, context);
        Tiles.forEach(
                scene,
                context,
                "projections",
                () -> new double[endmembers][PixelTile.capacityFor(bands)],
                (out, tile) -> tile.multiply(weights, out));
        return statistics;
    }
}
