package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final Measure ERROR = new Measure("error", "how far off", 2);
    private static final RunContext RUN = RunContext.sequential().withSeed(4);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** A contestant whose score is a function of the scene and the context; it does not run on scenes below zero. */
    private record Given(BiFunction<Long, RunContext, Double> score) implements Contestant<Long> {

        @Override
        public String method() {
            return "given";
        }

        @Override
        public String setting() {
            return "nothing";
        }

        @Override
        public boolean suits(Long scene) {
            return scene >= 0;
        }

        @Override
        public Supplier<Map<Measure, Double>> run(Long scene, RunContext context) {
            double found = score.apply(scene, context);
            return () -> Map.of(ERROR, found);
        }
    }

    private static SceneSource<Long> fixed(long value) {
        return new SceneSource<>("fixed", "always the same", false, context -> value);
    }

    private static Entry only(
            int seeds, Duration limit, SceneSource<Long> source, BiFunction<Long, RunContext, Double> score) {
        List<Entry> entries = new Survey<>(List.of(new Given(score)), seeds, limit).run(source, RUN);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    @Test
    void givesMeanAndPopulationDeviationOverTheSeeds() {
        Entry entry = only(3, LONG, fixed(0), (scene, context) -> (double) (context.seed() * context.seed()));

        // 16, 25, 36: the mean is 25 2/3, the squares of the distances add up to 200 2/3.
        Spread spread = entry.score(ERROR).orElseThrow();
        assertThat(spread.mean()).isCloseTo(77.0 / 3, within(1e-12));
        assertThat(spread.deviation()).isCloseTo(Math.sqrt(602.0 / 9), within(1e-12));
        assertThat(spread.runs()).isEqualTo(3);
        assertThat(entry.seconds().orElseThrow().runs()).isEqualTo(3);
    }

    @Test
    void whatNeverChangesIsNotRepeated() {
        AtomicInteger runs = new AtomicInteger();
        Entry entry = only(10, LONG, fixed(0), (scene, context) -> runs.incrementAndGet() * 0.0);

        assertThat(runs).hasValue(3);
        assertThat(entry.score(ERROR)).hasValue(new Spread(0, 0, 3));
    }

    @Test
    void anotherSeedMakesAnotherDrawnScene() {
        SceneSource<Long> drawn = new SceneSource<>("drawn", "the seed", true, RunContext::seed);

        assertThat(only(5, LONG, drawn, (scene, context) -> (double) scene)
                        .score(ERROR)
                        .orElseThrow()
                        .mean())
                .isEqualTo(6);
        AtomicInteger runs = new AtomicInteger();
        only(5, LONG, drawn, (scene, context) -> runs.incrementAndGet() * 0.0);
        assertThat(runs).as("equal scores on different scenes are by chance").hasValue(5);
    }

    @Test
    void aFailureIsInTheTable() {
        Entry entry = only(5, LONG, fixed(0), (scene, context) -> {
            throw new IllegalArgumentException("too few bands");
        });

        assertThat(entry.note()).isEqualTo("too few bands");
        assertThat(entry.score(ERROR)).isEmpty();
        assertThat(entry.seconds()).isEmpty();
    }

    @Test
    void whatTakesTooLongIsStopped() {
        Entry entry = only(5, Duration.ofMillis(20), fixed(0), (scene, context) -> {
            while (true) {
                context.checkCancelled();
                Thread.onSpinWait();
            }
        });

        assertThat(entry.note()).startsWith("took longer than");
    }

    @Test
    void aCancelledSurveyStops() {
        Survey<Long> survey = new Survey<>(List.of(new Given((scene, context) -> 0.0)), 2, LONG);

        assertThatThrownBy(() -> survey.run(fixed(0), RUN.withCancellation(() -> true)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void onlyThoseWhomTheSceneSuitsRun() {
        assertThat(new Survey<>(List.of(new Given((scene, context) -> 0.0)), 2, LONG).run(fixed(-1), RUN))
                .isEmpty();
    }

    @Test
    void aSceneThatCannotBeReadIsAnError() {
        SceneSource<Long> broken = new SceneSource<>("broken", "", false, context -> {
            throw new IOException("no such file");
        });
        Survey<Long> survey = new Survey<>(List.of(), 1, LONG);

        assertThatThrownBy(() -> survey.run(broken, RUN)).isInstanceOf(UncheckedIOException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new Survey<Long>(List.of(), 0, LONG));
    }
}
