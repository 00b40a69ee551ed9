package org.hsi4j.restoration;

import java.util.BitSet;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * The samples of a scene in memory, where single ones may be missing: what looks for lost samples cannot read tiles, which have
 * whole pixels only. A pixel without any sample lies outside the scene.
 */
final class ScenePlanes {
    private final int rows;
    private final int columns;
    private final double[][] planes;
    private final BitSet inScene = new BitSet();

    private ScenePlanes(Cube cube) {
        rows = cube.rows();
        columns = cube.columns();
        planes = new double[cube.bands()][cube.pixels()];
    }

    static ScenePlanes of(Cube cube, RunContext context) {
        ScenePlanes scene = new ScenePlanes(cube);
        int high = Math.max(1, PixelTile.capacityFor(cube.bands()) / cube.columns());
        int blocks = (cube.rows() + high - 1) / high;
        Parallel.run(context, "reading", blocks, () -> new double[cube.bands()][high * cube.columns()], (own, k) -> {
            int first = k * high;
            Region region = new Region(first, 0, Math.min(high, cube.rows() - first), cube.columns());
            cube.read(region, own);
            int n = (int) region.pixels();
            for (int b = 0; b < own.length; b++) {
                System.arraycopy(own[b], 0, scene.planes[b], first * cube.columns(), n);
            }
        });
        for (double[] plane : scene.planes) {
            for (int i = 0; i < plane.length; i++) {
                if (!Double.isNaN(plane[i])) {
                    scene.inScene.set(i);
                }
            }
        }
        return scene;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    int bands() {
        return planes.length;
    }

    /** Pixels that have a sample. */
    BitSet inScene() {
        return inScene;
    }

    /** NaN where there is no sample. */
    double[][] planes() {
        return planes;
    }

    /** Overwrites the lost samples of a band, and what lies outside the scene, with what surrounds them. */
    void fill(int band, BitSet lost) {
        new Holes(Mask.of(rows, columns, i -> inScene.get(i) && !lost.get(i))).fill(planes[band]);
    }

    /** Some bands as a cube, valid inside the scene. */
    Cube cube(List<Integer> bands) {
        double[][] some = bands.stream().map(b -> planes[b]).toArray(double[][]::new);
        return Cube.of(rows, columns, some).masked(Mask.of(rows, columns, inScene::get));
    }
}
