package org.hsi4j.examples.benchmark;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.restoration.Restorer;

/**
 * A clean scene and what became of it.
 *
 * @param name its name in the table
 * @param clean the truth, with a peak of one
 * @param degraded what methods are given, in pixels of the size of the truth
 * @param marked the same with lost samples marked as missing, or in the large pixels that were measured, for methods that must be told;
 *     else the degraded cube
 * @param scored the bands that count
 * @param roles the roles of the methods that take part
 * @param methods their names where not all take part, or empty
 * @param told what no diagnosis can know, told to a method
 */
public record RestorationScene(
        String name,
        Cube clean,
        Cube degraded,
        Cube marked,
        List<Integer> scored,
        Set<String> roles,
        Set<String> methods,
        UnaryOperator<Restorer> told) {

    /** Copies the lists. */
    public RestorationScene {
        scored = List.copyOf(scored);
        roles = Set.copyOf(roles);
        methods = Set.copyOf(methods);
    }
}
