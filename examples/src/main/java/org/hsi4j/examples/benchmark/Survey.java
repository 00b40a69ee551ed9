package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.hsi4j.run.RunContext;

/**
 * Runs contestants on scenes, one run a seed. Seeds are s, s + 1, ..., s being that of the context.
 *
 * <p>On a scene that no seed changes, a contestant whose first {@value #ALIKE} runs give the same scores is taken to draw no random
 * numbers and is not run again. A run that fails or takes longer than the limit is no reason to stop: the row says so.
 *
 * @param <S> the scenes
 */
public final class Survey<S> {
    /** So many equal results are not by chance. */
    private static final int ALIKE = 3;

    private final List<Contestant<S>> contestants;
    private final int seeds;
    private final Duration limit;

    /**
     * A survey.
     *
     * @param contestants who takes part
     * @param seeds number of runs, at least one
     * @param limit longest time of a run, whichever is shorter, the time that passes or that of the processor: other programs on the
     *     machine do not end a run
     * @throws IllegalArgumentException if there is no seed or no time
     */
    public Survey(List<? extends Contestant<S>> contestants, int seeds, Duration limit) {
        if (seeds < 1 || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a survey needs a seed and time, not " + seeds + " and " + limit);
        }
        this.contestants = List.copyOf(contestants);
        this.seeds = seeds;
        this.limit = limit;
    }

    /**
     * Runs everyone on a scene.
     *
     * @param source the scene
     * @param context threads, progress, cancellation, and the first seed
     * @return one entry for each contestant whom the scene suits
     * @throws UncheckedIOException if the scene cannot be read
     * @throws CancellationException if the survey is cancelled
     */
    public List<Entry> run(SceneSource<S> source, RunContext context) {
        Map<Contestant<S>, Runs> all = new LinkedHashMap<>();
        S scene = make(source, context);
        for (int s = 0; s < seeds; s++) {
            RunContext own = context.withSeed(context.seed() + s);
            if (s > 0 && source.drawn()) {
                scene = make(source, own);
            }
            for (int c = 0; c < contestants.size(); c++) {
                context.checkCancelled();
                Contestant<S> contestant = contestants.get(c);
                context.progress(source.name(), (long) s * contestants.size() + c, (long) seeds * contestants.size());
                if (contestant.suits(scene)) {
                    Runs runs = all.computeIfAbsent(contestant, key -> new Runs());
                    if (!runs.isOver(source.drawn())) {
                        attempt(contestant, scene, own, runs);
                    }
                }
            }
        }
        List<Entry> entries = new ArrayList<>();
        all.forEach((contestant, runs) -> entries.add(runs.entry(source.name(), contestant)));
        return entries;
    }

    private S make(SceneSource<S> source, RunContext context) {
        try {
            return source.maker().make(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void attempt(Contestant<S> contestant, S scene, RunContext context, Runs runs) {
        long start = System.nanoTime();
        long worked = ProcessorTime.nanos();
        RunContext limited = context.withCancellation(() -> context.isCancelled()
                || (System.nanoTime() - start > limit.toNanos() && ProcessorTime.nanos() - worked > limit.toNanos()));
        try {
            Supplier<Map<Measure, Double>> scoring = contestant.run(scene, limited);
            double seconds = (System.nanoTime() - start) / 1e9;
            runs.add(scoring.get(), seconds);
        } catch (CancellationException e) {
            context.checkCancelled();
            runs.fail("took longer than " + limit.toSeconds() + " s");
        } catch (RuntimeException e) {
            runs.fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The runs of one contestant on one scene. */
    private static final class Runs {
        private final List<Map<Measure, Double>> scores = new ArrayList<>();
        private final List<Double> seconds = new ArrayList<>();
        private String failure = "";

        void add(Map<Measure, Double> found, double time) {
            scores.add(found);
            seconds.add(time);
        }

        void fail(String message) {
            failure = message;
        }

        /** What failed once on this scene will fail again; what never changes need not be repeated. */
        boolean isOver(boolean drawn) {
            boolean repeats = !drawn
                    && scores.size() >= ALIKE
                    && scores.stream().distinct().count() == 1;
            return repeats || !failure.isEmpty();
        }

        <S> Entry entry(String scene, Contestant<S> contestant) {
            Map<Measure, Spread> spreads = new LinkedHashMap<>();
            if (!scores.isEmpty()) {
                for (Measure measure : scores.get(0).keySet()) {
                    spreads.put(
                            measure,
                            Spread.of(scores.stream()
                                    .map(found -> found.getOrDefault(measure, Double.NaN))
                                    .toList()));
                }
            }
            return new Entry(
                    scene,
                    contestant.method(),
                    contestant.setting(),
                    spreads,
                    seconds.isEmpty() ? Optional.empty() : Optional.of(Spread.of(seconds)),
                    failure);
        }
    }
}
