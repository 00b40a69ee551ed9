package org.hsi4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.SpectralLibraries;

/** Reads endmembers and target spectra from whatever holds them. */
final class SpectraFile {

    private SpectraFile() {}

    /**
     * Endmembers in the bands of the scene: a matrix of a MAT-file, or a spectral library, all of it or the names after the
     * colon.
     */
    static Endmembers endmembers(FileSpec file, Scene scene, OptionalInt count) throws IOException {
        if (!MatlabNames.hasArrays(file.path())) {
            SpectralLibrary library = SpectralLibraries.read(file.path());
            String[] names = file.variable().map(v -> names(library, v)).orElse(new String[0]);
            return scene.inItsBands(library.endmembers(names));
        }
        MatFile mat = MatFile.open(file.path());
        String name = file.variable()
                .or(() -> MatlabNames.endmembers(mat, count))
                .orElseThrow(() -> MatlabNames.nothing(file.path(), mat, "endmembers"));
        return endmembers(mat, name, scene);
    }

    /** The columns of a matrix; its rows where only those have as many values as the scene has bands. */
    static Endmembers endmembers(MatFile mat, String name, Scene scene) throws IOException {
        double[][] matrix = mat.matrix(name);
        if (matrix.length > 0 && !scene.fits(matrix.length) && scene.fits(matrix[0].length)) {
            return scene.inItsBands(Endmembers.ofMatrix(transposed(matrix)));
        }
        return scene.inItsBands(Endmembers.ofMatrix(matrix));
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix[0].length][matrix.length];
        for (int r = 0; r < matrix.length; r++) {
            for (int c = 0; c < result.length; c++) {
                result[c][r] = matrix[r][c];
            }
        }
        return result;
    }

    /** One name, or several with commas between them; a name may itself have commas. */
    private static String[] names(SpectralLibrary library, String text) {
        return library.find(text).isPresent() ? new String[] {text} : text.split(",");
    }

    /** One spectrum in the bands of the scene. */
    static Spectrum target(FileSpec file, Scene scene) throws IOException {
        if (!MatlabNames.hasArrays(file.path())) {
            return scene.inItsBands(only(file, SpectralLibraries.read(file.path()), true));
        }
        MatFile mat = MatFile.open(file.path());
        String name = file.variable()
                .or(() -> MatlabNames.target(mat))
                .orElseThrow(() -> MatlabNames.nothing(file.path(), mat, "target spectrum"));
        return scene.inItsBands(only(file, mat.spectra(name), false));
    }

    private static Spectrum only(FileSpec file, SpectralLibrary library, boolean named) {
        if (named && file.variable().isPresent()) {
            String name = file.variable().get();
            return library.find(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            file.path() + " has no spectrum '" + name + "'; it has " + some(library.names())));
        }
        if (library.size() > 1) {
            throw new IllegalArgumentException(file + " holds " + library.size() + " spectra and a target is one"
                    + (named
                            ? "; say which with " + file.path().getFileName() + ":NAME; it has " + some(library.names())
                            : ""));
        }
        return library.get(0);
    }

    private static String some(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(20, names.size())));
        if (shown.size() < names.size()) {
            shown.add("...");
        }
        return String.join(", ", shown);
    }
}
