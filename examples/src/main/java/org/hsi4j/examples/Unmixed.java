package org.hsi4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.unmixing.UnmixingResult;
import org.hsi4j.view.LibraryMatch;
import org.jspecify.annotations.Nullable;

/**
 * A scene, what it is made of, and what it is truly made of.
 *
 * @param scene the scene
 * @param result its endmembers and abundances
 * @param truth the truth, when it is known
 * @param library where to look the endmembers up, when there is one
 */
record Unmixed(
        Scene scene,
        UnmixingResult result,
        @Nullable UnmixTruth truth,
        @Nullable SpectralLibrary library) {

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
        result.intervals().ifPresent(limits -> {
            facts.put("intervals", limits.level());
            limits.diagnostics().figures().forEach((name, value) -> facts.putFigure("intervals_" + name, value));
        });
        if (truth != null) {
            truth.score(result, facts);
        }
        if (library != null) {
            describeMatches(library, facts);
        }
    }

    private void describeMatches(SpectralLibrary known, Facts facts) {
        List<String> names = new ArrayList<>();
        List<Double> degrees = new ArrayList<>();
        List<Double> divergences = new ArrayList<>();
        for (Spectrum endmember : result.endmembers().spectra()) {
            Optional<LibraryMatch> match = LibraryMatch.best(endmember, known);
            names.add(match.map(LibraryMatch::name).orElse(""));
            degrees.add(match.map(LibraryMatch::degrees).orElse(Double.NaN));
            divergences.add(match.map(m -> m.divergence(endmember)).orElse(Double.NaN));
        }
        facts.put("match", names).put("match_sam_deg", degrees).put("match_sid", divergences);
    }
}
