package org.hsi4j.detection;

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
        private final @Nullable Wish wish;
        private final @Nullable ThresholdRule rule;

        private Run(Search search, @Nullable Cube background, @Nullable Wish wish, @Nullable ThresholdRule rule) {
            this.search = search;
            this.background = background;
            this.wish = wish;
            this.rule = rule;
            if (wish != null && wish.discoveries() && rule == ThresholdRule.EMPIRICAL) {
                throw new IllegalArgumentException("a false-discovery rate needs p-values, which the rule empirical has"
                        + " not: take extreme-value or model");
            }
        }

        private static Run of(Search search) {
            return new Run(search, null, null, null);
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
            return new Run(search, newBackground, wish, rule);
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
            return new Run(search, background, new Wish(rate, false), rule);
        }

        /**
         * Asks for the pixels of which only a share is background, in the mean over many scenes ({@link FalseDiscoveries}), instead of
         * a false-alarm rate. The threshold then depends on how many pixels stand out: in a scene without targets it lies above all
         * scores, in most cases.
         *
         * @param rate share of background among what is reported, above zero and below one
         * @return a changed copy
         * @throws IllegalArgumentException if the rate is not above zero and below one, or the rule is
         *     {@link ThresholdRule#EMPIRICAL}
         */
        public Run falseDiscoveryRate(double rate) {
            if (!(rate > 0 && rate < 1)) {
                throw new IllegalArgumentException("false-discovery rate must be above 0 and below 1, not " + rate);
            }
            return new Run(search, background, new Wish(rate, true), rule);
        }

        /**
         * How the threshold is found; by default {@link ThresholdRule#EMPIRICAL} for a false-alarm rate and {@link
         * ThresholdRule#EXTREME_VALUE} for a false-discovery rate. With the latter the p-values of the result are those of the
         * {@linkplain ScoreTail tail}.
         *
         * @param newRule the rule
         * @return a changed copy
         * @throws IllegalArgumentException if a false-discovery rate was asked for and the rule is {@link ThresholdRule#EMPIRICAL}
         */
        public Run thresholdRule(ThresholdRule newRule) {
            Objects.requireNonNull(newRule, "rule");
            return new Run(search, background, wish, newRule);
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
            Wish asked = wish;
            if (asked == null) {
                return result;
            }
            ScoreMap reference = background == null
                    ? scores
                    : model.score(background, context).scores();
            return new Decision(asked, rule, model, reference).of(result, start);
        }
    }
}
