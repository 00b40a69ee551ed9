package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** A cube through a model of pixels, computed when it is read; NaN where the cube has an invalid pixel. */
final class ModelSource implements SampleSource {
    private final Cube cube;
    private final PixelModel model;
    private final Precision precision;

    ModelSource(Cube cube, PixelModel model, Precision precision) {
        this.cube = cube;
        this.model = model;
        this.precision = precision;
    }

    /** The samples on the heap, with the metadata of a scene. */
    Cube.Builder onHeap(Cube scene, RunContext context) {
        Cube.Builder result = Cube.builderLike(scene);
        put(cube, model, result, context);
        return result;
    }

    /** Puts what a model makes of the valid pixels of a cube into another. */
    static void put(Cube cube, PixelModel model, Cube.Builder result, RunContext context) {
        int capacity = PixelTile.capacityFor(cube.bands());
        Tiles.forEach(
                cube,
                context,
                "restoring",
                () -> new Applier(model.worker(), new double[model.outputs()][capacity]),
                (own, tile) -> {
                    own.worker.apply(tile, own.output);
                    result.put(tile, own.output);
                });
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Applier(PixelModel.Worker worker, double[][] output) {}

    @Override
    public int rows() {
        return cube.rows();
    }

    @Override
    public int columns() {
        return cube.columns();
    }

    @Override
    public int bands() {
        return model.outputs();
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int first = Math.toIntExact(firstPixel);
        PixelTile tile = new PixelTile(cube.bands(), Math.min(count, PixelTile.capacityFor(cube.bands())));
        double[][] output = new double[model.outputs()][tile.capacity()];
        PixelModel.Worker worker = model.worker();
        for (int done = 0; done < count; ) {
            int run = Math.min(count - done, tile.capacity());
            cube.read(first + done, run, tile);
            worker.apply(tile, output);
            for (int k = 0; k < bands.length; k++) {
                Arrays.fill(target[k], offset + done, offset + done + run, Double.NaN);
                for (int i = 0; i < tile.size(); i++) {
                    double v = output[bands[k]][i];
                    target[k][offset + tile.pixel(i) - first] = precision == Precision.FLOAT ? (float) v : v;
                }
            }
            done += run;
        }
    }
}
