package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.run.PixelModel;

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
