package org.hsi4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.Interleave;
import org.hsi4j.io.SampleType;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hsi convert}: a scene in another format, another order or another type. */
@Command(
        name = "convert",
        description = {
            "Write a scene as another file, of any size.",
            "",
            "The name of the target says its format: x.npy is a NumPy array, x.mat a MAT-file, x.tif a GeoTIFF,"
                    + " every other name an ENVI image. Bands that are marked bad stay, marked."
        },
        footer = {
            "  hsi convert scene.hdr turned.hdr --interleave bip",
            "  hsi convert scene.mat:Y scene.hdr --shape 95,95",
            "  hsi convert scene.h5 corner.tif --crop 0,0,100,100 --type float32",
        })
final class ConvertCommand extends ToolCommand {

    @Mixin
    private SceneInput input = new SceneInput();

    @Parameters(index = "1", paramLabel = "TARGET", description = "The file to write; replaced if it exists.")
    private @Nullable Path target;

    @Option(
            names = "--interleave",
            paramLabel = "INTERLEAVE",
            description = "Order of the samples of an ENVI image: bsq, bil or bip (default: bsq).")
    private @Nullable Interleave interleave;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of the samples: ${COMPLETION-CANDIDATES} (default: what keeps them all).")
    private @Nullable SampleType type;

    @Option(
            names = "--no-data",
            paramLabel = "VALUE",
            description = "What stands for samples without data (default: as in the scene).")
    private @Nullable Double noData;

    @Option(
            names = "--crop",
            paramLabel = "ROW,COL,ROWS,COLS",
            split = ",",
            description = "Only a part of the image, from its first row and column, counted from zero.")
    private int @Nullable [] crop;

    @Option(names = "--drop-bad-bands", description = "Leave out the bands that the file marks as bad.")
    private boolean dropBadBands;

    ConvertCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        input.check();
        Path file = target();
        Optional<Region> part = part();
        WriteOptions options = options();
        Scene scene = input.read();
        Cube whole = dropBadBands ? scene.whole().dropBadBands() : scene.whole();
        Cube cube = part.isPresent() ? whole.crop(part.get()) : whole;
        try {
            timed(facts, session().context(), context -> write(cube, file, options, context));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        facts.put("rows", cube.rows())
                .put("columns", cube.columns())
                .put("bands", cube.bands())
                .put("out", file.toString());
    }

    private static Path write(Cube cube, Path file, WriteOptions options, RunContext context) {
        try {
            Cubes.write(cube, file, options, context);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path target() {
        Path file = target;
        if (file == null || file.toString().isBlank()) {
            throw new UsageException("name a file to write");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.matches(".*[.](h5|he5|hdf5?|nc|png|jpe?g|csv|tsv|txt)")) {
            throw new UsageException("a scene is written as ENVI, .npy, .mat or .tif, not as " + file);
        }
        if (interleave != null && name.matches(".*[.](npy|mat|tiff?)")) {
            throw new UsageException("--interleave is for ENVI images: leave it out for " + file);
        }
        return file;
    }

    private WriteOptions options() {
        WriteOptions options = WriteOptions.defaults();
        if (interleave != null) {
            options = options.withInterleave(interleave);
        }
        if (type != null) {
            options = options.withSampleType(type);
        }
        if (noData != null) {
            if (!Double.isFinite(noData)) {
                throw new UsageException("--no-data must be a finite number, not " + noData);
            }
            options = options.withNoDataValue(noData);
        }
        return options;
    }

    private Optional<Region> part() {
        int[] numbers = crop;
        if (numbers == null) {
            return Optional.empty();
        }
        if (numbers.length != 4 || numbers[0] < 0 || numbers[1] < 0 || numbers[2] < 1 || numbers[3] < 1) {
            throw new UsageException("--crop is first row, first column, rows and columns such as 0,0,100,100");
        }
        return Optional.of(new Region(numbers[0], numbers[1], numbers[2], numbers[3]));
    }
}
