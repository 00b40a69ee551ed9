package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;

/**
 * A PRISMA product: two cubes from the detectors of the visible and of the short-wave infrared, in whole numbers that
 * attributes of the file scale.
 *
 * <p>Level 1 is radiance, {@code number / ScaleFactor - Offset}; level 2 is reflectance (2B: radiance), {@code min +
 * number (max - min) / 65535}. Bands without a wavelength, or with a flag of zero ({@code List_Cw_Vnir_Flags}), do not exist. The file keeps
 * the others from long to short wavelengths; here they rise within each detector, the visible first.
 *
 * <p>Level 2D lies on the map, rows x bands x columns: {@code Product_ULcorner_easting}, {@code _northing} and those of the lower right
 * corner are the centres of the corner pixels, {@code Epsg_Code} is the system, and pixels outside of the swath have the solar zenith
 * angle zero. All other levels keep the geometry of the sensor, across the track x bands along the track, the columns from
 * right to left; unless the options name the order of the axes they come turned here, as they are seen from above.
 *
 * <p>After public readers of the products: {@code prismaread} and ACOLITE for the axes and the scales, the EnMAP-Box for the
 * order of the bands. A zero of level 2 in the bands of water vapour is a retrieval that failed; it is not taken for no data, because
 * then no pixel would be left.
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

    Cube.Builder cube(AxisOrder told, List<String> notes) throws IOException {
        boolean onMap = swath.contains("L2D");
        boolean turned = !onMap && told == AxisOrder.AUTO;
        AxisOrder custom = onMap ? AxisOrder.ROWS_BANDS_COLUMNS : AxisOrder.COLUMNS_BANDS_ROWS;
        AxisOrder axes = told == AxisOrder.AUTO ? custom : told;
        List<Band> bands = new ArrayList<>(detector("VNIR", "Vnir", axes));
        int visible = bands.size();
        bands.addAll(detector("SWIR", "Swir", axes));
        if (bands.isEmpty()) {
            throw new MalformedFileException(file, "attribute 'List_Cw_Vnir'", "no wavelength", "one or more");
        }
        BandStack source = BandStack.of(
                file,
                bands.stream().map(Band::source).toList(),
                bands.stream().mapToInt(Band::index).toArray());
        notes.add("read from " + file.getFileName() + ", PRISMA " + swath + ", " + axes.words()
                + (turned ? " with the columns from right to left" : "") + "; " + visible
                + " bands of the VNIR cube and " + (bands.size() - visible)
                + " of the SWIR cube, wavelengths rising in each");
        boolean radiance = swath.contains("L1") || swath.contains("L2B");
        notes.add("scaled by the attributes of the file");
        double[] centres = bands.stream().mapToDouble(Band::centre).toArray();
        double[] widths = bands.stream().mapToDouble(Band::width).toArray();
        Cube.Builder builder = Cube.builder(turned ? new MirroredSource(source) : source);
        if (onMap && told == AxisOrder.AUTO) {
            place(source.rows(), source.columns(), notes).ifPresent(builder::geoReference);
            swathMask(source.rows(), source.columns(), notes).ifPresent(builder::mask);
        }
        return builder.quantity(radiance ? Quantity.RADIANCE : Quantity.REFLECTANCE)
                .wavelengths(HdfAccess.call(
                        file,
                        "attributes 'List_Cw' and 'List_Fwhm'",
                        () -> Wavelengths.of(centres).withFwhm(widths)))
                .scale(
                        bands.stream().mapToDouble(Band::gain).toArray(),
                        bands.stream().mapToDouble(Band::offset).toArray());
    }

    /** Where level 2D lies. */
    private Optional<GeoReference> place(int rows, int columns, List<String> notes) throws IOException {
        double[] code = contents.attribute("Epsg_Code").orElse(new double[0]);
        double[] corner = new double[4];
        List<String> names = List.of("ULcorner_easting", "ULcorner_northing", "LRcorner_easting", "LRcorner_northing");
        for (int i = 0; i < corner.length; i++) {
            double[] value = contents.attribute("Product_" + names.get(i)).orElse(new double[0]);
            corner[i] = value.length == 1 ? value[0] : Double.NaN;
        }
        if (code.length != 1
                || Double.isNaN(corner[0] + corner[1] + corner[2] + corner[3])
                || rows < 2
                || columns < 2) {
            notes.add("did not use the position of the image: 'Epsg_Code' or a corner is missing");
            return Optional.empty();
        }
        double width = (corner[2] - corner[0]) / (columns - 1);
        double height = (corner[3] - corner[1]) / (rows - 1);
        return MapGrid.of(new double[] {width, 0, corner[0], 0, height, corner[1]}, 0.5, notes)
                .map(grid -> grid.epsg((int) code[0], false, ""));
    }

    /** The pixels of level 2D that the sensor saw. */
    private Optional<Mask> swathMask(int rows, int columns, List<String> notes) throws IOException {
        String path = "HDFEOS/SWATHS/" + swath + "/Geometric Fields/Solar_Zenith_Angle";
        if (contents.dataset(path).isEmpty()) {
            return Optional.empty();
        }
        double[] angles = contents.numbers(path);
        if (angles.length != rows * columns) {
            throw new MalformedFileException(
                    file, "dataset '" + path + "'", angles.length + " numbers", rows + "x" + columns + " of them");
        }
        notes.add("masked the pixels whose solar zenith angle is zero: they lie outside of the swath");
        return Optional.of(Mask.of(rows, columns, i -> angles[i] != 0));
    }

    private List<Band> detector(String name, String suffix, AxisOrder axes) throws IOException {
        HdfSource source = HdfSource.open(file, contents.required(cubePath(swath, name)), axes);
        double[] centres = perBand("List_Cw_" + suffix, source.bands());
        double[] widths = perBand("List_Fwhm_" + suffix, source.bands());
        Optional<double[]> flags = contents.attribute("List_Cw_" + suffix + "_Flags");
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
                .filter(b -> centres[b] > 0
                        && (flags.isEmpty() || flags.get().length != centres.length || flags.get()[b] != 0))
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
