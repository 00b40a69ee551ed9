package org.hsi4j.io;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hsi4j.GeoReference;

/**
 * Where the pixels of an image lie in a coordinate system that is not known yet.
 *
 * @param x easting or longitude of the upper left corner
 * @param y northing or latitude of that corner
 * @param width size of a pixel along a row
 * @param height size of a pixel along a column
 * @param rotation rotation in degrees, counter-clockwise
 */
record MapGrid(double x, double y, double width, double height, double rotation) {
    private static final Pattern CODE =
            Pattern.compile("(?:AUTHORITY|ID)\\s*\\[\\s*\"EPSG\"\\s*,\\s*\"?(\\d{4,6})\"?\\s*\\]\\s*\\]\\s*$");
    private static final Pattern NAME = Pattern.compile("^\\s*[A-Z]+\\s*\\[\\s*\"([^\"]*)\"");

    /**
     * The grid of a transformation, with a note where there is none.
     *
     * @param m {@code x = m0 column + m1 row + m2, y = m3 column + m4 row + m5}
     * @param half how far the origin is from the corner of a pixel, 0 or 0.5
     * @param notes receives what was wrong
     */
    static Optional<MapGrid> of(double[] m, double half, List<String> notes) {
        double width = Math.hypot(m[0], m[3]);
        double height = Math.hypot(m[1], m[4]);
        double angle = Math.atan2(m[3], m[0]);
        double tolerance = 1e-6 * (width + height); // a shear that moves no pixel of an image visibly
        if (Math.abs(m[1] - height * Math.sin(angle)) > tolerance
                || Math.abs(m[4] + height * Math.cos(angle)) > tolerance) {
            notes.add("did not use the position of the image: it is sheared or mirrored");
            return Optional.empty();
        }
        MapGrid grid = new MapGrid(
                m[2] - half * (m[0] + m[1]), m[5] - half * (m[3] + m[4]), width, height, Math.toDegrees(angle));
        try {
            grid.reference("Arbitrary", 0, true, "", "", "");
            return Optional.of(grid);
        } catch (IllegalArgumentException e) {
            notes.add("did not use the position of the image: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * In a system of the EPSG.
     *
     * @param code its number
     * @param degrees whether the system counts in degrees
     * @param system the system as WKT, may be empty
     */
    GeoReference epsg(int code, boolean degrees, String system) {
        boolean isZone = code % 100 >= 1 && code % 100 <= 60;
        if (isZone && (code / 100 == 326 || code / 100 == 327)) {
            return reference("UTM", code % 100, code / 100 == 326, "WGS-84", "Meters", system);
        }
        return code == 4326
                ? reference("Geographic Lat/Lon", 0, true, "WGS-84", "Degrees", system)
                : named("EPSG:" + code, degrees, system);
    }

    /** In a system that is known by a name only, which may be empty. */
    GeoReference named(String name, boolean degrees, String system) {
        return reference(name.isEmpty() ? "Arbitrary" : name, 0, true, "", degrees ? "Degrees" : "Meters", system);
    }

    /** In a system that is described as WKT; by its EPSG number where it ends with one. */
    GeoReference wkt(String wkt) {
        Matcher code = CODE.matcher(wkt);
        String upper = wkt.toUpperCase(Locale.ROOT).strip();
        boolean degrees = upper.startsWith("GEOGCS") || upper.startsWith("GEOGCRS");
        if (code.find()) {
            return epsg(Integer.parseInt(code.group(1)), degrees, wkt);
        }
        Matcher name = NAME.matcher(wkt);
        return named(name.find() ? name.group(1) : "", degrees, wkt);
    }

    private GeoReference reference(
            String projection, int zone, boolean north, String datum, String units, String system) {
        return new GeoReference(projection, x, y, width, height, rotation, zone, north, datum, units, system);
    }
}
