package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HDF5 files of the first version of the format, whole and with what was found by making some up. */
class OldHdfTest {
    private static final int[] SHAPE = {2, 3, 2};
    private static final double[] NUMBERS = {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121};

    @TempDir
    Path folder;

    private Path chunked(int... chunk) throws IOException {
        return new OldHdfFixture().addChunk("x", SHAPE, chunk, NUMBERS).write(folder.resolve("a.h5"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wholeFilesAreRead(boolean chunks) throws IOException {
        OldHdfFixture fixture = new OldHdfFixture().addChunk("x", SHAPE, chunks ? SHAPE : new int[0], NUMBERS);

        Cube cube = Cubes.read(fixture.write(folder.resolve("a.h5")));
        Cube matlab = Cubes.read(Files.write(folder.resolve("a.mat"), fixture.matBytes()));

        assertThat(cube.spectrum(1, 2).toArray()).containsExactly(120, 121);
        assertThat(matlab.spectrum(1, 2).toArray()).containsExactly(21, 121);
    }

    @Test
    void severalDatasetsAreFound() throws IOException {
        Path file = new OldHdfFixture()
                .add("wavelengths", new int[] {2}, 500, 600)
                .add("cube", SHAPE, NUMBERS)
                .addChunk("E", new int[] {2, 3}, new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
                .write(folder.resolve("a.h5"));

        assertThat(Cubes.read(file).wavelengths().orElseThrow().toArray()).containsExactly(500, 600);
        assertThat(MatFile.open(file).spectra("E").get(2).toArray()).containsExactly(3, 6);
    }

    @Test
    void sizesOfAChunkWhoseProductIsBeyond2To63AreRefused() throws IOException {
        Path file = chunked(1 << 30, 1 << 30, 1 << 30);

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("'/x'")
                .hasMessageContaining("bytes of numbers");
    }

    @Test
    void chunksWithFewerDimensionsThanTheirSceneAreRefused() throws IOException {
        Path file = chunked(3, 2);

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("chunks of 2 dimensions, expected as many as the array has, 3");
    }

    @Test
    void aChunkMuchLargerThanItsSceneIsRefusedBeforeItTakesTheHeap() throws IOException {
        Path file = chunked(256, 256, 256);

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining((8 << 24) + " bytes out of a file of");
    }

    @Test
    void matricesHaveTheSameLimits() throws IOException {
        int[][] chunks = {{1 << 30, 1 << 30}, {6}, {4096, 4096}};
        for (int[] chunk : chunks) {
            Path file = new OldHdfFixture()
                    .addChunk("E", new int[] {2, 3}, chunk, 1, 2, 3, 4, 5, 6)
                    .write(folder.resolve("a.h5"));

            assertThatThrownBy(() -> SpectralLibraries.read(file)).isInstanceOf(MalformedFileException.class);
        }
    }
}
