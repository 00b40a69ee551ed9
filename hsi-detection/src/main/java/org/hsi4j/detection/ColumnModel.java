package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;

/** Scores each column by a model of its own, see {@link ColumnBackground}. */
final class ColumnModel extends GaussianModel {
    private static final long serialVersionUID = 1L;

    private final PixelDetectionModel[] models;

    ColumnModel(PixelDetectionModel[] models, Diagnostics diagnostics) {
        super(models[0].bands(), null, diagnostics);
        this.models = models;
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        if (scene.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
        }
        if (scene.columns() != models.length) {
            throw new IllegalArgumentException("the model was fitted on " + models.length
                    + " columns of a sensor but the cube has " + scene.columns());
        }
        ColumnStripes stripes = new ColumnStripes(scene);
        context.requireMemory(8L * scene.pixels() + stripes.bytes(context), "the map of the result");
        double[] scores = new double[scene.pixels()];
        Arrays.fill(scores, Double.NaN);
        stripes.forEach(context, "detection", (tile, column, row) -> {
            if (tile.size() > 0) {
                PixelModel.Worker worker = models[column].worker();
                double[][] output = new double[1][tile.capacity()];
                worker.apply(tile, output);
                for (int i = 0; i < tile.size(); i++) {
                    int down = row + tile.pixel(i) - tile.first();
                    scores[down * scene.columns() + column] = output[0][i];
                }
            }
        });
        return new Scoring(ScoreMap.of("scores", scene.rows(), scene.columns(), scores), Diagnostics.none());
    }
}
