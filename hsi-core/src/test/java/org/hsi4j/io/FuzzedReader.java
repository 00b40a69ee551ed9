package org.hsi4j.io;

import com.sun.management.ThreadMXBean;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;

/**
 * The readers that damaged files are given to: whole files to start from, made by our writers and fixtures, and what is
 * done with a file. An input of {@link #ENVI} and {@link #ENVI_LIBRARY} is a header, a zero byte and the binary.
 */
enum FuzzedReader {
    ENVI("scene.hdr", Use.CUBE) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            for (Interleave interleave : Interleave.values()) {
                for (SampleType type : SampleType.values()) {
                    WriteOptions options = WriteOptions.defaults()
                            .withInterleave(interleave)
                            .withSampleType(type)
                            .withByteOrder(type == SampleType.INT16 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                    Cubes.write(scene(), folder.resolve("a.hdr"), options, RunContext.sequential());
                    seeds.add(pair(folder, "a"));
                }
            }
            EnviFixture.small()
                    .with("data gain values", "{1, 2, 3, 4}")
                    .with("data offset values", "{0, 0, 1, 1}")
                    .with("data ignore value", "-9999")
                    .with("default bands", "{3, 2, 1}")
                    .with("bbl", "{1, 1, 0, 1}")
                    .write(folder);
            seeds.add(pair(folder, "scene"));
        }

        @Override
        Path write(Path folder, byte[] bytes) throws IOException {
            return writePair(folder, bytes);
        }
    },
    ENVI_LIBRARY("scene.hdr", Use.LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            Wavelengths wavelengths = Wavelengths.of(500, 600, 700);
            SpectralLibrary library = SpectralLibrary.of(List.of(
                    Spectrum.of(1, Double.NaN, 3).named("grass").withWavelengths(wavelengths),
                    Spectrum.of(4, 5, 6).named("soil").withWavelengths(wavelengths)));
            SpectralLibraries.write(library, folder.resolve("a.hdr"));
            seeds.add(pair(folder, "a"));
            double[][] grid = {{0.5, 0.6, 0.7, 0.1, 0.1, 0.1, 1, 2, 3, -1.23e34, 8, 9}};
            EnviFixture.of(4, 3, grid, SampleType.FLOAT32, Interleave.BSQ, ByteOrder.LITTLE_ENDIAN, 0)
                    .with("file type", "ENVI Spectral Library")
                    .with("reflectance scale factor", "100")
                    .write(folder);
            seeds.add(pair(folder, "scene"));
            double[][] pixels = {{1, 2}, {3, 4}, {5, 6}};
            EnviFixture.of(1, 2, pixels, SampleType.INT16, Interleave.BIP, ByteOrder.BIG_ENDIAN, 3)
                    .write(folder);
            seeds.add(pair(folder, "scene"));
        }

        @Override
        Path write(Path folder, byte[] bytes) throws IOException {
            return writePair(folder, bytes);
        }
    },
    MAT("scene.mat", Use.CUBE_AND_LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            new MatFileWriter()
                    .cube("cube", scene())
                    .wavelengths("wavelengths", scene().wavelengths().orElseThrow())
                    .mask("mask", scene().validMask())
                    .write(folder.resolve("a.mat"), RunContext.sequential());
            seeds.add(Files.readAllBytes(folder.resolve("a.mat")));
            for (boolean compressed : new boolean[] {false, true}) {
                for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                    MatFixture fixture = new MatFixture(order, compressed)
                            .add("Y", new int[] {2, 6}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
                            .add("nRow", new int[] {1, 1}, 2)
                            .add("nCol", new int[] {1, 1}, 3)
                            .add("t", MatFixture.SINGLE, 0, new int[] {2, 1, 2}, MatStorage.UINT8, 1, 2, 3, 4)
                            .add("z", MatFixture.DOUBLE, MatFixture.COMPLEX, new int[] {1, 2}, MatStorage.INT16, 1, 2);
                    fixture.addMatrix(fixture.head("c", MatFixture.CELL, 0, 0, 0), new byte[0]);
                    fixture.addMatrix(fixture.head("s", MatFixture.CHAR, 0, 1, 4), new byte[16]);
                    fixture.addMatrix(fixture.head("sparse", MatFixture.SPARSE, 0, 2, 2), new byte[16]);
                    seeds.add(fixture.bytes());
                    seeds.add(new MatFixture(order, compressed)
                            .add("E", new int[] {3, 2}, 1, 2, 3, 4, 5, Double.NaN)
                            .add("wavelengths", new int[] {1, 3}, 500, 600, 700)
                            .bytes());
                }
            }
        }
    },
    MAT_7_3("scene.mat", Use.CUBE_AND_LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> {
                f.putDataset("cube", numbers(2, 3, 4)).putAttribute("MATLAB_class", "single");
                f.putDataset("wavelengths", new double[][] {{500, 600}}).putAttribute("MATLAB_class", "double");
                f.putDataset("empty", new double[] {0, 0}).putAttribute("MATLAB_empty", 1);
                f.putGroup("#refs#").putDataset("x", new int[] {1, 2});
            });
            seeds.add(Files.readAllBytes(file));
            Path matrix = HdfFixture.writeMat(folder.resolve("b.mat"), f -> {
                f.putDataset("Y", new int[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}}, CHUNKED_2)
                        .putAttribute("MATLAB_class", "int32");
                f.putDataset("nRow", 2.0);
                f.putDataset("nCol", 2.0);
            });
            seeds.add(Files.readAllBytes(matrix));
            Path library = HdfFixture.writeMat(folder.resolve("c.mat"), f -> {
                f.putDataset("E", new double[][] {{0.1, 0.2, 0.3}, {0.4, Double.NaN, 0.6}})
                        .putAttribute("MATLAB_class", "double");
                f.putDataset("wavelengths", new double[][] {{500, 600, 700}}).putAttribute("MATLAB_class", "double");
                f.putDataset("names", new short[][] {{'a', 'b'}, {'c', 'd'}}).putAttribute("MATLAB_class", "char");
            });
            seeds.add(Files.readAllBytes(library));
            seeds.add(new OldHdfFixture()
                    .add("cube", new int[] {2, 1, 2}, 1, 2, 3, 4)
                    .add("wavelengths", new int[] {1, 2}, 500, 600)
                    .matBytes());
            seeds.add(new OldHdfFixture()
                    .addChunk("E", new int[] {2, 3}, new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
                    .matBytes());
        }
    },
    HDF5("scene.h5", Use.CUBE_AND_LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            List<Consumer<WritableHdfFile>> files = List.of(
                    f -> f.putDataset("x", numbers(2, 3, 4)),
                    f -> {
                        f.putGroup("g").putDataset("x", numbers(4, 5, 3), CHUNKED_3);
                        f.putDataset("wavelengths", new double[] {500, 600, 700});
                    },
                    f -> {
                        f.putDataset("Y", new double[][] {{1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}}, CHUNKED_2);
                        WritableGroup group = f.putGroup("g");
                        group.putDataset("E", new double[][] {{1, 2}, {3, Double.NaN}, {5, 6}});
                        group.putDataset("names_E", new byte[][] {{'i', 'r'}, {'o', ' '}});
                        group.putDataset("wavelength", new double[] {0.5, 0.6, 0.7});
                    },
                    FuzzedReader::emit,
                    f -> {
                        emit(f);
                        f.putAttribute("geotransform", new double[] {10, 0.0005, 0, 50, 0, -0.0005});
                        f.putAttribute("spatial_ref", "GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]]");
                    },
                    f -> {
                        f.putDataset("cube", numbers(2, 3, 4)).putAttribute("grid_mapping", "crs");
                        WritableDataset crs = f.putDataset("crs", new int[] {0});
                        crs.putAttribute("GeoTransform", "300000 30 0 5000000 0 -30");
                        crs.putAttribute("crs_wkt", "PROJCRS[\"WGS 84 / UTM zone 33S\",ID[\"EPSG\",32733]]");
                    },
                    f -> prisma(f, "PRS_L2D_HCO"),
                    f -> prisma(f, "PRS_L1_HCO"));
            for (Consumer<WritableHdfFile> contents : files) {
                seeds.add(Files.readAllBytes(HdfFixture.write(folder.resolve("a.h5"), contents)));
            }
            seeds.add(new OldHdfFixture()
                    .addChunk("x", new int[] {2, 1, 2}, new int[] {2, 1, 2}, 1, 2, 3, 4)
                    .add("y", new int[] {2, 2}, 1, 2, 3, 4)
                    .bytes());
        }
    },
    TIFF("scene.tif", Use.CUBE) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            for (SampleType type : SampleType.values()) {
                ByteOrder order = type == SampleType.UINT16 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                WriteOptions options =
                        WriteOptions.defaults().withSampleType(type).withByteOrder(order);
                Cubes.write(scene(), folder.resolve("a.tif"), options, RunContext.sequential());
                seeds.add(Files.readAllBytes(folder.resolve("a.tif")));
            }
            for (String compression : new String[] {"LZW", "Deflate", "PackBits"}) {
                for (boolean tiled : new boolean[] {false, true}) {
                    seeds.add(TiffFixture.compressed(compression, tiled));
                }
            }
        }
    },
    /** An input is a table of wavelengths, a zero byte and the first of two bands. */
    TIFF_STACK("stack", Use.CUBE) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            byte[] table = "wavelength;fwhm\n0,45;0,01\n0,46;0,011\n\0".getBytes(StandardCharsets.UTF_8);
            byte[] short1 = "nm\n450\n460\n\0".getBytes(StandardCharsets.UTF_8);
            seeds.add(MatFixture.concat(table, oneBand(folder.resolve("a.tif"), SampleType.INT16)));
            seeds.add(MatFixture.concat(short1, oneBand(folder.resolve("a.tif"), SampleType.FLOAT64)));
            BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            for (String compression : new String[] {"LZW", "Deflate", "PackBits"}) {
                seeds.add(MatFixture.concat(table, TiffFixture.compressed(image, compression, false)));
            }
            seeds.add(MatFixture.concat(new byte[1], TiffFixture.compressed(image, "Deflate", true)));
        }

        private byte[] oneBand(Path file, SampleType type) throws IOException {
            Cubes.write(image(1), file, WriteOptions.defaults().withSampleType(type), RunContext.sequential());
            return Files.readAllBytes(file);
        }

        @Override
        Path write(Path folder, byte[] bytes) throws IOException {
            Path stack = Files.createDirectories(folder.resolve("stack"));
            if (!Files.exists(stack.resolve("x_B02.tif"))) {
                oneBand(stack.resolve("x_B02.tif"), SampleType.INT16);
            }
            int end = zero(bytes);
            Files.write(stack.resolve("bands.csv"), Arrays.copyOf(bytes, end));
            Files.write(stack.resolve("x_B01.tif"), after(bytes, end));
            return stack;
        }
    },
    /** The metadata of two bands, an image beside them. */
    DESIS_ENMAP("ENMAP01-____L2A-DT1-METADATA.XML", Use.CUBE) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) {
            add(
                    seeds,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hsi_doc xmlns=\"http://example.org/d\"><specific>"
                            + "<backgroundValue>-32768</backgroundValue><bandCharacterisation>"
                            + "<band><bandNumber>1</bandNumber><wavelengthCenterOfBand>401.9</wavelengthCenterOfBand>"
                            + "<wavelengthWidthOfBand>3.5</wavelengthWidthOfBand><response>0.1,0.9</response>"
                            + "<gainOfBand>1e-4</gainOfBand><offsetOfBand>0</offsetOfBand></band>"
                            + "<band><bandNumber>2</bandNumber><wavelengthCenterOfBand>404.5</wavelengthCenterOfBand>"
                            + "<gainOfBand>2e-4</gainOfBand><offsetOfBand>.5</offsetOfBand></band>"
                            + "</bandCharacterisation></specific></hsi_doc>",
                    "<level_X><!-- made up --><expectedChannelsList>1, 2</expectedChannelsList><bandCharacterisation>"
                            + "<bandID number='2'><wavelengthCenterOfBand>420</wavelengthCenterOfBand><FWHMOfBand>6"
                            + "</FWHMOfBand><GainOfBand>1</GainOfBand><OffsetOfBand>-1</OffsetOfBand></bandID>"
                            + "<bandID number='1'><wavelengthCenterOfBand><![CDATA[410]]></wavelengthCenterOfBand>"
                            + "<FWHMOfBand>5</FWHMOfBand><GainOfBand>2</GainOfBand></bandID>"
                            + "</bandCharacterisation></level_X>",
                    "<a><bandCharacterisation><bandID/><bandID number=\"&#50;\"/></bandCharacterisation></a>");
        }

        @Override
        Path write(Path folder, byte[] bytes) throws IOException {
            Path image = folder.resolve("ENMAP01-____L2A-DT1-SPECTRAL_IMAGE.TIF");
            if (!Files.exists(image)) {
                Cubes.write(
                        image(2),
                        image,
                        WriteOptions.defaults().withSampleType(SampleType.INT16),
                        RunContext.sequential());
            }
            return super.write(folder, bytes);
        }
    },
    NPY("scene.npy", Use.CUBE_AND_LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) throws IOException {
            for (SampleType type : SampleType.values()) {
                WriteOptions options = WriteOptions.defaults().withSampleType(type);
                Cubes.write(scene(), folder.resolve("a.npy"), options, RunContext.sequential());
                seeds.add(Files.readAllBytes(folder.resolve("a.npy")));
            }
            for (int version = 1; version <= 3; version++) {
                seeds.add(NpyTest.npy(version, NpyTest.header(">f4", true, "2, 6"), new byte[48]));
                seeds.add(NpyTest.npy(version, NpyTest.header("|b1", false, "3, 2, 1"), new byte[6]));
            }
        }
    },
    TABLE("scene.csv", Use.CUBE) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) {
            add(
                    seeds,
                    "1,2,3\n4,5,6\n",
                    "1;0,5;1e3;-2;5.;6\n2;;NaN;4;5;-0\n",
                    "a\tb\n1\t2\n3\t4\n5\t6\n7\t8\n9\t1\n2\t3\n",
                    "x\t1\t-2.5e-3\t3\ny\tNaN\t4\t0\n",
                    "# comment\n\"a, b\",c,d\n1 , 2,3\n4,5,6\n");
        }
    },
    TEXT_LIBRARY("library.csv", Use.LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) {
            add(
                    seeds,
                    "\ufeff# made up\nWavelength (um),grass,\"rock, d\u00fcr\"\n0.4,1,2\n0.5,,4\n0.6,5,NaN\n",
                    "name;400;500,5;600\ngrass;0,5;2;3\nrock;4;-1.23e34;6\n",
                    "name\t400\t500\ngrass\t1\t2\n",
                    "  1.5   2\n\n  3     4e0  \n");
        }
    },
    USGS_TEXT("library.txt", Use.LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) {
            add(
                    seeds,
                    "USGS Digital Spectral Library splib06a\nClark and others 2007\n\nline 15 title\n"
                            + "----------------------\nActinolite HS116.3B  W1R1Bb AREF\ncopy of splib05a r   17\n"
                            + "   0.205100      -1.23e34    -1.23e34\n   0.213100    0.054321    0.000000\n",
                    " splib07a Record=7: Acmite NMNH133746   AREF\n 5.5e-002\n -1.23e+034\n 7e-2\n");
        }
    },
    ECOSTRESS_TEXT("library.spectrum.txt", Use.LIBRARY) {
        @Override
        void seeds(Path folder, List<byte[]> seeds) {
            add(
                    seeds,
                    "Name: Basalt  H2\r\nX Units: Wavelength (micrometers)\r\nY Units: Reflectance (percent)\r\n"
                            + "Number of X Values: 3\r\n\r\n14.0 30\r\n 2.5\t-1.23e34\r\n1.0 10\r\n",
                    "Name: a\nX Units: Wavenumber (cm-1)\nFirst Column: X\n1000 0.5\n2000 0.25\n");
        }
    };

    /** A cube with more samples is only looked at in a corner: an HDF5 file may leave chunks out, and be of any size. */
    private static final long MOST_SAMPLES = 1 << 16;

    /** All that may be allocated for a file, garbage included. */
    private static final long MOST_BYTES = 128L << 20;

    private static final DatasetCreationOptions CHUNKED_2 = DatasetCreationOptions.builder()
            .chunkDimensions(2, 2)
            .shuffle()
            .deflate()
            .build();
    private static final DatasetCreationOptions CHUNKED_3 =
            DatasetCreationOptions.builder().chunkDimensions(2, 3, 2).deflate().build();

    private final String fileName;
    private final Use use;

    FuzzedReader(String fileName, Use use) {
        this.fileName = fileName;
        this.use = use;
    }

    /** What a file may be opened as. */
    private enum Use {
        CUBE,
        LIBRARY,
        CUBE_AND_LIBRARY
    }

    abstract void seeds(Path folder, List<byte[]> seeds) throws IOException;

    /** Whole files of the format. */
    List<byte[]> seeds(Path folder) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        seeds(folder, seeds);
        return seeds;
    }

    /** Makes a file of an input; gives what a user would open. */
    Path write(Path folder, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(fileName), bytes);
    }

    /** Fails where a file, damaged or not, does not end as documented or takes much memory. */
    void check(Path folder, byte[] bytes) throws IOException {
        if (allocated(folder, bytes) > MOST_BYTES) {
            long again = allocated(folder, bytes); // the first time, classes may have been loaded
            if (again > MOST_BYTES) {
                throw new AssertionError(again + " bytes were allocated for an input of " + bytes.length);
            }
        }
    }

    private long allocated(Path folder, byte[] bytes) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        refuses(folder, bytes);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Opens what may be damaged, uses what it holds, and lets everything pass that is documented.
     *
     * @return whether the file was refused
     */
    boolean refuses(Path folder, byte[] bytes) throws IOException {
        Path file = write(folder, bytes);
        boolean refused = true;
        if (use != Use.LIBRARY) {
            refused = refuses(file, () -> use(Cubes.read(file)))
                    && refuses(
                            file,
                            () -> use(Cubes.read(file, ReadOptions.defaults().withShape(2, 3))));
        }
        if (use != Use.CUBE) {
            refused &= refuses(file, () -> SpectralLibraries.read(file).wavelengths());
        }
        refuses(file, () -> use(FileContents.of(file)));
        return refused;
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static boolean refuses(Path file, Reading reading) {
        try {
            reading.run();
            return false;
        } catch (IOException | UncheckedIOException e) {
            return true;
        } catch (IllegalArgumentException e) {
            requireAboutTheFile(file, e);
            return true;
        }
    }

    /** What we throw names the file; what slips through from below does not. */
    private static void requireAboutTheFile(Path file, IllegalArgumentException e) {
        if (e.getMessage() == null
                || !e.getMessage().startsWith(file.getParent().toString())) {
            throw new AssertionError("an exception that is not documented", e);
        }
    }

    private static void use(FileContents contents) throws IOException {
        for (MatFile.Variable array : contents.arrays()) {
            long count = 1;
            for (int length : array.dimensions()) {
                count = length > MOST_SAMPLES || count > MOST_SAMPLES ? Long.MAX_VALUE : count * length;
            }
            if (count <= MOST_SAMPLES) {
                contents.missing(array.name());
            }
        }
    }

    private static void use(Cube cube) {
        if (cube.pixels() * (long) cube.bands() > MOST_SAMPLES) {
            cube.value(cube.rows() - 1, cube.columns() - 1, cube.bands() - 1);
            return;
        }
        cube.validMask();
        for (int b = 0; b < cube.bands(); b++) {
            cube.plane(b);
        }
    }

    /** Two rows, three columns and four bands, with everything that can be said about them. */
    private static Cube scene() {
        Cube.Builder builder = Cube.builder(2, 3, 4, Precision.DOUBLE);
        for (int b = 0; b < 4; b++) {
            builder.plane(b, new double[] {b, 1, 2, 3, 4, 255});
        }
        return builder.wavelengths(Wavelengths.of(400, 500.5, 600, 700).withFwhm(9, 10, 11, 12))
                .bandNames(List.of("blue", "green", "red", "b\u00e4nd"))
                .goodBands(true, false, true, true)
                .quantity(Quantity.REFLECTANCE)
                .noData(99)
                .geoReference(
                        new GeoReference("UTM", 5e5, 6e6, 30, 30, 10, 33, true, "WGS-84", "Meters", "PROJCS[\"x\"]"))
                .provenance("made up")
                .build();
    }

    /** Two rows and three columns, without anything said about them. */
    private static Cube image(int bands) {
        Cube.Builder builder = Cube.builder(2, 3, bands, Precision.FLOAT);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, new double[] {b, 1, 2, 3, 4, 255});
        }
        return builder.build();
    }

    private static float[][][] numbers(int first, int second, int third) {
        float[][][] numbers = new float[first][second][third];
        for (int i = 0; i < first; i++) {
            for (int k = 0; k < second; k++) {
                Arrays.fill(numbers[i][k], 10 * i + k);
            }
        }
        return numbers;
    }

    private static void emit(WritableHdfFile f) {
        f.putDataset("reflectance", numbers(2, 3, 3)).putAttribute("_FillValue", new float[] {-9999f});
        WritableGroup bands = f.putGroup("sensor_band_parameters");
        bands.putDataset("wavelengths", new float[] {381, 388.5f, 396});
        bands.putDataset("fwhm", new float[] {8.5f, 8.25f, 8});
        bands.putDataset("good_wavelengths", new byte[] {1, 0, 1});
    }

    /** Two rows, as many bands of each detector, two columns; the other way round where they are as seen. */
    private static void prisma(WritableHdfFile f, String name) {
        boolean onMap = name.contains("L2D");
        WritableGroup swath = f.putGroup("HDFEOS").putGroup("SWATHS").putGroup(name);
        WritableGroup fields = swath.putGroup("Data Fields");
        fields.putDataset("VNIR_Cube", new short[][][] {{{1, 2}, {3, 4}}, {{1, 2}, {3, 4}}});
        fields.putDataset("SWIR_Cube", new short[][][] {{{5, 6}}, {{7, 8}}});
        for (String detector : new String[] {"Vnir", "Swir"}) {
            boolean visible = detector.equals("Vnir");
            f.putAttribute("List_Cw_" + detector, visible ? new float[] {700, 500} : new float[] {950});
            f.putAttribute("List_Fwhm_" + detector, visible ? new float[] {12, 11} : new float[] {9});
            f.putAttribute("List_Cw_" + detector + "_Flags", visible ? new int[] {1, 1} : new int[] {1});
            f.putAttribute(onMap ? "L2Scale" + detector + "Min" : "Offset_" + detector, 0.25f);
            f.putAttribute(onMap ? "L2Scale" + detector + "Max" : "ScaleFactor_" + detector, 1.25f);
        }
        if (onMap) {
            swath.putGroup("Geometric Fields").putDataset("Solar_Zenith_Angle", new float[][] {{0, 30}, {31, 31}});
            f.putAttribute("Epsg_Code", 32632);
            f.putAttribute("Product_ULcorner_easting", 500015.0);
            f.putAttribute("Product_ULcorner_northing", 4999985.0);
            f.putAttribute("Product_LRcorner_easting", 500045.0);
            f.putAttribute("Product_LRcorner_northing", 4999955.0);
        }
    }

    private static void add(List<byte[]> seeds, String... texts) {
        for (String text : texts) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] pair(Path folder, String name) throws IOException {
        byte[] header = Files.readAllBytes(folder.resolve(name + ".hdr"));
        byte[] binary = Files.readAllBytes(folder.resolve(name + ".img"));
        return MatFixture.concat(Arrays.copyOf(header, header.length + 1), binary);
    }

    /** Where the first of two files that are one input ends. */
    private static int zero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private static byte[] after(byte[] bytes, int end) {
        return Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length);
    }

    private static Path writePair(Path folder, byte[] bytes) throws IOException {
        int end = zero(bytes);
        Files.write(folder.resolve("scene.img"), after(bytes, end));
        return Files.write(folder.resolve("scene.hdr"), Arrays.copyOf(bytes, end));
    }
}
