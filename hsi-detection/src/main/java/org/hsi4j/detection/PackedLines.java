package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/** A stream of lines, of which only the valid pixels are looked at. */
abstract class PackedLines implements LineScorer {
    private final int columns;
    private final double[][] packed;
    private final int[] places;

    PackedLines(int bands, int columns) {
        this.columns = columns;
        this.packed = new double[bands][columns];
        this.places = new int[columns];
    }

    static int requireColumns(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a line needs at least one column, not " + columns);
        }
        return columns;
    }

    /**
     * Scores the next line and learns from it.
     *
     * @param planes the valid pixels, which may be overwritten
     * @param places the column of each
     * @param n how many they are
     * @param scores one a valid pixel
     */
    abstract void take(double[][] planes, int[] places, int n, double[] scores);

    @Override
    public final double[] push(double[][] line) {
        requireShape(line);
        int n = 0;
        for (int i = 0; i < columns; i++) {
            boolean valid = true;
            for (int b = 0; b < line.length; b++) {
                packed[b][n] = line[b][i];
                valid &= Double.isFinite(line[b][i]);
            }
            if (valid) {
                places[n++] = i;
            }
        }
        double[] some = new double[columns];
        take(packed, places, n, some);
        double[] scores = new double[columns];
        Arrays.fill(scores, Double.NaN);
        for (int i = 0; i < n; i++) {
            scores[places[i]] = some[i];
        }
        return scores;
    }

    private void requireShape(double[][] line) {
        if (line.length != packed.length) {
            throw new IllegalArgumentException(
                    "the line has " + line.length + " bands but the model has " + packed.length);
        }
        for (int b = 0; b < line.length; b++) {
            if (line[b].length != columns) {
                throw new IllegalArgumentException(
                        "band " + b + " of the line has " + line[b].length + " columns but the scene has " + columns);
            }
        }
    }

    /** The rows of a scene, one after the other. */
    final Scoring score(Cube scene, RunContext context) {
        double[] scores = new double[scene.pixels()];
        Arrays.fill(scores, Double.NaN);
        PixelTile tile = new PixelTile(packed.length, columns);
        double[] line = new double[columns];
        for (int row = 0; row < scene.rows(); row++) {
            context.checkCancelled();
            context.progress("lines", row, scene.rows());
            scene.read(row * columns, columns, tile);
            for (int i = 0; i < tile.size(); i++) {
                places[i] = tile.pixel(i) - tile.first();
            }
            take(tile.planes(), places, tile.size(), line);
            for (int i = 0; i < tile.size(); i++) {
                scores[tile.pixel(i)] = line[i];
            }
        }
        return new Scoring(ScoreMap.of("scores", scene.rows(), columns, scores), Diagnostics.none());
    }
}
