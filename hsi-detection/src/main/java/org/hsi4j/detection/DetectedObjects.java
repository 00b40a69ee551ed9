package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.GeoReference;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.metrics.ObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a scene, object by object, in the order of their first pixels: see {@link DetectionResult#objects}.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectedObjects found = Detection.of(scene).target(paint).with(Ace.signed()).falseAlarmRate(1e-4).run().objects();
 * Files.writeString(file, found.toGeoJson());
 * }</pre>
 */
public final class DetectedObjects {
    private final String method;
    private final double threshold;
    private final ObjectMap map;
    private final List<DetectedObject> items;
    private final @Nullable GeoReference place;

    private DetectedObjects(
            String method, double threshold, ObjectMap map, List<DetectedObject> items, @Nullable GeoReference place) {
        this.method = method;
        this.threshold = threshold;
        this.map = map;
        this.items = items;
        this.place = place;
    }

    /**
     * The objects of a map of scores. Costs O(N).
     *
     * @param scores the scores; pixels with NaN belong to no object
     * @param threshold only pixels that score higher are part of an object; -infinity makes every centroid the plain mean
     * @param connectivity what neighbours are
     * @param leastPixels smaller objects are left out; one or more
     * @return the objects, without fractions
     * @throws IllegalArgumentException if the threshold is NaN or the least size below one
     */
    public static DetectedObjects of(ScoreMap scores, double threshold, Connectivity connectivity, int leastPixels) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("the threshold of objects is a number, not NaN");
        }
        if (leastPixels < 1) {
            throw new IllegalArgumentException("an object has at least one pixel, not " + leastPixels);
        }
        ObjectMap map = ObjectMap.of(scores, threshold, connectivity).withLeastPixels(leastPixels);
        List<DetectedObject> items = new ArrayList<>();
        for (int k = 0; k < map.count(); k++) {
            items.add(measured(map.items().get(k), map.pixels(k), scores, threshold));
        }
        return new DetectedObjects(
                scores.name(),
                threshold,
                map,
                List.copyOf(items),
                scores.geoReference().orElse(null));
    }

    private static DetectedObject measured(ObjectMap.Item item, int[] pixels, ScoreMap scores, double threshold) {
        double[] place = centroid(pixels, scores, threshold);
        return new DetectedObject(
                item.box(),
                item.pixels(),
                place[0],
                place[1],
                item.score(),
                mean(pixels, scores),
                OptionalDouble.empty());
    }

    /** Scores that are infinite, or differ so much that their sum is, have no centroid but that of the pixels. */
    private static double[] centroid(int[] pixels, ScoreMap scores, double threshold) {
        double weights = 0;
        double rows = 0;
        double columns = 0;
        double plainRows = 0;
        double plainColumns = 0;
        for (int pixel : pixels) {
            int row = pixel / scores.columns();
            int column = pixel % scores.columns();
            double weight = scores.value(row, column) - threshold;
            weights += weight;
            rows += weight * row;
            columns += weight * column;
            plainRows += row;
            plainColumns += column;
        }
        boolean weighted = weights > 0 && Double.isFinite(rows + columns + weights);
        return weighted
                ? new double[] {rows / weights, columns / weights}
                : new double[] {plainRows / pixels.length, plainColumns / pixels.length};
    }

    private static double mean(int[] pixels, ScoreMap map) {
        double sum = 0;
        for (int pixel : pixels) {
            sum += map.value(pixel / map.columns(), pixel % map.columns());
        }
        return sum / pixels.length;
    }

    /**
     * Adds how much of a pixel the target fills.
     *
     * @param fractions the share of the target in each pixel, such as the scores of {@link MatchedFilter}
     * @return a changed copy
     * @throws IllegalArgumentException if the map has another shape
     */
    public DetectedObjects withFractions(ScoreMap fractions) {
        if (fractions.rows() != map.rows() || fractions.columns() != map.columns()) {
            throw new IllegalArgumentException("the fractions are " + fractions.rows() + "x" + fractions.columns()
                    + " pixels but the scores " + map.rows() + "x" + map.columns());
        }
        List<DetectedObject> changed = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            DetectedObject o = items.get(k);
            OptionalDouble fraction = OptionalDouble.of(mean(map.pixels(k), fractions));
            changed.add(new DetectedObject(o.box(), o.pixels(), o.row(), o.column(), o.peak(), o.mean(), fraction));
        }
        return new DetectedObjects(method, threshold, map, List.copyOf(changed), place);
    }

    /**
     * The objects.
     *
     * @return an unmodifiable list
     */
    public List<DetectedObject> items() {
        return items;
    }

    /**
     * Their pixels, for comparison with a truth.
     *
     * @return the same objects in the same order
     */
    public ObjectMap map() {
        return map;
    }

    /**
     * The score above which pixels are part of an object.
     *
     * @return the threshold
     */
    public double threshold() {
        return threshold;
    }

    /**
     * Name of the detector.
     *
     * @return its name
     */
    public String method() {
        return method;
    }

    /**
     * Where the scene lies.
     *
     * @return the reference; empty when the scene has none
     */
    public Optional<GeoReference> geoReference() {
        return Optional.ofNullable(place);
    }

    /**
     * As comma-separated values with a header: {@code object} (from 1), {@code row} and {@code column} of the centroid
     * ({@code 0} being the centre of the first pixel), {@code x} and {@code y} of it on the map of the scene, {@code
     * longitude} and {@code latitude} on WGS 84, the box ({@code top, left, rows, columns}), {@code pixels}, {@code peak},
     * {@code mean}, {@code fraction}. What is not known is empty.
     *
     * @return the text, a line an object
     */
    public String toCsv() {
        return ObjectText.csv(this);
    }

    /**
     * As GeoJSON (RFC 7946): a feature collection of points, the centroids in longitude and latitude on WGS 84, with the other
     * figures as properties. Where these are not known (no reference, or neither UTM nor geographic on WGS 84) the
     * geometry is null, as that format has it for what is not located, and the place in the image is in the properties.
     *
     * @return the text
     */
    public String toGeoJson() {
        return ObjectText.geoJson(this);
    }

    @Override
    public String toString() {
        return items.size() + " objects of " + method + " in " + map.rows() + "x" + map.columns() + " pixels";
    }
}
