package org.hsi4j.unmixing;

import java.util.function.Function;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** The valid pixels of a scene, read anew whenever they are asked for. */
final class TileBlocks implements PixelBlocks {
    private final Cube cube;
    private final int dimension;
    private final int capacity;
    /** Makes what a thread takes the vectors of a tile with. */
    private final Supplier<Function<PixelTile, double[][]>> vectors;

    private TileBlocks(Cube cube, int dimension, Supplier<Function<PixelTile, double[][]>> vectors) {
        this.cube = cube;
        this.dimension = dimension;
        this.capacity = PixelTile.capacityFor(cube.bands());
        this.vectors = vectors;
    }

    /** With all their bands. */
    static TileBlocks ofBands(Cube cube) {
        return new TileBlocks(cube, cube.bands(), () -> PixelTile::planes);
    }

    /** In the coordinates of a reduction, with the bits that a {@link Cloud} keeps. */
    static TileBlocks of(Cube cube, Reduction reduction) {
        int capacity = PixelTile.capacityFor(cube.bands());
        return new TileBlocks(cube, reduction.dimension(), () -> {
            Reduction.Worker worker = reduction.worker(capacity);
            double[][] planes = new double[reduction.dimension()][capacity];
            return tile -> {
                worker.coordinates(tile, planes);
                return planes;
            };
        });
    }

    @Override
    public int count() {
        return (int) (((long) cube.pixels() + capacity - 1) / capacity);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Own<W>(W worker, Function<PixelTile, double[][]> vectors, int[] pixels) {}

    @Override
    public <W> void forEach(RunContext context, String stage, Supplier<W> workers, Task<W> task) {
        Tiles.forEach(
                cube, context, stage, () -> new Own<>(workers.get(), vectors.get(), new int[capacity]), (own, tile) -> {
                    double[][] planes = own.vectors().apply(tile);
                    for (int i = 0; i < tile.size(); i++) {
                        own.pixels()[i] = tile.pixel(i);
                    }
                    task.run(own.worker(), tile.first() / capacity, planes, own.pixels(), tile.size());
                });
    }
}
