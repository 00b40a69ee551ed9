package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** A detector's model that needs nothing but the spectrum of a pixel to score it. */
public interface PixelDetectionModel extends DetectionModel, PixelModel {

    @Override
    default int outputs() {
        return 1;
    }

    @Override
    default Scoring score(Cube scene, RunContext context) {
        return new Scoring(Tiles.map(scene, this, context, "detection").toScores("scores"), Diagnostics.none());
    }
}
