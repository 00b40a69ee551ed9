package org.hsi4j.detection;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.jspecify.annotations.Nullable;

/** Finds the threshold that keeps a wish by a rule, and what is above it. */
final class Decision {
    private final Wish wish;
    private final ThresholdRule rule;
    private final DetectionModel model;
    private final ScoreMap reference;
    private final Optional<ScoreTail> tail;

    /**
     * A decision.
     *
     * @param rule null for the one that suits the wish
     * @param reference scores of the background
     */
    Decision(Wish wish, @Nullable ThresholdRule rule, DetectionModel model, ScoreMap reference) {
        this.wish = wish;
        ThresholdRule usual = wish.discoveries() ? ThresholdRule.EXTREME_VALUE : ThresholdRule.EMPIRICAL;
        this.rule = rule == null ? usual : rule;
        this.model = model;
        this.reference = reference;
        this.tail = this.rule == ThresholdRule.EXTREME_VALUE ? ScoreTail.of(reference) : Optional.empty();
    }

    /** A result with threshold, detections and what there is to say about them. */
    DetectionResult of(DetectionResult found, long start) {
        ScoreMap scores = found.scores();
        Optional<ScoreMap> pValues =
                rule == ThresholdRule.EXTREME_VALUE ? tail.map(t -> t.pValues(scores)) : found.pValues();
        OptionalDouble threshold = wish.discoveries() ? ofDiscoveries(scores, pValues) : OptionalDouble.empty();
        Diagnostics diagnostics = found.diagnostics().with(wish.key(), wish.rate());
        if (!wish.discoveries()) {
            OptionalDouble byScores = ThresholdRule.EMPIRICAL.threshold(model, reference, wish.rate());
            OptionalDouble byModel = ThresholdRule.MODEL.threshold(model, reference, wish.rate());
            OptionalDouble byTail =
                    tail.isPresent() ? OptionalDouble.of(tail.get().threshold(wish.rate())) : OptionalDouble.empty();
            diagnostics = report(diagnostics, "empirical", byScores, scores);
            diagnostics = report(diagnostics, "model", byModel, scores);
            diagnostics = report(diagnostics, "extreme-value", byTail, scores);
            threshold = switch (rule) {
                case EMPIRICAL -> byScores;
                case MODEL -> byModel;
                case EXTREME_VALUE -> byTail;
            };
        }
        if (tail.isPresent()) {
            diagnostics = diagnostics.with("tail-shape", tail.get().shape());
        }
        if (threshold.isEmpty()) {
            diagnostics = diagnostics.note("no threshold: " + reason());
        }
        return new DetectionResult(
                scores,
                pValues,
                threshold,
                threshold.isEmpty() ? "" : description(),
                threshold.isEmpty() ? Optional.empty() : Optional.of(scores.above(threshold.getAsDouble())),
                diagnostics.since(start));
    }

    /** The highest score that is not reported. */
    private OptionalDouble ofDiscoveries(ScoreMap scores, Optional<ScoreMap> pValues) {
        if (pValues.isEmpty()) {
            return OptionalDouble.empty();
        }
        double largest = FalseDiscoveries.largest(pValues.get(), wish.rate());
        double[] p = pValues.get().toArray();
        double[] s = scores.toArray();
        double threshold = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < s.length; i++) {
            if (p[i] > largest) {
                threshold = Math.max(threshold, s[i]);
            }
        }
        return OptionalDouble.of(threshold);
    }

    private String reason() {
        return switch (rule) {
            case EMPIRICAL -> "the background has no valid pixel";
            case MODEL -> "the method knows no distribution of its scores";
            case EXTREME_VALUE -> "the background has too few different scores for a tail to be fitted";
        };
    }

    private String description() {
        if (wish.discoveries()) {
            return (rule == ThresholdRule.MODEL ? "model" : "extreme value") + ": at most the share " + wish.rate()
                    + " of what is reported is background, in the mean";
        }
        return switch (rule) {
            case EMPIRICAL -> "empirical: at most the share " + wish.rate() + " of the background exceeds it";
            case MODEL -> "model: a Gaussian background exceeds it with probability " + wish.rate();
            case EXTREME_VALUE ->
                "extreme value: by the tail of its scores the background exceeds it with probability " + wish.rate();
        };
    }

    private static Diagnostics report(Diagnostics diagnostics, String name, OptionalDouble threshold, ScoreMap scores) {
        if (threshold.isEmpty()) {
            return diagnostics;
        }
        int valid = scores.valid().count();
        double share =
                valid == 0 ? 0 : (double) scores.above(threshold.getAsDouble()).count() / valid;
        return diagnostics.with("threshold-" + name, threshold.getAsDouble()).with("share-" + name, share);
    }

    /** The smallest score that at most a share of the valid pixels exceed. */
    static OptionalDouble exceededBy(ScoreMap scores, double share) {
        DoubleBuffer all = scores.asBuffer();
        double[] sorted = new double[scores.valid().count()];
        for (int i = 0, k = 0; k < sorted.length; i++) {
            if (!Double.isNaN(all.get(i))) {
                sorted[k++] = all.get(i);
            }
        }
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double above = Math.floor(share * sorted.length + 1e-9); // 0.29 * 100 is a little less than 29
        return OptionalDouble.of(sorted[(int) Math.max(0, sorted.length - 1 - above)]);
    }
}
