package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of an image: connected components of a mask or of a thresholded map of scores, or the instances of a map of
 * labels, each with its bounding box, its pixels and <b>a score of its own</b>, the highest score of its pixels. Objects are
 * in the order of their first pixels. Immutable and thread-safe.
 *
 * <p>That each component has its own score is not a matter of course: a well-known script gives all components of an image
 * the highest score of any, which ranks the false alarms of an image among its targets.
 *
 * <pre>{@code
 * ObjectMap found = ObjectMap.of(scores, threshold, Connectivity.EIGHT);
 * ObjectMap truth = ObjectMap.of(targets, Connectivity.EIGHT);
 * double ap = ObjectPrecision.of(found, truth, ObjectPrecision.Overlap.BOXES).averagePrecision(0.5);
 * }</pre>
 */
public final class ObjectMap {
    private final Mask valid;
    private final int[][] pixels;
    private final List<Item> items;

    private ObjectMap(Mask valid, int[][] pixels, List<Item> items) {
        this.valid = valid;
        this.pixels = pixels;
        this.items = items;
    }

    /**
     * One object.
     *
     * @param box the smallest rectangle that holds it
     * @param pixels number of its pixels
     * @param score its highest score; 1 for objects made without scores
     */
    public record Item(Region box, int pixels, double score) {}

    /**
     * The components of the pixels that score above a threshold. Costs O(N).
     *
     * @param scores the scores; a pixel with NaN is part of no object and is left out of any truth compared with this
     * @param threshold only pixels that score higher are part of an object
     * @param connectivity what neighbours are
     * @return the objects, each with the highest score of its pixels
     */
    public static ObjectMap of(ScoreMap scores, double threshold, Connectivity connectivity) {
        int[][] components = components(scores.above(threshold), connectivity);
        return make(scores.valid(), components, scores.toArray());
    }

    /**
     * The components of a mask. Costs O(N).
     *
     * @param mask the pixels of the objects
     * @param connectivity what neighbours are
     * @return the objects, each with a score of 1
     */
    public static ObjectMap of(Mask mask, Connectivity connectivity) {
        return make(Mask.all(mask.rows(), mask.columns()), components(mask, connectivity), null);
    }

    /**
     * The objects of a map that numbers them, such as the instances of a simulated scene; objects may touch.
     *
     * @param labels the same number at all pixels of an object; zero or NaN where there is none
     * @return the objects, each with a score of 1
     */
    public static ObjectMap ofLabels(ScoreMap labels) {
        double[] values = labels.toArray();
        Map<Double, List<Integer>> byLabel = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0 && !Double.isNaN(values[i])) {
                byLabel.computeIfAbsent(values[i], label -> new ArrayList<>()).add(i);
            }
        }
        int[][] instances = byLabel.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        Arrays.sort(instances, (a, b) -> Integer.compare(a[0], b[0]));
        return make(labels.valid(), instances, null);
    }

    private static ObjectMap make(Mask valid, int[][] pixels, double @Nullable [] scores) {
        List<Item> items = new ArrayList<>(pixels.length);
        for (int[] object : pixels) {
            double score = scores == null
                    ? 1
                    : Arrays.stream(object).mapToDouble(i -> scores[i]).max().orElseThrow();
            items.add(new Item(box(object, valid.columns()), object.length, score));
        }
        return new ObjectMap(valid, pixels, List.copyOf(items));
    }

    private static Region box(int[] object, int columns) {
        int left = columns;
        int right = 0;
        for (int pixel : object) {
            left = Math.min(left, pixel % columns);
            right = Math.max(right, pixel % columns);
        }
        int top = object[0] / columns;
        int bottom = object[object.length - 1] / columns;
        return new Region(top, left, bottom - top + 1, right - left + 1);
    }

    /** Rising pixel numbers of each component, in the order of the first ones. */
    private static int[][] components(Mask mask, Connectivity connectivity) {
        int rows = mask.rows();
        int columns = mask.columns();
        boolean[] seen = new boolean[rows * columns];
        int[] queue = new int[mask.count()];
        List<int[]> components = new ArrayList<>();
        for (int first = 0; first < seen.length; first++) {
            if (!mask.get(first) || seen[first]) {
                continue;
            }
            int count = 0;
            queue[count++] = first;
            seen[first] = true;
            for (int next = 0; next < count; next++) {
                int row = queue[next] / columns;
                int column = queue[next] % columns;
                for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
                    for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                        int pixel = r * columns + c;
                        boolean near = connectivity == Connectivity.EIGHT || r == row || c == column;
                        if (near && !seen[pixel] && mask.get(pixel)) {
                            seen[pixel] = true;
                            queue[count++] = pixel;
                        }
                    }
                }
            }
            int[] component = Arrays.copyOf(queue, count);
            Arrays.sort(component);
            components.add(component);
        }
        return components.toArray(int[][]::new);
    }

    /**
     * The objects that are large enough.
     *
     * @param least number of pixels that an object has at least
     * @return these objects in the same order; those that are smaller are no longer part of the map
     */
    public ObjectMap withLeastPixels(int least) {
        List<int[]> kept = new ArrayList<>();
        List<Item> keptItems = new ArrayList<>();
        for (int k = 0; k < pixels.length; k++) {
            if (pixels[k].length >= least) {
                kept.add(pixels[k]);
                keptItems.add(items.get(k));
            }
        }
        return new ObjectMap(valid, kept.toArray(int[][]::new), List.copyOf(keptItems));
    }

    /** The objects without the pixels that are not in a mask, and without those that have no pixel in it. */
    ObjectMap restrictedTo(Mask mask) {
        List<int[]> kept = new ArrayList<>();
        List<Item> keptItems = new ArrayList<>();
        for (int k = 0; k < pixels.length; k++) {
            int[] left = Arrays.stream(pixels[k]).filter(mask::get).toArray();
            if (left.length > 0) {
                kept.add(left);
                keptItems.add(new Item(
                        box(left, mask.columns()), left.length, items.get(k).score()));
            }
        }
        return new ObjectMap(valid.and(mask), kept.toArray(int[][]::new), List.copyOf(keptItems));
    }

    Mask valid() {
        return valid;
    }

    /** Pixels that an object of this map shares with one of another map of the same image. */
    int commonPixels(int object, ObjectMap other, int otherObject) {
        int[] a = pixels[object];
        int[] b = other.pixels[otherObject];
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            common += a[i] == b[j] ? 1 : 0;
            boolean left = a[i] <= b[j];
            boolean right = b[j] <= a[i];
            i += left ? 1 : 0;
            j += right ? 1 : 0;
        }
        return common;
    }

    /**
     * Rows of the image.
     *
     * @return one or more
     */
    public int rows() {
        return valid.rows();
    }

    /**
     * Columns of the image.
     *
     * @return one or more
     */
    public int columns() {
        return valid.columns();
    }

    /**
     * The pixels of all objects.
     *
     * @return a mask of the shape of the image
     */
    public Mask mask() {
        BitSet set = new BitSet(rows() * columns());
        for (int[] object : pixels) {
            Arrays.stream(object).forEach(set::set);
        }
        return Mask.of(rows(), columns(), set::get);
    }

    /**
     * The objects.
     *
     * @return an unmodifiable list, in the order of their first pixels, row by row
     */
    public List<Item> items() {
        return items;
    }

    /**
     * The pixels of an object.
     *
     * @param object its place in {@link #items()}
     * @return rising pixel numbers, {@code row * columns + column}
     * @throws IndexOutOfBoundsException if there is no such object
     */
    public int[] pixels(int object) {
        return pixels[Objects.checkIndex(object, pixels.length)].clone();
    }

    /**
     * Number of objects.
     *
     * @return zero or more
     */
    public int count() {
        return items.size();
    }

    @Override
    public String toString() {
        return count() + " objects in " + valid.rows() + "x" + valid.columns() + " pixels";
    }
}
