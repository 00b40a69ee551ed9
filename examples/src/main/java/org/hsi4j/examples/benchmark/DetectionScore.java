package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.metrics.ObjectMap;
import org.hsi4j.metrics.ObjectPrecision;
import org.hsi4j.metrics.Roc;
import org.hsi4j.metrics.ThresholdAuc;

/** Scores maps of scores, pixel by pixel and object by object. */
final class DetectionScore {
    static final Measure AUC = new Measure("AUC", "area under the ROC curve, ties counting one half", 4);
    static final Measure AT_HUNDRED = detected(2);
    static final Measure AT_THOUSAND = detected(3);
    static final Measure AT_TEN_THOUSAND = detected(4);
    static final Measure OD = new Measure(
            "AUC OD",
            "AUC(D,F) + AUC(D,tau) - AUC(F,tau) of the scores scaled to zero to one: the last two are mean scores, and change under"
                    + " every monotone rescaling and by one outlier; to compare scores of one kind only",
            3);
    static final Measure SNPR =
            new Measure("AUC SNPR", "AUC(D,tau) / AUC(F,tau), with the same caveat: squared scores look better", 2);
    static final Measure LOOSE_OBJECTS = objects("AP25", "a quarter");
    static final Measure OBJECTS = objects("AP50", "a half");
    static final List<Measure> ALL =
            List.of(AUC, AT_HUNDRED, AT_THOUSAND, AT_TEN_THOUSAND, OD, SNPR, LOOSE_OBJECTS, OBJECTS);

    /** Shares of the pixels of an image that may make objects; where there is nothing to choose by, the second. */
    private static final double[] SHARES = {0.03, 0.01, 0.003, 0.001};

    private static final double USUAL_SHARE = SHARES[1];

    private DetectionScore() {}

    private static Measure detected(int zeros) {
        return new Measure(
                "Pd at 1e-" + zeros,
                "share of the target pixels above the threshold that 1e-" + zeros + " of the others exceed",
                3);
    }

    private static Measure objects(String name, String overlap) {
        return new Measure(
                name,
                "average precision of objects whose boxes overlap by " + overlap
                        + " (COCO, 101 recalls): components of the pixels above a threshold, each with its own highest score",
                3);
    }

    /** The mean over the searches. */
    static Map<Measure, Double> mean(List<Map<Measure, Double>> scores) {
        Map<Measure, Double> mean = new LinkedHashMap<>();
        for (Measure measure : scores.get(0).keySet()) {
            mean.put(
                    measure,
                    scores.stream()
                            .mapToDouble(s -> s.getOrDefault(measure, Double.NaN))
                            .average()
                            .orElse(Double.NaN));
        }
        return mean;
    }

    /** The scores of a search: pixels of all images together, objects ranked together. */
    static Map<Measure, Double> of(DetectionScene.Search search, List<ScoreMap> trained, List<ScoreMap> found) {
        ScoreMap scores = pooled(found);
        Mask truth = pooledTruth(search.images());
        Roc roc = Roc.of(scores, truth);
        Map<Measure, Double> result = new LinkedHashMap<>();
        result.put(AUC, roc.auc());
        result.put(AT_HUNDRED, roc.detectionRate(1e-2));
        result.put(AT_THOUSAND, roc.detectionRate(1e-3));
        result.put(AT_TEN_THOUSAND, roc.detectionRate(1e-4));
        double range = scores.max() - scores.min();
        if (range > 0 && Double.isFinite(range)) {
            ThresholdAuc areas = ThresholdAuc.of(scores, truth);
            result.put(OD, areas.overallDetection());
            result.put(SNPR, areas.signalToNoiseProbabilityRatio());
        }
        ObjectPrecision objects = precision(search.images(), found, bestShare(search, trained));
        result.put(LOOSE_OBJECTS, objects.averagePrecision(0.25));
        result.put(OBJECTS, objects.averagePrecision(0.5));
        return result;
    }

    private static double bestShare(DetectionScene.Search search, List<ScoreMap> trained) {
        boolean possible = search.training().stream().anyMatch(i -> i.objects().count() > 0);
        double best = USUAL_SHARE;
        double most = -1;
        for (double share : possible ? SHARES : new double[0]) {
            double ap = precision(search.training(), trained, share).averagePrecision(0.25);
            if (ap > most) {
                most = ap;
                best = share;
            }
        }
        return best;
    }

    private static ObjectPrecision precision(List<DetectionScene.Image> images, List<ScoreMap> maps, double share) {
        List<ObjectMap> found = maps.stream()
                .map(map -> ObjectMap.of(map, exceededBy(map, share), Connectivity.EIGHT))
                .toList();
        return ObjectPrecision.ofImages(
                found, images.stream().map(DetectionScene.Image::objects).toList(), ObjectPrecision.Overlap.BOXES);
    }

    /** The score that a share of the pixels exceed. */
    private static double exceededBy(ScoreMap map, double share) {
        double[] sorted = Arrays.stream(map.toArray())
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        return sorted[(int) Math.max(0, sorted.length - 1 - Math.round(share * sorted.length))];
    }

    /** The curve of all searches together. */
    static Roc roc(List<DetectionScene.Search> searches, List<List<ScoreMap>> found) {
        List<DetectionScene.Image> images =
                searches.stream().flatMap(s -> s.images().stream()).toList();
        return Roc.of(pooled(found.stream().flatMap(List::stream).toList()), pooledTruth(images));
    }

    private static ScoreMap pooled(List<ScoreMap> maps) {
        double[] all = maps.stream()
                .flatMapToDouble(map -> Arrays.stream(map.toArray()))
                .toArray();
        return ScoreMap.of("scores", 1, all.length, all);
    }

    private static Mask pooledTruth(List<DetectionScene.Image> images) {
        List<Boolean> all = new ArrayList<>();
        for (DetectionScene.Image image : images) {
            for (int i = 0; i < image.cube().pixels(); i++) {
                all.add(image.truth().get(i));
            }
        }
        return Mask.of(1, all.size(), all::get);
    }
}
