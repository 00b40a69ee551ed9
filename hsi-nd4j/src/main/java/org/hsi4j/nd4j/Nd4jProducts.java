package org.hsi4j.nd4j;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hsi4j.Cube;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of whole cubes on the native BLAS of ND4J. The answers are those of {@link Kernels} and {@link MeanScatter},
 * to rounding. Where the JVM has the Vector API those need less time (on one core of a Zen 4, a scene of 200 bands, in
 * float64: three quarters for the scatter, two fifths for a product), and no native code: this is for programs that
 * have ND4J anyway and a JVM without the Vector API.
 *
 * <p>A cube goes through in blocks of about a million samples, since a native call costs some 15 microseconds and every
 * sample has to be copied into native memory: tile by tile ND4J would be slow. That is why this is no implementation of
 * {@link Kernels}. Blocks run on the threads of the {@link RunContext}; start the program with {@code
 * OMP_NUM_THREADS=1} in its environment, so that the native library starts none of its own. Blocks depend on the shape
 * of the cube alone and are joined in their order. Invalid pixels enter no product.
 *
 * <p>Sums run in float64. {@link #withPrecision} asks for float32, with the errors that are stated there: a scatter is
 * then half as fast again, a product little faster, since there the copies take most of the time. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Nd4jProducts products = Nd4jProducts.load();
 * List<ScoreMap> components = products.multiply(scene, loadings, RunContext.defaults()).toScores(names);
 * double[][] covariance = products.scatter(scene, RunContext.defaults()).covariance();
 * }</pre>
 */
public final class Nd4jProducts {
    /** Samples in a block: copying and computing then outweigh the call, and a block still fits a shared cache. */
    private static final int BLOCK_SAMPLES = 1 << 20;

    private static final int FEWEST_PIXELS = 64;

    /** Partial statistics that wait to be joined. */
    private static final int CHUNKS = 32;

    private final Precision precision;

    private Nd4jProducts(Precision precision) {
        this.precision = precision;
    }

    /**
     * Loads ND4J and its native library, the first time for seconds; in float64.
     *
     * @return the products
     * @throws IllegalStateException if the class path has no native library for this machine; the message names the
     *     artifact that has it
     */
    public static Nd4jProducts load() {
        Optional<Throwable> failure = failure();
        if (failure.isPresent()) {
            throw new IllegalStateException(
                    "ND4J has no native library for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + ": put org.nd4j:nd4j-native (or nd4j-native-platform) on the class path, in the version of"
                            + " the nd4j-api that is there",
                    failure.get());
        }
        return new Nd4jProducts(Precision.DOUBLE);
    }

    /**
     * Whether {@link #load()} would succeed. The first call loads the library, too.
     *
     * @return true when there is a native library for this machine
     */
    public static boolean isAvailable() {
        return failure().isEmpty();
    }

    /** ND4J loads its library when its class is initialised, and throws whatever it met there. */
    private static Optional<Throwable> failure() {
        try {
            Objects.requireNonNull(Nd4j.getBackend(), "ND4J's backend");
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /**
     * Another precision of samples, products and sums.
     *
     * <p>To first order the error of an entry is at most (m + 4) u times the sum of the magnitudes of its m terms; u is
     * 2<sup>-53</sup> for float64 and 2<sup>-24</sup> for float32. A product has m = B terms. Of a scatter m is the
     * number of pixels in a block, at most 2<sup>20</sup>/B or 64, because the sums of the blocks are joined in
     * float64. In float32 that is enough to draw a map or for leading components, not for the inverse of a covariance.
     *
     * @param newPrecision float64 (the default) or float32
     * @return new products
     */
    public Nd4jProducts withPrecision(Precision newPrecision) {
        return new Nd4jProducts(Objects.requireNonNull(newPrecision, "precision"));
    }

    /**
     * The precision of samples, products and sums.
     *
     * @return float64 unless another was asked for
     */
    public Precision precision() {
        return precision;
    }

    /**
     * Product of a small matrix and a cube: map k is sum over b of weights[k][b] times band b. Costs 2 p B flops and
     * two copies a pixel.
     *
     * @param cube the scene
     * @param weights p x B, at least one row
     * @param context threads, progress, cancellation and memory limit; the native memory counts too
     * @return p maps; NaN at invalid pixels
     * @throws IllegalArgumentException if a row of the weights has not one value a band, or the memory limit is
     *     exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public MapBuilder multiply(Cube cube, double[][] weights, RunContext context) {
        requireShape(cube, weights);
        int outputs = weights.length;
        int capacity = capacity(cube);
        long columns = 2L * cube.bands() + 2L * outputs;
        long worker = 8L * capacity * columns + 8L * outputs * cube.bands();
        context.requireMemory(
                8L * outputs * cube.pixels() + worker * Math.min(context.parallelism(), count(cube)),
                "the maps and blocks of the product");
        MapBuilder maps = new MapBuilder(cube.rows(), cube.columns(), outputs);
        Queue<Block> blocks = new ConcurrentLinkedQueue<>();
        try {
            Parallel.run(
                    context,
                    "product",
                    count(cube),
                    () -> opened(blocks, new Block(cube, capacity, outputs, weights)),
                    (block, index) -> block.multiply(index, maps));
        } finally {
            blocks.forEach(Block::close);
        }
        return maps;
    }

    private static void requireShape(Cube cube, double[][] weights) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("the weights need at least one row");
        }
        for (double[] row : weights) {
            if (row.length != cube.bands()) {
                throw new IllegalArgumentException(
                        "the weights have " + row.length + " columns but the cube has " + cube.bands() + " bands");
            }
        }
    }

    /**
     * Number, mean and scatter of the valid pixels, each block centred on its own mean. Costs 2 B<sup>2</sup> flops a
     * pixel, twice those of {@link MeanScatter#of}: the product knows nothing of the symmetry, and ND4J's symmetric one
     * (syrk) gives wrong numbers in 1.0.0-M2.1.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit; the native memory counts too
     * @return the statistics
     * @throws IllegalArgumentException if the memory limit is exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public MeanScatter scatter(Cube cube, RunContext context) {
        int bands = cube.bands();
        int capacity = capacity(cube);
        int count = count(cube);
        int chunks = Math.min(CHUNKS, count);
        long worker = 16L * capacity * bands + 48L * bands * bands;
        context.requireMemory(
                worker * Math.min(context.parallelism(), chunks) + 8L * bands * bands * chunks,
                "the scatter and blocks of the scene");
        @Nullable MeanScatter[] partials = new MeanScatter[chunks];
        Queue<Block> blocks = new ConcurrentLinkedQueue<>();
        try {
            Parallel.run(
                    context,
                    "statistics",
                    chunks,
                    () -> opened(blocks, new Block(cube, capacity, bands, null)),
                    (block, chunk) -> {
                        MeanScatter sum = MeanScatter.empty(bands);
                        int to = (int) ((long) count * (chunk + 1) / chunks);
                        for (int index = (int) ((long) count * chunk / chunks); index < to; index++) {
                            context.checkCancelled();
                            sum = sum.plus(block.scatter(index));
                        }
                        partials[chunk] = sum;
                    });
        } finally {
            blocks.forEach(Block::close);
        }
        MeanScatter total = MeanScatter.empty(bands);
        for (MeanScatter partial : partials) {
            total = total.plus(Objects.requireNonNull(partial, "partial statistics"));
        }
        return total;
    }

    private static Block opened(Queue<Block> blocks, Block block) {
        blocks.add(block);
        return block;
    }

    /** Pixels in a block: the blocks of a cube are of equal size, but for the last. */
    static int capacity(Cube cube) {
        int most = Math.max(FEWEST_PIXELS, BLOCK_SAMPLES / cube.bands());
        int count = (int) (((long) cube.pixels() + most - 1) / most);
        return (int) (((long) cube.pixels() + count - 1) / count);
    }

    private static int count(Cube cube) {
        int capacity = capacity(cube);
        return (int) (((long) cube.pixels() + capacity - 1) / capacity);
    }

    /** One thread's buffers. The native matrices keep their shape: what is missing of a block is filled with zeros. */
    private final class Block implements AutoCloseable {
        private final Cube cube;
        private final PixelTile tile;
        private final double[] mean;
        private final double[][] output;
        private final NativeMatrix pixels;
        private final @Nullable NativeMatrix weights;
        private final NativeMatrix product;

        Block(Cube cube, int capacity, int outputs, double @Nullable [][] weightRows) {
            this.cube = cube;
            this.tile = new PixelTile(cube.bands(), capacity);
            this.mean = new double[cube.bands()];
            this.pixels = new NativeMatrix(capacity, cube.bands(), precision);
            int length = weightRows == null ? outputs : capacity;
            this.output = new double[outputs][length];
            this.product = new NativeMatrix(length, outputs, precision);
            if (weightRows == null) {
                this.weights = null;
            } else {
                NativeMatrix transposed = new NativeMatrix(cube.bands(), outputs, precision);
                transposed.set(weightRows, cube.bands());
                this.weights = transposed;
            }
        }

        private void read(int index) {
            int first = index * tile.capacity();
            cube.read(first, Math.min(tile.capacity(), cube.pixels() - first), tile);
        }

        void multiply(int index, MapBuilder maps) {
            read(index);
            if (tile.size() > 0) {
                pixels.set(tile.planes(), tile.size());
                product.product(pixels, false, Objects.requireNonNull(weights, "weights"));
                product.get(output, tile.size());
            }
            maps.put(tile, output);
        }

        MeanScatter scatter(int index) {
            read(index);
            int n = tile.size();
            if (n == 0) {
                return MeanScatter.empty(mean.length);
            }
            Kernels.best().means(tile.planes(), n, mean);
            for (int b = 0; b < mean.length; b++) {
                double[] plane = tile.planes()[b];
                double m = mean[b];
                for (int i = 0; i < n; i++) {
                    plane[i] -= m;
                }
            }
            pixels.set(tile.planes(), n);
            product.product(pixels, true, pixels);
            product.get(output, mean.length);
            return MeanScatter.of(n, mean, output);
        }

        @Override
        public void close() {
            pixels.close();
            product.close();
            if (weights != null) {
                weights.close();
            }
        }
    }
}
