package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hsi4j.Region;

/**
 * How well objects are found: average precision (AP) of detected objects against true ones at a given intersection over union
 * (IoU), after the COCO protocol (Lin et al., "Microsoft COCO: common objects in context", ECCV 2014).
 *
 * <p><b>Matching.</b> Detections of all images together are taken from the highest score to the lowest, equal ones in the
 * order in which they are given. Each takes, of the true objects of its image that no earlier detection has taken, the one
 * with the highest IoU, if that is at least the limit; it is then a hit, otherwise a false alarm. <b>AP</b> is the mean over the
 * 101 recalls 0, .01, ... 1 of the highest precision at that recall or a higher one; zero where the recall is never reached.
 * From zero to one. {@link #meanAveragePrecision} is the mean over the limits .5, .55, ... .95.
 *
 * <p>True objects lose the pixels that have no score, and those without a pixel left do not count. Immutable and thread-safe.
 *
 * <pre>{@code
 * ObjectPrecision result = ObjectPrecision.of(found, truth, ObjectPrecision.Overlap.BOXES);
 * double ap50 = result.averagePrecision(0.5);
 * double map = result.meanAveragePrecision();
 * }</pre>
 */
public final class ObjectPrecision {
    private static final int RECALLS = 100;

    /** What the overlap of two objects is measured on. */
    public enum Overlap {
        /** Their bounding boxes, as object detectors are scored. */
        BOXES,
        /** Their pixels, as segmentations are scored; stricter for thin and slanting objects. */
        PIXELS
    }

    /**
     * What comes out at one IoU limit when every detection counts.
     *
     * @param averagePrecision AP
     * @param hits detections that match a true object
     * @param falseAlarms detections that match none
     * @param misses true objects that no detection matches
     */
    public record Result(double averagePrecision, int hits, int falseAlarms, int misses) {

        /**
         * Share of the detections that are hits.
         *
         * @return zero to one; zero where nothing is detected
         */
        public double precision() {
            return hits == 0 ? 0 : (double) hits / (hits + falseAlarms);
        }

        /**
         * Share of the true objects that are found.
         *
         * @return zero to one
         */
        public double recall() {
            return (double) hits / (hits + misses);
        }

        /**
         * F1 score, the harmonic mean of precision and recall.
         *
         * @return zero to one
         */
        public double f1() {
            return 2.0 * hits / (2.0 * hits + falseAlarms + misses);
        }
    }

    /** A detection: its image, its number there, its score. */
    private record Detection(int image, int number, double score) {}

    private final List<Detection> detections;
    /** IoU of each detected with each true object: {@code [image][detected][true]}. */
    private final double[][][] overlaps;

    private final int[] trueObjects;

    private ObjectPrecision(List<Detection> detections, double[][][] overlaps, int[] trueObjects) {
        this.detections = detections;
        this.overlaps = overlaps;
        this.trueObjects = trueObjects;
    }

    /**
     * Compares the objects of one image.
     *
     * @param found the detected objects
     * @param truth the true objects of the same image
     * @param overlap what the overlap is measured on
     * @return the comparison
     * @throws IllegalArgumentException if the images differ in shape or there is no true object
     */
    public static ObjectPrecision of(ObjectMap found, ObjectMap truth, Overlap overlap) {
        return ofImages(List.of(found), List.of(truth), overlap);
    }

    /**
     * Compares the objects of several images, whose detections are ranked together: their scores must mean the same in all.
     * Costs O(d t) overlaps for d detections and t true objects of an image.
     *
     * @param found the detected objects of each image
     * @param truth the true objects of each image, in the same order
     * @param overlap what the overlap is measured on
     * @return the comparison
     * @throws IllegalArgumentException if the numbers or shapes of the images differ or there is no true object
     */
    public static ObjectPrecision ofImages(List<ObjectMap> found, List<ObjectMap> truth, Overlap overlap) {
        if (found.size() != truth.size()) {
            throw new IllegalArgumentException(
                    "objects are detected in " + found.size() + " images but the truth has " + truth.size());
        }
        List<Detection> detections = new ArrayList<>();
        double[][][] overlaps = new double[found.size()][][];
        int[] trueObjects = new int[found.size()];
        int all = 0;
        for (int image = 0; image < overlaps.length; image++) {
            ObjectMap detected = found.get(image);
            requireSameShape(detected, truth.get(image));
            ObjectMap real = truth.get(image).restrictedTo(detected.valid());
            overlaps[image] = overlaps(detected, real, overlap);
            trueObjects[image] = real.count();
            all += real.count();
            for (int d = 0; d < detected.count(); d++) {
                detections.add(new Detection(image, d, detected.items().get(d).score()));
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException("the truth has no object that could be found");
        }
        detections.sort(Comparator.comparingDouble(Detection::score).reversed());
        return new ObjectPrecision(List.copyOf(detections), overlaps, trueObjects);
    }

    private static void requireSameShape(ObjectMap found, ObjectMap truth) {
        if (found.valid().rows() != truth.valid().rows()
                || found.valid().columns() != truth.valid().columns()) {
            throw new IllegalArgumentException("detected are " + found + " but true are " + truth);
        }
    }

    private static double[][] overlaps(ObjectMap found, ObjectMap truth, Overlap overlap) {
        double[][] overlaps = new double[found.count()][truth.count()];
        for (int d = 0; d < overlaps.length; d++) {
            ObjectMap.Item a = found.items().get(d);
            for (int t = 0; t < overlaps[d].length; t++) {
                ObjectMap.Item b = truth.items().get(t);
                boolean boxes = overlap == Overlap.BOXES;
                long common = boxes ? common(a.box(), b.box()) : found.commonPixels(d, truth, t);
                long both = boxes ? a.box().pixels() + b.box().pixels() : (long) a.pixels() + b.pixels();
                overlaps[d][t] = (double) common / (both - common);
            }
        }
        return overlaps;
    }

    private static long common(Region a, Region b) {
        long rows = Math.min(a.endRow(), b.endRow()) - (long) Math.max(a.row(), b.row());
        long columns = Math.min(a.endColumn(), b.endColumn()) - (long) Math.max(a.column(), b.column());
        return Math.max(0, rows) * Math.max(0, columns);
    }

    /**
     * Average precision at one limit.
     *
     * @param iou least intersection over union of a hit, over zero to one; .25, .5 and .75 are usual
     * @return zero to one
     * @throws IllegalArgumentException if the limit is not as described
     */
    public double averagePrecision(double iou) {
        return at(iou).averagePrecision();
    }

    /**
     * Mean of the average precision at the limits .5, .55, ... .95, called AP50:95 or simply AP.
     *
     * @return zero to one
     */
    public double meanAveragePrecision() {
        double sum = 0;
        for (int percent = 50; percent < 100; percent += 5) {
            sum += averagePrecision(percent / 100.0);
        }
        return sum / 10;
    }

    /**
     * Everything at one limit.
     *
     * @param iou least intersection over union of a hit, over zero to one
     * @return average precision, and hits, false alarms and misses of all detections together
     * @throws IllegalArgumentException if the limit is not as described
     */
    public Result at(double iou) {
        if (!(iou > 0 && iou <= 1)) {
            throw new IllegalArgumentException("an intersection over union is over zero to one, not " + iou);
        }
        boolean[] hit = match(iou);
        int total = 0;
        for (int count : trueObjects) {
            total += count;
        }
        int hits = 0;
        for (boolean h : hit) {
            hits += h ? 1 : 0;
        }
        return new Result(interpolated(hit, total), hits, hit.length - hits, total - hits);
    }

    /** Whether each detection, in falling order of scores, takes a true object. */
    private boolean[] match(double iou) {
        boolean[][] taken = new boolean[trueObjects.length][];
        for (int image = 0; image < taken.length; image++) {
            taken[image] = new boolean[trueObjects[image]];
        }
        boolean[] hit = new boolean[detections.size()];
        for (int d = 0; d < hit.length; d++) {
            Detection detection = detections.get(d);
            double[] overlap = overlaps[detection.image()][detection.number()];
            boolean[] gone = taken[detection.image()];
            int best = -1;
            for (int t = 0; t < overlap.length; t++) {
                if (!gone[t] && overlap[t] >= iou && (best < 0 || overlap[t] > overlap[best])) {
                    best = t;
                }
            }
            hit[d] = best >= 0;
            if (hit[d]) {
                gone[best] = true;
            }
        }
        return hit;
    }

    private static double interpolated(boolean[] hit, int total) {
        double[] precision = new double[hit.length];
        int[] hits = new int[hit.length];
        int count = 0;
        for (int d = 0; d < hit.length; d++) {
            count += hit[d] ? 1 : 0;
            hits[d] = count;
            precision[d] = (double) count / (d + 1);
        }
        for (int d = hit.length - 2; d >= 0; d--) {
            precision[d] = Math.max(precision[d], precision[d + 1]);
        }
        double sum = 0;
        int d = 0;
        for (int recall = 0; recall <= RECALLS; recall++) {
            // whole numbers: hits / total >= recall / 100
            while (d < hit.length && (long) RECALLS * hits[d] < (long) recall * total) {
                d++;
            }
            sum += d < hit.length ? precision[d] : 0;
        }
        return sum / (RECALLS + 1);
    }

    @Override
    public String toString() {
        return "AP50 " + averagePrecision(0.5) + ", AP50:95 " + meanAveragePrecision() + " of " + detections.size()
                + " detections";
    }
}
