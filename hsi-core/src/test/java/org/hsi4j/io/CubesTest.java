package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CubesTest {
    @TempDir
    Path folder;

    /** A format of a caller's own: a line of text with a number a band, in a file of a certain name. */
    public static final class TextCubeReader implements CubeReader {
        @Override
        public String name() {
            return "text cube";
        }

        @Override
        public boolean canRead(Path file, byte[] head) {
            return file.endsWith("textcube.mat") && new String(head, StandardCharsets.UTF_8).startsWith("TEXTCUBE");
        }

        @Override
        public Cube read(Path file, ReadOptions options) throws IOException {
            String[] words = Files.readString(file).strip().split(" ");
            Cube.Builder builder =
                    Cube.builder(1, 1, words.length - 1, options.precision().orElse(Precision.DOUBLE));
            for (int b = 1; b < words.length; b++) {
                builder.set(0, 0, b - 1, Double.parseDouble(words[b]));
            }
            return builder.build();
        }
    }

    @Test
    void asksReadersOfTheClassPathFirst() throws IOException {
        // the name says MAT-file, the reader of the class path knows better
        Path file = Files.writeString(folder.resolve("textcube.mat"), "TEXTCUBE 1 2 3");

        assertThat(Cubes.readers())
                .extracting(CubeReader::name)
                .startsWith("text cube")
                .contains("MAT-file");
        assertThat(Cubes.read(file).spectrum(0, 0).toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void saysWhatItKnows() throws IOException {
        Path file = Files.write(folder.resolve("a.nc"), new byte[] {'C', 'D', 'F', 1, 0, 0});

        assertThatThrownBy(() -> Cubes.read(file)).isInstanceOfSatisfying(MalformedFileException.class, e -> {
            assertThat(e.file()).isEqualTo(file.toString());
            assertThat(e.where()).isEqualTo("file type");
            assertThat(e.found()).startsWith("a NetCDF-3 file");
            assertThat(e.expected()).startsWith("one of text cube, ").contains("HDF5", "MAT-file", "ENVI");
        });
    }

    @Test
    void readsMatFilesOfAnyNameAndFileSystem() throws IOException {
        MatFixture fixture = MatFixture.compressed().add("cube", new int[] {1, 1, 2}, 1, 2);
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = Files.write(memory.getPath("scene"), fixture.bytes());

            assertThat(Cubes.read(file).bands()).isEqualTo(2);
        }
    }

    @Test
    void optionsSayWhatTheyAre() {
        ReadOptions options = ReadOptions.defaults()
                .withVariable("Y")
                .withShape(3, 4)
                .withPixelOrder(PixelOrder.ROW_MAJOR)
                .withAxisOrder(AxisOrder.BANDS_ROWS_COLUMNS)
                .withPrecision(Precision.FLOAT);

        assertThat(options.variable()).hasValue("Y");
        assertThat(options.rows()).hasValue(3);
        assertThat(options.columns()).hasValue(4);
        assertThat(options)
                .hasToString("read options: variable Y, shape 3x4, pixels ROW_MAJOR, axes BANDS_ROWS_COLUMNS,"
                        + " precision FLOAT");
        assertThat(ReadOptions.defaults())
                .hasToString("read options: variable auto, shape auto, pixels COLUMN_MAJOR, axes AUTO, precision auto");
        assertThat(ReadOptions.defaults().rows()).isEmpty();
        assertThat(ReadOptions.defaults().columns()).isEmpty();
    }
}
