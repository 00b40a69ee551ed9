package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/** ENVI images among the formats of {@link Cubes}: a text header and a raw binary, which is mapped into memory. */
final class EnviReader implements CubeReader {

    @Override
    public String name() {
        return "ENVI image with its header (x.hdr) beside it";
    }

    @Override
    public boolean canRead(Path file, byte[] head) throws IOException {
        return EnviFiles.isEnvi(file, head);
    }

    /** The header and the binary of an image or a library, with the sizes checked. */
    record Opened(EnviHeader header, Path binary, RasterLayout layout, List<String> notes) {}

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        Opened opened = open(file);
        EnviHeader header = opened.header();
        String fileType = header.line("file type").orElse("ENVI Standard");
        String lower = fileType.toLowerCase(Locale.ROOT);
        if (lower.contains("library")) {
            throw header.malformed(
                    header.where("file type"), "a spectral library", "an image (SpectralLibraries reads libraries)");
        }
        if (!lower.startsWith("envi") || lower.contains("mosaic") || lower.contains("meta")) {
            throw header.malformed(header.where("file type"), MalformedFileException.quote(fileType), "ENVI Standard");
        }
        // per band a cube keeps numbers, a name and the like
        Heap.require(opened.binary(), 64L * opened.layout().bands());
        Cube.Builder builder = Cube.builder(RasterFile.open(opened.binary(), opened.layout()));
        List<String> notes = opened.notes();
        describe(builder, header, opened.layout(), notes);
        notes.addAll(header.notes());
        notes.forEach(builder::provenance);
        return builder.name(EnviFiles.stem(EnviFiles.name(opened.binary()))).build();
    }

    /** Whether a header, or the one of a binary, is that of a spectral library. */
    static boolean isLibrary(Path file) throws IOException {
        Path header = EnviHeader.isHeader(Cubes.head(file))
                ? file
                : EnviFiles.findHeader(file).orElse(file);
        return EnviHeader.read(header)
                .line("file type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("library");
    }

    /** Opens header or binary, and checks the sizes before anything is mapped or allocated. */
    static Opened open(Path file) throws IOException {
        byte[] head = Cubes.head(file);
        Path headerFile = file;
        Path binary = file;
        if (EnviHeader.isHeader(head)) {
            binary = EnviFiles.findBinary(file);
        } else {
            headerFile = EnviFiles.findHeader(file)
                    .orElseThrow(() -> new MalformedFileException(
                            file,
                            "file type",
                            FileTypes.describe(head),
                            "an ENVI header, or a binary with one beside it"));
        }
        EnviHeader header = EnviHeader.read(headerFile);
        RasterLayout layout = header.layout();
        long bytes = layout.bytes();
        long present = Files.size(binary);
        if (bytes < 0 || bytes > present - layout.offset()) {
            throw new MalformedFileException(
                    binary,
                    "length",
                    present + " bytes" + (FileTypes.isCompressed(Cubes.head(binary)) ? " of a compressed file" : ""),
                    (bytes < 0 ? "more than 2^63" : "at least " + bytes) + " after a header offset of "
                            + layout.offset() + " (" + layout + ", as " + EnviFiles.name(headerFile) + " says)");
        }
        List<String> notes = new ArrayList<>();
        notes.add("read from " + EnviFiles.name(binary) + ", ENVI, " + layout);
        if (bytes < present - layout.offset()) {
            notes.add("ignored " + (present - layout.offset() - bytes) + " bytes at the end of the file");
        }
        for (String key : List.of("interleave", "byte order")) {
            if (header.text(key).isEmpty()) {
                notes.add("the header has no '" + key + "': took "
                        + (key.equals("interleave") ? "bsq" : "little-endian"));
            }
        }
        return new Opened(header, binary, layout, notes);
    }

    private static void describe(Cube.Builder builder, EnviHeader header, RasterLayout layout, List<String> notes)
            throws IOException {
        int bands = layout.bands();
        header.line("description").ifPresent(d -> notes.add("description: " + d));
        wavelengths(header, bands, "band", notes).ifPresent(builder::wavelengths);
        header.names("band names", bands, "band").ifPresent(builder::bandNames);
        Optional<double[]> good = header.numbers("bbl", bands, "band");
        if (good.isPresent()) {
            boolean[] flags = new boolean[bands];
            for (int b = 0; b < bands; b++) {
                flags[b] = good.get()[b] != 0;
            }
            builder.goodBands(flags);
        }
        OptionalDouble ignored = header.number("data ignore value");
        if (ignored.isPresent()) {
            builder.noData(ignored.getAsDouble());
        }
        scale(builder, header, bands, notes);
        GeoReference reference = EnviMapInfo.read(header, notes);
        if (reference != null) {
            builder.geoReference(reference);
        }
    }

    /** Wavelengths and their widths in nanometres; empty when there are none or they make no sense. */
    static Optional<Wavelengths> wavelengths(EnviHeader header, int bands, String each, List<String> notes)
            throws IOException {
        Optional<double[]> values = header.numbers("wavelength", bands, each);
        Optional<double[]> widths = header.numbers("fwhm", bands, each);
        if (values.isEmpty()) {
            if (widths.isPresent()) {
                notes.add("did not use 'fwhm': there are no wavelengths");
            }
            return Optional.empty();
        }
        if (!allPositive(values.get())) {
            notes.add("did not use 'wavelength': not all of its values are positive");
            return Optional.empty();
        }
        WavelengthUnit unit = unit(header, values.get(), notes);
        if (unit == null) {
            return Optional.empty();
        }
        Wavelengths wavelengths = Wavelengths.of(unit.toNanometres(values.get()));
        if (widths.isEmpty()) {
            return Optional.of(wavelengths);
        }
        if (!allPositive(widths.get())) {
            notes.add("did not use 'fwhm': not all of its values are positive");
            return Optional.of(wavelengths);
        }
        return Optional.of(wavelengths.withFwhm(unit.toNanometres(widths.get())));
    }

    private static @Nullable WavelengthUnit unit(EnviHeader header, double[] values, List<String> notes)
            throws IOException {
        String text = header.line("wavelength units").orElse("Unknown");
        Optional<WavelengthUnit> named = WavelengthUnit.named(text);
        if (named.isPresent()) {
            return named.get();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (List.of("wavenumber", "ghz", "mhz", "index").contains(lower)) {
            notes.add("did not use 'wavelength': its unit is " + text);
            return null;
        }
        WavelengthUnit guess = WavelengthUnit.guess(values);
        notes.add("took the wavelengths for " + guess.symbol() + " by their size; the header says "
                + (header.text("wavelength units").isEmpty() ? "no unit" : MalformedFileException.quote(text)));
        return guess;
    }

    private static boolean allPositive(double[] values) {
        return Arrays.stream(values).allMatch(v -> v > 0 && v < Double.POSITIVE_INFINITY);
    }

    /** Scale and quantity: reflectance gains before a reflectance factor before radiance gains. */
    private static void scale(Cube.Builder builder, EnviHeader header, int bands, List<String> notes)
            throws IOException {
        OptionalDouble factor = header.reflectanceFactor();
        if (setGains(builder, header, bands, "data reflectance gain values", "data reflectance offset values", notes)) {
            builder.quantity(Quantity.REFLECTANCE);
        } else if (factor.isPresent()) {
            double f = factor.getAsDouble();
            builder.quantity(Quantity.REFLECTANCE);
            if (f != 1) {
                double[] gains = new double[bands];
                Arrays.fill(gains, 1 / f);
                builder.scale(gains, new double[bands]);
                notes.add("divided by the reflectance scale factor " + f);
            }
        } else if (setGains(builder, header, bands, "data gain values", "data offset values", notes)) {
            builder.quantity(Quantity.RADIANCE);
        }
        Optional<String> quantity = header.line("quantity");
        for (Quantity q : Quantity.values()) {
            if (quantity.isPresent() && quantity.get().equalsIgnoreCase(EnviWriter.words(q))) {
                builder.quantity(q);
            }
        }
    }

    private static boolean setGains(
            Cube.Builder builder, EnviHeader header, int bands, String gainKey, String offsetKey, List<String> notes)
            throws IOException {
        Optional<double[]> gains = header.numbers(gainKey, bands, "band");
        Optional<double[]> offsets = header.numbers(offsetKey, bands, "band");
        if (gains.isEmpty() && offsets.isEmpty()) {
            return false;
        }
        double[] ones = new double[bands];
        Arrays.fill(ones, 1.0);
        double[] g = gains.orElse(ones);
        double[] o = offsets.orElse(new double[bands]);
        for (int b = 0; b < bands; b++) {
            if (!Double.isFinite(g[b]) || g[b] == 0) {
                throw header.malformed(header.where(gainKey), "the gain " + g[b], "finite numbers other than zero");
            }
            if (!Double.isFinite(o[b])) {
                throw header.malformed(header.where(offsetKey), "the offset " + o[b], "finite numbers");
            }
        }
        builder.scale(g, o);
        notes.add("scaled by '" + gainKey + "' and '" + offsetKey + "'");
        return true;
    }
}
