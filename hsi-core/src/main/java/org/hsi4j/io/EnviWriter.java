package org.hsi4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Region;
import org.hsi4j.SampleSource;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Wavelengths;
import org.hsi4j.internal.Replacement;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Writes cubes as ENVI images, run of pixels by run of pixels, so that the cube may be larger than the heap. Header and
 * binary are written beside their targets and moved into place when both are complete.
 */
final class EnviWriter {
    /** Samples in a thread's memory at once: 8 MiB of float64. */
    private static final int CHUNK = 1 << 20;

    /** More threads than this gain nothing: they wait for the disk. */
    private static final int MOST_THREADS = 4;

    private final Cube cube;
    private final RasterLayout layout;
    private final SampleEncoder encoder;
    private final double noData;
    private final RunContext context;

    private EnviWriter(Cube cube, WriteOptions options, long offset, double noData, RunContext context) {
        SampleType type = sampleType(cube, options);
        this.cube = cube;
        this.layout = new RasterLayout(
                cube.columns(), cube.rows(), cube.bands(), offset, type, options.interleave(), options.byteOrder());
        this.noData = noData;
        this.encoder = new SampleEncoder(type, noData);
        this.context = context;
    }

    /** Writes a cube; the path is that of the header or of the binary. */
    static void write(Cube cube, Path path, WriteOptions options, RunContext context) throws IOException {
        WriteOptions typed = options.withSampleType(ownType(cube, options));
        EnviWriter writer = new EnviWriter(cube, typed, 0, noData(cube, options), context);
        writer.write(path, writer.header());
    }

    /** The type of the file a cube is, where nothing says otherwise and its no-data value stays. */
    private static SampleType ownType(Cube cube, WriteOptions options) {
        Optional<SampleSource> source = options.noDataValue().isPresent() ? Optional.empty() : cube.plainSource();
        return options.sampleType()
                .or(() -> source.filter(RasterFile.class::isInstance)
                        .map(file -> ((RasterFile) file).layout().type()))
                .orElse(sampleType(cube, options));
    }

    /**
     * Writes samples after the header of another format. Missing ones are the no-data value of the options, of the cube only
     * for whole numbers.
     */
    static void writeRaw(Cube cube, WriteOptions options, byte[] head, Path path, RunContext context)
            throws IOException {
        double noData = sampleType(cube, options).isInteger()
                ? noData(cube, options)
                : options.noDataValue().orElse(Double.NaN);
        EnviWriter writer = new EnviWriter(cube, options, head.length, noData, context);
        context.checkCancelled();
        Replacement.requireWritable(path);
        try (Replacement replacement = new Replacement(path)) {
            writer.writeSamples(replacement.file(), "write " + EnviFiles.name(path));
            try (SeekableByteChannel channel = Files.newByteChannel(replacement.file(), StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(head);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            context.checkCancelled();
            replacement.commit();
        }
    }

    /** The type in which the samples of a cube are written. */
    static SampleType sampleType(Cube cube, WriteOptions options) {
        return options.sampleType()
                .orElse(cube.precision() == Precision.FLOAT ? SampleType.FLOAT32 : SampleType.FLOAT64);
    }

    private static double noData(Cube cube, WriteOptions options) {
        return options.noDataValue().orElse(cube.noDataValue().orElse(Double.NaN));
    }

    /** Writes a library: a line a spectrum, a sample a channel. */
    static void write(SpectralLibrary library, Path path) throws IOException {
        Cube.Builder lines = Cube.builder(library.size(), library.bands(), 1, Precision.DOUBLE);
        for (int k = 0; k < library.size(); k++) {
            for (int b = 0; b < library.bands(); b++) {
                lines.set(k, b, 0, library.get(k).value(b));
            }
        }
        EnviWriter writer =
                new EnviWriter(lines.build(), WriteOptions.defaults(), 0, Double.NaN, RunContext.sequential());
        writer.write(path, writer.header(library));
    }

    private void write(Path path, String headerText) throws IOException {
        context.checkCancelled();
        Path binary = EnviFiles.binaryToWrite(path);
        Path header = EnviFiles.headerToWrite(path, binary);
        Replacement.requireWritable(binary);
        Replacement.requireWritable(header);
        try (Replacement newBinary = new Replacement(binary);
                Replacement newHeader = new Replacement(header)) {
            writeSamples(newBinary.file(), "write " + EnviFiles.name(binary));
            Files.writeString(newHeader.file(), headerText, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            context.checkCancelled();
            Files.deleteIfExists(header); // a new binary never meets an old header, whatever happens in between
            newBinary.commit();
            newHeader.commit();
        }
    }

    private void writeSamples(Path file, String stage) throws IOException {
        try (BlockOutput out = new BlockOutput(file)) {
            Optional<RasterFile> raw = raw();
            if (raw.isPresent()) {
                int bytes = RawBlocks.bytes(layout, shareOfMemory() / 2);
                Blocks blocks = blocks(bytes / layout.type().bytes());
                Parallel.run(
                        withBuffersOf(2L * bytes),
                        stage,
                        blocks.count(),
                        () -> new RawBlocks(raw.get(), layout, blocks),
                        (own, block) -> unchecked(() -> own.convert(blocks.region(block), out)));
            } else {
                Blocks blocks = blocks(CHUNK);
                Parallel.run(
                        withBuffersOf(16L * CHUNK),
                        stage,
                        blocks.count(),
                        () -> new double[cube.bands()][blocks.pixels()],
                        (planes, block) -> unchecked(() -> write(out, blocks.region(block), planes)));
            }
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private Blocks blocks(int samples) {
        return Blocks.of(cube.rows(), cube.columns(), samples / cube.bands());
    }

    /** Bytes for each of as many threads as a disk can use. */
    private long shareOfMemory() {
        return context.memoryLimit() / Math.min(MOST_THREADS, context.parallelism());
    }

    /** No more threads than a disk can use, and than there is memory for. */
    private RunContext withBuffersOf(long bytesPerThread) {
        long most = Math.max(1, Math.min(MOST_THREADS, context.memoryLimit() / bytesPerThread));
        return context.withParallelism((int) Math.min(most, context.parallelism()));
    }

    /** The file of the cube, where its bytes are already the ones to be written. */
    private Optional<RasterFile> raw() {
        double ofCube = cube.noDataValue().orElse(Double.NaN);
        if (Double.compare(ofCube, noData) != 0) {
            return Optional.empty();
        }
        return cube.plainSource()
                .filter(RasterFile.class::isInstance)
                .map(RasterFile.class::cast)
                .filter(file -> RawBlocks.sameSamples(file.layout(), layout));
    }

    /** Reads or writes a file. */
    private interface Work {
        void run() throws IOException;
    }

    private static void unchecked(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(BlockOutput out, Region region, double[][] planes) throws IOException {
        cube.read(region, planes);
        int bands = cube.bands();
        int count = (int) region.pixels();
        long first = (long) region.row() * cube.columns() + region.column();
        switch (layout.interleave()) {
            case BSQ -> {
                ByteBuffer buffer = buffer(count);
                for (int band = 0; band < bands; band++) {
                    put(planes[band], 0, count, band, region, buffer);
                    flush(out, band * (long) cube.pixels() + first, buffer);
                }
            }
            case BIL -> writeByLine(out, region, planes);
            case BIP -> writeByPixel(out, region, planes, first);
        }
    }

    private void writeByLine(BlockOutput out, Region region, double[][] planes) throws IOException {
        int bands = cube.bands();
        int width = region.columns();
        boolean wholeLines = width == cube.columns();
        ByteBuffer buffer = buffer(wholeLines ? bands * width : width);
        for (int r = 0; r < region.rows(); r++) {
            for (int band = 0; band < bands; band++) {
                put(planes[band], r * width, width, band, region, buffer);
                if (!wholeLines || band == bands - 1) {
                    long line = (long) (region.row() + r) * bands + (wholeLines ? 0 : band);
                    flush(out, line * cube.columns() + region.column(), buffer);
                }
            }
        }
    }

    private void writeByPixel(BlockOutput out, Region region, double[][] planes, long first) throws IOException {
        int bands = cube.bands();
        int count = (int) region.pixels();
        int block = Math.max(1, Math.min(count, (1 << 16) / bands));
        double[] samples = new double[block * bands];
        ByteBuffer buffer = buffer(samples.length);
        for (int done = 0; done < count; done += block) {
            int n = Math.min(block, count - done);
            for (int band = 0; band < bands; band++) {
                double[] plane = planes[band];
                for (int i = 0; i < n; i++) {
                    samples[i * bands + band] = plane[done + i];
                }
            }
            int bad = encoder.put(samples, 0, n * bands, buffer);
            if (bad >= 0) {
                throw refused(samples[bad], done + bad / bands, bad % bands, region);
            }
            flush(out, (first + done) * bands, buffer);
        }
    }

    private ByteBuffer buffer(int samples) {
        return ByteBuffer.allocate(samples * layout.type().bytes()).order(layout.byteOrder());
    }

    private void put(double[] plane, int from, int count, int band, Region region, ByteBuffer buffer) {
        int bad = encoder.put(plane, from, count, buffer);
        if (bad >= 0) {
            throw refused(plane[bad], bad, band, region);
        }
    }

    private IllegalArgumentException refused(double value, int pixel, int band, Region region) {
        int row = region.row() + pixel / region.columns();
        int column = region.column() + pixel % region.columns();
        return new IllegalArgumentException(
                "sample at row " + row + ", column " + column + ", band " + band + " " + encoder.reason(value));
    }

    private void flush(BlockOutput out, long firstSample, ByteBuffer buffer) throws IOException {
        out.write(layout.offset() + firstSample * layout.type().bytes(), buffer.flip());
        buffer.clear();
    }

    private String header() {
        StringBuilder h = new StringBuilder("ENVI\n");
        field(
                h,
                "description",
                list(cube.provenance().stream().map(EnviWriter::plain).toList(), "\n"));
        layout(h, "ENVI Standard");
        if (cube.quantity() == Quantity.REFLECTANCE) {
            field(h, "reflectance scale factor", 1);
        } else if (cube.quantity() != Quantity.UNKNOWN) {
            field(h, "quantity", words(cube.quantity()));
        }
        cube.wavelengths().ifPresent(w -> wavelengths(h, w));
        cube.bandNames()
                .ifPresent(names -> field(
                        h,
                        "band names",
                        list(names.stream().map(EnviWriter::plain).toList(), ",\n")));
        if (IntStream.range(0, cube.bands()).anyMatch(b -> !cube.isGoodBand(b))) {
            field(
                    h,
                    "bbl",
                    list(
                            IntStream.range(0, cube.bands())
                                    .mapToObj(b -> cube.isGoodBand(b) ? "1" : "0")
                                    .toList(),
                            ", "));
        }
        cube.geoReference().ifPresent(g -> mapInfo(h, g));
        return h.toString();
    }

    private String header(SpectralLibrary library) {
        StringBuilder h = new StringBuilder("ENVI\n");
        layout(h, "ENVI Spectral Library");
        library.wavelengths().ifPresent(w -> wavelengths(h, w));
        field(
                h,
                "spectra names",
                list(library.names().stream().map(EnviWriter::plain).toList(), ",\n"));
        return h.toString();
    }

    private void layout(StringBuilder h, String fileType) {
        field(h, "samples", layout.columns());
        field(h, "lines", layout.rows());
        field(h, "bands", layout.bands());
        field(h, "header offset", 0);
        field(h, "file type", fileType);
        field(h, "data type", layout.type().enviCode());
        field(h, "interleave", layout.interleave().name().toLowerCase(Locale.ROOT));
        field(h, "byte order", layout.byteOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1);
        if (!layout.type().isInteger() || !Double.isNaN(noData)) {
            field(h, "data ignore value", Double.isNaN(noData) ? "nan" : number(noData));
        }
    }

    private static void wavelengths(StringBuilder h, Wavelengths w) {
        field(h, "wavelength units", "Nanometers");
        field(h, "wavelength", numbers(w.toArray()));
        if (w.hasFwhm()) {
            field(
                    h,
                    "fwhm",
                    numbers(IntStream.range(0, w.size())
                            .mapToDouble(b -> w.fwhm(b).orElseThrow())
                            .toArray()));
        }
    }

    private static void mapInfo(StringBuilder h, GeoReference g) {
        boolean utm = g.projection().equalsIgnoreCase("UTM");
        String zone = utm ? ", " + g.zone() + ", " + (g.north() ? "North" : "South") : "";
        String datum = g.datum().isEmpty() ? "" : ", " + item(g.datum());
        String units = g.units().isEmpty() ? "" : ", units=" + item(g.units());
        String rotation = g.rotation() == 0 ? "" : ", rotation=" + g.rotation();
        field(
                h,
                "map info",
                "{" + item(g.projection()) + ", 1, 1, " + g.x() + ", " + g.y() + ", " + g.pixelWidth() + ", "
                        + g.pixelHeight() + zone + datum + units + rotation + "}");
        if (!g.coordinateSystem().isEmpty()) {
            field(h, "coordinate system string", "{" + plain(g.coordinateSystem()) + "}");
        }
    }

    private static void field(StringBuilder h, String key, Object value) {
        h.append(key).append(" = ").append(value).append('\n');
    }

    private static String numbers(double[] values) {
        return list(DoubleStream.of(values).mapToObj(EnviWriter::number).toList(), ", ");
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? String.valueOf((long) v) : String.valueOf(v);
    }

    private static String list(List<String> items, String separator) {
        return items.stream().collect(Collectors.joining(separator, "{", "}"));
    }

    /** A text that can stand between braces. */
    private static String plain(String text) {
        return text.replace('{', '(').replace('}', ')').replaceAll("\\s+", " ").strip();
    }

    /** A text that can stand between commas. */
    private static String item(String text) {
        return plain(text).replace(',', ' ').replace('=', ' ');
    }

    /** A quantity as the field {@code quantity} of a header says it, which is no standard one. */
    static String words(Quantity quantity) {
        return quantity.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
