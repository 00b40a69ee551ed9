package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SpectralLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatFileTest {
    @TempDir
    Path folder;

    private static double[] numbers(int count) {
        return IntStream.range(0, count).mapToDouble(i -> i).toArray();
    }

    private Cube read(MatFixture fixture, ReadOptions options) throws IOException {
        return Cubes.read(fixture.write(folder), options);
    }

    private static int[] dims(int... d) {
        return d;
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, 8, FLOAT, -128, 127",
        "UINT8, 9, FLOAT, 0, 255",
        "INT16, 10, FLOAT, -32768, 32767",
        "UINT16, 11, FLOAT, 0, 65535",
        "INT32, 12, DOUBLE, -2147483648, 2147483647",
        "UINT32, 13, DOUBLE, 0, 4294967295",
        "SINGLE, 7, FLOAT, -0.5, 0.25",
        "DOUBLE, 6, DOUBLE, -0.1, 1e300",
        "INT64, 14, DOUBLE, -9007199254740992, 9007199254740992",
        "UINT64, 15, DOUBLE, 0, 9007199254740992",
        // doubles that are whole numbers are stored in fewer bytes
        "UINT8, 6, FLOAT, 0, 255",
        "INT16, 6, FLOAT, -32768, 32767",
    })
    void everyType(MatStorage storage, int classId, Precision precision, double least, double most) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (boolean compressed : new boolean[] {false, true}) {
                MatFixture fixture = new MatFixture(order, compressed)
                        .add("cube", classId, 0, dims(1, 2, 2), storage, least, most, 1, 2);
                Cube cube = read(fixture, ReadOptions.defaults());

                assertThat(cube.spectrum(0, 0).toArray()).containsExactly(least, 1);
                assertThat(cube.spectrum(0, 1).toArray()).containsExactly(most, 2);
                assertThat(cube.precision()).isEqualTo(precision);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void axesAsTold(AxisOrder order) throws IOException {
        // value = 100 i + 10 j + k at (i, j, k), i running fastest
        double[] values = new double[2 * 3 * 4];
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 2; i++) {
                    values[i + 2 * j + 6 * k] = 100 * i + 10 * j + k;
                }
            }
        }
        Cube cube = read(
                MatFixture.plain().add("cube", dims(2, 3, 4), values),
                ReadOptions.defaults().withAxisOrder(order));

        int[] weight = {100, 10, 1};
        AxisOrder taken = order == AxisOrder.AUTO ? AxisOrder.ROWS_COLUMNS_BANDS : order;
        for (int r = 0; r < cube.rows(); r++) {
            for (int c = 0; c < cube.columns(); c++) {
                for (int b = 0; b < cube.bands(); b++) {
                    assertThat(cube.value(r, c, b))
                            .isEqualTo(weight[taken.rowAxis()] * r
                                    + weight[taken.columnAxis()] * c
                                    + weight[taken.bandAxis()] * b);
                }
            }
        }
        assertThat(cube.provenance())
                .contains(
                        order == AxisOrder.AUTO
                                ? "took the axes for rows x columns x bands, the custom of MATLAB"
                                : "axes are " + order.words() + " as told");
    }

    @Test
    void wavelengthsTellTheAxis() throws IOException {
        double[] w = {500, 600, 700};
        Cube first = read(
                MatFixture.plain().add("cube", dims(3, 2, 2), numbers(12)).add("wavelengths", dims(1, 3), w),
                ReadOptions.defaults());
        Cube middle = read(
                MatFixture.plain().add("wl", dims(3, 1), w).add("cube", dims(2, 3, 2), numbers(12)),
                ReadOptions.defaults());
        Cube square = read(
                MatFixture.plain().add("wl", dims(3, 1), w).add("cube", dims(3, 3, 3), numbers(27)),
                ReadOptions.defaults());

        assertThat(first.bands()).isEqualTo(3);
        assertThat(first.value(1, 0, 2)).isEqualTo(2 + 3);
        assertThat(first.provenance())
                .contains("took the axes for bands x rows x columns because 'wavelengths' has 3 values");
        assertThat(middle.bands()).isEqualTo(3);
        assertThat(middle.value(1, 1, 2)).isEqualTo(1 + 2 * 2 + 6);
        assertThat(middle.wavelengths().orElseThrow().toArray()).isEqualTo(w);
        assertThat(square.value(0, 0, 1)).isEqualTo(9);
    }

    @Test
    void wavelengthsThatMakeNoSenseAreNotUsed() throws IOException {
        Cube cube = read(
                MatFixture.plain().add("cube", dims(2, 2, 2), numbers(8)).add("lambda", dims(1, 2), 0, 500),
                ReadOptions.defaults());
        Cube micrometres = read(
                MatFixture.plain().add("cube", dims(2, 2, 2), numbers(8)).add("lambda", dims(1, 2), 0.5, 2.5),
                ReadOptions.defaults());

        assertThat(cube.wavelengths()).isEmpty();
        assertThat(cube.provenance()).contains("did not use 'lambda': not all of its values are positive");
        assertThat(micrometres.wavelengths().orElseThrow().toArray()).containsExactly(500, 2500);
    }

    /** A bands x pixels or pixels x bands matrix, in both orders of pixels. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void matrices(
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 31, max = 34) int bands,
            @ForAll PixelOrder order,
            @ForAll boolean transposed)
            throws IOException {
        double[] values = new double[bands * rows * columns];
        for (int b = 0; b < bands; b++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int pixel = order == PixelOrder.COLUMN_MAJOR ? r + rows * c : r * columns + c;
                    values[transposed ? pixel + rows * columns * b : b + bands * pixel] = 10000 * b + 100 * r + c;
                }
            }
        }
        int[] shape = transposed ? dims(rows * columns, bands) : dims(bands, rows * columns);
        Path file = java.nio.file.Files.createTempFile("hsi4j", ".mat");
        try {
            java.nio.file.Files.write(
                    file, MatFixture.plain().add("Y", shape, values).bytes());
            Cube cube = Cubes.read(
                    file,
                    ReadOptions.defaults()
                            .withShape(rows, columns)
                            .withPixelOrder(order)
                            .withVariable("Y"));
            assertThat(cube.bands()).isEqualTo(bands);
            assertThat(cube.value(rows - 1, 0, bands - 1)).isEqualTo(10000 * (bands - 1) + 100 * (rows - 1));
            assertThat(cube.value(0, columns - 1, 1)).isEqualTo(10000 + columns - 1);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    @Test
    void choosesTheScene() throws IOException {
        MatFixture byName = MatFixture.plain()
                .add("MSI", dims(2, 2, 2), numbers(8))
                .add("HSI", dims(1, 2, 2), numbers(4))
                .add("A", dims(2, 6), numbers(12));
        MatFixture matrix = MatFixture.plain()
                .add("M", dims(2, 3), numbers(6))
                .add("Y", dims(2, 6), numbers(12))
                .add("nRow", dims(1, 1), 2)
                .add("nCol", dims(1, 1), 3);

        Cube hsi = read(byName, ReadOptions.defaults());
        assertThat(hsi.rows()).isEqualTo(1);
        assertThat(hsi.provenance()).contains("took variable 'HSI' for the scene because of its name");
        Cube y = read(matrix, ReadOptions.defaults());
        assertThat(y.rows()).isEqualTo(2);
        assertThat(y.columns()).isEqualTo(3);
        assertThat(y.provenance()).contains("took the shape of the image from 'nRow' and 'nCol'");
    }

    @Test
    void precisionAsAsked() throws IOException {
        MatFixture fixture = MatFixture.plain().add("cube", dims(1, 1, 2), 0.1, 0.2);

        Cube cube = read(fixture, ReadOptions.defaults().withPrecision(Precision.FLOAT));

        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
        assertThat(cube.value(0, 0, 0)).isEqualTo((double) 0.1f);
    }

    @Test
    void otherTypes() throws IOException {
        MatFile file = MatFile.open(MatFixture.compressed()
                .add("map", MatFixture.UINT8, MatFixture.LOGICAL, dims(2, 3), MatStorage.UINT8, 1, 0, 0, 1, 1, 0)
                .add("gt", dims(2, 2), 0, 2, Double.NaN, -1)
                .add("v", dims(1, 3), 1, 2, 3)
                .add("none", dims(0, 3))
                .add("A", dims(2, 4), 1, 2, 3, 4, 5, 6, 7, 8)
                .add("E", dims(3, 2), 1, 2, 3, 4, 5, 6)
                .addMatrix(MatFixture.plain().head("c", MatFixture.CELL, 0, 1, 1), new byte[0])
                .addMatrix(MatFixture.plain().head("o", MatFixture.OPAQUE, 0), new byte[0])
                .addElement(14, new byte[0])
                .write(folder));

        assertThat(file.mask("map").count()).isEqualTo(3);
        assertThat(file.mask("map").get(1, 1)).isTrue();
        assertThat(file.mask("map").get(1, 0)).isFalse();
        assertThat(file.mask("gt").count()).isEqualTo(2);
        assertThat(file.map("gt").value(1, 0)).isEqualTo(2);
        assertThat(file.map("gt").name()).isEqualTo("gt");
        assertThat(file.vector("v")).containsExactly(1, 2, 3);
        assertThat(file.matrix("A")).isDeepEqualTo(new double[][] {{1, 3, 5, 7}, {2, 4, 6, 8}});
        assertThat(file.matrix("none")).isEmpty();
        AbundanceMaps a = file.abundances("A", ReadOptions.defaults().withShape(2, 2));
        assertThat(a.names()).containsExactly("em1", "em2");
        assertThat(a.abundances(1, 0)).containsExactly(3, 4);
        SpectralLibrary e = file.spectra("E");
        assertThat(e.names()).containsExactly("E 1", "E 2");
        assertThat(e.get(1).toArray()).containsExactly(4, 5, 6);
        assertThat(file.endmembers("E").value(2, 0)).isEqualTo(3);
        assertThat(file.has("A")).isTrue();
        assertThat(file.has("a")).isFalse();
        assertThat(file.variables()).hasSize(8);
        assertThat(file)
                .hasToString("MAT-file " + folder.resolve("scene.mat")
                        + " with map (2 x 3 logical), gt (2 x 2 double), v (1 x 3 double), none (0 x 3 double),"
                        + " A (2 x 4 double), E (3 x 2 double), c (1 x 1 cell), o (opaque object)");
    }

    @Test
    void askedForTheWrongThing() throws IOException {
        MatFile file = MatFile.open(MatFixture.plain()
                .add("cube", dims(2, 2, 2), numbers(8))
                .add("m", dims(2, 4), numbers(8))
                .add("none", dims(0, 3))
                .add("z", MatFixture.DOUBLE, MatFixture.COMPLEX, dims(1, 1), MatStorage.DOUBLE, 1)
                .write(folder));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.matrix("cube"))
                .withMessageContaining("cube (2 x 2 x 2 double) has 3 dimensions, not 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.vector("m"))
                .withMessageContaining("m (2 x 4 double) is not a vector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.vector("q"))
                .withMessageContaining("no variable 'q'; it has cube (2 x 2 x 2 double), m (2 x 4 double)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.cube(ReadOptions.defaults().withShape(2, 3)))
                .withMessageContaining("an image of 2x2 pixels, not 2x3");
        assertThatThrownBy(() -> file.map("none")).hasMessageContaining("found no number, expected at least one");
        assertThatThrownBy(() -> file.vector("z"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("variable 'z': found a value of the type complex double");
    }
}
