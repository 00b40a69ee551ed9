package org.hsi4j.nd4j;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Kernels;
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
 * One block of 5120 pixels and 200 bands: a single native product, its inputs in native memory already, against our kernels
 * tile by tile. So ND4J is not charged for its copies.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Nd4jBenchmark {
    /** What is measured. */
    public enum Work {
        /** Five rows of weights. */
        PRODUCT_5,
        /** Twelve rows of weights. */
        PRODUCT_12,
        /** The scatter of the bands. */
        SCATTER
    }

    /** Whose kernels are measured. */
    @State(Scope.Thread)
    public static class Provider {

        /** Name of the implementation. */
        @Param({"plain", "vector"})
        public String kernels = "plain";

        /** Plain Java, or the Vector API where this JVM has it. */
        Kernels get() {
            return kernels.equals("plain") ? Kernels.plain() : Kernels.vector().orElseThrow();
        }
    }

    static final int BANDS = 200;
    static final int TILE = 320;
    static final int TILES = 16;
    static final int PIXELS = TILE * TILES;

    /** In float32 our scatter is the mixed one, which sums in float64. */
    @Param({"DOUBLE", "FLOAT"})
    public Precision precision = Precision.DOUBLE;

    /** What is measured. */
    @Param({"PRODUCT_5", "PRODUCT_12", "SCATTER"})
    public Work work = Work.SCATTER;

    final double[][][] tiles = new double[TILES][BANDS][TILE];
    private final float[][][] floatTiles = new float[TILES][BANDS][TILE];
    final double[][] weights = new double[12][BANDS];
    private final float[][] floatWeights = new float[12][BANDS];
    private final double[][] out = new double[12][TILE];
    private final float[][] floatOut = new float[12][TILE];
    private final float[][] floatScratch = new float[TILE][BANDS];
    private final double[] centre = new double[BANDS];
    private final float[] floatCentre = new float[BANDS];
    private NativeMatrix[] matrices = new NativeMatrix[0];

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        double[][] planes = new double[BANDS][PIXELS];
        for (int b = 0; b < BANDS; b++) {
            for (int i = 0; i < PIXELS; i++) {
                double value = random.nextFloat() - 0.5;
                planes[b][i] = value;
                tiles[i / TILE][b][i % TILE] = value;
                floatTiles[i / TILE][b][i % TILE] = (float) value;
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k][b] = random.nextFloat() - 0.5;
                floatWeights[k][b] = (float) weights[k][b];
            }
        }
        matrices = new NativeMatrix[] {
            new NativeMatrix(PIXELS, BANDS, precision),
            new NativeMatrix(BANDS, BANDS, precision),
            new NativeMatrix(BANDS, 5, precision),
            new NativeMatrix(PIXELS, 5, precision),
            new NativeMatrix(BANDS, 12, precision),
            new NativeMatrix(PIXELS, 12, precision),
        };
        matrices[0].set(planes, PIXELS);
        matrices[2].set(weights, BANDS);
        matrices[4].set(weights, BANDS);
    }

    /** Gives the native memory back. */
    @TearDown
    public void tearDown() {
        for (NativeMatrix matrix : matrices) {
            matrix.close();
        }
    }

    private Object product(Kernels kernels, int rows) {
        if (precision == Precision.FLOAT) {
            float[][] some = java.util.Arrays.copyOf(floatWeights, rows);
            for (float[][] tile : floatTiles) {
                kernels.multiply(some, tile, TILE, floatOut);
            }
            return floatOut;
        }
        double[][] some = java.util.Arrays.copyOf(weights, rows);
        for (double[][] tile : tiles) {
            kernels.multiply(some, tile, TILE, out);
        }
        return out;
    }

    private double[][] scatter(Kernels kernels) {
        double[][] sum = new double[BANDS][BANDS];
        double[][] scratch = kernels.scatterScratch(BANDS, TILE);
        for (int t = 0; t < TILES; t++) {
            if (precision == Precision.FLOAT) {
                kernels.addScatterMixed(floatTiles[t], TILE, floatCentre, floatScratch, sum);
            } else {
                kernels.addScatter(tiles[t], TILE, centre, scratch, sum);
            }
        }
        return sum;
    }

    /**
     * Ours.
     *
     * @param provider whose kernels
     * @return the last tile of a product, or the upper triangle of a scatter
     */
    @Benchmark
    public Object hsi4j(Provider provider) {
        return switch (work) {
            case PRODUCT_5 -> product(provider.get(), 5);
            case PRODUCT_12 -> product(provider.get(), 12);
            case SCATTER -> scatter(provider.get());
        };
    }

    /**
     * ND4J. Its scatter is a full product, since it offers no other that is right.
     *
     * @return all pixels, or both triangles
     */
    @Benchmark
    public NativeMatrix nd4j() {
        return switch (work) {
            case PRODUCT_5 -> product(matrices[3], matrices[2]);
            case PRODUCT_12 -> product(matrices[5], matrices[4]);
            case SCATTER -> {
                matrices[1].product(matrices[0], true, matrices[0]);
                yield matrices[1];
            }
        };
    }

    private NativeMatrix product(NativeMatrix result, NativeMatrix rows) {
        result.product(matrices[0], false, rows);
        return result;
    }
}
