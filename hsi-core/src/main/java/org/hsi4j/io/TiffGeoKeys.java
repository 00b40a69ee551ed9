package org.hsi4j.io;

import java.io.IOException;
import java.util.List;
import org.hsi4j.GeoReference;
import org.jspecify.annotations.Nullable;

/** Where a GeoTIFF lies: tie point and pixel scale or a transformation, and the keys of its coordinate system. */
final class TiffGeoKeys {
    static final int MODEL_TYPE = 1024;
    static final int RASTER_TYPE = 1025;
    static final int CITATION = 1026;
    static final int GEOGRAPHIC = 2048;
    static final int PROJECTED = 3072;
    static final int USER_DEFINED = 32767;

    private TiffGeoKeys() {}

    /** The reference, or null, with a note when there is one that makes no sense. */
    static @Nullable GeoReference read(TiffDirectory directory, List<String> notes) throws IOException {
        double[] matrix = directory.numbers(TiffDirectory.TRANSFORMATION);
        double[] scale = directory.numbers(TiffDirectory.PIXEL_SCALE);
        double[] tie = directory.numbers(TiffDirectory.TIE_POINTS);
        double[] m; // x = m0 column + m1 row + m2, y = m3 column + m4 row + m5
        if (matrix.length == 16) {
            m = new double[] {matrix[0], matrix[1], matrix[3], matrix[4], matrix[5], matrix[7]};
        } else if (scale.length >= 2 && tie.length >= 6) {
            double x = tie[0] == 0 ? tie[3] : tie[3] - tie[0] * scale[0];
            double y = tie[1] == 0 ? tie[4] : tie[4] + tie[1] * scale[1];
            m = new double[] {scale[0], 0, x, 0, -scale[1], y};
        } else {
            return null;
        }
        double[] keys = directory.numbers(TiffDirectory.GEO_KEYS);
        String texts = directory.text(TiffDirectory.GEO_TEXT);
        double half = key(keys, RASTER_TYPE) == 2 ? 0.5 : 0; // the tie point is the centre of a pixel
        return MapGrid.of(m, half, notes).map(grid -> system(grid, keys, texts)).orElse(null);
    }

    private static GeoReference system(MapGrid grid, double[] keys, String texts) {
        int projected = key(keys, PROJECTED);
        int code = projected == 0 ? key(keys, GEOGRAPHIC) : projected;
        boolean degrees = key(keys, MODEL_TYPE) == 2;
        return code == 0 || code == USER_DEFINED
                ? grid.named(text(keys, texts, CITATION), degrees, "")
                : grid.epsg(code, degrees, "");
    }

    /** A key whose value stands in the table of keys, or zero. */
    private static int key(double[] keys, int wanted) {
        for (int i = 4; i + 3 < keys.length; i += 4) {
            if (keys[i] == wanted && keys[i + 1] == 0) {
                return (int) keys[i + 3];
            }
        }
        return 0;
    }

    private static String text(double[] keys, String texts, int wanted) {
        for (int i = 4; i + 3 < keys.length; i += 4) {
            int from = (int) keys[i + 3];
            int to = from + (int) keys[i + 2] - 1; // without the bar at its end
            if (keys[i] == wanted && keys[i + 1] == TiffDirectory.GEO_TEXT && from <= to && to <= texts.length()) {
                return texts.substring(from, to);
            }
        }
        return "";
    }
}
