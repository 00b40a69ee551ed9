package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
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
        Extraction extraction = start.extract(cube, count, context);
        Endmembers first = extraction.projected();
        AbundanceMaps maps = startAbundances.solve(cube, first, context).maps();
        long began = System.nanoTime();
        MultiplicativeUpdates factors =
                new MultiplicativeUpdates(cube, first.toMatrix(), maps.toMatrix(), rules, context).run(name);
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
                .after(extraction.diagnostics());
        return new Factorization(
                endmembers,
                AbundanceMaps.of(cube.rows(), cube.columns(), first.names(), factors.abundances())
                        .withGeoReference(cube.geoReference().orElse(null)),
                objective,
                guidance(cube, factors.guidance()),
                rules.robust() ? List.of(spectrum(cube, factors.channelWeights(), CHANNEL_WEIGHTS)) : List.of(),
                diagnostics);
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
