package org.hsi4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the results of pixel tiles into maps and hands them over without a copy.
 *
 * <p>Tiles that do not overlap may be put from several threads at once. A builder is used up by the one call that turns
 * it into a result.
 */
public final class MapBuilder {
    private final int rows;
    private final int columns;
    private double[][] maps;

    /**
     * Empty maps; pixels that are never put stay NaN.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param count number of maps, at least one
     * @throws IllegalArgumentException if a count is smaller than one or the image has more than 2<sup>31</sup>-1 pixels
     */
    public MapBuilder(int rows, int columns, int count) {
        int n = Mask.pixels(rows, columns);
        if (count < 1) {
            throw new IllegalArgumentException("at least one map is needed, not " + count);
        }
        this.rows = rows;
        this.columns = columns;
        this.maps = new double[count][n];
        for (double[] map : maps) {
            Arrays.fill(map, Double.NaN);
        }
    }

    /**
     * Puts the results of one tile; the invalid pixels of its run become NaN.
     *
     * @param tile the tile
     * @param values one array a map, one value an entry of the tile
     * @throws IllegalArgumentException if there are more or fewer arrays than maps
     * @throws IllegalStateException if the builder was used up
     */
    public void put(PixelTile tile, double[][] values) {
        double[][] open = open();
        if (values.length != open.length) {
            throw new IllegalArgumentException(values.length + " arrays given for " + open.length + " maps");
        }
        for (int k = 0; k < open.length; k++) {
            tile.scatter(values[k], open[k]);
        }
    }

    /**
     * The maps as abundances.
     *
     * @param names one name a map
     * @return the result, which owns the arrays from now on
     * @throws IllegalArgumentException if the number of names differs from that of the maps
     * @throws IllegalStateException if the builder was used up
     */
    public AbundanceMaps toAbundances(List<String> names) {
        requireNames(names);
        return AbundanceMaps.trusted(rows, columns, names, take());
    }

    /**
     * The only map as scores.
     *
     * @param name what the numbers are
     * @return the result, which owns the array from now on
     * @throws IllegalStateException if there is more than one map or the builder was used up
     */
    public ScoreMap toScores(String name) {
        if (open().length > 1) {
            throw new IllegalStateException("there are " + maps.length + " maps, not one");
        }
        return ScoreMap.trusted(name, rows, columns, take()[0]);
    }

    /**
     * Each map as scores of its own.
     *
     * @param names what the numbers of each map are
     * @return the results, which own the arrays from now on
     * @throws IllegalArgumentException if the number of names differs from that of the maps
     * @throws IllegalStateException if the builder was used up
     */
    public List<ScoreMap> toScores(List<String> names) {
        requireNames(names);
        double[][] taken = take();
        List<ScoreMap> scores = new ArrayList<>(taken.length);
        for (int k = 0; k < taken.length; k++) {
            scores.add(ScoreMap.trusted(names.get(k), rows, columns, taken[k]));
        }
        return List.copyOf(scores);
    }

    private void requireNames(List<String> names) {
        if (names.size() != open().length) {
            throw new IllegalArgumentException(names.size() + " names given for " + maps.length + " maps");
        }
    }

    private double[][] open() {
        if (maps.length == 0) {
            throw new IllegalStateException("the builder was used up");
        }
        return maps;
    }

    private double[][] take() {
        double[][] taken = open();
        maps = new double[0][];
        return taken;
    }
}
