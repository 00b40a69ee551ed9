package org.hsi4j.detection;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** A detector's model with the p-values of its scores beside them, where it knows them. */
record ScoredModel(DetectionModel model, boolean withPValues) implements PixelModel {

    static ScoredModel of(DetectionModel model) {
        return new ScoredModel(model, model.pValue(0.0).isPresent());
    }

    List<ScoreMap> map(Cube cube, String name, RunContext context) {
        GeoReference place = cube.geoReference().orElse(null);
        List<String> names = withPValues ? List.of(name, "p-value of " + name) : List.of(name);
        return Tiles.map(cube, this, context, "detection").toScores(names).stream()
                .map(map -> map.withGeoReference(place))
                .toList();
    }

    @Override
    public int bands() {
        return model.bands();
    }

    @Override
    public int outputs() {
        return withPValues ? 2 : 1;
    }

    @Override
    public Worker worker() {
        Worker scores = model.worker();
        if (!withPValues) {
            return scores;
        }
        double[][] first = new double[1][];
        return (tile, output) -> {
            first[0] = output[0];
            scores.apply(tile, first);
            for (int i = 0; i < tile.size(); i++) {
                output[1][i] = model.pValue(output[0][i]).orElse(Double.NaN);
            }
        };
    }
}
