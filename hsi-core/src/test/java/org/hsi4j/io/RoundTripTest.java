package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.ScoreMap;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;

/** What any writer writes, its reader reads bit for bit: samples, missing ones, and what the format keeps besides. */
class RoundTripTest {
    private static final double NO_DATA = 77;

    /** What is kept besides samples. */
    private enum Kept {
        WAVELENGTHS,
        WIDTHS,
        NAMES,
        GOOD_BANDS,
        PLACE,
        ROTATION,
        QUANTITY,
        NO_DATA
    }

    /** Every way to write a cube; {@link #everyWriterIsInTheTable} looks for those that are missing. */
    private enum Format {
        ENVI_BSQ(EnviWriter.class, "x.bsq", Interleave.BSQ, Kept.values()),
        ENVI_BIL(EnviWriter.class, "x.bil", Interleave.BIL, Kept.values()),
        ENVI_BIP(EnviWriter.class, "x.hdr", Interleave.BIP, Kept.values()),
        NPY(NpyWriter.class, "x.npy", Interleave.BSQ),
        MAT(MatFileWriter.class, "x.mat", Interleave.BSQ, Kept.WAVELENGTHS),
        TIFF(
                TiffWriter.class,
                "x.tif",
                Interleave.BSQ,
                Kept.WAVELENGTHS,
                Kept.WIDTHS,
                Kept.NAMES,
                Kept.GOOD_BANDS,
                Kept.PLACE,
                Kept.NO_DATA);

        private final Class<?> writer;
        private final String file;
        private final Interleave interleave;
        private final List<Kept> kept;

        Format(Class<?> writer, String file, Interleave interleave, Kept... kept) {
            this.writer = writer;
            this.file = file;
            this.interleave = interleave;
            this.kept = List.of(kept);
        }

        boolean keeps(Kept what) {
            return kept.contains(what);
        }

        Cube writeAndRead(Cube cube, Path folder, WriteOptions options) throws IOException {
            Path path = folder.resolve(file);
            Cubes.write(cube, path, options.withInterleave(interleave), RunContext.sequential());
            return Cubes.read(path);
        }
    }

    @Example
    void everyWriterIsInTheTable() throws IOException, URISyntaxException {
        Path classes = Path.of(EnviWriter.class.getResource("EnviWriter.class").toURI())
                .getParent();
        List<String> tested = Arrays.stream(Format.values())
                .map(f -> f.writer.getSimpleName() + ".class")
                .distinct()
                .toList();
        try (Stream<Path> files = Files.list(classes)) {
            List<String> there = files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith("Writer.class") && !n.contains("$"))
                    .toList();
            assertThat(there).containsExactlyInAnyOrderElementsOf(tested);
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void samples(
            @ForAll Format format,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 7) int bands,
            @ForAll SampleType type,
            @ForAll boolean bigEndian,
            @ForAll boolean noData,
            @ForAll boolean masked,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        boolean missing = noData || !type.isInteger(); // whole numbers need a mark for what is missing
        double[][] planes = new double[bands][rows * columns];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> sample(type, missing, random));
        }
        Cube.Builder builder = Cube.builder(rows, columns, bands, Precision.DOUBLE);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, planes[b]);
        }
        Mask mask = Mask.of(rows, columns, i -> !masked || !missing || random.nextInt(4) > 0);
        Cube cube = builder.mask(mask).build();
        WriteOptions options = WriteOptions.defaults()
                .withSampleType(type)
                .withByteOrder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);

        inFolder(folder -> {
            Cube read = format.writeAndRead(cube, folder, noData ? options.withNoDataValue(NO_DATA) : options);

            assertThat(List.of(read.rows(), read.columns(), read.bands())).containsExactly(rows, columns, bands);
            boolean known = !noData || format.keeps(Kept.NO_DATA); // else what is missing becomes an ordinary number
            for (int b = 0; b < bands; b++) {
                double[] expected = Arrays.stream(cube.plane(b))
                        .map(v -> Double.isNaN(v) && !known ? NO_DATA : v)
                        .toArray();
                assertThat(bits(read.plane(b))).isEqualTo(bits(expected));
                for (int i = 0; i < rows * columns; i++) {
                    if (mask.get(i / columns, i % columns) && Double.isFinite(planes[b][i])) {
                        assertThat(read.value(i / columns, i % columns, b)).isEqualTo(planes[b][i]);
                    }
                }
            }
            assertThat(read.validMask()).isEqualTo(known ? cube.validMask() : Mask.all(rows, columns));
            assertThat(read.precision()).isEqualTo(type.precision());
        });
    }

    /** Large cubes, whose bands or columns are many. */
    @Property(tries = 18, edgeCases = EdgeCasesMode.NONE)
    void manyOfOneKind(@ForAll Format format, @ForAll @IntRange(min = 0, max = 2) int many) throws IOException {
        int rows = many == 0 ? 3000 : 1;
        int columns = many == 1 ? 3001 : 2;
        int bands = many == 2 ? 2500 : 1;
        double[][] planes = new double[bands][rows * columns];
        for (int b = 0; b < bands; b++) {
            int band = b;
            Arrays.setAll(planes[b], i -> (double) i / (band + 1));
        }
        Cube cube = Cube.of(rows, columns, planes);
        WriteOptions options = WriteOptions.defaults().withSampleType(SampleType.FLOAT64);

        inFolder(
                folder -> assertThat(format.writeAndRead(cube, folder, options)).isEqualTo(cube));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsKnownAboutTheCube(
            @ForAll Format format,
            @ForAll @IntRange(min = 2, max = 12) int bands,
            @ForAll boolean widths,
            @ForAll boolean names,
            @ForAll boolean bad,
            @ForAll Quantity quantity,
            @ForAll boolean place,
            @ForAll boolean utm,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Cube.Builder builder = Cube.builder(3, 2, bands, Precision.FLOAT);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, random.doubles(6).map(v -> (float) v).toArray());
        }
        if (format.keeps(Kept.WAVELENGTHS)) {
            Wavelengths w = Wavelengths.of(random.doubles(bands, 300, 2500).toArray());
            boolean wide = widths && format.keeps(Kept.WIDTHS);
            builder.wavelengths(wide ? w.withFwhm(random.doubles(bands, 1, 20).toArray()) : w);
        }
        if (names && format.keeps(Kept.NAMES)) {
            builder.bandNames(IntStream.range(0, bands)
                    .mapToObj(b -> random.nextBoolean() ? "b\u00e4nd, number " + b : "; #" + b + " = \"x\" <&amp;>")
                    .toList());
        }
        if (bad && format.keeps(Kept.GOOD_BANDS)) {
            boolean[] good = new boolean[bands];
            for (int b = 0; b < bands; b++) {
                good[b] = random.nextBoolean();
            }
            builder.goodBands(good);
        }
        if (format.keeps(Kept.QUANTITY)) {
            builder.quantity(quantity);
        }
        if (place && format.keeps(Kept.PLACE)) {
            builder.geoReference(place(format, utm, random));
        }
        Cube cube = builder.provenance("made {here}").build();

        inFolder(folder -> {
            Cube read = format.writeAndRead(cube, folder, WriteOptions.defaults());

            assertThat(read).isEqualTo(cube);
            assertThat(read.precision()).isEqualTo(Precision.FLOAT);
        });
    }

    private static GeoReference place(Format format, boolean utm, Random random) {
        // a GeoTIFF keeps a matrix instead of an angle, and the full name of a system it has a number for
        boolean all = format.keeps(Kept.ROTATION);
        return new GeoReference(
                utm ? "UTM" : "Geographic Lat/Lon",
                random.nextGaussian() * 1e6,
                random.nextGaussian() * 1e6,
                random.nextDouble() + 0.1,
                random.nextDouble() + 0.1,
                all && random.nextBoolean() ? random.nextDouble() * 90 : 0,
                utm ? 1 + random.nextInt(60) : 0,
                !utm || random.nextBoolean(),
                !all || random.nextBoolean() ? "WGS-84" : "",
                !all ? (utm ? "Meters" : "Degrees") : random.nextBoolean() ? "Meters" : "",
                all && random.nextBoolean() ? "PROJCS[\"x\",1,2]" : "");
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void abundancesAndScores(
            @ForAll Format format,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 4) int count,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        double[][] planes = new double[count][rows * columns];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian());
        }
        List<String> names =
                IntStream.range(0, count).mapToObj(k -> "material " + k).toList();
        AbundanceMaps maps = AbundanceMaps.of(rows, columns, names, planes);
        ScoreMap scores = ScoreMap.of("score", rows, columns, planes[0]);

        inFolder(folder -> {
            Path path = folder.resolve(format.file);
            WriteOptions options = WriteOptions.defaults().withInterleave(format.interleave);
            Cubes.write(maps, path, options, RunContext.sequential());
            Cube read = Cubes.read(path);
            for (int k = 0; k < count; k++) {
                assertThat(bits(read.plane(k))).isEqualTo(bits(planes[k]));
            }
            if (format.keeps(Kept.NAMES)) {
                assertThat(read.bandNames()).hasValue(names);
            }
            Cubes.write(scores, path, options, RunContext.sequential());
            assertThat(bits(Cubes.read(path).plane(0))).isEqualTo(bits(planes[0]));
        });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void variablesOfMatFiles(
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 4) int count,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        double[][] planes = new double[count][rows * columns];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextGaussian());
        }
        double[][] matrix = new double[1 + rows][count]; // a matrix of one row is read as one spectrum
        for (double[] row : matrix) {
            Arrays.setAll(row, k -> small(random));
        }
        List<String> names =
                IntStream.rangeClosed(1, count).mapToObj(k -> "em" + k).toList();
        AbundanceMaps maps = AbundanceMaps.of(rows, columns, names, planes);
        Mask mask = Mask.of(rows, columns, i -> random.nextBoolean());
        ScoreMap scores = ScoreMap.of("S", rows, columns, planes[0]);

        inFolder(folder -> {
            Path path = folder.resolve("x.mat");
            new MatFileWriter()
                    .abundances("A", maps)
                    .endmembers("E", Endmembers.ofMatrix(matrix))
                    .mask("M", mask)
                    .map("S", scores)
                    .write(path, RunContext.sequential());
            MatFile read = MatFile.open(path);
            for (int k = 0; k < count; k++) {
                assertThat(bits(read.abundances("A", ReadOptions.defaults())
                                .map(k)
                                .toArray()))
                        .isEqualTo(bits(planes[k]));
            }
            double[][] back = read.endmembers("E").toMatrix();
            assertThat(back).hasDimensions(1 + rows, count);
            for (int b = 0; b <= rows; b++) {
                assertThat(bits(back[b])).isEqualTo(bits(matrix[b]));
            }
            assertThat(read.mask("M")).isEqualTo(mask);
            assertThat(bits(read.map("S").toArray())).isEqualTo(bits(planes[0]));
        });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void libraries(
            @ForAll @IntRange(min = 1, max = 5) int count,
            @ForAll @IntRange(min = 1, max = 30) int bands,
            @ForAll boolean wavelengths,
            @ForAll boolean widths,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Wavelengths plain = Wavelengths.of(random.doubles(bands, 300, 2500).toArray());
        Wavelengths grid = widths ? plain.withFwhm(random.doubles(bands, 1, 20).toArray()) : plain;
        List<Spectrum> spectra = IntStream.range(0, count)
                .mapToObj(k -> {
                    double[] values = new double[bands];
                    Arrays.setAll(values, b -> random.nextInt(6) == 0 ? Double.NaN : small(random));
                    Spectrum spectrum = Spectrum.of(values).named("sp\u00e9ctrum, " + k);
                    return wavelengths ? spectrum.withWavelengths(grid) : spectrum;
                })
                .toList();

        inFolder(folder -> {
            SpectralLibraries.write(SpectralLibrary.of(spectra), folder.resolve("x.sli"));
            SpectralLibrary read = SpectralLibraries.read(folder.resolve("x.sli"));

            assertThat(read).isEqualTo(SpectralLibrary.of(spectra));
            for (int k = 0; k < count; k++) {
                assertThat(bits(read.get(k).toArray()))
                        .isEqualTo(bits(spectra.get(k).toArray()));
            }
        });
    }

    /** Not so small that it means a deleted channel. */
    private static double small(Random random) {
        return random.nextInt(4) == 0 ? -0.0 : random.nextInt(4) == 0 ? Double.MIN_VALUE : random.nextGaussian();
    }

    /** A sample that the type keeps, often an extreme one, never that which stands for none. */
    private static double sample(SampleType type, boolean missing, Random random) {
        double[] extremes = switch (type) {
            case UINT8 -> new double[] {0, 127, 128, 255};
            case INT16 -> new double[] {-32768, -1, 32767};
            case UINT16 -> new double[] {0, 32768, 65535};
            case INT32 -> new double[] {-0x1p31, -1, 0x1p31 - 1};
            case UINT32 -> new double[] {0, 0x1p31, 0x1p32 - 1};
            case INT64 -> new double[] {-0x1p63, -1, 0x1p62, 0x1p53 - 1, 0x1p63 - 1024};
            case UINT64 -> new double[] {0, 0x1p63, 0x1p64 - 2048, 0x1p53 - 1};
            case FLOAT32 -> new double[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0.0, 1e-40f, 0.1f};
            case FLOAT64 -> new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0, 1e-310, 0.1};
        };
        double[] none = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        int kind = random.nextInt(6);
        if (missing && kind == 0) {
            return none[random.nextInt(none.length)];
        }
        if (kind < 3) {
            return extremes[random.nextInt(extremes.length)];
        }
        int whole = random.nextInt((int) NO_DATA);
        return type.isInteger() ? whole : type == SampleType.FLOAT32 ? whole / 7f : whole / 7.0;
    }

    /** The bits of numbers, all NaN being one. */
    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    @FunctionalInterface
    private interface InFolder {
        void run(Path folder) throws IOException;
    }

    private static void inFolder(InFolder task) throws IOException {
        Path folder = Files.createTempDirectory("hsi4j");
        try {
            task.run(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }
}
