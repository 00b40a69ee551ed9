package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.metrics.AbundanceError;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.metrics.SpectralDivergence;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.SpectraPlot;

/**
 * An unmixing beside the truth, each true endmember beside the one that stands for it.
 *
 * <p>They are matched one to one by spectral angle when the true endmembers are known and by their maps otherwise (Hungarian
 * method, the least sum over all pairs). Found endmembers that stand for none are left out.
 *
 * <p><b>Scales.</b> Angles are blind to the size of a spectrum, abundances are not: an endmember of half the size has twice the
 * abundance. {@link #scales()} are the factors that bring the found endmembers nearest to the true ones, and {@link #rescaled()}
 * is the abundance error when the found abundances are divided by them (and each pixel by its sum). Where it is far below {@link
 * #abundances()}, materials are found and only their sizes are in question; published truths differ in that, too: one of Samson
 * has every endmember at its own peak of one, another in the unit of the scene.
 *
 * @param permutation for each true endmember the index of the found one
 * @param radians spectral angle of each pair; empty when the true endmembers are not known
 * @param divergences spectral information divergence of each pair, in nats; empty when the true endmembers are not known
 * @param scales least-squares factor from the found to the true endmember, m'e / e'e; empty when the true ones are not known
 * @param abundances error of the abundances as they are; empty when the true ones are not known
 * @param rescaled error of the abundances at the scales of the true endmembers, divided by their sum; empty unless both
 *     truths are known and all scales are positive
 * @param aligned the found endmembers in the order of the true ones
 * @param maps the found abundances in the order of the true ones
 * @param truth the true endmembers, if known
 * @param diagnostics {@code sad_rad} (mean angle), {@code sid}, {@code armse}, {@code rmse} (mean over endmembers), {@code
 *     armse_rescaled}, as far as known, and a note with the scales
 */
public record TruthComparison(
        List<Integer> permutation,
        List<Double> radians,
        List<Double> divergences,
        List<Double> scales,
        Optional<AbundanceError> abundances,
        OptionalDouble rescaled,
        Endmembers aligned,
        AbundanceMaps maps,
        Optional<Endmembers> truth,
        Diagnostics diagnostics)
        implements Illustrated {

    /** Copies the lists. */
    public TruthComparison {
        permutation = List.copyOf(permutation);
        radians = List.copyOf(radians);
        divergences = List.copyOf(divergences);
        scales = List.copyOf(scales);
        Objects.requireNonNull(abundances, "abundances");
        Objects.requireNonNull(rescaled, "rescaled");
        Objects.requireNonNull(aligned, "aligned");
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Compares a result with the true endmembers and abundances.
     *
     * @param result what was found
     * @param endmembers the true ones
     * @param abundances theirs, one map an endmember
     * @return the comparison
     * @throws IllegalArgumentException if fewer endmembers were found than there are true ones, or bands, pixels or numbers of
     *     maps differ
     */
    public static TruthComparison of(UnmixingResult result, Endmembers endmembers, AbundanceMaps abundances) {
        return of(result, Optional.of(endmembers), Optional.of(abundances));
    }

    /**
     * Compares a result with what is known to be true.
     *
     * @param result what was found
     * @param endmembers the true ones, if known
     * @param abundances theirs, if known, one map an endmember
     * @return the comparison
     * @throws IllegalArgumentException if neither is known, fewer endmembers were found than there are true ones, or bands,
     *     pixels or numbers of maps differ
     */
    public static TruthComparison of(
            UnmixingResult result, Optional<Endmembers> endmembers, Optional<AbundanceMaps> abundances) {
        if (endmembers.isEmpty() && abundances.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is neither a true endmember nor a true abundance to compare with");
        }
        Alignment match = endmembers
                .map(truth -> Alignment.ofEndmembers(result.endmembers(), truth))
                .orElseGet(() -> Alignment.ofAbundances(result.abundances(), abundances.orElseThrow()));
        Endmembers aligned = match.apply(result.endmembers());
        AbundanceMaps maps = match.apply(result.abundances());
        List<Double> scales = new ArrayList<>();
        List<Double> radians = new ArrayList<>();
        List<Double> divergences = new ArrayList<>();
        endmembers.ifPresent(truth -> {
            for (int k = 0; k < truth.count(); k++) {
                radians.add(SpectralAngle.radians(truth.get(k), aligned.get(k)));
                divergences.add(SpectralDivergence.sid(truth.get(k), aligned.get(k)));
                scales.add(scale(aligned.get(k), truth.get(k)));
            }
        });
        Optional<AbundanceError> error = abundances.map(truth -> AbundanceError.of(maps, truth));
        OptionalDouble rescaled =
                abundances.isPresent() && !scales.isEmpty() && scales.stream().allMatch(s -> s > 0)
                        ? OptionalDouble.of(AbundanceError.ofNormalized(divided(maps, scales), abundances.get())
                                .armse())
                        : OptionalDouble.empty();
        return new TruthComparison(
                IntStream.of(match.permutation()).boxed().toList(),
                radians,
                divergences,
                scales,
                error,
                rescaled,
                aligned,
                maps,
                endmembers,
                figures(radians, divergences, scales, error, rescaled));
    }

    private static double scale(Spectrum found, Spectrum truth) {
        double product = 0;
        double square = 0;
        for (int b = 0; b < found.bands(); b++) {
            product += found.value(b) * truth.value(b);
            square += found.value(b) * found.value(b);
        }
        return square > 0 ? product / square : 0;
    }

    private static AbundanceMaps divided(AbundanceMaps maps, List<Double> scales) {
        double[][] divided = maps.toMatrix();
        for (int k = 0; k < divided.length; k++) {
            for (int i = 0; i < divided[k].length; i++) {
                divided[k][i] /= scales.get(k);
            }
        }
        return AbundanceMaps.of(maps.rows(), maps.columns(), maps.names(), divided);
    }

    private static Diagnostics figures(
            List<Double> radians,
            List<Double> divergences,
            List<Double> scales,
            Optional<AbundanceError> error,
            OptionalDouble rescaled) {
        Diagnostics diagnostics = Diagnostics.none();
        if (!radians.isEmpty()) {
            diagnostics = diagnostics
                    .with("sad_rad", mean(radians))
                    .with("sid", mean(divergences))
                    .note("the true endmembers are the found ones times "
                            + scales.stream()
                                    .map(s -> String.format(Locale.ROOT, "%.3g", s))
                                    .collect(Collectors.joining(", "))
                            + ", and abundances change as much the other way");
        }
        if (error.isPresent()) {
            diagnostics = diagnostics
                    .with("armse", error.get().armse())
                    .with("rmse", error.get().rmse());
        }
        return rescaled.isPresent() ? diagnostics.with("armse_rescaled", rescaled.getAsDouble()) : diagnostics;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /**
     * The found abundances in the order of the true ones ({@code aligned-abundances}), and where the true endmembers are known,
     * these beside the found ones at their scales ({@code aligned-endmembers}).
     *
     * @return one or two figures
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        truth.ifPresent(known -> {
            List<Spectrum> pairs = new ArrayList<>();
            for (int k = 0; k < known.count(); k++) {
                pairs.add(known.get(k).named("true " + known.get(k).name()));
                pairs.add(aligned.get(k)
                        .scaled(scales.get(k))
                        .named("found " + aligned.get(k).name()));
            }
            figures.add(new Figure(
                    "aligned-endmembers",
                    "Each true endmember and the one that stands for it, scaled to it.",
                    SpectraPlot.of(pairs).withTitle("True and found endmembers")));
        });
        figures.add(new Figure(
                "aligned-abundances",
                "How much of each endmember the pixels hold, in the order of the true ones.",
                AbundancePanel.of(maps)));
        return List.copyOf(figures);
    }
}
