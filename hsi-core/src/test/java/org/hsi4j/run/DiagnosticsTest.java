package org.hsi4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

    @Test
    void growsStepByStep() {
        Diagnostics d = Diagnostics.none()
                .with("rank", 3)
                .with("condition", 10)
                .note("all well")
                .with("rank", 4);

        assertThat(d.converged()).isTrue();
        assertThat(d.iterations()).isZero();
        assertThat(d.elapsed()).isZero();
        assertThat(d.figures()).containsExactly(Map.entry("rank", 4.0), Map.entry("condition", 10.0));
        assertThat(d.notes()).containsExactly("all well");
        assertThat(d.since(System.nanoTime() - 1_000_000).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1));
        assertThat(Serial.copy(d)).isEqualTo(d);
    }

    @Test
    void joinsTheStepsOfAChain() {
        Diagnostics fit = new Diagnostics(
                false, 10, Duration.ofSeconds(2), Map.of("rank", 3.0, "shrinkage", 0.5), List.of("fit"));
        Diagnostics apply = new Diagnostics(true, 5, Duration.ofSeconds(1), Map.of("rank", 4.0), List.of("apply"));

        assertThat(apply.after(fit))
                .isEqualTo(new Diagnostics(
                        false,
                        15,
                        Duration.ofSeconds(3),
                        Map.of("rank", 4.0, "shrinkage", 0.5),
                        List.of("fit", "apply")));
        assertThat(fit.after(apply).converged()).isFalse();
    }

    @Test
    void isAValue() {
        Map<String, Double> figures = new LinkedHashMap<>(Map.of("rank", 3.0));
        List<String> notes = new ArrayList<>(List.of("note"));
        Diagnostics d = new Diagnostics(true, 1, Duration.ZERO, figures, notes);
        figures.clear();
        notes.clear();

        assertThat(d.figures()).containsEntry("rank", 3.0);
        assertThat(d.notes()).containsExactly("note");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> d.figures().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> d.notes().clear());
    }
}
