package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnviWriterTest {
    private static final GeoReference PLACE =
            new GeoReference("UTM", 5e5, 4e6, 30, 30, 0, 33, false, "WGS-84", "Meters", "");

    @TempDir
    Path folder;

    private static Cube cube(double... firstBand) {
        return Cube.builder(1, firstBand.length, 1, Precision.DOUBLE)
                .plane(0, firstBand)
                .build();
    }

    private void write(Cube cube, WriteOptions options) throws IOException {
        Cubes.write(cube, folder.resolve("out.hdr"), options, RunContext.sequential());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "out.hdr, out.img",
        "out.img, out.img",
        "out.BSQ, out.BSQ",
        "out.img.hdr, out.img",
        "out, out",
        "out.v2, out.v2",
    })
    void namesOfTheTwoFiles(String path, String binary) throws IOException {
        Cube cube = cube(1, 2, 3);
        Cubes.write(cube, folder.resolve(path));

        assertThat(files()).hasSize(2).contains(binary);
        assertThat(Cubes.read(folder.resolve(path))).isEqualTo(cube);
        assertThat(Cubes.read(folder.resolve(binary))).isEqualTo(cube);
        Cubes.write(cube(4), folder.resolve(path));
        assertThat(Cubes.read(folder.resolve(path)).pixels()).isEqualTo(1);
        assertThat(files()).hasSize(2);
    }

    @Test
    void headerThatIsThereIsReplaced() throws IOException {
        Cubes.write(cube(1), folder.resolve("out.img.hdr"));
        Cubes.write(cube(1, 2), folder.resolve("out.img"));

        assertThat(files()).containsExactly("out.img", "out.img.hdr");
        assertThat(Cubes.read(folder.resolve("out.img")).pixels()).isEqualTo(2);
        assertThatThrownBy(() -> Cubes.write(cube(1), folder.resolve("out.hdr")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("out.img.hdr")
                .hasMessageContaining("a reader would take it for the header of out.img");
    }

    @Test
    void binaryThatAReaderWouldTakeIsRefused() throws IOException {
        Files.writeString(folder.resolve("out"), "something else");

        assertThatThrownBy(() -> Cubes.write(cube(1), folder.resolve("out.hdr")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("would take it for the binary of the header out.hdr");
        assertThat(files()).containsExactly("out");
    }

    @Test
    void namesOfOtherFormatsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cubes.write(cube(1), folder.resolve("out.png")))
                .withMessageContaining("out.png: images are written in the ENVI format");
    }

    @Test
    void foldersMustBeThere() throws IOException {
        Files.createDirectory(folder.resolve("out.img"));

        assertThatThrownBy(() -> Cubes.write(cube(1), folder.resolve("no/out.img")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> Cubes.write(cube(1), folder.resolve("out.img")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aCubeMayReplaceTheFileItIsReadFrom() throws IOException {
        write(cube(1, 2, 3), WriteOptions.defaults());
        Cube mapped = Cubes.read(folder.resolve("out.img"));
        write(mapped.scaled(2, 0), WriteOptions.defaults());

        assertThat(Cubes.read(folder.resolve("out.img")).plane(0)).containsExactly(2, 4, 6);
    }

    @Test
    void roundsHalvesToEven() throws IOException {
        write(cube(0.5, 1.5, -0.5, 2.4999, -7.6), WriteOptions.defaults().withSampleType(SampleType.INT16));

        assertThat(Cubes.read(folder.resolve("out.img")).plane(0)).containsExactly(0, 2, 0, 2, -8);
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8, 255.6, beyond the range of UINT8",
        "UINT8, -1, beyond the range of UINT8",
        "INT16, 32768, beyond the range of INT16",
        "UINT16, -0.6, beyond the range of UINT16",
        "INT32, 2147483648, beyond the range of INT32",
        "UINT32, 4294967296, beyond the range of UINT32",
        "INT64, 9.223372036854775807e18, beyond the range of INT64",
        "UINT64, 1.8446744073709551616e19, beyond the range of UINT64",
        "FLOAT32, 1e39, beyond the range of FLOAT32",
        "INT16, NaN, 'is NaN, for which INT16 needs a no-data value'",
    })
    void samplesThatDoNotFitAreNamed(SampleType type, double value, String why) throws IOException {
        double[][] planes = new double[3][12];
        planes[2][7] = value;
        Cube cube = Cube.of(3, 4, planes);
        for (Interleave interleave : Interleave.values()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> write(
                            cube, WriteOptions.defaults().withSampleType(type).withInterleave(interleave)))
                    .withMessageContaining("sample at row 1, column 3, band 2 ")
                    .withMessageContaining(why);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void noDataStandsForNan() throws IOException {
        Cube cube = cube(1, Double.NaN, 3);
        WriteOptions options =
                WriteOptions.defaults().withSampleType(SampleType.INT16).withNoDataValue(-9999);
        write(cube, options);

        Cube back = Cubes.read(folder.resolve("out.hdr"));
        assertThat(back).isEqualTo(cube);
        assertThat(back.noDataValue()).hasValue(-9999);
        // and from there on it is the cube's own
        write(back, WriteOptions.defaults().withSampleType(SampleType.INT32));
        assertThat(Cubes.read(folder.resolve("out.hdr"))).isEqualTo(cube);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(cube(1, -9999), options))
                .withMessageContaining("sample at row 0, column 1, band 0 -9999.0 would be read as the no-data value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(cube, options.withNoDataValue(0.5)))
                .withMessageContaining("the no-data value 0.5 is no INT16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withNoDataValue(Double.NaN))
                .withMessageContaining("must be finite");
    }

    @Test
    void maskedPixelsAreWrittenAsNoData() throws IOException {
        Cube cube = cube(1, 2, 3).masked(Mask.of(1, 3, i -> i != 1));
        write(cube, WriteOptions.defaults());

        assertThat(Cubes.read(folder.resolve("out.hdr")).plane(0)).containsExactly(1, Double.NaN, 3);
        assertThat(Files.readString(folder.resolve("out.hdr"))).contains("data ignore value = nan\n");
    }

    @ParameterizedTest
    @EnumSource
    void abundancesAndScores(Interleave interleave) throws IOException {
        double[][] planes = {{.1, .2, Double.NaN, .4}, {.9, .8, Double.NaN, .6}};
        AbundanceMaps maps =
                AbundanceMaps.of(2, 2, List.of("soil, dry", "tree"), planes).withGeoReference(PLACE);
        WriteOptions options = WriteOptions.defaults().withInterleave(interleave);
        Cubes.write(maps, folder.resolve("a.hdr"), options, RunContext.sequential());
        Cubes.write(maps.map(1), folder.resolve("s.hdr"), options, RunContext.sequential());
        Cube a = Cubes.read(folder.resolve("a.img"));
        Cube s = Cubes.read(folder.resolve("s.img"));

        assertThat(a.bandNames()).hasValue(List.of("soil, dry", "tree"));
        assertThat(a.geoReference()).hasValue(PLACE);
        assertThat(AbundanceMaps.of(2, 2, a.bandNames().orElseThrow(), new double[][] {a.plane(0), a.plane(1)})
                        .withGeoReference(a.geoReference().orElseThrow()))
                .isEqualTo(maps);
        assertThat(ScoreMap.of(s.bandNames().orElseThrow().get(0), 2, 2, s.plane(0))
                        .withGeoReference(s.geoReference().orElseThrow()))
                .isEqualTo(maps.map(1));
    }

    /** Samples made up on the way, so that several chunks are needed and no memory is. */
    private record Formula(int rows, int columns, int bands, Runnable onRead) implements SampleSource {
        @Override
        public Precision precision() {
            return Precision.FLOAT;
        }

        @Override
        public void read(long firstPixel, int count, int[] wanted, double[][] target, int offset) {
            onRead.run();
            for (int k = 0; k < wanted.length; k++) {
                for (int i = 0; i < count; i++) {
                    target[k][offset + i] = (firstPixel + i) % 8191 + wanted[k];
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BSQ, 700, 40, 90",
        "BIL, 700, 40, 90",
        "BIP, 700, 40, 90",
        "BSQ, 3, 1100, 1500",
        "BIL, 3, 1100, 1500",
        "BIP, 3, 1100, 1500"
    })
    void writesInChunks(Interleave interleave, int rows, int columns, int bands) throws IOException {
        Cube cube = Cube.builder(new Formula(rows, columns, bands, () -> {})).build();
        List<Long> done = new ArrayList<>();
        RunContext run = RunContext.sequential().withProgress((stage, d, total) -> {
            assertThat(stage).isEqualTo("write out.img");
            done.add(d);
        });
        Cubes.write(cube, folder.resolve("out.hdr"), WriteOptions.defaults().withInterleave(interleave), run);

        Cube back = Cubes.read(folder.resolve("out.hdr"));
        for (int band : new int[] {0, bands / 2, bands - 1}) {
            assertThat(Arrays.equals(back.plane(band), cube.plane(band))).isTrue();
        }
        assertThat(done).isSorted().hasSizeGreaterThan(2).endsWith(done.size() - 1L);
    }

    @Test
    void aCancelledRunLeavesNothing() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        Cube cube =
                Cube.builder(new Formula(700, 40, 90, reads::incrementAndGet)).build();
        write(cube(5), WriteOptions.defaults());
        RunContext run = RunContext.sequential().withCancellation(() -> reads.get() > 0);

        assertThatThrownBy(() -> Cubes.write(cube, folder.resolve("out.hdr"), WriteOptions.defaults(), run))
                .isInstanceOf(CancellationException.class);
        assertThat(files()).containsExactly("out.hdr", "out.img");
        assertThat(Cubes.read(folder.resolve("out.hdr")).plane(0)).containsExactly(5);
    }

    @Test
    void aFailureLeavesNothing() throws IOException {
        Cube cube = Cube.builder(new Formula(700, 40, 90, () -> {
                    throw new UncheckedIOException(new IOException("gone"));
                }))
                .build();

        assertThatThrownBy(() -> write(cube, WriteOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void writesToOtherFileSystems() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = memory.getPath("out.bip");
            Cubes.write(
                    cube(1, 2),
                    file,
                    WriteOptions.defaults().withInterleave(Interleave.BIP).withByteOrder(ByteOrder.BIG_ENDIAN),
                    RunContext.sequential());

            assertThat(Cubes.read(file).plane(0)).containsExactly(1, 2);
        }
    }

    @Test
    void optionsSayWhatTheyAre() {
        assertThat(WriteOptions.defaults()).hasToString("write options: BSQ, auto, LITTLE_ENDIAN, no data auto");
        assertThat(WriteOptions.defaults()
                        .withSampleType(SampleType.UINT16)
                        .withNoDataValue(0)
                        .toString())
                .isEqualTo("write options: BSQ, UINT16, LITTLE_ENDIAN, no data 0.0");
    }
}
