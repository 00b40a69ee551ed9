package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** The valid pixels of a scene in the few coordinates of a {@link Reduction}, kept in memory. Immutable after it is made. */
final class Cloud implements PixelBlocks {
    /** Partial results of a reduction; well above the number of cores of one machine. */
    private static final int CHUNKS = 32;

    private final Block[] blocks;
    private final int dimension;
    private final int capacity;
    private final int pixels;

    /** One tile's pixels. */
    @SuppressWarnings("ArrayRecordComponent") // never handed out of the package and never compared
    private record Block(double[][] planes, int[] pixels) {
        static final Block EMPTY = new Block(new double[0][], new int[0]);
    }

    private Cloud(Block[] blocks, int dimension, int capacity) {
        this.blocks = blocks;
        this.dimension = dimension;
        this.capacity = capacity;
        this.pixels = Arrays.stream(blocks).mapToInt(b -> b.pixels().length).sum();
    }

    static Cloud of(Cube cube, Reduction reduction, RunContext context) {
        int dimension = reduction.dimension();
        context.requireMemory(bytes(cube, reduction), "the coordinates of the pixels");
        int capacity = PixelTile.capacityFor(cube.bands());
        Block[] blocks = new Block[(int) (((long) cube.pixels() + capacity - 1) / capacity)];
        Arrays.fill(blocks, Block.EMPTY);
        Tiles.forEach(cube, context, "coordinates", () -> reduction.worker(capacity), (worker, tile) -> {
            double[][] planes = new double[dimension][tile.size()];
            worker.coordinates(tile, planes);
            int[] numbers = new int[tile.size()];
            Arrays.setAll(numbers, tile::pixel);
            blocks[tile.first() / capacity] = new Block(planes, numbers);
        });
        return new Cloud(blocks, dimension, capacity);
    }

    /** The same where the memory limit of the run allows it, else coordinates that are computed anew in each pass. */
    static PixelBlocks orTiles(Cube cube, Reduction reduction, RunContext context) {
        return bytes(cube, reduction) > context.memoryLimit()
                ? TileBlocks.of(cube, reduction)
                : of(cube, reduction, context);
    }

    private static long bytes(Cube cube, Reduction reduction) {
        return (8L * reduction.dimension() + 4) * cube.pixels();
    }

    /** Number of pixels in all blocks. */
    int pixels() {
        return pixels;
    }

    @Override
    public int count() {
        return blocks.length;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public <W> void forEach(RunContext context, String stage, Supplier<W> workers, Task<W> task) {
        Parallel.run(context, stage, blocks.length, workers, (worker, index) -> {
            Block block = blocks[index];
            task.run(worker, index, block.planes(), block.pixels(), block.pixels().length);
        });
    }

    /** Adds the pixels of a block to a partial result. */
    @FunctionalInterface
    interface Add<A> {
        void add(A partial, double[][] planes, int[] pixels, int size);
    }

    /** Gathers something from all pixels, in the same order for any number of threads. */
    <A> A reduce(RunContext context, String stage, Supplier<A> empty, Add<A> add, BinaryOperator<A> join) {
        int chunks = Math.min(CHUNKS, blocks.length);
        List<A> partials = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            partials.add(empty.get());
        }
        Parallel.run(context, stage, chunks, () -> "", (none, chunk) -> {
            int to = (int) ((long) blocks.length * (chunk + 1) / chunks);
            for (int index = (int) ((long) blocks.length * chunk / chunks); index < to; index++) {
                Block block = blocks[index];
                add.add(partials.get(chunk), block.planes(), block.pixels(), block.pixels().length);
            }
        });
        return partials.stream().reduce(join).orElseThrow();
    }

    /** Pixel number of the n-th valid pixel. */
    int pixel(int n) {
        int rest = n;
        for (Block block : blocks) {
            if (rest < block.pixels().length) {
                return block.pixels()[rest];
            }
            rest -= block.pixels().length;
        }
        throw new IndexOutOfBoundsException("pixel " + n + " of " + pixels);
    }
}
