package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.ColorMap;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.SpectraPlot;

/**
 * What a person looks at before trusting an unmixing.
 *
 * <p>Figures of the diagnostics: {@code negatives_ucls} and {@code negatives_scls}, the pixels that have an abundance below
 * -.05 when nothing forbids it (many of them mean that endmembers are missing or not extreme enough, which solvers with ANC
 * hide); {@code condition}, the ratio of the largest to the smallest singular value of E; {@code closest_rad}, the smallest
 * angle between two endmembers (a note names them); {@code worst_residual}, that of the {@link #candidate}. A note says where the
 * scale of the endmembers is free. Immutable.
 *
 * <pre>{@code
 * UnmixingResult result = Unmixing.of(scene).run();
 * UnmixingCheck check = UnmixingCheck.of(scene, result, RunContext.defaults());
 * }</pre>
 *
 * @param bandResidual root mean square over the pixels of what the model leaves in each band, in the unit of the scene; zeros
 *     when no pixel is valid
 * @param lowestUcls the lowest abundance of each pixel by {@link Ucls} (no constraint); NaN at invalid pixels
 * @param lowestScls the lowest abundance of each pixel by {@link Scls} (sum to one); NaN at invalid pixels
 * @param dominant the number, from one, of the endmember with the greatest abundance, the first of equals; NaN at invalid
 *     pixels
 * @param candidatePosition the pixel that the model explains worst, {@code row * columns + column}; -1 when none is valid
 * @param candidate its spectrum: the next endmember, or a damaged pixel; empty when no pixel is valid
 * @param endmembers those that were checked
 * @param sumsToOne whether the model of a pixel is E a and so can sum to one; where brightness is free, negatives are those of
 *     UCLS, because sums of one mean nothing to endmembers of free sizes
 * @param diagnostics the figures above
 */
public record UnmixingCheck(
        Spectrum bandResidual,
        ScoreMap lowestUcls,
        ScoreMap lowestScls,
        ScoreMap dominant,
        int candidatePosition,
        Optional<Spectrum> candidate,
        Endmembers endmembers,
        boolean sumsToOne,
        Diagnostics diagnostics)
        implements Illustrated {
    /** From here on a negative abundance is no longer what noise alone makes of a zero at usual noise. */
    private static final double NEGATIVE = -0.05;

    /** Sums of abundances farther from one than this were not asked to be one. */
    private static final double SUM = 1e-6;

    /** Checks that all parts are there. */
    public UnmixingCheck {
        Objects.requireNonNull(bandResidual, "bandResidual");
        Objects.requireNonNull(lowestUcls, "lowestUcls");
        Objects.requireNonNull(lowestScls, "lowestScls");
        Objects.requireNonNull(dominant, "dominant");
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(endmembers, "endmembers");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Checks a result. Costs three passes over the scene: one for the residual, one each for UCLS and SCLS.
     *
     * @param cube the scene
     * @param result what {@link Unmixing} found for it
     * @param context threads, progress, cancellation and memory limit
     * @return the check; the same for any number of threads
     * @throws IllegalArgumentException if the result is of another scene's shape or bands, or the memory limit would be exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static UnmixingCheck of(Cube cube, UnmixingResult result, RunContext context) {
        Passes.requireBands(cube, result.endmembers());
        AbundanceMaps maps = result.abundances();
        Passes.requireShape(cube, maps);
        long start = System.nanoTime();
        Endmembers endmembers = result.endmembers();
        ScoreMap ucls = lowest(
                "UCLS", Ucls.withDefaults().solve(cube, endmembers, context).maps());
        ScoreMap scls = lowest(
                "SCLS", Scls.withDefaults().solve(cube, endmembers, context).maps());
        double[] bands = Passes.bandResidual(
                cube, endmembers, new Abundances(maps, Diagnostics.none(), result.brightness()), context);
        Spectrum bandResidual = Spectrum.of(bands).named("residual");
        int worst = worst(result.residual());
        Diagnostics diagnostics = separation(endmembers)
                .with("negatives_ucls", (double) negatives(ucls))
                .with("negatives_scls", (double) negatives(scls));
        if (result.brightness().isPresent() || Passes.sumDeviation(maps) > SUM) {
            diagnostics = diagnostics.note(
                    "how large an endmember is and how much of it a pixel holds cannot be told apart where "
                            + "abundances need not sum to one: twice the one and half the other explain the scene as well");
        }
        if (worst >= 0) {
            diagnostics = diagnostics.with(
                    "worst_residual", result.residual().asBuffer().get(worst));
        }
        return new UnmixingCheck(
                cube.wavelengths().map(bandResidual::withWavelengths).orElse(bandResidual),
                ucls,
                scls,
                dominant(maps),
                worst,
                worst < 0
                        ? Optional.empty()
                        : Optional.of(cube.spectrum(worst / cube.columns(), worst % cube.columns())
                                .named("pixel " + worst / cube.columns() + ", " + worst % cube.columns())),
                endmembers,
                result.brightness().isEmpty(),
                diagnostics.since(start));
    }

    private static ScoreMap lowest(String solver, AbundanceMaps maps) {
        double[] lowest = new double[maps.pixels()];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int k = 0; k < maps.count(); k++) {
            DoubleBuffer map = maps.asBuffer(k);
            for (int i = 0; i < lowest.length; i++) {
                lowest[i] = Math.min(lowest[i], map.get(i));
            }
        }
        return ScoreMap.of("lowest abundance by " + solver, maps.rows(), maps.columns(), lowest)
                .withGeoReference(maps.geoReference().orElse(null));
    }

    private static ScoreMap dominant(AbundanceMaps maps) {
        double[] number = new double[maps.pixels()];
        for (int i = 0; i < number.length; i++) {
            double[] a = maps.abundances(i / maps.columns(), i % maps.columns());
            int best = 0;
            for (int k = 1; k < a.length; k++) {
                best = a[k] > a[best] ? k : best;
            }
            number[i] = Double.isNaN(a[0]) ? Double.NaN : best + 1;
        }
        return ScoreMap.of("dominant endmember", maps.rows(), maps.columns(), number)
                .withGeoReference(maps.geoReference().orElse(null));
    }

    private static long negatives(ScoreMap lowest) {
        return Arrays.stream(lowest.toArray()).filter(v -> v < NEGATIVE).count();
    }

    private static int worst(ScoreMap residual) {
        DoubleBuffer values = residual.asBuffer();
        int worst = -1;
        for (int i = 0; i < residual.pixels(); i++) {
            if (!Double.isNaN(values.get(i)) && (worst < 0 || values.get(i) > values.get(worst))) {
                worst = i;
            }
        }
        return worst;
    }

    private static Diagnostics separation(Endmembers endmembers) {
        Diagnostics diagnostics = Diagnostics.none().with("condition", Dense.condition(endmembers.toMatrix()));
        double closest = Double.POSITIVE_INFINITY;
        String names = "";
        for (int i = 0; i < endmembers.count(); i++) {
            for (int j = 0; j < i; j++) {
                double angle = SpectralAngle.radians(endmembers.get(j), endmembers.get(i));
                if (angle < closest) {
                    closest = angle;
                    names = endmembers.get(j).name() + " and "
                            + endmembers.get(i).name();
                }
            }
        }
        return names.isEmpty()
                ? diagnostics
                : diagnostics
                        .with("closest_rad", closest)
                        .note(String.format(
                                Locale.ROOT,
                                "the endmembers most alike are %s, %.2f° apart",
                                names,
                                Math.toDegrees(closest)));
    }

    /**
     * What each band keeps ({@code band-residual}), the pixels outside the simplex ({@code negatives}), the {@code dominant}
     * endmember of each pixel and the {@code candidate} for the next endmember.
     *
     * @return three figures, or four where a pixel is valid
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "band-residual",
                "What the model leaves in each band: the root mean square over the pixels, in the unit of the scene.",
                SpectraPlot.of(List.of(bandResidual)).withTitle("Residual of each band")));
        figures.add(new Figure(
                "negatives",
                "The lowest abundance of each pixel when negative ones are allowed ("
                        + (sumsToOne ? "SCLS" : "UCLS") + "). Below zero the pixel lies outside"
                        + " what the endmembers can mix.",
                MapPicture.of(sumsToOne ? lowestScls : lowestUcls).withColorMap(ColorMap.diverging())));
        figures.add(new Figure(
                "dominant",
                "The endmember of which each pixel holds most, by its number.",
                MapPicture.of(dominant).withRange(1, Math.max(2, endmembers.count()))));
        candidate.ifPresent(pixel -> {
            List<Spectrum> all = new ArrayList<>(List.of(pixel));
            all.addAll(endmembers.spectra());
            figures.add(new Figure(
                    "candidate",
                    "The pixel that is explained worst beside the endmembers: the next endmember, or a damaged pixel.",
                    SpectraPlot.of(all).withTitle("The worst explained pixel")));
        });
        return List.copyOf(figures);
    }
}
