package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;

/**
 * A PRISMA product: two cubes of rows x bands x columns, from the detectors of the visible and of the short-wave
 * infrared, in whole numbers that attributes of the file scale.
 *
 * <p>Level 1 is radiance, {@code number / ScaleFactor - Offset}; level 2 is reflectance (2B: radiance), {@code min +
 * number (max - min) / 65535}. Bands without a wavelength do not exist. The file keeps the others from long to short
 * wavelengths; here they rise within each detector, the visible first.
 */
final class Prisma {
    private static final List<String> SWATHS = List.of("PRS_L1_HCO", "PRS_L2B_HCO", "PRS_L2C_HCO", "PRS_L2D_HCO");
    private static final double LARGEST_NUMBER = 65535;

    private final Path file;
    private final HdfContents contents;
    private final String swath;

    Prisma(Path file, HdfContents contents, String swath) {
        this.file = file;
        this.contents = contents;
        this.swath = swath;
    }

    /** One detector's band. */
    private record Band(HdfSource source, int index, double centre, double width, double gain, double offset) {}

    /** The swath of the co-registered cubes, when the file is such a product. */
    static Optional<String> swath(HdfContents contents) {
        return SWATHS.stream()
                .filter(s -> contents.dataset(cubePath(s, "VNIR")).isPresent())
                .findFirst();
    }

    private static String cubePath(String swath, String detector) {
        return "HDFEOS/SWATHS/" + swath + "/Data Fields/" + detector + "_Cube";
    }

    Cube.Builder cube(List<String> notes) throws IOException {
        List<Band> bands = new ArrayList<>(detector("VNIR", "Vnir"));
        int visible = bands.size();
        bands.addAll(detector("SWIR", "Swir"));
        if (bands.isEmpty()) {
            throw new MalformedFileException(file, "attribute 'List_Cw_Vnir'", "no wavelength", "one or more");
        }
        BandStack source = BandStack.of(
                file,
                bands.stream().map(Band::source).toList(),
                bands.stream().mapToInt(Band::index).toArray());
        notes.add("read from " + file.getFileName() + ", PRISMA " + swath + ", rows x bands x columns; " + visible
                + " bands of the VNIR cube and " + (bands.size() - visible)
                + " of the SWIR cube, wavelengths rising in each");
        boolean radiance = swath.contains("L1") || swath.contains("L2B");
        notes.add("scaled by the attributes of the file");
        double[] centres = bands.stream().mapToDouble(Band::centre).toArray();
        double[] widths = bands.stream().mapToDouble(Band::width).toArray();
        return Cube.builder(source)
                .quantity(radiance ? Quantity.RADIANCE : Quantity.REFLECTANCE)
                .wavelengths(HdfAccess.call(
                        file,
                        "attributes 'List_Cw' and 'List_Fwhm'",
                        () -> Wavelengths.of(centres).withFwhm(widths)))
                .scale(
                        bands.stream().mapToDouble(Band::gain).toArray(),
                        bands.stream().mapToDouble(Band::offset).toArray());
    }

    private List<Band> detector(String name, String suffix) throws IOException {
        HdfSource source = HdfSource.open(file, contents.required(cubePath(swath, name)), AxisOrder.ROWS_BANDS_COLUMNS);
        double[] centres = perBand("List_Cw_" + suffix, source.bands());
        double[] widths = perBand("List_Fwhm_" + suffix, source.bands());
        double gain;
        double offset;
        if (swath.contains("L1")) {
            gain = 1 / number("ScaleFactor_" + suffix);
            offset = -number("Offset_" + suffix);
        } else {
            offset = number("L2Scale" + suffix + "Min");
            gain = (number("L2Scale" + suffix + "Max") - offset) / LARGEST_NUMBER;
        }
        if (!Double.isFinite(gain) || gain == 0 || !Double.isFinite(offset)) {
            throw new MalformedFileException(
                    file, "scale of " + name, "gain " + gain + ", offset " + offset, "finite numbers, no gain of zero");
        }
        return IntStream.range(0, source.bands())
                .filter(b -> centres[b] > 0)
                .mapToObj(b -> new Band(source, b, centres[b], widths[b], gain, offset))
                .sorted(Comparator.comparingDouble(Band::centre))
                .toList();
    }

    private double[] perBand(String attribute, int bands) throws IOException {
        double[] values = contents.attribute(attribute).orElse(new double[0]);
        if (values.length != bands) {
            throw new MalformedFileException(
                    file, "attribute '" + attribute + "'", values.length + " numbers", bands + ", one a band");
        }
        return values;
    }

    private double number(String attribute) throws IOException {
        double[] values = contents.attribute(attribute).orElse(new double[0]);
        if (values.length != 1) {
            throw new MalformedFileException(
                    file, "attribute '" + attribute + "'", values.length + " numbers", "one number");
        }
        return values[0];
    }
}
