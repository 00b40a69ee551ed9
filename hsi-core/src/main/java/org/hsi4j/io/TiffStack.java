package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/**
 * A scene whose bands lie in GeoTIFF files of their own, as those of Hyperion, Landsat and Sentinel-2 do: mapped where all of
 * them are, on the heap otherwise.
 */
final class TiffStack {
    /** {@code _B001_}, {@code _B8A.}, {@code band-12.}: the last one of a name counts. */
    private static final Pattern BAND = Pattern.compile(
            "(?<![A-Za-z0-9])(?:B|BAND)[_-]?([0-9]{1,4})([A-Z]?)(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);

    private final List<TiffReader.Image> images = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int bands;

    private TiffStack() {}

    /** The number of a band in the name of its file. */
    private record BandNumber(int number, String letter) implements Comparable<BandNumber> {

        static Optional<BandNumber> of(Path file) {
            Matcher matcher = BAND.matcher(EnviFiles.stem(EnviFiles.name(file)));
            Optional<BandNumber> last = Optional.empty();
            while (matcher.find()) {
                last = Optional.of(new BandNumber(
                        Integer.parseInt(matcher.group(1)), matcher.group(2).toUpperCase(Locale.ROOT)));
            }
            return last;
        }

        @Override
        public int compareTo(BandNumber other) {
            return Comparator.comparingInt(BandNumber::number)
                    .thenComparing(BandNumber::letter)
                    .compare(this, other);
        }
    }

    /** The files of a folder in the order of the numbers of their bands; those without a number are left out. */
    static Cube ofFolder(Path folder, List<Path> files, ReadOptions options) throws IOException {
        TreeMap<BandNumber, Path> numbered = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (Path file : files) {
            Optional<BandNumber> band = BandNumber.of(file);
            Path same = band.isEmpty() ? null : numbered.put(band.get(), file);
            if (same != null) {
                throw new IllegalArgumentException(folder + ": " + EnviFiles.name(same) + " and " + EnviFiles.name(file)
                        + " have the same number of a band; give the list of files");
            }
            if (band.isEmpty()) {
                others.add(EnviFiles.name(file));
            }
        }
        if (numbered.isEmpty() && files.size() > 1) {
            throw new IllegalArgumentException(folder + ": the names of " + files.size()
                    + " GeoTIFF files have no number of a band (such as _B01); open one, or give the list of files");
        }
        TiffStack stack = new TiffStack();
        stack.notes.add("ordered by the number of the band in the names of the files");
        if (!numbered.isEmpty() && !others.isEmpty()) {
            stack.notes.add("did not use " + String.join(", ", others) + ": no number of a band in the name");
        }
        List<Path> chosen = numbered.isEmpty() ? files : List.copyOf(numbered.values());
        return stack.read(chosen, folder, options)
                .name(EnviFiles.name(folder.toAbsolutePath()))
                .build();
    }

    /** Some files in the order in which they are given. */
    static Cube ofFiles(List<Path> files, ReadOptions options) throws IOException {
        TiffStack stack = new TiffStack();
        Path folder = files.get(0).toAbsolutePath().getParent();
        return stack.read(files, folder, options)
                .name(EnviFiles.stem(EnviFiles.name(files.get(0))))
                .build();
    }

    private Cube.Builder read(List<Path> files, @Nullable Path folder, ReadOptions options) throws IOException {
        for (Path file : files) {
            add(file);
        }
        TiffReader.Image first = images.get(0);
        Cube.Builder builder = images.stream().allMatch(TiffReader.Image::mapped) ? mapped() : loaded(options);
        facts(folder).describe(builder);
        builder.provenance("read from " + files.size() + " files, TIFF, " + EnviFiles.name(first.file()) + " to "
                + EnviFiles.name(files.get(files.size() - 1)) + ", "
                + first.layout().rows() + " rows x "
                + first.layout().columns() + " columns x " + bands + " bands, " + first.type());
        notes.forEach(builder::provenance);
        return builder;
    }

    /** Opens a file and compares it with the first one. */
    private void add(Path file) throws IOException {
        if (!TiffDirectory.isTiff(Cubes.head(file))) {
            throw new MalformedFileException(
                    file, "file type", FileTypes.describe(Cubes.head(file)), "a GeoTIFF, like the other bands");
        }
        TiffReader.Image image = TiffReader.open(file, notes);
        RasterLayout layout = image.layout();
        TiffReader.Image first = images.isEmpty() ? image : images.get(0);
        if (layout.rows() != first.layout().rows()
                || layout.columns() != first.layout().columns()) {
            throw new MalformedFileException(
                    file,
                    "size",
                    layout.rows() + " rows x " + layout.columns() + " columns",
                    first.layout().rows() + " x " + first.layout().columns() + " as in "
                            + EnviFiles.name(first.file()));
        }
        if (!Objects.equals(image.facts().reference(), first.facts().reference())) {
            throw new MalformedFileException(
                    file,
                    "georeference",
                    String.valueOf(image.facts().reference()),
                    first.facts().reference() + " as in " + EnviFiles.name(first.file()));
        }
        if (Double.compare(image.facts().noData(), first.facts().noData()) != 0) {
            throw new MalformedFileException(
                    file,
                    "no-data value",
                    String.valueOf(image.facts().noData()),
                    first.facts().noData() + " as in " + EnviFiles.name(first.file()));
        }
        String name = BandNumber.of(file)
                .map(b -> "B" + b.number() + b.letter())
                .orElse(EnviFiles.stem(EnviFiles.name(file)));
        List<String> told = image.facts().names();
        for (int b = 0; b < layout.bands(); b++) {
            names.add(told != null ? told.get(b) : layout.bands() == 1 ? name : name + " " + (b + 1));
        }
        images.add(image);
        bands += layout.bands();
    }

    private Cube.Builder mapped() throws IOException {
        List<RasterFile> sources = new ArrayList<>();
        int[] index = new int[bands];
        for (TiffReader.Image image : images) {
            RasterFile raster = RasterFile.open(image.file(), image.layout());
            for (int b = 0; b < image.layout().bands(); b++) {
                index[sources.size()] = b;
                sources.add(raster);
            }
        }
        return Cube.builder(BandStack.of(images.get(0).file(), sources, index));
    }

    private Cube.Builder loaded(ReadOptions options) throws IOException {
        RasterLayout first = images.get(0).layout();
        boolean exact = images.stream().allMatch(i -> i.layout().type().precision() == Precision.FLOAT);
        Precision precision = options.precision().orElse(exact ? Precision.FLOAT : Precision.DOUBLE);
        long samples = (long) first.rows() * first.columns() * bands;
        Heap.require(images.get(0).file(), samples * (precision == Precision.FLOAT ? 4L : 8L));
        Cube.Builder builder = Cube.builder(first.rows(), first.columns(), bands, precision);
        int band = 0;
        for (TiffReader.Image image : images) {
            Cube raw = image.builder(options).build();
            for (int b = 0; b < raw.bands(); b++) {
                builder.plane(band++, raw.plane(b));
            }
        }
        return builder;
    }

    /** The facts of all files; wavelengths of the files, where each has them, before those of a table beside them. */
    private BandFacts facts(@Nullable Path folder) throws IOException {
        double[] gain = new double[bands];
        Arrays.fill(gain, 1);
        double[] offset = new double[bands];
        boolean[] good = new boolean[bands];
        Arrays.fill(good, true);
        double[] centres = new double[bands];
        double[] widths = new double[bands];
        int band = 0;
        for (TiffReader.Image image : images) {
            BandFacts facts = image.facts();
            Wavelengths w = facts.wavelengths();
            for (int b = 0; b < image.layout().bands(); b++) {
                gain[band] = facts.gain() == null ? 1 : facts.gain()[b];
                offset[band] = facts.offset() == null ? 0 : facts.offset()[b];
                good[band] = facts.good() == null || facts.good()[b];
                centres[band] = w == null ? 0 : w.at(b);
                widths[band] = w == null ? 0 : w.fwhm(b).orElse(0.0);
                band++;
            }
        }
        Wavelengths wavelengths = null;
        if (Arrays.stream(centres).allMatch(c -> c > 0)) {
            Wavelengths own = Wavelengths.of(centres);
            wavelengths = Arrays.stream(widths).allMatch(f -> f > 0) ? own.withFwhm(widths) : own;
        } else if (folder != null) {
            wavelengths = TiffMetadata.inside(folder, bands, notes);
        }
        BandFacts first = images.get(0).facts();
        return new BandFacts(wavelengths, names, good, gain, offset, first.noData(), first.reference());
    }
}
