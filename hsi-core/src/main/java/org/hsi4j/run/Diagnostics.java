package org.hsi4j.run;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a computation went: not converging, an ill-conditioned matrix or a pixel that could not be solved are data here, not
 * exceptions. Serialisable, so that a fitted model can carry them.
 *
 * @param converged whether every iteration ended by its own rule
 * @param iterations iterations done in all; zero for a method without any
 * @param elapsed time of the computation, without reading files
 * @param figures named numbers, for example {@code condition}, {@code rank}, {@code shrinkage}, {@code negatives}
 * @param notes what a person should know, a sentence each
 */
public record Diagnostics(
        boolean converged, long iterations, Duration elapsed, Map<String, Double> figures, List<String> notes)
        implements Serializable {

    /** Copies the figures, in their order, and the notes. */
    public Diagnostics {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        notes = List.copyOf(notes);
    }

    /**
     * Of a computation without iterations that took no time worth telling.
     *
     * @return no figures, no notes, converged
     */
    public static Diagnostics none() {
        return new Diagnostics(true, 0, Duration.ZERO, Map.of(), List.of());
    }

    /**
     * With another elapsed time.
     *
     * @param startNanos {@link System#nanoTime()} at the start of the computation
     * @return new diagnostics
     */
    public Diagnostics since(long startNanos) {
        return new Diagnostics(converged, iterations, Duration.ofNanos(System.nanoTime() - startNanos), figures, notes);
    }

    /**
     * With one more figure.
     *
     * @param name its name
     * @param value its value
     * @return new diagnostics
     */
    public Diagnostics with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Diagnostics(converged, iterations, elapsed, more, notes);
    }

    /**
     * With one more note.
     *
     * @param note a sentence
     * @return new diagnostics
     */
    public Diagnostics note(String note) {
        List<String> more = new java.util.ArrayList<>(notes);
        more.add(note);
        return new Diagnostics(converged, iterations, elapsed, figures, more);
    }

    /**
     * With the figures, notes and iterations of a step that came before; elapsed times are added.
     *
     * @param earlier diagnostics of that step
     * @return new diagnostics
     */
    public Diagnostics after(Diagnostics earlier) {
        Map<String, Double> all = new LinkedHashMap<>(earlier.figures);
        all.putAll(figures);
        List<String> allNotes = new java.util.ArrayList<>(earlier.notes);
        allNotes.addAll(notes);
        return new Diagnostics(
                converged && earlier.converged,
                iterations + earlier.iterations,
                elapsed.plus(earlier.elapsed),
                all,
                allNotes);
    }
}
