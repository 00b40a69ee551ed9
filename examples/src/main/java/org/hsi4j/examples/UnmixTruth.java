package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.AxisOrder;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MalformedFileException;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.metrics.AbundanceError;
import org.hsi4j.unmixing.TruthComparison;
import org.hsi4j.unmixing.UnmixingResult;

/**
 * What is known to be true of an unmixing.
 *
 * @param endmembers the true endmembers in the bands of the scene, when they are known
 * @param abundances the true abundances, when they are known; one of the two is
 */
record UnmixTruth(Optional<Endmembers> endmembers, Optional<AbundanceMaps> abundances) {

    /** Reads the truth: both parts of a MAT-file, or the part that the file or the variable holds. */
    static UnmixTruth read(FileSpec file, Scene scene, ReadOptions options, int count) throws IOException {
        if (MatlabNames.hasArrays(file.path())) {
            return ofMatFile(file, scene, options, count);
        }
        Cube image;
        try {
            image = Cubes.read(file.path(), options);
        } catch (MalformedFileException e) {
            Endmembers endmembers = SpectraFile.endmembers(file, scene, OptionalInt.of(count));
            return new UnmixTruth(Optional.of(endmembers), Optional.empty());
        }
        return new UnmixTruth(Optional.empty(), Optional.of(maps(image)));
    }

    /** Fails where scoring would. */
    void requireFits(Scene scene, int count) {
        int known = endmembers
                .map(Endmembers::count)
                .orElseGet(() -> abundances.orElseThrow().count());
        if (count < known) {
            throw new IllegalArgumentException("the truth has " + known + " endmembers but there are only " + count
                    + ", so they cannot be matched one to one; ask for more with --endmembers");
        }
        if (abundances.isPresent()) {
            requireShape(abundances.get(), scene.cube());
            if (abundances.get().count() != known) {
                throw new IllegalArgumentException("the truth has " + known + " endmembers but "
                        + abundances.get().count() + " abundance maps");
            }
        }
    }

    private static void requireShape(AbundanceMaps maps, Cube cube) {
        if (maps.rows() != cube.rows() || maps.columns() != cube.columns()) {
            throw new IllegalArgumentException("the true abundances are " + maps.rows() + "x" + maps.columns()
                    + " pixels but the scene is " + cube.rows() + "x" + cube.columns());
        }
    }

    /** Both; what the first says counts. */
    UnmixTruth and(UnmixTruth other) {
        return new UnmixTruth(endmembers.or(other::endmembers), abundances.or(other::abundances));
    }

    private static UnmixTruth ofMatFile(FileSpec file, Scene scene, ReadOptions options, int count) throws IOException {
        MatFile mat = MatFile.open(file.path());
        OptionalInt p = OptionalInt.of(count);
        Optional<String> endmembers = MatlabNames.endmembers(mat, p);
        Optional<String> abundances = MatlabNames.abundances(mat, p);
        if (file.variable().isPresent()) {
            boolean spectra = holdsEndmembers(mat, file.variable().get(), scene);
            endmembers = spectra ? file.variable() : Optional.empty();
            abundances = spectra ? Optional.empty() : file.variable();
        } else if (endmembers.isEmpty() && abundances.isEmpty()) {
            throw MatlabNames.nothing(file.path(), mat, "true abundances or endmembers");
        }
        return new UnmixTruth(
                endmembers.isPresent()
                        ? Optional.of(endmembers(file.path(), mat, endmembers.get(), scene))
                        : Optional.empty(),
                abundances.isPresent()
                        ? Optional.of(abundances(mat, abundances.get(), scene, options, count))
                        : Optional.empty());
    }

    private static boolean holdsEndmembers(MatFile mat, String name, Scene scene) {
        List<Integer> size = dimensions(mat, name);
        return size.size() == 2
                && (scene.fits(size.get(0)) || scene.fits(size.get(1)))
                && size.get(0) != scene.cube().pixels()
                && size.get(1) != scene.cube().pixels();
    }

    private static List<Integer> dimensions(MatFile mat, String name) {
        return mat.variables().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .map(MatFile.Variable::dimensions)
                .orElse(List.of());
    }

    private static Endmembers endmembers(Path path, MatFile mat, String name, Scene scene) throws IOException {
        Endmembers endmembers = SpectraFile.endmembers(mat, name, scene);
        if (endmembers.bands() != scene.cube().bands() && mat.has("slctBnds")) {
            // The public ground truth of Cuprite is of all bands of the sensor and says which of them the scene has.
            double[] oneBased = mat.vector("slctBnds");
            if (oneBased.length == scene.cube().bands()) {
                int[] bands = IntStream.range(0, oneBased.length)
                        .map(i -> (int) oneBased[i] - 1)
                        .toArray();
                return selected(endmembers, bands);
            }
        }
        if (endmembers.bands() != scene.cube().bands()) {
            throw new IllegalArgumentException(path + ": the true endmembers '" + name + "' have " + endmembers.bands()
                    + " bands but the scene has " + scene.cube().bands());
        }
        return endmembers;
    }

    private static Endmembers selected(Endmembers endmembers, int[] bands) {
        return Endmembers.of(
                endmembers.spectra().stream().map(s -> s.select(bands)).toList());
    }

    private static AbundanceMaps abundances(MatFile mat, String name, Scene scene, ReadOptions options, int count)
            throws IOException {
        List<Integer> size = dimensions(mat, name);
        int rows = scene.cube().rows();
        int columns = scene.cube().columns();
        boolean mapsFirst = size.size() == 3
                && size.get(1) == rows
                && size.get(2) == columns
                && !(size.get(0) == rows && size.get(1) == columns && size.get(2) == count);
        ReadOptions how = size.size() == 2 ? options.withShape(rows, columns) : options;
        return mat.abundances(name, mapsFirst ? how.withAxisOrder(AxisOrder.BANDS_ROWS_COLUMNS) : how);
    }

    private static AbundanceMaps maps(Cube cube) {
        double[][] planes = new double[cube.bands()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = cube.plane(k);
        }
        List<String> names = cube.bandNames()
                .orElse(IntStream.rangeClosed(1, planes.length)
                        .mapToObj(k -> "em" + k)
                        .toList());
        return AbundanceMaps.of(cube.rows(), cube.columns(), names, planes);
    }

    /** A result beside the truth. */
    TruthComparison compare(UnmixingResult result) {
        return TruthComparison.of(result, endmembers, abundances);
    }

    /** Scores a result. */
    void score(UnmixingResult result, Facts facts) {
        TruthComparison comparison = compare(result);
        facts.put("aligned_by", endmembers.isPresent() ? "spectral angle" : "abundances");
        facts.put("permutation", comparison.permutation());
        if (endmembers.isPresent()) {
            double mean = comparison.diagnostics().figures().getOrDefault("sad_rad", Double.NaN);
            facts.put("sad_rad", mean)
                    .put("sad_deg", Math.toDegrees(mean))
                    .put(
                            "sad_deg_each",
                            comparison.radians().stream().map(Math::toDegrees).toList())
                    .put("sid_each", comparison.divergences())
                    .put("scale_each", comparison.scales());
        }
        abundances.ifPresent(truth -> scoreAbundances(comparison, truth, facts));
    }

    private static void scoreAbundances(TruthComparison comparison, AbundanceMaps truth, Facts facts) {
        AbundanceError error = comparison.abundances().orElseThrow();
        AbundanceError normalized = AbundanceError.ofNormalized(comparison.maps(), truth);
        facts.put("armse", error.armse())
                .put("rmse", error.rmse())
                .put("rmse_each", error.endmemberRmse())
                .put("armse_normalized", normalized.armse())
                .put("rmse_normalized", normalized.rmse());
        comparison.rescaled().ifPresent(value -> facts.put("armse_rescaled", value));
    }
}
