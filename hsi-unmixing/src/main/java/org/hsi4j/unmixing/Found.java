package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/** What all extractors ask of their arguments and do with the pixels they found. */
final class Found {

    private Found() {}

    /** The statistics of a scene in which that many endmembers can be looked for. */
    static MeanScatter statistics(Cube cube, int count, RunContext context) {
        requireCount(count, cube.bands(), "bands");
        MeanScatter statistics = MeanScatter.of(cube, context);
        requireCount(count, statistics.count(), "valid pixels");
        return statistics;
    }

    static void requireCount(int count, long most, String of) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of endmembers must be at least 1, not " + count);
        }
        if (count > most) {
            throw new IllegalArgumentException(count + " endmembers asked for but the cube has " + most + " " + of);
        }
    }

    /** Rank of (1/N) sum y y' to working precision. */
    static int rank(MeanScatter statistics) {
        double[] values = Dense.eigenvalues(statistics.correlation());
        int rank = 0;
        while (rank < values.length && values[rank] > values.length * 0x1p-52 * values[0]) {
            rank++;
        }
        return rank;
    }

    /** With a note when the scene cannot hold that many independent endmembers. */
    static Diagnostics noteRank(Diagnostics diagnostics, MeanScatter statistics, int count) {
        int rank = rank(statistics);
        return rank < count
                ? diagnostics.note("the scene has rank " + rank + ", so no more than " + rank + " of the " + count
                        + " endmembers are independent")
                : diagnostics;
    }

    /** Root of the total variance; one when there is none. */
    static double spread(MeanScatter statistics) {
        double[][] covariance = statistics.covariance();
        double trace = 0;
        for (int b = 0; b < covariance.length; b++) {
            trace += covariance[b][b];
        }
        return trace > 0 ? Math.sqrt(trace) : 1;
    }

    static double[] spectrum(Cube cube, int pixel) {
        return cube.spectrum(pixel / cube.columns(), pixel % cube.columns()).toArray();
    }

    /** The answer for one endmember, which spans no simplex: the pixel farthest along the first eigenvector. */
    static Extraction brightest(Cube cube, MeanScatter statistics, Diagnostics diagnostics, RunContext context) {
        Reduction reduction = Reduction.linear(statistics, 1);
        return pixels(cube, Atgp.inside(cube, 1, reduction, context), reduction::project, diagnostics);
    }

    /** The pixels as they are and projected. */
    static Extraction pixels(
            Cube cube, List<Integer> positions, UnaryOperator<double[]> projection, Diagnostics diagnostics) {
        return vertices(
                cube,
                positions,
                positions.stream().map(i -> projection.apply(spectrum(cube, i))).toList(),
                diagnostics);
    }

    /** The pixels and the spectra that go with them. */
    static Extraction vertices(Cube cube, List<Integer> positions, List<double[]> projected, Diagnostics diagnostics) {
        List<Spectrum> pixels = new ArrayList<>();
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < positions.size(); k++) {
            pixels.add(named(cube, spectrum(cube, positions.get(k)), k));
            spectra.add(named(cube, projected.get(k), k));
        }
        return new Extraction(Endmembers.of(pixels), Endmembers.of(spectra), positions, diagnostics);
    }

    /** Endmembers em1, em2, ... with the wavelengths of the scene. */
    static Endmembers endmembers(Cube cube, List<double[]> values) {
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            spectra.add(named(cube, values.get(k), k));
        }
        return Endmembers.of(spectra);
    }

    private static Spectrum named(Cube cube, double[] values, int k) {
        Spectrum spectrum = Spectrum.of(values).named("em" + (k + 1));
        return cube.wavelengths().map(spectrum::withWavelengths).orElse(spectrum);
    }
}
