package org.hsi4j.examples.benchmark;

import java.util.List;
import java.util.Set;
import org.hsi4j.Cube;

/**
 * A clean scene and what became of it.
 *
 * @param name its name in the table
 * @param clean the truth, with a peak of one
 * @param degraded what methods are given
 * @param marked the same with lost samples marked as missing, for methods that must be told; else the degraded cube
 * @param scored the bands that count
 * @param roles the roles of the methods that take part
 * @param methods their names where not all take part, or empty
 */
public record RestorationScene(
        String name,
        Cube clean,
        Cube degraded,
        Cube marked,
        List<Integer> scored,
        Set<String> roles,
        Set<String> methods) {

    /** Copies the lists. */
    public RestorationScene {
        scored = List.copyOf(scored);
        roles = Set.copyOf(roles);
        methods = Set.copyOf(methods);
    }
}
