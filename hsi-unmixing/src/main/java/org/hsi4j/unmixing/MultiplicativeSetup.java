package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;
import org.hsi4j.unmixing.internal.MultiplicativeUpdates;
import org.hsi4j.unmixing.internal.UpdateRules;

/** What the methods of multiplicative updates share: where they start, when they stop, and how a result is put together. */
record MultiplicativeSetup(
        EndmemberExtractor start, AbundanceSolver startAbundances, int maxIterations, double tolerance) {

    static final String GUIDANCE = "guidance";
    static final String CHANNEL_WEIGHTS = "channel weights";

    static MultiplicativeSetup defaults() {
        return new MultiplicativeSetup(Vca.withDefaults(), Fcls.withDefaults(), 200, 1e-6);
    }

    MultiplicativeSetup withStart(EndmemberExtractor extractor) {
        return new MultiplicativeSetup(
                Objects.requireNonNull(extractor, "extractor"), startAbundances, maxIterations, tolerance);
    }

    MultiplicativeSetup withStartAbundances(AbundanceSolver solver) {
        return new MultiplicativeSetup(start, Objects.requireNonNull(solver, "solver"), maxIterations, tolerance);
    }

    MultiplicativeSetup withMaxIterations(int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, not " + iterations);
        }
        return new MultiplicativeSetup(start, startAbundances, iterations, tolerance);
    }

    MultiplicativeSetup withTolerance(double decrease) {
        requireWeight(decrease, "tolerance");
        return new MultiplicativeSetup(start, startAbundances, maxIterations, decrease);
    }

    static double requireWeight(double value, String what) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the " + what + " must be a number of at least 0, not " + value);
        }
        return value;
    }

    UpdateRules plain() {
        return new UpdateRules(false, 0, 1, 0, 0, 1, maxIterations, tolerance);
    }

    Factorization run(Cube cube, int count, UpdateRules rules, String name, RunContext context) {
        long quietSearch = System.nanoTime();
        MeanScatter statistics = MeanScatter.of(cube, context);
        int[] quiet = quietBands(statistics, count);
        Diagnostics search = Diagnostics.none().since(quietSearch);
        Cube calm = quiet.length == cube.bands() ? cube : cube.selectBands(quiet);
        Extraction extraction = start.extract(calm, count, context);
        AbundanceMaps maps =
                startAbundances.solve(calm, extraction.projected(), context).maps();
        Endmembers first = quiet.length == cube.bands()
                ? extraction.projected()
                : widen(cube, extraction, quiet, statistics.mean());
        if (quiet.length < cube.bands()) {
            search = search.note((cube.bands() - quiet.length) + " of " + cube.bands()
                    + " bands were left out of the start, being mostly noise");
        }
        long began = System.nanoTime();
        BitSet measured = new BitSet();
        Arrays.stream(quiet).forEach(measured::set);
        MultiplicativeUpdates factors =
                new MultiplicativeUpdates(cube, first.toMatrix(), maps.toMatrix(), measured, rules, context).run(name);
        List<Double> objective = factors.objective();
        Endmembers endmembers = likeFirst(factors.endmembers(), first);
        Diagnostics diagnostics = new Diagnostics(
                        factors.converged(),
                        objective.size() - 1L,
                        java.time.Duration.ZERO,
                        java.util.Map.of(),
                        List.of(name + " started from " + start.name() + " and " + startAbundances.name()))
                .with("objective_at_start", objective.get(0))
                .with("objective", objective.get(objective.size() - 1))
                .since(began)
                .after(extraction.diagnostics())
                .after(search);
        return new Factorization(
                endmembers,
                AbundanceMaps.of(cube.rows(), cube.columns(), first.names(), factors.abundances())
                        .withGeoReference(cube.geoReference().orElse(null)),
                objective,
                guidance(cube, factors.guidance()),
                rules.robust() ? List.of(spectrum(cube, factors.channelWeights(), CHANNEL_WEIGHTS)) : List.of(),
                diagnostics);
    }

    /**
     * The bands of which the other bands explain at least half of the variance, and those without any; all bands when that
     * cannot be told, or when too few are left.
     */
    private static int[] quietBands(MeanScatter statistics, int count) {
        int bands = statistics.bands();
        int[] all = IntStream.range(0, bands).toArray();
        if (statistics.count() <= 2L * bands) {
            return all;
        }
        double[] deviation = RegressionNoise.of(statistics).deviation();
        double[][] covariance = statistics.covariance();
        IntPredicate varies = b -> covariance[b][b] > 0;
        IntPredicate isQuiet = b -> deviation[b] * deviation[b] <= 0.5 * covariance[b][b];
        long varying = Arrays.stream(all).filter(varies).count();
        long useful = Arrays.stream(all).filter(varies.and(isQuiet)).count();
        return useful >= Math.max(count, varying / 2)
                ? Arrays.stream(all).filter(isQuiet).toArray()
                : all;
    }

    /** Endmembers of all bands; in a band that was left out each has the mean of the scene. */
    private static Endmembers widen(Cube cube, Extraction extraction, int[] quiet, double[] mean) {
        List<Spectrum> spectra = new ArrayList<>();
        for (Spectrum narrow : extraction.projected().spectra()) {
            double[] values = mean.clone();
            for (int b = 0; b < quiet.length; b++) {
                values[quiet[b]] = narrow.value(b);
            }
            spectra.add(spectrum(cube, values, narrow.name()));
        }
        return Endmembers.of(spectra);
    }

    private static List<ScoreMap> guidance(Cube cube, double[] values) {
        return values.length == 0
                ? List.of()
                : List.of(ScoreMap.of(GUIDANCE, cube.rows(), cube.columns(), values)
                        .withGeoReference(cube.geoReference().orElse(null)));
    }

    private static Endmembers likeFirst(double[][] matrix, Endmembers first) {
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < first.count(); k++) {
            double[] values = new double[matrix.length];
            for (int b = 0; b < values.length; b++) {
                values[b] = matrix[b][k];
            }
            Spectrum spectrum = Spectrum.of(values).named(first.names().get(k));
            spectra.add(first.wavelengths().map(spectrum::withWavelengths).orElse(spectrum));
        }
        return Endmembers.of(spectra);
    }

    private static Spectrum spectrum(Cube cube, double[] values, String name) {
        Spectrum spectrum = Spectrum.of(values).named(name);
        return cube.wavelengths().map(spectrum::withWavelengths).orElse(spectrum);
    }
}
