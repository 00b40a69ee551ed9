package org.hsi4j.examples;

import java.util.List;
import java.util.Locale;
import org.hsi4j.unmixing.UnmixingResult;
import org.jspecify.annotations.Nullable;

/**
 * A scene, what it is made of, and what it is truly made of.
 *
 * @param scene the scene
 * @param result its endmembers and abundances
 * @param truth the truth, when it is known
 */
record Unmixed(Scene scene, UnmixingResult result, @Nullable UnmixTruth truth) {

    /** Says where the endmembers were found and how good they are. */
    void describe(Facts facts) {
        result.count().ifPresent(why -> {
            facts.put("count_rule", why.rule().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            why.estimates().forEach(e -> facts.put("dimensions_" + e.method().replace('-', '_'), e.count()));
        });
        result.extraction().ifPresent(found -> {
            int columns = scene.cube().columns();
            List<String> places = found.positions().stream()
                    .map(position -> position / columns + ":" + position % columns)
                    .toList();
            facts.put("endmember_pixels", places);
        });
        if (truth != null) {
            truth.score(result, facts);
        }
    }
}
