package org.hsi4j.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;

/**
 * GeoTIFF among the formats of {@link Cubes}: strips or tiles, by pixel or by band; mapped where the samples lie in the file
 * as they are and without gaps, loaded otherwise.
 */
final class TiffReader implements CubeReader {

    @Override
    public String name() {
        return "GeoTIFF";
    }

    @Override
    public boolean canRead(Path file, byte[] head) {
        return TiffDirectory.isTiff(head);
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        List<String> notes = new ArrayList<>();
        Image image = open(file, notes);
        RasterLayout layout = image.layout();
        Cube.Builder builder = image.builder(options);
        image.facts().describe(builder);
        if (image.facts().wavelengths() == null) {
            Wavelengths beside = TiffMetadata.beside(file, layout.bands(), notes);
            if (beside != null) {
                builder.wavelengths(beside);
            }
        }
        builder.provenance("read from " + file.getFileName() + ", TIFF, " + layout.rows() + " rows x "
                + layout.columns() + " columns x " + layout.bands() + " bands, " + image.type());
        notes.forEach(builder::provenance);
        return builder.name(EnviFiles.stem(EnviFiles.name(file))).build();
    }

    /**
     * An image whose sizes are checked and whose samples are not read.
     *
     * @param file the file
     * @param layout its shape; where the samples are, if they are mapped
     * @param type how a sample is stored
     * @param mapped whether the samples lie in the file as they are
     * @param facts what the file says about its bands
     */
    record Image(Path file, RasterLayout layout, String type, boolean mapped, BandFacts facts) {

        /** The samples, mapped where that can be done, on the heap otherwise. */
        Cube.Builder builder(ReadOptions options) throws IOException {
            if (mapped) {
                return Cube.builder(RasterFile.open(file, layout));
            }
            return withChannel(
                    file,
                    directory -> raster(file, directory)
                            .load(options.precision().orElse(layout.type().precision())));
        }
    }

    /** Opens a file and checks its sizes. */
    static Image open(Path file, List<String> notes) throws IOException {
        return withChannel(file, directory -> {
            Raster raster = raster(file, directory);
            raster.requireFit(directory.size());
            return new Image(
                    file,
                    raster.layout(),
                    raster.signedBytes ? "int8" : raster.type.name().toLowerCase(Locale.ROOT),
                    raster.isRaw(),
                    TiffMetadata.read(file, directory, raster.bands, notes));
        });
    }

    /** A piece of reading while the file is open. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(TiffDirectory directory) throws IOException;
    }

    private static <T> T withChannel(Path file, Reading<T> reading) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return reading.of(TiffDirectory.read(file, channel));
        } catch (EOFException e) {
            throw new MalformedFileException(file, "file", "one that ends early", "a whole TIFF file", e);
        }
    }

    private static Raster raster(Path file, TiffDirectory directory) throws IOException {
        int columns = directory.number(TiffDirectory.WIDTH, 0);
        int rows = directory.number(TiffDirectory.HEIGHT, 0);
        int bands = directory.number(TiffDirectory.SAMPLES, 1);
        if (columns < 1 || rows < 1 || bands < 1 || bands > 65535 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new MalformedFileException(
                    file,
                    "size",
                    rows + " rows x " + columns + " columns x " + bands + " bands",
                    "1 to 2^31-1 pixels and 1 to 65535 bands");
        }
        int bits = same(file, directory, TiffDirectory.BITS, 1);
        int format = same(file, directory, TiffDirectory.SAMPLE_FORMAT, 1);
        int compression = directory.number(TiffDirectory.COMPRESSION, 1);
        TiffCodec codec = TiffCodec.of(compression)
                .orElseThrow(
                        () -> new MalformedFileException(
                                file,
                                "compression",
                                TiffCodec.name(compression),
                                "none, LZW, Deflate or PackBits (convert it, for example with gdal_translate -co COMPRESS=NONE)"));
        boolean tiled = directory.has(TiffDirectory.TILE_OFFSETS);
        int planar = directory.number(TiffDirectory.PLANAR, 1);
        int chunkRows = tiled
                ? directory.number(TiffDirectory.TILE_HEIGHT, 0)
                : Math.min(rows, directory.number(TiffDirectory.ROWS_PER_STRIP, rows));
        int chunkColumns = tiled ? directory.number(TiffDirectory.TILE_WIDTH, 0) : columns;
        if (chunkRows < 1 || chunkColumns < 1 || planar < 1 || planar > 2) {
            throw new MalformedFileException(
                    file,
                    "layout",
                    "strips or tiles of " + chunkRows + "x" + chunkColumns + " pixels, planar configuration " + planar,
                    "at least one pixel and configuration 1 or 2");
        }
        int predictor = directory.number(TiffDirectory.PREDICTOR, 1);
        boolean isFloat = format == 3;
        if (predictor < 1
                || predictor > 3
                || (predictor == 2 && isFloat && bits != 32 && bits != 64)
                || (predictor == 3 && !isFloat)) {
            throw new MalformedFileException(file, "predictor", predictor + "", "1, 2 or, for floats, 3");
        }
        return new Raster(
                file,
                directory,
                rows,
                columns,
                bands,
                type(file, bits, format),
                bits == 8 && format == 2,
                codec,
                predictor,
                tiled,
                planar == 2,
                chunkRows,
                chunkColumns,
                directory.numbers(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS),
                directory.numbers(tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES));
    }

    private static int same(Path file, TiffDirectory directory, int tag, int otherwise) throws IOException {
        double[] numbers = directory.numbers(tag);
        if (DoubleStream.of(numbers).distinct().count() > 1) {
            throw new MalformedFileException(
                    file, "field " + tag, "bands of different types", "one type of samples for all bands");
        }
        return numbers.length == 0 ? otherwise : (int) numbers[0];
    }

    private static SampleType type(Path file, int bits, int format) throws IOException {
        return switch (format * 100 + bits) {
            case 108, 408 -> SampleType.UINT8;
            case 116, 416 -> SampleType.UINT16;
            case 132, 432 -> SampleType.UINT32;
            case 164, 464 -> SampleType.UINT64;
            case 208, 216 -> SampleType.INT16;
            case 232 -> SampleType.INT32;
            case 264 -> SampleType.INT64;
            case 332 -> SampleType.FLOAT32;
            case 364 -> SampleType.FLOAT64;
            default ->
                throw new MalformedFileException(
                        file,
                        "samples",
                        bits + " bits of the format " + format,
                        "integers of 8, 16, 32 or 64 bits, or floats of 32 or 64");
        };
    }

    /** The samples of the file, in chunks (strips or tiles), each of one band or of all. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
    private record Raster(
            Path file,
            TiffDirectory directory,
            int rows,
            int columns,
            int bands,
            SampleType type,
            boolean signedBytes,
            TiffCodec codec,
            int predictor,
            boolean tiled,
            boolean planar,
            int chunkRows,
            int chunkColumns,
            double[] offsets,
            double[] lengths) {

        private int sampleBytes() {
            return signedBytes ? 1 : type.bytes();
        }

        private int bandsPerChunk() {
            return planar ? 1 : bands;
        }

        private int chunksAcross() {
            return (int) ((columns + (long) chunkColumns - 1) / chunkColumns);
        }

        private int chunksDown() {
            return (int) ((rows + (long) chunkRows - 1) / chunkRows);
        }

        /** Rows of the chunks of one row of chunks; the last strip is shorter, a tile is not. */
        private int rowsOf(int down) {
            return tiled ? chunkRows : Math.min(chunkRows, rows - down * chunkRows);
        }

        private long bytesOf(int down) {
            double bytes = (double) rowsOf(down) * chunkColumns * bandsPerChunk() * sampleBytes();
            return bytes > Long.MAX_VALUE ? Long.MAX_VALUE : (long) bytes;
        }

        /** Every chunk lies in the file and can hold what it must. */
        void requireFit(long size) throws IOException {
            long chunks = (long) chunksAcross() * chunksDown() * (planar ? bands : 1);
            if (offsets.length < chunks || lengths.length < chunks) {
                throw new MalformedFileException(
                        file,
                        "layout",
                        Math.min(offsets.length, lengths.length) + " strips or tiles",
                        chunks + " for the size of the image");
            }
            for (int i = 0; i < chunks; i++) {
                int down = i / chunksAcross() % chunksDown();
                if (offsets[i] + lengths[i] > size || bytesOf(down) > codec.largestRatio() * lengths[i]) {
                    throw new MalformedFileException(
                            file,
                            "strip or tile " + i,
                            (long) lengths[i] + " bytes at byte " + (long) offsets[i],
                            "inside the file, enough for " + bytesOf(down) + " bytes of samples");
                }
                if (codec != TiffCodec.NONE && (bytesOf(down) > 1 << 30 || lengths[i] > 1 << 30)) {
                    throw new MalformedFileException(
                            file, "strip or tile " + i, bytesOf(down) + " bytes", "at most 2^30 of compressed samples");
                }
            }
            Heap.require(file, 64L * bands);
        }

        /** Whether the samples lie one after the other as they are. */
        boolean isRaw() {
            if (codec != TiffCodec.NONE || tiled || predictor != 1 || signedBytes) {
                return false;
            }
            double next = offsets[0];
            int chunks = chunksDown() * (planar ? bands : 1);
            for (int i = 0; i < chunks; i++) {
                if (offsets[i] != next) {
                    return false;
                }
                next += bytesOf(i % chunksDown());
            }
            return true;
        }

        RasterLayout layout() {
            return new RasterLayout(
                    columns,
                    rows,
                    bands,
                    (long) offsets[0],
                    type,
                    planar ? Interleave.BSQ : Interleave.BIP,
                    directory.order());
        }

        Cube.Builder load(Precision precision) throws IOException {
            long perSample = precision == Precision.FLOAT ? 4L : 8L;
            long pixels = (long) rows * columns;
            long band = 8L * Math.min(pixels, (long) chunkRows * columns);
            Heap.require(
                    file,
                    perSample * pixels * bands
                            + (planar ? 8L * pixels : band * bands)
                            + 10 * Math.min(bytesOf(0), pixels * bands * 8));
            Cube.Builder builder = Cube.builder(rows, columns, bands, precision);
            if (planar) {
                double[] plane = new double[rows * columns];
                for (int b = 0; b < bands; b++) {
                    for (int down = 0; down < chunksDown(); down++) {
                        line(b * chunksDown() + down, down, new double[][] {plane}, down * chunkRows * columns);
                    }
                    builder.plane(b, plane);
                }
            } else {
                double[][] planes = new double[bands][Math.min(rows, chunkRows) * columns];
                for (int down = 0; down < chunksDown(); down++) {
                    line(down, down, planes, 0);
                    int first = down * chunkRows;
                    builder.run(first * columns, Math.min(chunkRows, rows - first) * columns, planes);
                }
            }
            return builder;
        }

        /** One row of chunks. */
        private void line(int chunkLine, int down, double[][] planes, int offset) throws IOException {
            int height = Math.min(chunkRows, rows - down * chunkRows);
            int n = bandsPerChunk();
            for (int across = 0; across < chunksAcross(); across++) {
                double[] samples = chunk(chunkLine * chunksAcross() + across, down);
                int left = across * chunkColumns;
                int width = Math.min(chunkColumns, columns - left);
                for (int r = 0; r < height; r++) {
                    for (int c = 0; c < width; c++) {
                        int from = (r * chunkColumns + c) * n;
                        int to = offset + r * columns + left + c;
                        for (int b = 0; b < n; b++) {
                            planes[b][to] = samples[from + b];
                        }
                    }
                }
            }
        }

        private double[] chunk(int number, int down) throws IOException {
            int bytes = Math.toIntExact(bytesOf(down));
            Heap.require(file, (long) lengths[number] + bytes + 8L * bytes / sampleBytes());
            byte[] packed = directory
                    .at((long) offsets[number], (int)
                            Math.min(lengths[number], codec == TiffCodec.NONE ? bytes : 1 << 30))
                    .array();
            byte[] raw = new byte[bytes];
            int found = codec.decode(packed, raw);
            if (found < bytes) {
                throw new MalformedFileException(
                        file,
                        "strip or tile " + number,
                        found < 0 ? "damaged " + codec + " data" : found + " bytes of samples",
                        bytes + " bytes");
            }
            ByteOrder order = directory.order();
            if (predictor == 2) {
                accumulate(raw, order);
            } else if (predictor == 3) {
                unfold(raw);
                order = ByteOrder.BIG_ENDIAN;
            }
            double[] samples = new double[bytes / sampleBytes()];
            if (signedBytes) {
                Arrays.setAll(samples, i -> raw[i]);
            } else {
                SampleBuffer.of(ByteBuffer.wrap(raw).order(order), type).get(0, samples.length, samples, 0);
            }
            return samples;
        }

        /** Samples are stored as the difference to their left neighbour in the same band. */
        private void accumulate(byte[] raw, ByteOrder order) {
            ByteBuffer buffer = ByteBuffer.wrap(raw).order(order);
            int size = sampleBytes();
            int n = bandsPerChunk();
            int perRow = chunkColumns * n;
            for (int row = 0; row < raw.length / size / perRow; row++) {
                for (int i = n; i < perRow; i++) {
                    int at = (row * perRow + i) * size;
                    int before = at - n * size;
                    switch (size) {
                        case 1 -> raw[at] += raw[before];
                        case 2 -> buffer.putShort(at, (short) (buffer.getShort(at) + buffer.getShort(before)));
                        case 4 -> buffer.putInt(at, buffer.getInt(at) + buffer.getInt(before));
                        default -> buffer.putLong(at, buffer.getLong(at) + buffer.getLong(before));
                    }
                }
            }
        }

        /** The bytes of a row are differences, and the first bytes of all samples come before the second ones. */
        private void unfold(byte[] raw) {
            int size = sampleBytes();
            int n = bandsPerChunk();
            int perRow = chunkColumns * n;
            byte[] row = new byte[perRow * size];
            for (int start = 0; start + row.length <= raw.length; start += row.length) {
                for (int i = n; i < row.length; i++) {
                    raw[start + i] += raw[start + i - n];
                }
                System.arraycopy(raw, start, row, 0, row.length);
                for (int i = 0; i < perRow; i++) {
                    for (int k = 0; k < size; k++) {
                        raw[start + i * size + k] = row[k * perRow + i];
                    }
                }
            }
        }
    }
}
