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
    static final int BANDS = 200;
    static final int TILE = 320;
    static final int TILES = 16;
    static final int PIXELS = TILE * TILES;

    /** In float32 our scatter is the mixed one, which sums in float64. */
    @Param({"DOUBLE", "FLOAT"})
    public Precision precision = Precision.DOUBLE;

    private final Kernels plain = Kernels.plain();
    private final Kernels vector = Kernels.vector().orElse(plain);
    final double[][][] tiles = new double[TILES][BANDS][TILE];
    private final float[][][] floatTiles = new float[TILES][BANDS][TILE];
    final double[][] weights = new double[12][BANDS];
    private final float[][] floatWeights = new float[12][BANDS];
    private final double[][] out = new double[12][TILE];
    private final float[][] floatOut = new float[12][TILE];
    private final double[][] scratch = new double[TILE][BANDS];
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
     * Five rows of weights, plain Java.
     *
     * @return the last tile
     */
    @Benchmark
    public Object product05Plain() {
        return product(plain, 5);
    }

    /**
     * Five rows of weights, Vector API.
     *
     * @return the last tile
     */
    @Benchmark
    public Object product05Vector() {
        return product(vector, 5);
    }

    /**
     * Five rows of weights, ND4J.
     *
     * @return all pixels
     */
    @Benchmark
    public Object product05Nd4j() {
        matrices[3].product(matrices[0], false, matrices[2]);
        return matrices[3];
    }

    /**
     * Twelve rows of weights, plain Java.
     *
     * @return the last tile
     */
    @Benchmark
    public Object product12Plain() {
        return product(plain, 12);
    }

    /**
     * Twelve rows of weights, Vector API.
     *
     * @return the last tile
     */
    @Benchmark
    public Object product12Vector() {
        return product(vector, 12);
    }

    /**
     * Twelve rows of weights, ND4J.
     *
     * @return all pixels
     */
    @Benchmark
    public Object product12Nd4j() {
        matrices[5].product(matrices[0], false, matrices[4]);
        return matrices[5];
    }

    /**
     * Scatter, plain Java.
     *
     * @return the upper triangle
     */
    @Benchmark
    public double[][] scatterPlain() {
        return scatter(plain);
    }

    /**
     * Scatter, Vector API.
     *
     * @return the upper triangle
     */
    @Benchmark
    public double[][] scatterVector() {
        return scatter(vector);
    }

    /**
     * Scatter, ND4J: a full product, since it offers no other that is right.
     *
     * @return both triangles
     */
    @Benchmark
    public Object scatterNd4j() {
        matrices[1].product(matrices[0], true, matrices[0]);
        return matrices[1];
    }
}
