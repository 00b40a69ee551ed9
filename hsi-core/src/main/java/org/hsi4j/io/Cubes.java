package org.hsi4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.DoubleBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;

/**
 * Reads cubes of every known format, and writes them as ENVI images, NumPy arrays, MAT-files or GeoTIFF. The format is told from the contents before the
 * extension.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>Format</th><th>Samples</th><th>Options used</th></tr>
 * <tr><td>MAT-file version 5 to 7.3 (*)</td><td>loaded</td><td>variable, shape, pixel order, axis order, precision</td></tr>
 * <tr><td>NumPy array (.npy, version 1 to 3, 2-D or 3-D, integers, float32, float64, bool)</td><td>mapped; loaded where
 *     the last index is not that of columns or bands</td><td>shape, pixel order, axis order, precision</td></tr>
 * <tr><td>GeoTIFF (strips or tiles, by pixel or band; integers and floats; none, LZW, Deflate or PackBits compression; no
 *     BigTIFF)</td><td>mapped where neither compressed nor tiled; loaded otherwise</td><td>precision</td></tr>
 * <tr><td>folder of GeoTIFF files of a band each, or a list of them</td><td>mapped where all of them can be; loaded
 *     otherwise</td><td>precision</td></tr>
 * <tr><td>DESIS and EnMAP, L1B to L2A (metadata and GeoTIFF; either, or the folder, is opened)</td><td>as GeoTIFF</td><td>variable
 *     ({@code VNIR} or {@code SWIR} of EnMAP L1B), precision</td></tr>
 * <tr><td>matrix in a text file (.csv, .tsv)</td><td>loaded</td><td>shape, pixel order, precision</td></tr>
 * <tr><td>HDF5 and NetCDF-4 (*), among them EMIT L1B and L2A, PRISMA L1 and L2 ({@code .he5})</td><td>read by chunks when
 *     they are asked for; the file must not change meanwhile</td><td>variable ({@code group/dataset}), axis order</td></tr>
 * <tr><td>ENVI image (header and binary; either is opened)</td><td>mapped</td><td>none</td></tr>
 * </table>
 *
 * <p>(*) HDF5, which MAT-files of version 7.3 are too, takes the artifact {@code org.hsi4j:hsi-hdf5} beside the core, or another
 * {@link org.hsi4j.io.hdf.HdfLibrary}; without one such a file fails with an {@link IOException} that says so.
 *
 * <p>More formats come through {@link CubeReader}.
 *
 * <pre>{@code
 * Cube scene = Cubes.read(Path.of("abu-airport-1.mat"));
 * Cubes.write(scene.crop(new Region(0, 0, 50, 50)), Path.of("corner.hdr"));
 * Cube samson = Cubes.read(Path.of("Y.mat"), ReadOptions.defaults().withVariable("Y").withShape(95, 95));
 * }</pre>
 */
public final class Cubes {
    private static final int HEAD = 1024;
    private static final List<CubeReader> BUILT_IN = List.of(
            new HdfReader(),
            new MatReader(),
            new NpyReader(),
            new TableReader(),
            new DlrProduct(),
            new TiffReader(),
            new EnviReader());

    private Cubes() {}

    /**
     * Reads a cube.
     *
     * <p>A folder is read as one scene where it holds one DESIS or EnMAP product, or else GeoTIFF files of a band each, as those of
     * Hyperion, Landsat and Sentinel-2 are delivered. Of these, files are taken that have the number of a band in their name
     * ({@code _B001_}, {@code _B8A.}, {@code band-12}), by the number and then the letter behind it; they have the same size, place and
     * no-data value. Wavelengths come from the files where all have them, or from the only table in the folder
     * ({@code .csv}, {@code .tsv}, {@code .txt}) that has a column of wavelengths, and perhaps {@code fwhm}, with a line a band. The
     * provenance tells what was left out.
     *
     * @param file the file, or a folder
     * @return the cube
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if no reader knows the file or it does not hold what its format demands
     * @throws IllegalArgumentException if the file needs an option to be understood
     * @throws IOException if the file cannot be read
     */
    public static Cube read(Path file) throws IOException {
        return read(file, ReadOptions.defaults());
    }

    /**
     * Reads a cube.
     *
     * @param file the file
     * @param options what the file does not say by itself
     * @return the cube
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if no reader knows the file or it does not hold what its format demands
     * @throws IllegalArgumentException if the options do not fit the file
     * @throws IOException if the file cannot be read
     */
    public static Cube read(Path file, ReadOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        if (Files.isDirectory(file)) {
            return SceneFolder.read(file, options);
        }
        byte[] head = head(file);
        List<CubeReader> readers = readers();
        for (CubeReader reader : readers) {
            if (reader.canRead(file, head)) {
                return reader.read(file, options);
            }
        }
        throw new MalformedFileException(
                file,
                "file type",
                FileTypes.describe(head),
                "one of "
                        + String.join(
                                ", ", readers.stream().map(CubeReader::name).toList()));
    }

    /**
     * Reads a cube whose bands lie in GeoTIFF files of their own.
     *
     * @param files the files in the order of their bands, each with one band or some; of the same size, place and no-data
     *     value
     * @param options the precision, where the files are compressed
     * @return the cube; wavelengths as {@linkplain #read(Path) of a folder}
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if a file is no GeoTIFF or does not fit the first one
     * @throws IllegalArgumentException if there is no file
     * @throws IOException if a file cannot be read
     */
    public static Cube read(List<Path> files, ReadOptions options) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a scene is made of at least one file");
        }
        return TiffStack.ofFiles(List.copyOf(files), Objects.requireNonNull(options, "options"));
    }

    /**
     * Writes a cube with the defaults.
     *
     * @param cube the cube
     * @param path the header ({@code x.hdr}) or the binary of an ENVI image, or a file of another format by its name;
     *     existing files are replaced
     * @throws IllegalArgumentException if the name is that of another format
     * @throws IOException if the files cannot be written
     */
    public static void write(Cube cube, Path path) throws IOException {
        write(cube, path, WriteOptions.defaults(), RunContext.defaults());
    }

    /**
     * Writes a cube in the format that the name of the file says; every name that is not in this list is that of an ENVI image.
     *
     * <ul>
     *   <li>{@code .npy}: a NumPy array of rows x columns x bands; samples only.
     *   <li>{@code .mat}: a MAT-file of version 5 with {@code cube}, rows x columns x bands, and {@code wavelengths} in
     *       nanometres where they are known ({@link MatFileWriter} writes other things); up to 2 GiB.
     *   <li>{@code .tif}, {@code .tiff}: a GeoTIFF, band by band without compression, with names, wavelengths and good bands as
     *       GDAL's metadata and the georeference; of a coordinate system, WGS-84 in UTM or degrees and {@code EPSG:n} are kept,
     *       of any other its name; up to 4 GiB.
     * </ul>
     *
     * <p>These three do not use the interleave; in floating point, missing samples are NaN unless the options have a no-data
     * value.
     *
     * <p>What is written are the samples in physical units, with wavelengths, FWHM, band names, good bands, quantity,
     * georeference and no-data value in the header; braces and line ends in names are replaced. {@code x.hdr} gets the binary
     * {@code x.img}; {@code x.img}, {@code x.bsq} and the like get the header {@code x.hdr}. The cube may be larger than the
     * heap; a mapped file that is only brought into another interleave is not even turned into numbers. Both files are written beside their targets and moved into place when they are complete, so nothing half written
     * is left behind, and a cube may replace the file it is read from.
     *
     * @param cube the cube
     * @param path the header ({@code x.hdr}) or the binary; existing files are replaced
     * @param options how the file is written
     * @param context progress and cancellation
     * @throws IllegalArgumentException if the name is that of another format, or a sample cannot be kept in the type: it is
     *     out of range, equal to the no-data value, or NaN in whole numbers without a no-data value
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     * @throws IOException if the files cannot be written
     */
    public static void write(Cube cube, Path path, WriteOptions options, RunContext context) throws IOException {
        String name = EnviFiles.name(path).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            NpyWriter.write(cube, path, options, context);
        } else if (name.endsWith(".mat")) {
            MatFileWriter writer = new MatFileWriter().cube("cube", cube, options);
            cube.wavelengths().ifPresent(w -> writer.wavelengths("wavelengths", w));
            writer.write(path, context);
        } else if (name.endsWith(".tif") || name.endsWith(".tiff")) {
            TiffWriter.write(cube, path, options, context);
        } else {
            EnviWriter.write(cube, path, options, context);
        }
    }

    /**
     * Writes abundances as {@link #write(Cube, Path, WriteOptions, RunContext) a cube}, one band an endmember, named after it; invalid pixels are NaN.
     *
     * @param maps the abundances
     * @param path the header ({@code x.hdr}) or the binary; existing files are replaced
     * @param options how the file is written
     * @param context progress and cancellation
     * @throws IllegalArgumentException as for a cube
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     * @throws IOException if the files cannot be written
     */
    public static void write(AbundanceMaps maps, Path path, WriteOptions options, RunContext context)
            throws IOException {
        List<DoubleBuffer> planes =
                IntStream.range(0, maps.count()).mapToObj(maps::asBuffer).toList();
        Cube.Builder builder = Cube.builder(new MapSource(maps.rows(), maps.columns(), planes))
                .bandNames(maps.names())
                .provenance("abundances, one band an endmember");
        maps.geoReference().ifPresent(builder::geoReference);
        write(builder.build(), path, options, context);
    }

    /**
     * Writes a map as {@link #write(Cube, Path, WriteOptions, RunContext) a cube} of one band, named after the map; invalid pixels and infinite scores are NaN.
     *
     * @param map the map
     * @param path the header ({@code x.hdr}) or the binary; existing files are replaced
     * @param options how the file is written
     * @param context progress and cancellation
     * @throws IllegalArgumentException as for a cube
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     * @throws IOException if the files cannot be written
     */
    public static void write(ScoreMap map, Path path, WriteOptions options, RunContext context) throws IOException {
        Cube.Builder builder = Cube.builder(new MapSource(map.rows(), map.columns(), List.of(map.asBuffer())))
                .bandNames(List.of(map.name()))
                .provenance(map.name());
        map.geoReference().ifPresent(builder::geoReference);
        write(builder.build(), path, options, context);
    }

    /** Maps as bands, without a copy. */
    private record MapSource(int rows, int columns, List<DoubleBuffer> planes) implements SampleSource {

        @Override
        public int bands() {
            return planes.size();
        }

        @Override
        public Precision precision() {
            return Precision.DOUBLE;
        }

        @Override
        public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
            for (int k = 0; k < bands.length; k++) {
                planes.get(bands[k]).get((int) firstPixel, target[k], offset, count);
            }
        }
    }

    /**
     * The readers there are, in the order in which they are asked.
     *
     * @return those of the class path first, then those of the library
     */
    public static List<CubeReader> readers() {
        List<CubeReader> readers = new ArrayList<>();
        for (CubeReader reader : ServiceLoader.load(CubeReader.class, Cubes.class.getClassLoader())) {
            readers.add(reader);
        }
        readers.addAll(BUILT_IN);
        return List.copyOf(readers);
    }

    /** The first bytes of a file, after the checks that every reader would have to make. */
    static byte[] head(Path file) throws IOException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    static void requireFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory, not a file");
        }
    }
}
