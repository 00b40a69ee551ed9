package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.PixelTile;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.FileContents;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.view.QuickLook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsi info}: what is in a file. */
@Command(
        name = "info",
        description = {
            "Say what is in a file: a scene, a spectral library, or the arrays of a file.",
            "Passes once over a scene to count the valid pixels and to find the smallest,",
            "largest and mean sample of the good bands, and draws it."
        },
        footer = {
            "  hsi info samson.hdr",
            "  hsi info samson.hdr --picture samson.png",
            "  hsi info scene.mat:Y --shape 95,95 --json",
            "  hsi info minerals.sli",
        })
final class InfoCommand extends ToolCommand {

    @Mixin
    private SceneInput input = new SceneInput();

    @Option(names = "--picture", paramLabel = "FILE.png", description = "Draw a quick-look into a PNG file.")
    private @Nullable Path picture;

    InfoCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        input.check();
        FileContents contents = input.contents();
        facts.put("file", input.spec().toString());
        switch (input.isScene(contents) ? FileContents.Kind.SCENE : contents.kind()) {
            case SCENE -> describeScene(facts);
            case LIBRARY -> describe(SpectralLibraries.read(input.spec().path()), facts.put("kind", "library"));
            case ARRAYS -> describeArrays(contents, facts);
            case NAMES -> facts.put("kind", "names").put("arrays", words(contents.arrays()));
        }
    }

    private void describeScene(Facts facts) throws IOException {
        Scene scene = input.read();
        Cube cube = scene.whole();
        Cube good = scene.cube();
        facts.put("kind", "scene")
                .put("name", cube.name())
                .put("rows", cube.rows())
                .put("columns", cube.columns())
                .put("bands", cube.bands())
                .put("bad_bands", cube.bands() - cube.dropBadBands().bands())
                .put("pixels", cube.pixels())
                .put("valid_pixels", good.validMask().count())
                .put("precision", Words.of(cube.precision()))
                .put("quantity", Words.of(cube.quantity()));
        cube.wavelengths().ifPresent(w -> describe(w, facts));
        cube.noDataValue().ifPresent(value -> facts.put("no_data", value));
        cube.geoReference().ifPresent(place -> describe(place, facts));
        Samples.of(good, session().context()).describe(facts);
        facts.put("provenance", String.join("; ", cube.provenance()));
        Path file = picture;
        if (file != null) {
            QuickLook look = QuickLook.of(good.masked(good.validMask()));
            look.writePng(file);
            facts.put("picture", look.description()).put("out", file.toString());
        }
    }

    /** The arrays of a file, or the one that is named; as a library too where the file says which of them holds spectra. */
    private void describeArrays(FileContents contents, Facts facts) throws IOException {
        Optional<String> named = input.spec().variable();
        List<MatFile.Variable> arrays = contents.arrays().stream()
                .filter(a -> named.isEmpty() || named.get().equals(a.name()))
                .toList();
        if (named.isPresent() && arrays.isEmpty()) {
            throw new IllegalArgumentException(input.spec().path() + " has no variable '" + named.get() + "'; it has "
                    + String.join(", ", words(contents.arrays())));
        }
        List<String> missing = new ArrayList<>();
        for (MatFile.Variable array : arrays) {
            long count = contents.missing(array.name());
            if (count > 0) {
                missing.add(array.name() + " " + count);
            }
        }
        facts.put("kind", "arrays").put("arrays", words(arrays)).put("missing_in_arrays", missing);
        Optional<MatFile.Variable> spectra = MatlabNames.spectra(arrays);
        if (spectra.isPresent() && MatlabNames.hasArrays(input.spec().path())) {
            ReadOptions options =
                    ReadOptions.defaults().withVariable(spectra.get().name());
            describe(SpectralLibraries.read(input.spec().path(), options), facts);
        }
    }

    private static List<String> words(List<MatFile.Variable> arrays) {
        return arrays.stream().map(MatFile.Variable::toString).toList();
    }

    private static void describe(SpectralLibrary library, Facts facts) {
        int missing = 0;
        int incomplete = 0;
        for (Spectrum spectrum : library) {
            int here = (int)
                    Arrays.stream(spectrum.toArray()).filter(Double::isNaN).count();
            missing += here;
            incomplete += here > 0 ? 1 : 0;
        }
        facts.put("spectra", library.size())
                .put("bands", library.bands())
                .put("incomplete_spectra", incomplete)
                .put("missing_values", missing);
        library.wavelengths().ifPresent(w -> describe(w, facts));
        facts.put("first_spectrum", library.get(0).name())
                .put("last_spectrum", library.get(library.size() - 1).name());
    }

    private static void describe(Wavelengths wavelengths, Facts facts) {
        facts.put("wavelength_min_nm", wavelengths.min()).put("wavelength_max_nm", wavelengths.max());
        if (wavelengths.hasFwhm()) {
            double mean = IntStream.range(0, wavelengths.size())
                    .mapToDouble(b -> wavelengths.fwhm(b).orElseThrow())
                    .average()
                    .orElseThrow();
            facts.put("fwhm_mean_nm", mean);
        }
    }

    private static void describe(GeoReference place, Facts facts) {
        facts.put("projection", place.projection())
                .put("map_x", place.x())
                .put("map_y", place.y())
                .put("pixel_width", place.pixelWidth())
                .put("pixel_height", place.pixelHeight());
        if (place.rotation() != 0) {
            facts.put("rotation_deg", place.rotation());
        }
        if (place.zone() != 0) {
            facts.put("utm_zone", place.zone() + (place.north() ? "N" : "S"));
        }
        if (!place.datum().isEmpty()) {
            facts.put("datum", place.datum());
        }
    }

    /** Smallest, largest and mean sample of the valid pixels. */
    private static final class Samples {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double sum;
        private long count;

        static Samples of(Cube cube, RunContext context) {
            return Tiles.reduce(cube, context, "reading", Samples::new, Samples::add, Samples::merge);
        }

        private void add(PixelTile tile) {
            for (double[] plane : tile.planes()) {
                for (int i = 0; i < tile.size(); i++) {
                    min = Math.min(min, plane[i]);
                    max = Math.max(max, plane[i]);
                    sum += plane[i];
                }
            }
            count += (long) tile.size() * tile.bands();
        }

        private Samples merge(Samples later) {
            min = Math.min(min, later.min);
            max = Math.max(max, later.max);
            sum += later.sum;
            count += later.count;
            return this;
        }

        void describe(Facts facts) {
            if (count > 0) {
                facts.put("min", min).put("max", max).put("mean", sum / count);
            }
        }
    }
}
