package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** NumPy arrays and matrices in text files. */
class NpyTest {
    @TempDir
    Path folder;

    /** A file by the definition of the format. */
    static byte[] npy(int version, String header, byte[] numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes((version == 1 ? length.putShort((short) text.length) : length.putInt(text.length)).array());
        out.writeBytes(text);
        out.writeBytes(numbers);
        return out.toByteArray();
    }

    static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape
                + "), }";
    }

    private Path file(int version, String type, boolean fortran, String shape, byte[] numbers) throws IOException {
        return Files.write(folder.resolve("a.npy"), npy(version, header(type, fortran, shape), numbers));
    }

    private static byte[] floats(ByteOrder order, double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
        for (double v : values) {
            buffer.putFloat((float) v);
        }
        return buffer.array();
    }

    private static final double[] TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    @ParameterizedTest
    @CsvSource({
        "1, <f4, false, AUTO, 0",
        "2, >f4, false, ROWS_BANDS_COLUMNS, 1",
        "3, <f4, false, BANDS_ROWS_COLUMNS, 2",
        "1, >f4, true, AUTO, 3",
        "1, =f4, false, BANDS_COLUMNS_ROWS, 4"
    })
    void axesAndByteOrders(int version, String type, boolean fortran, AxisOrder order, int which) throws IOException {
        ByteOrder bytes = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Path file = file(version, type, fortran, "2, 3, 2", floats(bytes, TWELVE));

        Cube cube = Cubes.read(file, ReadOptions.defaults().withAxisOrder(order));

        // element [i, j, k] of the array is 1 + 6i + 2j + k in C order, 1 + i + 2j + 6k in Fortran order
        int[][] shapes = {{2, 3, 2}, {2, 2, 3}, {3, 2, 2}, {2, 3, 2}, {2, 3, 2}};
        assertThat(new int[] {cube.rows(), cube.columns(), cube.bands()}).isEqualTo(shapes[which]);
        for (int r = 0; r < cube.rows(); r++) {
            for (int c = 0; c < cube.columns(); c++) {
                for (int b = 0; b < cube.bands(); b++) {
                    double expected = switch (which) {
                        case 0 -> 1 + 6 * r + 2 * c + b;
                        case 1 -> 1 + 6 * r + 2 * b + c;
                        case 2 -> 1 + 6 * b + 2 * r + c;
                        case 3 -> 1 + r + 2 * c + 6 * b;
                        default -> 1 + 6 * b + 2 * c + r;
                    };
                    assertThat(cube.value(r, c, b)).isEqualTo(expected);
                }
            }
        }
        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
    }

    @Test
    void bytesHaveTheirSign() throws IOException {
        Path signed = file(1, "|i1", false, "1, 2, 1", new byte[] {-1, 1});
        assertThat(Cubes.read(signed).plane(0)).containsExactly(-1, 1);
        Path unsigned = file(1, "|u1", false, "1, 2, 1", new byte[] {-1, 1});
        assertThat(Cubes.read(unsigned).plane(0)).containsExactly(255, 1);
        Path truth = file(1, "|b1", false, "1, 2, 1", new byte[] {0, 1});
        assertThat(Cubes.read(truth).plane(0)).containsExactly(0, 1);
    }

    @Test
    void matrices() throws IOException {
        Path file = file(1, "<f4", false, "2, 6", floats(ByteOrder.LITTLE_ENDIAN, TWELVE));

        Cube down = Cubes.read(file, ReadOptions.defaults().withShape(2, 3));
        Cube across = Cubes.read(file, ReadOptions.defaults().withShape(2, 3).withPixelOrder(PixelOrder.ROW_MAJOR));
        Cube image = Cubes.read(file, ReadOptions.defaults().withShape(2, 6));
        SpectralLibrary spectra = SpectralLibraries.read(file);

        assertThat(down.plane(0)).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(across.plane(1)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(image.bands()).isEqualTo(1);
        assertThat(image.plane(0)).containsExactly(TWELVE);
        assertThat(spectra.size()).isEqualTo(6);
        assertThat(spectra.get(1).toArray()).containsExactly(2, 8);
        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give rows and columns");
        assertThatThrownBy(() -> Cubes.read(file, ReadOptions.defaults().withShape(5, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an image of 5x5 has 25 pixels but the matrix is 2x6");
    }

    @Test
    void textMatrices() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "1,2,3,4,5,6\n7,8,9,10,11,12\n");

        Cube cube = Cubes.read(file, ReadOptions.defaults().withShape(3, 2).withPixelOrder(PixelOrder.ROW_MAJOR));

        assertThat(cube.plane(0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(cube.plane(1)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(Cubes.read(file, ReadOptions.defaults().withShape(1, 2)).bands())
                .isEqualTo(6);
    }

    @Test
    @RealData
    void realTextMatrix() throws IOException {
        Path file = SharedFiles.data("unmixing/lsu_oracle/pixel-spectra.csv");

        Cube cube = Cubes.read(file, ReadOptions.defaults().withShape(40, 40));

        assertThat(cube.bands()).isEqualTo(6);
    }

    @Test
    void missingSamplesStayNaN() throws IOException {
        Path file = folder.resolve("x.npy");
        Cube cube = Cube.builder(1, 2, 1, Precision.DOUBLE)
                .plane(0, new double[] {-9999, 4})
                .noData(-9999)
                .build();

        Cubes.write(cube, file);

        assertThat(Cubes.read(file).plane(0)).containsExactly(Double.NaN, 4);
        assertThat(NpyFile.open(file).offset() % 64).isZero();
    }

    private enum Hostile {
        EMPTY(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}),
        VERSION(npy(9, header("<f4", false, "1, 1, 1"), new byte[4])),
        LONG_HEADER(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127}),
        NO_FIELDS(npy(1, "{}", new byte[4])),
        OBJECTS(npy(1, header("|O", false, "1, 1, 1"), new byte[4])),
        COMPLEX(npy(1, header("<c8", false, "1, 1, 1"), new byte[8])),
        STRUCTURES(npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", new byte[4])),
        TOO_SHORT(npy(1, header("<f4", false, "2, 2, 2"), new byte[31])),
        HUGE(npy(1, header("<f4", false, "2147483647, 2147483647, 2147483647"), new byte[4])),
        HUGER(npy(1, header("<f4", false, "99999999999"), new byte[4])),
        NEGATIVE(npy(1, header("<f4", false, "-1, 2"), new byte[4])),
        NONE(npy(1, header("<f4", false, "0, 2, 2"), new byte[4])),
        LINE(npy(1, header("<f4", false, "2,"), new byte[8])),
        FOUR(npy(1, header("<f4", false, "1, 1, 1, 2"), new byte[8]));

        private final byte[] bytes;

        Hostile(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void hostileFiles(Hostile file) throws IOException {
        Path path = Files.write(folder.resolve("a.npy"), file.bytes);

        assertThatThrownBy(() -> Cubes.read(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(path.toString());
    }

    @Test
    void librariesHaveTwoDimensions() throws IOException {
        Path file = file(1, "<f4", false, "1, 1, 1", new byte[4]);

        assertThatThrownBy(() -> SpectralLibraries.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("bands x spectra");
    }
}
