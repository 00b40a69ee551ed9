package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/** What a TIFF file says about its bands: the items of GDAL, and tables beside the file. */
final class TiffMetadata {
    private static final Pattern ITEM = Pattern.compile("<Item\\s([^<>]{1,1000})>([^<]*)</Item>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final int MOST_FILES = 1000;
    private static final long LARGEST_TABLE = 4 << 20;

    private final Map<String, String[]> items = new HashMap<>();

    private TiffMetadata(String xml, int bands) {
        Matcher matcher = ITEM.matcher(xml);
        while (matcher.find()) {
            Map<String, String> attributes = new HashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(matcher.group(1));
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            String sample = attributes.getOrDefault("sample", "");
            String role = attributes.getOrDefault("role", "");
            String name = role.isEmpty() ? attributes.getOrDefault("name", "") : role;
            if (sample.matches("[0-9]{1,6}") && Integer.parseInt(sample) < bands && items.size() < 100) {
                items.computeIfAbsent(name.toLowerCase(Locale.ROOT), k -> new String[bands])[Integer.parseInt(sample)] =
                        plain(matcher.group(2)).strip();
            }
        }
    }

    /** What is known about the bands and where the image lies. */
    static BandFacts read(Path file, TiffDirectory directory, int bands, List<String> notes) throws IOException {
        String xml = directory.text(TiffDirectory.GDAL_METADATA);
        Heap.require(file, 16L * xml.length() + 800L * bands);
        TiffMetadata metadata = new TiffMetadata(xml, bands);
        String[] names = metadata.items.get("description");
        boolean named = names != null && Arrays.stream(names).allMatch(n -> n != null && !n.isBlank());
        double[] good = metadata.numbers("bbl");
        boolean[] flags = new boolean[bands];
        IntStream.range(0, good.length).forEach(b -> flags[b] = good[b] != 0);
        double[][] scale = metadata.scale(bands, notes);
        return new BandFacts(
                metadata.wavelengths(bands, notes),
                named ? List.of(names) : null,
                good.length > 0 ? flags : null,
                scale == null ? null : scale[0],
                scale == null ? null : scale[1],
                noData(directory, notes),
                TiffGeoKeys.read(directory, notes));
    }

    private static double noData(TiffDirectory directory, List<String> notes) throws IOException {
        String text = directory.text(TiffDirectory.GDAL_NO_DATA).strip();
        double value = number(text);
        if (!Double.isFinite(value) && !text.isEmpty() && !text.equalsIgnoreCase("nan")) {
            notes.add("did not use the no-data value " + MalformedFileException.quote(text));
        }
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private @Nullable Wavelengths wavelengths(int bands, List<String> notes) {
        double[] micrometres = numbers("central_wavelength_um");
        if (allPositive(micrometres)) {
            double[] widths = numbers("fwhm_um");
            Wavelengths w = Wavelengths.of(WavelengthUnit.MICROMETRES.toNanometres(micrometres));
            return allPositive(widths) ? w.withFwhm(WavelengthUnit.MICROMETRES.toNanometres(widths)) : w;
        }
        double[] values = numbers("wavelength");
        if (!allPositive(values)) {
            return null;
        }
        String[] units = items.getOrDefault("wavelength_units", new String[bands]);
        WavelengthUnit guess = WavelengthUnit.guess(values);
        WavelengthUnit unit =
                units[0] == null ? guess : WavelengthUnit.named(units[0]).orElse(guess);
        if (Arrays.stream(units).anyMatch(u -> u == null || !u.equals(units[0]))) {
            unit = guess;
            notes.add("took the wavelengths for " + unit.symbol() + " by their size");
        }
        Wavelengths w = Wavelengths.of(unit.toNanometres(values));
        double[] widths = numbers("fwhm");
        return allPositive(widths) ? w.withFwhm(unit.toNanometres(widths)) : w;
    }

    /** Gains and offsets, or null where they would change nothing. */
    private double @Nullable [][] scale(int bands, List<String> notes) {
        double[] gains = numbers("scale");
        double[] offsets = numbers("offset");
        if (gains.length + offsets.length == 0) {
            return null;
        }
        double[] g = gains.length == 0 ? new double[bands] : gains;
        if (gains.length == 0) {
            Arrays.fill(g, 1);
        }
        double[] o = offsets.length == 0 ? new double[bands] : offsets;
        if (Arrays.stream(g).anyMatch(v -> v == 0)) {
            notes.add("did not use the scale of the bands: it is zero");
            return null;
        }
        if (Arrays.stream(g).allMatch(v -> v == 1) && Arrays.stream(o).allMatch(v -> v == 0)) {
            return null;
        }
        notes.add("scaled by the scale and offset of the bands");
        return new double[][] {g, o};
    }

    /** A number for every band, or none at all. */
    private double[] numbers(String name) {
        String[] texts = items.get(name);
        if (texts == null) {
            return new double[0];
        }
        double[] numbers = Arrays.stream(texts)
                .mapToDouble(t -> t == null ? Double.NaN : number(t))
                .toArray();
        return Arrays.stream(numbers).allMatch(Double::isFinite) ? numbers : new double[0];
    }

    private static boolean allPositive(double[] numbers) {
        return numbers.length > 0 && Arrays.stream(numbers).allMatch(v -> v > 0);
    }

    private static double number(String text) {
        try {
            return text.length() > 64 ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String plain(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    /**
     * The wavelengths of the only table beside the file that has a column of wavelengths with a line a band and whose name begins
     * as that of the file does, up to an underscore.
     */
    static @Nullable Wavelengths beside(Path file, int bands, List<String> notes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        String stem = EnviFiles.stem(EnviFiles.name(file));
        return folder == null ? null : tables(folder, other -> belongs(other, stem), bands, notes);
    }

    private static boolean belongs(String other, String stem) {
        int underscore = other.lastIndexOf('_');
        return other.equals(stem) || (underscore > 0 && stem.startsWith(other.substring(0, underscore)));
    }

    /** The wavelengths of the only table in a folder that has a column of wavelengths with a line a band. */
    static @Nullable Wavelengths inside(Path folder, int bands, List<String> notes) throws IOException {
        return tables(folder, other -> true, bands, notes);
    }

    private static @Nullable Wavelengths tables(Path folder, Predicate<String> belongs, int bands, List<String> notes)
            throws IOException {
        Wavelengths found = null;
        try (DirectoryStream<Path> tables = Files.newDirectoryStream(folder, "*.{csv,tsv,txt}")) {
            int seen = 0;
            for (Path table : tables) {
                if (++seen > MOST_FILES) {
                    break;
                }
                boolean read =
                        belongs.test(EnviFiles.stem(EnviFiles.name(table))) && Files.size(table) <= LARGEST_TABLE;
                Wavelengths w = read ? table(table, bands) : null;
                if (w != null && found != null && !w.equals(found)) {
                    notes.add("did not use the tables beside the file: more than one has wavelengths");
                    return null;
                }
                if (w != null) {
                    notes.add("took the wavelengths from " + EnviFiles.name(table));
                    found = w;
                }
            }
        }
        return found;
    }

    private static @Nullable Wavelengths table(Path file, int bands) throws IOException {
        TextTable table;
        try {
            table = TextTable.read(file);
        } catch (MalformedFileException e) {
            return null; // a text of another kind
        }
        int first = table.labels().isEmpty() ? 0 : 1;
        if (table.rows() != bands) {
            return null;
        }
        Wavelengths wavelengths = null;
        double[] widths = null;
        WavelengthUnit unit = WavelengthUnit.NANOMETRES;
        for (int k = first; k < table.titles().size(); k++) {
            String title = table.titles().get(k);
            double[] values = table.column(k - first);
            if (!allPositive(values)) {
                continue;
            }
            if (wavelengths == null && TextTable.isWavelength(title)) {
                WavelengthUnit named = TextTable.unit(title);
                unit = named == null ? WavelengthUnit.guess(values) : named;
                wavelengths = Wavelengths.of(unit.toNanometres(values));
            } else if (title.toLowerCase(Locale.ROOT).startsWith("fwhm")) {
                widths = values;
            }
        }
        return wavelengths == null || widths == null ? wavelengths : wavelengths.withFwhm(unit.toNanometres(widths));
    }
}
