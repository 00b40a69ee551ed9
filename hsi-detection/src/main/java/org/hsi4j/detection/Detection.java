package org.hsi4j.detection;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Looking for targets or anomalies in a scene, as a sentence. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(Rx.withDefaults()).run();
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Ace.signed()).falseAlarmRate(1e-3).run();
 * Mask found = hits.detections().orElseThrow();
 * }</pre>
 */
public final class Detection {
    private final Cube cube;

    private Detection(Cube cube) {
        this.cube = cube;
    }

    /**
     * Starts with the scene.
     *
     * @param cube the scene to search
     * @return the beginning of the sentence
     */
    public static Detection of(Cube cube) {
        return new Detection(Objects.requireNonNull(cube, "cube"));
    }

    /**
     * Looks for anomalies.
     *
     * @param detector the method
     * @return the sentence, ready to be run
     */
    public Run with(AnomalyDetector detector) {
        Objects.requireNonNull(detector, "detector");
        return Run.of(new Search(cube, detector, detector::fit, Optional.empty()));
    }

    /**
     * Looks for a known spectrum.
     *
     * @param spectrum the spectrum sought, in the bands and the unit of the scene
     * @return the sentence, which still needs a method
     * @throws IllegalArgumentException if it has another number of bands than the scene, or a NaN
     */
    public Targeted target(Spectrum spectrum) {
        return targets(List.of(spectrum));
    }

    /**
     * Looks for several known spectra at once. Most methods seek each by itself and give a pixel the largest of its scores; those
     * that take them for several spectra of one thing say so.
     *
     * @param spectra the spectra sought, at least one, in the bands and the unit of the scene
     * @return the sentence, which still needs a method
     * @throws IllegalArgumentException if there is none, or one has another number of bands than the scene, or a NaN
     */
    public Targeted targets(List<Spectrum> spectra) {
        Background.requireTargets(spectra, cube);
        return new Targeted(cube, List.copyOf(spectra));
    }

    /**
     * Measures a gas.
     *
     * @param absorption unit absorption in the bands of the scene, per ppm m; see {@link GasDetector#unitAbsorption}
     * @return the sentence, ready to be run with {@link Mag1c}
     * @throws IllegalArgumentException if it has another number of bands than the scene, or a NaN
     */
    public GasSearch gas(Spectrum absorption) {
        Background.requireTarget(absorption, cube);
        return GasSearch.of(cube, absorption);
    }

    static void requireRate(double falseAlarmRate) {
        if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
            throw new IllegalArgumentException("false-alarm rate must be above 0 and below 1, not " + falseAlarmRate);
        }
    }

    /** A scene and what is sought in it. Immutable and thread-safe. */
    public static final class Targeted {
        private final Cube cube;
        private final List<Spectrum> targets;

        private Targeted(Cube cube, List<Spectrum> targets) {
            this.cube = cube;
            this.targets = targets;
        }

        /**
         * Chooses the method.
         *
         * @param detector the method
         * @return the sentence, ready to be run
         */
        public Run with(TargetDetector detector) {
            Objects.requireNonNull(detector, "detector");
            List<Spectrum> t = targets;
            return Run.of(new Search(
                    cube,
                    detector,
                    (background, context) -> detector.fit(background, t, context),
                    t.stream()
                            .flatMap(target -> Background.wavelengthNote(target, cube).stream())
                            .findFirst()));
        }
    }

    private interface Fit {
        DetectionModel fit(Cube background, RunContext context);
    }

    /** What is sought where. */
    private record Search(Cube cube, Method method, Fit fit, Optional<String> note) {}

    /** A scene and a method, with what else was said. Immutable and thread-safe. */
    public static final class Run {
        private final Search search;
        private final @Nullable Cube background;
        private final OptionalDouble falseAlarmRate;
        private final ThresholdRule rule;

        private Run(Search search, @Nullable Cube background, OptionalDouble falseAlarmRate, ThresholdRule rule) {
            this.search = search;
            this.background = background;
            this.falseAlarmRate = falseAlarmRate;
            this.rule = rule;
        }

        private static Run of(Search search) {
            return new Run(search, null, OptionalDouble.empty(), ThresholdRule.EMPIRICAL);
        }

        /**
         * Learns the background elsewhere; from the scene itself by default.
         *
         * @param newBackground for example the scene without the pixels where targets may be
         * @return a changed copy
         * @throws IllegalArgumentException if it has another number of bands than the scene
         */
        public Run background(Cube newBackground) {
            if (newBackground.bands() != search.cube.bands()) {
                throw new IllegalArgumentException(
                        "background has " + newBackground.bands() + " bands but the cube has " + search.cube.bands());
            }
            return new Run(search, newBackground, falseAlarmRate, rule);
        }

        /**
         * Asks for a threshold and the pixels above it; by default there is none.
         *
         * @param rate share of the background that may be reported, above zero and below one
         * @return a changed copy
         * @throws IllegalArgumentException if the rate is not above zero and below one
         */
        public Run falseAlarmRate(double rate) {
            requireRate(rate);
            return new Run(search, background, OptionalDouble.of(rate), rule);
        }

        /**
         * How the threshold is found; {@link ThresholdRule#EMPIRICAL} by default.
         *
         * @param newRule the rule
         * @return a changed copy
         */
        public Run thresholdRule(ThresholdRule newRule) {
            Objects.requireNonNull(newRule, "rule");
            return new Run(search, background, falseAlarmRate, newRule);
        }

        /**
         * Runs with {@link RunContext#defaults()}.
         *
         * @return what was found
         * @throws IllegalArgumentException if the background has no valid pixel, or as the method says
         */
        public DetectionResult run() {
            return run(RunContext.defaults());
        }

        /**
         * Runs.
         *
         * @param context threads, progress, cancellation, seed and memory limit
         * @return what was found; its diagnostics tell the time of the whole run
         * @throws IllegalArgumentException if the background has no valid pixel, if the maps exceed the memory limit, or as
         *     the method says
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public DetectionResult run(RunContext context) {
            long start = System.nanoTime();
            Cube cube = search.cube;
            DetectionModel model = search.fit.fit(background == null ? cube : background, context);
            Scoring scoring = model.score(cube, context);
            ScoreMap scores = scoring.scores()
                    .named(search.method.name())
                    .withGeoReference(cube.geoReference().orElse(null));
            Optional<ScoreMap> pValues = PValues.of(scores, model, context);
            Diagnostics diagnostics = scoring.diagnostics().after(model.diagnostics());
            if (search.note.isPresent()) {
                diagnostics = diagnostics.note(search.note.get());
            }
            DetectionResult result = new DetectionResult(
                    scores, pValues, OptionalDouble.empty(), "", Optional.empty(), diagnostics.since(start));
            return falseAlarmRate.isEmpty()
                    ? result
                    : decide(result, model, falseAlarmRate.getAsDouble(), context, start);
        }

        private DetectionResult decide(
                DetectionResult found, DetectionModel model, double rate, RunContext context, long start) {
            ScoreMap scores = found.scores();
            ScoreMap reference = background == null
                    ? scores
                    : model.score(background, context).scores();
            OptionalDouble byScores = exceededBy(reference, rate);
            OptionalDouble byModel = model.threshold(rate);
            Diagnostics diagnostics = found.diagnostics().with("false-alarm-rate", rate);
            diagnostics = report(diagnostics, "empirical", byScores, scores);
            diagnostics = report(diagnostics, "model", byModel, scores);
            OptionalDouble threshold = rule == ThresholdRule.MODEL ? byModel : byScores;
            if (threshold.isEmpty()) {
                diagnostics = diagnostics.note(
                        rule == ThresholdRule.MODEL
                                ? "no threshold: the method knows no distribution of its scores"
                                : "no threshold: the background has no valid pixel");
            }
            return new DetectionResult(
                    scores,
                    found.pValues(),
                    threshold,
                    threshold.isEmpty() ? "" : describe(rate),
                    threshold.isEmpty() ? Optional.empty() : Optional.of(scores.above(threshold.getAsDouble())),
                    diagnostics.since(start));
        }

        private String describe(double rate) {
            return rule == ThresholdRule.MODEL
                    ? "model: a Gaussian background exceeds it with probability " + rate
                    : "empirical: at most the share " + rate + " of the background exceeds it";
        }

        private static Diagnostics report(
                Diagnostics diagnostics, String name, OptionalDouble threshold, ScoreMap scores) {
            if (threshold.isEmpty()) {
                return diagnostics;
            }
            int valid = scores.valid().count();
            double share = valid == 0
                    ? 0
                    : (double) scores.above(threshold.getAsDouble()).count() / valid;
            return diagnostics
                    .with("threshold-" + name, threshold.getAsDouble())
                    .with("share-" + name, share);
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
}
