package org.hsi4j.unmixing;

import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** The valid pixels of a scene with all their bands, read anew whenever they are asked for. */
final class WholeBands implements PixelBlocks {
    private final Cube cube;
    private final int capacity;

    WholeBands(Cube cube) {
        this.cube = cube;
        this.capacity = PixelTile.capacityFor(cube.bands());
    }

    @Override
    public int count() {
        return (int) (((long) cube.pixels() + capacity - 1) / capacity);
    }

    @Override
    public int dimension() {
        return cube.bands();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Own<W>(W worker, int[] pixels) {}

    @Override
    public <W> void forEach(RunContext context, String stage, Supplier<W> workers, Task<W> task) {
        Tiles.forEach(cube, context, stage, () -> new Own<>(workers.get(), new int[capacity]), (own, tile) -> {
            for (int i = 0; i < tile.size(); i++) {
                own.pixels()[i] = tile.pixel(i);
            }
            task.run(own.worker(), tile.first() / capacity, tile.planes(), own.pixels(), tile.size());
        });
    }
}
