package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/**
 * DESIS and EnMAP products (L1B, L1C, L2A) among the formats of {@link Cubes}: {@code X-METADATA.xml} and
 * {@code X-SPECTRAL_IMAGE.tif} beside it, either of which is opened, in upper or lower case.
 *
 * <p>A sample is {@code number x gain + offset} with the gain and offset of its band: radiance in levels L1B and L1C, reflectance in
 * L2A. Where the metadata name no background value, and the image no other, it is -32768, and 0 in EnMAP's level 1. Bands that
 * EnMAP's metadata do not expect are bad ones. At level L1B the pixels lie where the sensor saw them: what the image says about its place
 * is a fit through the corners and is left out; EnMAP's two detectors are not brought onto each other there, so the variable
 * of the options, {@code VNIR} or {@code SWIR}, or the image that is opened, says which.
 */
final class DlrProduct implements CubeReader {
    private static final Pattern METADATA = Pattern.compile("(.+)-METADATA\\.XML", Pattern.CASE_INSENSITIVE);
    private static final Pattern IMAGE =
            Pattern.compile("(.+)-SPECTRAL_IMAGE(?:_(VNIR|SWIR))?(?:_COG)?\\.TIFF?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEVEL = Pattern.compile("(?<![A-Z0-9])L(1B|1C|2A)(?![A-Z0-9])");

    @Override
    public String name() {
        return "DESIS or EnMAP product";
    }

    /** Whether a file has the name of such metadata. */
    static boolean isMetadata(Path file) {
        return METADATA.matcher(EnviFiles.name(file)).matches();
    }

    @Override
    public boolean canRead(Path file, byte[] head) throws IOException {
        return isMetadata(file)
                || (TiffDirectory.isTiff(head) && metadataOf(file).isPresent());
    }

    /** The metadata of an image. */
    private static Optional<Path> metadataOf(Path image) throws IOException {
        Matcher matcher = IMAGE.matcher(EnviFiles.name(image));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String wanted = matcher.group(1) + "-METADATA.XML";
        return SceneFolder.files(folder(image)).stream()
                .filter(f -> EnviFiles.name(f).equalsIgnoreCase(wanted))
                .map(f -> image.resolveSibling(EnviFiles.name(f)))
                .findFirst();
    }

    private static Path folder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileSystemException(file.toString(), null, "is in no folder");
        }
        return folder;
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        Path metadata = isMetadata(file)
                ? file
                : metadataOf(file).orElseThrow(() -> new NoSuchFileException(file.toString(), null, "has no metadata"));
        Path image = isMetadata(file) ? imageOf(file, options.variable()) : file;
        return new Product(metadata, image).cube(options);
    }

    /** The image of some metadata, of the detector that is named where there are two. */
    private static Path imageOf(Path metadata, Optional<String> detector) throws IOException {
        String name = EnviFiles.name(metadata);
        String prefix = name.substring(0, name.length() - "-METADATA.XML".length());
        List<Path> images = new ArrayList<>();
        for (Path other : SceneFolder.files(folder(metadata))) {
            Matcher matcher = IMAGE.matcher(EnviFiles.name(other));
            if (matcher.matches()
                    && matcher.group(1).equalsIgnoreCase(prefix)
                    && (detector.isEmpty() || detector.get().equalsIgnoreCase(matcher.group(2)))) {
                images.add(metadata.resolveSibling(EnviFiles.name(other)));
            }
        }
        if (images.isEmpty()) {
            throw new NoSuchFileException(
                    prefix + "-SPECTRAL_IMAGE.TIF",
                    null,
                    "the metadata " + name + " have no GeoTIFF "
                            + detector.map(d -> "of the detector " + d + " ").orElse("") + "beside them");
        }
        if (images.size() > 1) {
            throw new IllegalArgumentException(metadata + " has several images; open one of "
                    + images.stream().map(EnviFiles::name).toList());
        }
        return images.get(0);
    }

    /** One image with its metadata. */
    private static final class Product {
        private final Path metadataFile;
        private final DlrMetadata metadata;
        private final TiffReader.Image image;
        private final boolean enmap;
        private final String level;
        private final @Nullable String detector;
        private final List<String> notes = new ArrayList<>();

        Product(Path metadataFile, Path imageFile) throws IOException {
            String name = EnviFiles.name(imageFile).toUpperCase(Locale.ROOT);
            this.metadataFile = metadataFile;
            this.metadata = DlrMetadata.read(metadataFile);
            this.image = TiffReader.open(imageFile, notes);
            this.enmap = name.startsWith("ENMAP");
            Matcher level = LEVEL.matcher(name);
            this.level = level.find() ? level.group(1) : "";
            Matcher parts = IMAGE.matcher(name);
            this.detector = parts.matches() ? parts.group(2) : null;
        }

        Cube cube(ReadOptions options) throws IOException {
            RasterLayout layout = image.layout();
            List<DlrMetadata.Band> bands = bands(layout.bands());
            Cube.Builder builder = image.builder(options);
            facts(bands).describe(builder);
            if (!level.isEmpty()) {
                builder.quantity(level.equals("2A") ? Quantity.REFLECTANCE : Quantity.RADIANCE);
            }
            builder.provenance("read from " + image.file().getFileName() + ", " + (enmap ? "EnMAP" : "DESIS")
                    + (level.isEmpty() ? "" : " L" + level) + ", " + layout.rows() + " rows x " + layout.columns()
                    + " columns x " + layout.bands() + " bands, " + image.type() + "; bands described by "
                    + metadataFile.getFileName());
            notes.forEach(builder::provenance);
            return builder.name(EnviFiles.stem(EnviFiles.name(image.file()))).build();
        }

        /** The bands of the image: all of them, or of two detectors the first or the last ones. */
        private List<DlrMetadata.Band> bands(int count) throws IOException {
            List<DlrMetadata.Band> all = metadata.bands();
            if (all.size() < count || (detector == null && all.size() > count)) {
                throw new MalformedFileException(
                        metadataFile, "bandCharacterisation", all.size() + " bands", count + " as the image has");
            }
            return "SWIR".equals(detector) ? all.subList(all.size() - count, all.size()) : all.subList(0, count);
        }

        private BandFacts facts(List<DlrMetadata.Band> bands) throws IOException {
            double[] gain = bands.stream().mapToDouble(DlrMetadata.Band::gain).toArray();
            double[] offset = bands.stream()
                    .mapToDouble(b -> Double.isNaN(b.offset()) ? 0 : b.offset())
                    .toArray();
            boolean scaled = Arrays.stream(gain).anyMatch(g -> !Double.isNaN(g));
            if (scaled
                    && (Arrays.stream(gain).anyMatch(g -> !Double.isFinite(g) || g == 0)
                            || !Arrays.stream(offset).allMatch(Double::isFinite))) {
                throw new MalformedFileException(
                        metadataFile, "gains and offsets", "a gain of zero or a missing one", "one a band");
            }
            notes.add(
                    scaled ? "scaled by gain and offset of every band" : "no gain is given: the numbers are as stored");
            boolean sensorGeometry = level.equals("1B");
            if (sensorGeometry && image.facts().reference() != null) {
                notes.add("did not use the position of the image: at level L1B it is only a fit through the corners");
            }
            return new BandFacts(
                    wavelengths(bands),
                    image.facts().names(),
                    good(bands),
                    scaled ? gain : null,
                    scaled ? offset : null,
                    noData(),
                    sensorGeometry ? null : image.facts().reference());
        }

        private @Nullable Wavelengths wavelengths(List<DlrMetadata.Band> bands) {
            double[] centres =
                    bands.stream().mapToDouble(DlrMetadata.Band::centre).toArray();
            double[] widths =
                    bands.stream().mapToDouble(DlrMetadata.Band::width).toArray();
            if (!allPositive(centres)) {
                notes.add("did not use the wavelengths: not every band has one");
                return null;
            }
            Wavelengths w = Wavelengths.of(centres);
            return allPositive(widths) ? w.withFwhm(widths) : w;
        }

        private static boolean allPositive(double[] values) {
            return Arrays.stream(values).allMatch(v -> v > 0 && v < Double.POSITIVE_INFINITY);
        }

        private boolean @Nullable [] good(List<DlrMetadata.Band> bands) {
            if (metadata.expected().isEmpty()) {
                return null;
            }
            boolean[] good = new boolean[bands.size()];
            for (int b = 0; b < good.length; b++) {
                good[b] = metadata.expected().contains(bands.get(b).number());
            }
            return good;
        }

        private double noData() {
            if (!Double.isNaN(metadata.background())) {
                return metadata.background();
            }
            double told = image.facts().noData();
            return !Double.isNaN(told) ? told : enmap && level.startsWith("1") ? 0 : -32768;
        }
    }
}
