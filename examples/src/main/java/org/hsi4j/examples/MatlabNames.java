package org.hsi4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.hsi4j.io.MatFile;

/** The names under which MAT-files of the field hold what belongs to a scene. */
final class MatlabNames {
    private static final List<String> ENDMEMBERS =
            List.of("M", "E", "GT", "EE", "M_true", "E_true", "endmembers", "endmember");
    private static final List<String> ABUNDANCES =
            List.of("A", "A_true", "S_GT", "XT", "S", "A_GT", "abundances", "abundance");
    private static final List<String> TARGETS =
            List.of("tgt_spectra", "tgt_spectrum", "target", "tgt", "signature", "spectrum", "d", "t");
    private static final List<String> TARGET_MAPS =
            List.of("map", "gt", "gtImg_sub", "truth", "mask", "GT", "groundtruth", "ground_truth", "gt_map");

    private static final List<String> SPECTRA =
            List.of("M", "E", "EE", "B", "datalib", "library", "endmembers", "spectra", "tgt_spectra");

    private MatlabNames() {}

    /** Whether the file has named arrays: a MAT-file or HDF5. */
    static boolean hasArrays(Path path) throws IOException {
        Path name = path.getFileName();
        if (name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".mat")) {
            return true;
        }
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            String head = new String(in.readNBytes(8), StandardCharsets.ISO_8859_1);
            return head.startsWith("MATLAB") || head.equals("\u0089HDF\r\n\u001a\n");
        }
    }

    /** The array that holds spectra: the only one of a known name. */
    static Optional<MatFile.Variable> spectra(List<MatFile.Variable> arrays) {
        List<MatFile.Variable> known = arrays.stream()
                .filter(a -> a.dimensions().size() == 2 && SPECTRA.contains(a.name()))
                .toList();
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    static Optional<String> endmembers(MatFile file, OptionalInt count) {
        return first(file, numbered(ENDMEMBERS, count));
    }

    static Optional<String> abundances(MatFile file, OptionalInt count) {
        return first(file, numbered(ABUNDANCES, count));
    }

    static Optional<String> target(MatFile file) {
        return first(file, TARGETS);
    }

    static Optional<String> targetMap(MatFile file) {
        return first(file, TARGET_MAPS);
    }

    /** Files with several truths number them by how many endmembers there are: {@code M4}, {@code M5}, {@code M6}. */
    private static List<String> numbered(List<String> names, OptionalInt count) {
        List<String> all = new ArrayList<>();
        if (count.isPresent()) {
            names.forEach(name -> all.add(name + count.getAsInt()));
        }
        all.addAll(names);
        return all;
    }

    private static Optional<String> first(MatFile file, List<String> names) {
        return names.stream().filter(file::has).findFirst();
    }

    /** The error when a file has nothing under the known names. */
    static IllegalArgumentException nothing(Path path, MatFile file, String what) {
        return new IllegalArgumentException(path + " has no " + what + " under a known name; say which variable with "
                + path.getFileName() + ":NAME; it has "
                + file.variables().stream().map(MatFile.Variable::toString).collect(Collectors.joining(", ")));
    }
}
