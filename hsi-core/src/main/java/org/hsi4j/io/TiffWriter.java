package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;

/** Writes cubes as GeoTIFF: one uncompressed strip a band, after header, directory and metadata. */
final class TiffWriter {
    private static final long LARGEST = 0xffffffffL;

    private static final int SHORT = 3;
    private static final int INT = 4;
    private static final int DOUBLE = 12;

    private final ByteOrder order;
    private final Map<Integer, Field> fields = new TreeMap<>();

    /** One field: its type, number of values, and the values. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
    private record Field(int type, int count, byte[] values) {}

    private TiffWriter(ByteOrder order) {
        this.order = order;
    }

    /** Writes a cube; the interleave of the options is not used. */
    static void write(Cube cube, Path path, WriteOptions options, RunContext context) throws IOException {
        SampleType type = EnviWriter.sampleType(cube, options);
        long plane = (long) cube.pixels() * type.bytes();
        if (cube.bands() > 65535 || plane > (LARGEST - (1 << 26)) / cube.bands()) {
            throw new IllegalArgumentException(path + ": a TIFF file has at most 65535 bands and 4 GiB, which "
                    + cube.bands() + " bands of " + plane + " bytes are beyond; write an ENVI image");
        }
        TiffWriter writer = new TiffWriter(options.byteOrder());
        writer.describe(cube, type, options);
        EnviWriter.writeRaw(
                cube, options.withInterleave(Interleave.BSQ), writer.head(cube.bands(), plane), path, context);
    }

    private void describe(Cube cube, SampleType type, WriteOptions options) {
        int bands = cube.bands();
        numbers(TiffDirectory.WIDTH, INT, cube.columns());
        numbers(TiffDirectory.HEIGHT, INT, cube.rows());
        numbers(TiffDirectory.BITS, SHORT, each(bands, 8 * type.bytes()));
        numbers(TiffDirectory.COMPRESSION, SHORT, 1);
        numbers(262, SHORT, 1); // photometric interpretation: the smallest value is black
        numbers(TiffDirectory.SAMPLES, SHORT, bands);
        numbers(TiffDirectory.ROWS_PER_STRIP, INT, cube.rows());
        numbers(TiffDirectory.STRIP_BYTES, INT, each(bands, (double) cube.pixels() * type.bytes()));
        numbers(TiffDirectory.PLANAR, SHORT, 2);
        if (bands > 1) {
            numbers(338, SHORT, each(bands - 1, 0)); // further bands are no colour and no transparency
        }
        int format = switch (type) {
            case FLOAT32, FLOAT64 -> 3;
            case INT16, INT32, INT64 -> 2;
            default -> 1;
        };
        numbers(TiffDirectory.SAMPLE_FORMAT, SHORT, each(bands, format));
        String xml = metadata(cube);
        if (!xml.isEmpty()) {
            text(TiffDirectory.GDAL_METADATA, xml);
        }
        if (!type.isInteger() && options.noDataValue().isEmpty()) {
            text(TiffDirectory.GDAL_NO_DATA, "nan");
        } else if (options.noDataValue().isPresent() || cube.noDataValue().isPresent()) {
            text(
                    TiffDirectory.GDAL_NO_DATA,
                    String.valueOf(
                            options.noDataValue().orElse(cube.noDataValue().orElse(0))));
        }
        cube.geoReference().ifPresent(this::position);
    }

    private static String metadata(Cube cube) {
        StringBuilder items = new StringBuilder();
        for (int b = 0; b < cube.bands(); b++) {
            int band = b;
            cube.bandNames()
                    .ifPresent(n -> items.append("<Item name=\"DESCRIPTION\" sample=\"" + band
                            + "\" role=\"description\">" + escaped(n.get(band)) + "</Item>\n"));
            cube.wavelengths().ifPresent(w -> wavelength(items, w, band));
            if (IntStream.range(0, cube.bands()).anyMatch(k -> !cube.isGoodBand(k))) {
                item(items, "bbl", band, cube.isGoodBand(band) ? "1" : "0");
            }
        }
        return items.isEmpty() ? "" : "<GDALMetadata>\n" + items + "</GDALMetadata>\n";
    }

    private static void wavelength(StringBuilder items, Wavelengths w, int band) {
        item(items, "wavelength", band, String.valueOf(w.at(band)));
        item(items, "wavelength_units", band, "Nanometers");
        w.fwhm(band).ifPresent(width -> item(items, "fwhm", band, String.valueOf(width)));
    }

    private static void item(StringBuilder items, String name, int band, String value) {
        items.append("<Item name=\"" + name + "\" sample=\"" + band + "\">" + value + "</Item>\n");
    }

    private static String escaped(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void position(GeoReference g) {
        if (g.rotation() == 0) {
            numbers(TiffDirectory.PIXEL_SCALE, DOUBLE, g.pixelWidth(), g.pixelHeight(), 0);
            numbers(TiffDirectory.TIE_POINTS, DOUBLE, 0, 0, 0, g.x(), g.y(), 0);
        } else {
            numbers(
                    TiffDirectory.TRANSFORMATION,
                    DOUBLE,
                    g.xAt(0, 1) - g.x(),
                    g.xAt(1, 0) - g.x(),
                    0,
                    g.x(),
                    g.yAt(0, 1) - g.y(),
                    g.yAt(1, 0) - g.y(),
                    0,
                    g.y(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    1);
        }
        boolean world = g.datum().replaceAll("[ _-]", "").equalsIgnoreCase("WGS84");
        int zone = g.projection().equalsIgnoreCase("UTM") && world && g.zone() >= 1 && g.zone() <= 60 ? g.zone() : 0;
        int geographic = g.projection().equalsIgnoreCase("Geographic Lat/Lon") && world ? 4326 : 0;
        int projected = zone == 0 ? 0 : (g.north() ? 32600 : 32700) + zone;
        if (g.projection().matches("EPSG:[0-9]{4,5}")
                && Integer.parseInt(g.projection().substring(5)) < 32767) {
            int code = Integer.parseInt(g.projection().substring(5));
            boolean degrees = g.units().equalsIgnoreCase("Degrees");
            geographic = degrees ? code : 0;
            projected = degrees ? 0 : code;
        }
        boolean degrees = geographic != 0 || (projected == 0 && g.units().equalsIgnoreCase("Degrees"));
        String name = g.projection();
        int code = degrees ? geographic : projected;
        numbers(
                TiffDirectory.GEO_KEYS,
                SHORT,
                1,
                1,
                0,
                4,
                TiffGeoKeys.MODEL_TYPE,
                0,
                1,
                degrees ? 2 : 1,
                TiffGeoKeys.RASTER_TYPE,
                0,
                1,
                1,
                TiffGeoKeys.CITATION,
                TiffDirectory.GEO_TEXT,
                name.getBytes(StandardCharsets.UTF_8).length + 1,
                0,
                degrees ? TiffGeoKeys.GEOGRAPHIC : TiffGeoKeys.PROJECTED,
                0,
                1,
                code == 0 ? TiffGeoKeys.USER_DEFINED : code);
        text(TiffDirectory.GEO_TEXT, name + "|");
    }

    private static double[] each(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    private void numbers(int tag, int type, double... values) {
        int size = type == SHORT ? 2 : type == INT ? 4 : 8;
        ByteBuffer buffer = ByteBuffer.allocate(size * values.length).order(order);
        for (double v : values) {
            switch (type) {
                case SHORT -> buffer.putShort((short) (int) v);
                case INT -> buffer.putInt((int) (long) v);
                default -> buffer.putDouble(v);
            }
        }
        fields.put(tag, new Field(type, values.length, buffer.array()));
    }

    private void text(int tag, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        fields.put(tag, new Field(2, bytes.length, bytes));
    }

    /** Header, directory and values; the samples begin at a multiple of eight after it. */
    private byte[] head(int bands, long plane) {
        numbers(TiffDirectory.STRIP_OFFSETS, INT, new double[bands]);
        int extra = 8 + 2 + 12 * fields.size() + 4;
        int length = extra;
        for (Field field : fields.values()) {
            length += padded(field.values().length);
        }
        int start = (length + 7) / 8 * 8;
        numbers(
                TiffDirectory.STRIP_OFFSETS,
                INT,
                IntStream.range(0, bands)
                        .mapToDouble(b -> start + (double) b * plane)
                        .toArray());
        ByteBuffer head = ByteBuffer.allocate(start).order(order);
        byte mark = (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
        head.put(mark).put(mark).putShort((short) 42).putInt(8).putShort((short) fields.size());
        for (Map.Entry<Integer, Field> entry : fields.entrySet()) {
            Field field = entry.getValue();
            head.putShort((short) (int) entry.getKey())
                    .putShort((short) field.type())
                    .putInt(field.count());
            if (field.values().length <= 4) {
                head.put(Arrays.copyOf(field.values(), 4));
            } else {
                head.putInt(extra);
                int back = head.position();
                head.position(extra).put(field.values()).position(back);
                extra += padded(field.values().length);
            }
        }
        return head.array();
    }

    /** Values begin at even bytes. */
    private static int padded(int bytes) {
        return bytes <= 4 ? 0 : bytes + bytes % 2;
    }
}
