package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.metrics.AbundanceError;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.metrics.SignalToReconstructionError;

/** Scores endmembers and abundances. */
final class UnmixingScore {
    static final Measure SAD = new Measure(
            "SAD (rad)",
            "mean spectral angle between true and found endmembers, matched so that it is least (Hungarian method)",
            4);
    static final Measure RMSE = new Measure(
            "RMSE",
            "after the rules of Zhu's survey: endmembers matched greedily by the distance of their unit-norm spectra,"
                    + " abundances of a pixel divided by their sum, mean over the endmembers of their RMSE",
            4);
    static final Measure ARMSE = new Measure(
            "aRMSE", "root of the mean squared error over all abundances as they are, matched as for SAD", 4);
    static final Measure SRE =
            new Measure("SRE (dB)", "signal-to-reconstruction error of the abundances, matched as for SAD", 2);
    static final Measure FOUND = new Measure(
            "found",
            "of the spectra of the library that the scene holds, how many are among as many of largest total abundance",
            1);
    static final List<Measure> ALL = List.of(SAD, RMSE, ARMSE, SRE, FOUND);

    private UnmixingScore() {}

    /**
     * The scores of endmembers that were found. Those beyond the number of true ones count for nothing but the division by
     * the sum; one that is missing counts as a spectrum of zeros, at an angle of pi/2, with abundances of zero.
     */
    static Map<Measure, Double> ofFound(Endmembers found, AbundanceMaps maps, UnmixingScene scene) {
        Endmembers truth = scene.endmembers();
        Endmembers estimate = padded(found, truth.count());
        AbundanceMaps abundances = padded(maps, truth.count());
        Alignment match = Alignment.ofEndmembers(estimate, truth);
        AbundanceMaps greedy = abundances.normalized().select(GreedyMatch.of(estimate, truth));
        Map<Measure, Double> scores = new LinkedHashMap<>();
        scores.put(SAD, match.meanCost());
        scores.putAll(ofAbundances(match.apply(abundances), greedy, scene.abundances()));
        return scores;
    }

    /** The scores of abundances whose endmembers were given in the order of the truth. */
    static Map<Measure, Double> ofGiven(AbundanceMaps maps, AbundanceMaps truth) {
        return ofAbundances(maps, maps.normalized(), truth);
    }

    /** The scores of abundances of a library of which the scene holds only some spectra. */
    static Map<Measure, Double> ofLibrary(AbundanceMaps maps, AbundanceMaps truth) {
        Map<Measure, Double> scores = ofGiven(maps, truth);
        int held = (int) IntStream.range(0, truth.count())
                .filter(k -> truth.map(k).mean() > 0)
                .count();
        double[] totals = IntStream.range(0, maps.count())
                .mapToDouble(k -> maps.map(k).mean())
                .toArray();
        scores.put(FOUND, (double) IntStream.range(0, totals.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -totals[k]))
                .limit(held)
                .filter(k -> truth.map(k).mean() > 0)
                .count());
        return scores;
    }

    private static Map<Measure, Double> ofAbundances(
            AbundanceMaps asTheyAre, AbundanceMaps normalized, AbundanceMaps truth) {
        Map<Measure, Double> scores = new LinkedHashMap<>();
        scores.put(RMSE, AbundanceError.of(normalized, truth).rmse());
        scores.put(ARMSE, AbundanceError.of(asTheyAre, truth).armse());
        scores.put(SRE, SignalToReconstructionError.decibels(asTheyAre, truth));
        return scores;
    }

    private static Endmembers padded(Endmembers found, int count) {
        List<Spectrum> spectra = new ArrayList<>(found.spectra());
        while (spectra.size() < count) {
            spectra.add(Spectrum.of(new double[found.bands()]).named("missing " + spectra.size()));
        }
        return Endmembers.of(spectra);
    }

    private static AbundanceMaps padded(AbundanceMaps maps, int count) {
        int missing = Math.max(0, count - maps.count());
        double[][] planes = Arrays.copyOf(maps.toMatrix(), maps.count() + missing);
        List<String> names = new ArrayList<>(maps.names());
        for (int k = maps.count(); k < planes.length; k++) {
            planes[k] = new double[maps.pixels()];
            names.add("missing " + k);
        }
        return AbundanceMaps.of(maps.rows(), maps.columns(), names, planes);
    }
}
