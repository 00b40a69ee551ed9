package org.hsi4j.examples.benchmark;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.restoration.Restorer;

/**
 * A scene that is to be mended, and who says how well that is done.
 *
 * @param name its name in the table
 * @param degraded what methods are given, in pixels of the size of the result
 * @param marked the same with lost samples marked as missing, or in the large pixels that were measured, for methods that must be told;
 *     else the degraded cube
 * @param sharp a scene of the same place in small pixels and few bands, where there is one
 * @param known figures of the scene itself, which stand in the row of the input
 * @param roles the roles of the methods that take part
 * @param told what no diagnosis can know, told to a method
 * @param judge the figures of a result; what it knows of the truth no method sees
 */
public record RestorationScene(
        String name,
        Cube degraded,
        Cube marked,
        Optional<Cube> sharp,
        Map<Measure, Double> known,
        Set<String> roles,
        UnaryOperator<Restorer> told,
        Judge judge) {

    /** Copies what can be changed. */
    public RestorationScene {
        known = Map.copyOf(known);
        roles = Set.copyOf(roles);
    }
}
