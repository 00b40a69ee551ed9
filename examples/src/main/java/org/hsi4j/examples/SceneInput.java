package org.hsi4j.examples;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.io.AxisOrder;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.FileContents;
import org.hsi4j.io.PixelOrder;
import org.hsi4j.io.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scene, and how to understand its file, as the command line says it. */
final class SceneInput {

    /** The order of the pixels in a matrix, in a word. */
    enum Order {
        /** Row by row. */
        ROW,
        /** Column by column. */
        COLUMN
    }

    @Parameters(
            index = "0",
            paramLabel = "SCENE",
            converter = FileSpec.Converter.class,
            description = "The scene: a file of any format that can be read, or file:variable.")
    private @Nullable FileSpec scene;

    @Option(
            names = "--shape",
            paramLabel = "ROWS,COLS",
            order = 60,
            converter = Shape.Converter.class,
            description = "Shape of the image in a matrix of bands x pixels (MAT-files).")
    private @Nullable Shape shape;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            order = 61,
            description = "Order of the pixels in such a matrix: column by column, as MATLAB has it, or row"
                    + " (default: column).")
    private Order order = Order.COLUMN;

    @Option(
            names = "--axes",
            paramLabel = "AXES",
            order = 62,
            description = "Axes of a three-dimensional array, for example bands-rows-columns (default: found out).")
    private String axes = "auto";

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            order = 63,
            description = "Multiply every sample of the scene, for example 0.0001 (default: 1).")
    private double scale = 1;

    @Option(names = "--keep-bad-bands", order = 64, description = "Keep the bands that the file marks as bad.")
    private boolean keepBadBands;

    /** Checks what can be checked without a file. */
    void check() {
        if (!Double.isFinite(scale) || scale == 0) {
            throw new UsageException("--scale must be a number other than 0, not " + scale);
        }
        axisOrder();
    }

    /** Reads the scene. */
    Scene read() throws IOException {
        return Scene.of(readLike(spec()), keepBadBands);
    }

    /** What kind of thing the file holds. */
    FileContents contents() throws IOException {
        return FileContents.of(spec().path());
    }

    /** Whether the file, or the variable that is named, is to be understood as a scene. */
    boolean isScene(FileContents contents) {
        if (shape != null) {
            return true;
        }
        Optional<String> variable = spec().variable();
        return variable.isEmpty()
                ? contents.kind() == FileContents.Kind.SCENE
                : contents.arrays().isEmpty()
                        || contents.arrays().stream()
                                .anyMatch(a -> a.name().equals(variable.get())
                                        && a.dimensions().size() == 3);
    }

    /** Reads another cube in the way of the scene, in the same unit and with all bands. */
    Cube readLike(FileSpec file) throws IOException {
        Cube cube = Cubes.read(file.path(), options(file));
        return scale == 1 ? cube : cube.scaled(scale, 0);
    }

    FileSpec spec() {
        FileSpec given = scene;
        if (given == null) {
            throw new UsageException("name a scene");
        }
        return given;
    }

    /** How to understand a file; its arrays have the order of the scene's. */
    ReadOptions options(FileSpec file) {
        ReadOptions options = ReadOptions.defaults()
                .withPixelOrder(order == Order.ROW ? PixelOrder.ROW_MAJOR : PixelOrder.COLUMN_MAJOR)
                .withAxisOrder(axisOrder());
        Shape told = shape;
        if (told != null) {
            options = options.withShape(told.rows(), told.columns());
        }
        return file.variable().isPresent()
                ? options.withVariable(file.variable().get())
                : options;
    }

    private AxisOrder axisOrder() {
        String name = axes.toUpperCase(Locale.ROOT).replace('-', '_');
        for (AxisOrder known : AxisOrder.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        throw new UsageException(
                "--axes is auto or an order of rows, columns and bands such as bands-rows-columns, not '" + axes + "'");
    }
}
