package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.PixelTile;
import org.hsi4j.Wavelengths;
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
            "Say what is in a file, and draw it.",
            "Passes once over the scene to count the valid pixels and to find the smallest,",
            "largest and mean sample of the good bands."
        },
        footer = {
            "  hsi info samson.hdr",
            "  hsi info samson.hdr --picture samson.png",
            "  hsi info scene.mat:Y --shape 95,95 --json",
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
        Scene scene = input.read();
        Cube cube = scene.whole();
        Cube good = scene.cube();
        facts.put("file", input.spec().toString())
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
