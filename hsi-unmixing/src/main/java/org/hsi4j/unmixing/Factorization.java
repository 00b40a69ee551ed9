package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.SpectraPlot;

/**
 * What a {@link BlindUnmixer} finds: a scene as the product of endmembers and abundances, Y = E A + rest.
 *
 * <p>Without a constraint on the sum of the abundances the brightness of an endmember cannot be told from its abundance: only
 * their product is known. Each method says how it settles this.
 *
 * @param endmembers the columns of E
 * @param abundances one map an endmember; NaN at invalid pixels
 * @param objective what the method minimises: at its start, and after each iteration; empty for a method without one
 * @param maps what else the method learnt about the pixels, by {@link ScoreMap#name()}, for example a guidance map
 * @param spectra what else it learnt about the bands, by {@link Spectrum#name()}, for example channel weights
 * @param diagnostics how it went, those of its start included
 */
public record Factorization(
        Endmembers endmembers,
        AbundanceMaps abundances,
        List<Double> objective,
        List<ScoreMap> maps,
        List<Spectrum> spectra,
        Diagnostics diagnostics)
        implements Illustrated {

    /**
     * Checks that the parts belong together and copies the lists.
     *
     * @throws IllegalArgumentException if the numbers of endmembers differ
     */
    public Factorization {
        objective = List.copyOf(objective);
        maps = List.copyOf(maps);
        spectra = List.copyOf(spectra);
        Objects.requireNonNull(diagnostics, "diagnostics");
        if (endmembers.count() != abundances.count()) {
            throw new IllegalArgumentException(endmembers.count() + " endmembers and " + abundances.count()
                    + " abundance maps do not belong together");
        }
    }

    /**
     * One of the maps.
     *
     * @param name its name
     * @return empty when there is no such map
     */
    public Optional<ScoreMap> map(String name) {
        return maps.stream().filter(map -> map.name().equals(name)).findFirst();
    }

    /**
     * One of the spectra.
     *
     * @param name its name
     * @return empty when there is no such spectrum
     */
    public Optional<Spectrum> spectrum(String name) {
        return spectra.stream().filter(spectrum -> spectrum.name().equals(name)).findFirst();
    }

    /**
     * The endmembers ({@code endmembers}), their maps ({@code abundances}), and what else was learnt, each under its name in
     * lower case with hyphens.
     *
     * @return two figures and one a map and a spectrum
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("endmembers", "The endmembers.", SpectraPlot.of(endmembers)));
        figures.add(
                new Figure("abundances", "How much of each endmember the pixels hold.", AbundancePanel.of(abundances)));
        figures.addAll(extras());
        return List.copyOf(figures);
    }

    /** The figures of what was learnt besides endmembers and abundances. */
    List<Figure> extras() {
        List<Figure> figures = new ArrayList<>();
        for (ScoreMap map : maps) {
            figures.add(
                    new Figure(fileName(map.name()), "Learnt for each pixel: " + map.name() + ".", MapPicture.of(map)));
        }
        for (Spectrum spectrum : spectra) {
            figures.add(new Figure(
                    fileName(spectrum.name()),
                    "Learnt for each band: " + spectrum.name() + ".",
                    SpectraPlot.of(List.of(spectrum)).withTitle(spectrum.name())));
        }
        return figures;
    }

    private static String fileName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
