package org.hsi4j.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Takes a cube through a computation tile by tile.
 *
 * <p>The tiles depend on the shape of the cube alone, and partial results are joined in the order of the tiles: the answer
 * is the same, bit for bit, on one thread and on many. Cancellation is polled once a tile.
 */
public final class Tiles {
    /** Partial results of a reduction; a power of two well above the number of cores of one machine. */
    private static final int CHUNKS = 32;

    private Tiles() {}

    /**
     * Work on one tile.
     *
     * @param <W> what a worker keeps to itself
     */
    @FunctionalInterface
    public interface TileTask<W> {

        /**
         * Works on one tile.
         *
         * @param worker what this thread keeps to itself
         * @param tile the valid pixels of the tile; may be overwritten
         */
        void run(W worker, PixelTile tile);
    }

    private static int count(Cube cube) {
        return count(cube, PixelTile.capacityFor(cube.bands()));
    }

    private static int count(Cube cube, int capacity) {
        return (int) (((long) cube.pixels() + capacity - 1) / capacity);
    }

    private static void read(Cube cube, int index, PixelTile tile) {
        int first = index * tile.capacity();
        cube.read(first, Math.min(tile.capacity(), cube.pixels() - first), tile);
    }

    private static PixelTile newTile(Cube cube) {
        return new PixelTile(cube.bands(), PixelTile.capacityFor(cube.bands()));
    }

    private record Buffers<W>(PixelTile tile, W own) {}

    /**
     * Works on every tile, in no particular order.
     *
     * @param <W> what a worker keeps to itself
     * @param cube the scene
     * @param context threads, progress and cancellation
     * @param stage what is being done, for the listener
     * @param workers makes what a thread keeps to itself
     * @param task the work on one tile; tiles without a valid pixel are passed too
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static <W> void forEach(Cube cube, RunContext context, String stage, Supplier<W> workers, TileTask<W> task) {
        forEach(cube, PixelTile.capacityFor(cube.bands()), context, stage, workers, task);
    }

    /**
     * Works on every tile, in no particular order, with tiles of another size: for work whose results do not depend on it and
     * whose samples or buffers are larger or smaller than usual.
     *
     * @param <W> what a worker keeps to itself
     * @param cube the scene
     * @param capacity most pixels of a tile
     * @param context threads, progress and cancellation
     * @param stage what is being done, for the listener
     * @param workers makes what a thread keeps to itself
     * @param task the work on one tile; tiles without a valid pixel are passed too
     * @throws IllegalArgumentException if the capacity is smaller than one
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static <W> void forEach(
            Cube cube, int capacity, RunContext context, String stage, Supplier<W> workers, TileTask<W> task) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a tile of " + capacity + " pixels");
        }
        Parallel.run(
                context,
                stage,
                count(cube, capacity),
                () -> new Buffers<>(new PixelTile(cube.bands(), capacity), workers.get()),
                (buffers, index) -> {
                    read(cube, index, buffers.tile());
                    task.run(buffers.own(), buffers.tile());
                });
    }

    /**
     * The most partial results {@link #reduce} holds at a time, for the memory they take: the joined one, one a thread, and
     * those that wait for an earlier one. The worst case on many threads is that the first one comes last.
     *
     * @param cube the scene
     * @param context the number of threads
     * @return at least two
     */
    public static int mostPartials(Cube cube, RunContext context) {
        return context.parallelism() == 1 ? 2 : 1 + Math.max(1, Math.min(CHUNKS, count(cube)));
    }

    /**
     * Gathers something from every tile.
     *
     * @param <A> what is gathered
     * @param cube the scene
     * @param context threads, progress and cancellation
     * @param stage what is being done, for the listener
     * @param empty makes an empty partial result
     * @param add adds the valid pixels of a tile, which may be overwritten, to a partial result
     * @param merge joins an earlier partial result (left) and the one that follows it (right); may change and return the
     *     left one; called by one thread at a time
     * @return the joined result
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static <A> A reduce(
            Cube cube,
            RunContext context,
            String stage,
            Supplier<A> empty,
            BiConsumer<A, PixelTile> add,
            BinaryOperator<A> merge) {
        int tiles = count(cube);
        int chunks = Math.min(CHUNKS, tiles);
        Ordered<A> ordered = new Ordered<>(chunks, merge);
        Parallel.run(context, stage, chunks, () -> newTile(cube), (tile, chunk) -> {
            int from = (int) ((long) tiles * chunk / chunks);
            int to = (int) ((long) tiles * (chunk + 1) / chunks);
            A partial = empty.get();
            for (int index = from; index < to; index++) {
                context.checkCancelled();
                read(cube, index, tile);
                add.accept(partial, tile);
            }
            ordered.add(chunk, partial);
        });
        return ordered.result();
    }

    /** Joins partial results in the order of their numbers as soon as they can be joined. */
    private static final class Ordered<A> {
        private final List<@Nullable A> waiting;
        private final BinaryOperator<A> merge;
        private @Nullable A total;
        private int next;

        Ordered(int count, BinaryOperator<A> merge) {
            this.waiting = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                waiting.add(null);
            }
            this.merge = merge;
        }

        synchronized void add(int number, A partial) {
            waiting.set(number, partial);
            while (next < waiting.size()) {
                A ready = waiting.get(next);
                if (ready == null) {
                    return;
                }
                A before = total;
                total = before == null ? ready : merge.apply(before, ready);
                waiting.set(next++, null);
            }
        }

        synchronized A result() {
            return java.util.Objects.requireNonNull(total, "no partial result");
        }
    }

    /**
     * Applies a model to every pixel.
     *
     * @param cube the scene
     * @param model what to apply
     * @param context threads, progress, cancellation and memory limit
     * @param stage what is being done, for the listener
     * @return one map an output; NaN at invalid pixels
     * @throws IllegalArgumentException if the model is for another number of bands or the maps exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static MapBuilder map(Cube cube, PixelModel model, RunContext context, String stage) {
        requireBands(cube, model);
        context.requireMemory(8L * model.outputs() * cube.pixels(), "the maps of the result");
        MapBuilder maps = new MapBuilder(cube.rows(), cube.columns(), model.outputs());
        apply(cube, model, context, stage, maps::put);
        return maps;
    }

    /**
     * Applies a model whose outputs are bands again, and makes a cube of them.
     *
     * @param cube the scene
     * @param model what to apply; as many outputs as bands
     * @param context threads, progress, cancellation and memory limit
     * @param stage what is being done, for the listener
     * @return a builder that holds the new samples and the metadata of the scene; invalid pixels are NaN
     * @throws IllegalArgumentException if the model is for another number of bands or the cube exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Cube.Builder mapToCube(Cube cube, PixelModel model, RunContext context, String stage) {
        requireBands(cube, model);
        if (model.outputs() != cube.bands()) {
            throw new IllegalArgumentException(
                    "the model gives " + model.outputs() + " outputs for a cube of " + cube.bands() + " bands");
        }
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(size * cube.samples(), "the restored cube");
        Cube.Builder result = Cube.builderLike(cube);
        apply(cube, model, context, stage, result::put);
        return result;
    }

    /**
     * Applies a model whose outputs are bands of another kind (components, another sensor's bands), and makes a cube of
     * them.
     *
     * @param cube the scene
     * @param model what to apply
     * @param precision how the new samples are kept
     * @param context threads, progress, cancellation and memory limit
     * @param stage what is being done, for the listener
     * @return a builder that holds one band an output, and name, georeference and provenance of the scene; invalid
     *     pixels are NaN
     * @throws IllegalArgumentException if the model is for another number of bands or the cube exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Cube.Builder mapToBands(
            Cube cube, PixelModel model, Precision precision, RunContext context, String stage) {
        requireBands(cube, model);
        int size = precision == Precision.FLOAT ? 4 : 8;
        context.requireMemory((long) size * model.outputs() * cube.pixels(), "the new cube");
        Cube.Builder result = Cube.builderLike(cube, model.outputs(), precision);
        apply(cube, model, context, stage, result::put);
        return result;
    }

    private static void requireBands(Cube cube, PixelModel model) {
        if (model.bands() != cube.bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + model.bands() + " bands but the cube has " + cube.bands());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Applier(PixelModel.Worker worker, double[][] output) {}

    private static void apply(
            Cube cube, PixelModel model, RunContext context, String stage, BiConsumer<PixelTile, double[][]> sink) {
        forEach(
                cube,
                context,
                stage,
                () -> new Applier(model.worker(), new double[model.outputs()][PixelTile.capacityFor(cube.bands())]),
                (own, tile) -> {
                    own.worker().apply(tile, own.output());
                    sink.accept(tile, own.output());
                });
    }
}
