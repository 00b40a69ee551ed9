package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** Which pixels of a scene are valid, found tile by tile, so that the run can be cancelled. */
final class Valid {

    private Valid() {}

    static Mask of(Cube cube, RunContext context) {
        context.requireMemory(cube.pixels(), "the map of the valid pixels");
        boolean[] valid = new boolean[cube.pixels()];
        Tiles.forEach(cube, context, "valid pixels", () -> valid, (own, tile) -> {
            for (int i = 0; i < tile.size(); i++) {
                own[tile.pixel(i)] = true;
            }
        });
        return Mask.of(cube.rows(), cube.columns(), i -> valid[i]);
    }
}
