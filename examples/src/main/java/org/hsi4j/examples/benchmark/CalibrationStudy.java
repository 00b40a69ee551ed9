package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.Ace;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.Rx;
import org.hsi4j.detection.SpectralMatchedFilter;
import org.hsi4j.detection.ThresholdRule;
import org.hsi4j.run.RunContext;

/**
 * Whether thresholds keep their word. Backgrounds are drawn, without any target: Gaussian ones and elliptical ones (Student's t with 6
 * degrees of freedom: a Gaussian pixel times sqrt(6 / chi-square of 6)), a mean and covariance of their own each. The detector learns
 * from one scene and every rule finds its threshold there; the false alarms are counted on a <b>second scene</b> of the same
 * background, and pooled over all pairs. Immutable and thread-safe.
 */
public final class CalibrationStudy {
    /** The rates asked for. */
    public static final List<Double> RATES = List.of(1e-2, 1e-3, 1e-4);

    private static final double[] FACTORS = {1.15, 1.25, 2};
    private static final int DEGREES = 6;

    private final int pairs;
    private final int side;
    private final int bands;

    /** How the pixels of a background are distributed. */
    public enum Law {
        /** Normal. */
        GAUSSIAN("Gaussian"),
        /** Student's t with 6 degrees of freedom. */
        ELLIPTICAL("elliptical (t, 6)");

        private final String title;

        Law(String title) {
            this.title = title;
        }

        /**
         * For people.
         *
         * @return a word or two
         */
        public String title() {
            return title;
        }
    }

    /**
     * One row of the table.
     *
     * @param law of the background
     * @param detector its name
     * @param rule how the threshold was found
     * @param realised the share of the second scenes above the threshold, for each of {@link #RATES}
     */
    public record Row(Law law, String detector, ThresholdRule rule, List<Double> realised) {

        /** Copies the list. */
        public Row {
            realised = List.copyOf(realised);
        }

        /**
         * Whether the rates are within a factor of 1.15, 1.25 and 2 of those asked for.
         *
         * @return whether all three are
         */
        public boolean isKept() {
            for (int k = 0; k < FACTORS.length; k++) {
                double ratio = realised.get(k) / RATES.get(k);
                if (ratio > FACTORS[k] || ratio < 1 / FACTORS[k]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A study.
     *
     * @param pairs of scenes of each law
     * @param side rows and columns of a scene
     * @param bands of a scene
     */
    public CalibrationStudy(int pairs, int side, int bands) {
        this.pairs = pairs;
        this.side = side;
        this.bands = bands;
    }

    /**
     * The study of the results file: 50 pairs of scenes of each law, 100 x 100 pixels with 20 bands.
     *
     * @return the study
     */
    public static CalibrationStudy usual() {
        return new CalibrationStudy(50, 100, 20);
    }

    /**
     * What is drawn.
     *
     * @return a sentence
     */
    public String about() {
        return pairs + " pairs of scenes of each law, " + side + " x " + side + " pixels, " + bands + " bands";
    }

    /**
     * Runs the study.
     *
     * @param context threads, cancellation and the first seed
     * @return a row for each law, detector and rule
     */
    public List<Row> rows(RunContext context) {
        List<Row> rows = new ArrayList<>();
        for (Law law : Law.values()) {
            Map<String, Map<ThresholdRule, long[]>> alarms = new LinkedHashMap<>();
            for (int i = 0; i < pairs; i++) {
                context.checkCancelled();
                count(law, context.seed() + i, alarms, context);
            }
            double pixels = (double) pairs * side * side;
            alarms.forEach((detector, rules) -> rules.forEach((rule, counts) -> rows.add(new Row(
                    law,
                    detector,
                    rule,
                    Arrays.stream(counts).mapToObj(count -> count / pixels).toList()))));
        }
        return List.copyOf(rows);
    }

    private void count(Law law, long seed, Map<String, Map<ThresholdRule, long[]>> alarms, RunContext context) {
        Random random = new Random(seed);
        double[][] factor = factor(random);
        Cube learnt = draw(law, factor, random);
        Cube fresh = draw(law, factor, random);
        Spectrum target = target(random);
        Map<String, DetectionModel> models = new LinkedHashMap<>();
        models.put("rx", Rx.withDefaults().fit(learnt, context));
        models.put("smf", SpectralMatchedFilter.withDefaults().fit(learnt, target, context));
        models.put("ace", Ace.signed().fit(learnt, target, context));
        models.forEach((name, model) -> {
            ScoreMap known = model.score(learnt, context).scores();
            ScoreMap unknown = model.score(fresh, context).scores();
            for (ThresholdRule rule : ThresholdRule.values()) {
                long[] counts = alarms.computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .computeIfAbsent(rule, r -> new long[RATES.size()]);
                for (int k = 0; k < counts.length; k++) {
                    double threshold =
                            rule.threshold(model, known, RATES.get(k)).orElseThrow();
                    counts[k] += unknown.above(threshold).count();
                }
            }
        });
    }

    private double[][] factor(Random random) {
        double[][] factor = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                factor[a][b] = (a == b ? 2.0 : 0.0) + random.nextGaussian() / Math.sqrt(bands);
            }
        }
        return factor;
    }

    private Spectrum target(Random random) {
        return Spectrum.of(random.doubles(bands, 45, 65).toArray());
    }

    private Cube draw(Law law, double[][] factor, Random random) {
        int pixels = side * side;
        double[][] planes = new double[bands][pixels];
        double[] g = new double[bands];
        for (int i = 0; i < pixels; i++) {
            double radius = law == Law.GAUSSIAN ? 1 : heavy(random);
            for (int b = 0; b < bands; b++) {
                g[b] = radius * random.nextGaussian();
            }
            for (int a = 0; a < bands; a++) {
                double x = 50 + 10 * Math.sin(a);
                for (int b = 0; b < bands; b++) {
                    x += factor[a][b] * g[b];
                }
                planes[a][i] = x;
            }
        }
        return Cube.of(side, side, planes);
    }

    private static double heavy(Random random) {
        double sum = 0;
        for (int k = 0; k < DEGREES; k++) {
            double g = random.nextGaussian();
            sum += g * g;
        }
        return Math.sqrt(DEGREES / sum);
    }
}
