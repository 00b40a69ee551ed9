package org.hsi4j;

import java.util.Locale;
import java.util.Optional;

/**
 * Where an image lies on the map: the map coordinates of its upper left corner, the size of a pixel and, unless it is
 * north-up, how far it is turned.
 *
 * @param projection name of the projection, for example {@code UTM} or {@code Geographic Lat/Lon}
 * @param x easting or longitude of the upper left corner of pixel (0, 0)
 * @param y northing or latitude of that corner
 * @param pixelWidth size of a pixel along a row in map units, greater than zero
 * @param pixelHeight size of a pixel along a column in map units, greater than zero
 * @param rotation rotation of the image in degrees, counter-clockwise on the map, zero for north-up
 * @param zone UTM zone, or zero
 * @param north whether the UTM zone is on the northern hemisphere
 * @param datum name of the datum, may be empty
 * @param units units of the map, may be empty
 * @param coordinateSystem the coordinate system as WKT, may be empty
 */
public record GeoReference(
        String projection,
        double x,
        double y,
        double pixelWidth,
        double pixelHeight,
        double rotation,
        int zone,
        boolean north,
        String datum,
        String units,
        String coordinateSystem) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a coordinate is not finite or a pixel size is not positive
     */
    public GeoReference {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(rotation)) {
            throw new IllegalArgumentException("map coordinates must be finite, not " + x + ", " + y + ", " + rotation);
        }
        if (!(pixelWidth > 0) || !(pixelHeight > 0) || Double.isInfinite(pixelWidth + pixelHeight)) {
            throw new IllegalArgumentException(
                    "pixels must have a positive size, not " + pixelWidth + " x " + pixelHeight);
        }
    }

    /**
     * Map x of a point of the image.
     *
     * @param row row of the point, {@code 0.5} being the centre of the first pixel
     * @param column column of the point
     * @return easting or longitude
     */
    public double xAt(double row, double column) {
        double angle = Math.toRadians(rotation);
        return x + column * pixelWidth * Math.cos(angle) + row * pixelHeight * Math.sin(angle);
    }

    /**
     * Map y of a point of the image.
     *
     * @param row row of the point, {@code 0.5} being the centre of the first pixel
     * @param column column of the point
     * @return northing or latitude
     */
    public double yAt(double row, double column) {
        double angle = Math.toRadians(rotation);
        return y + column * pixelWidth * Math.sin(angle) - row * pixelHeight * Math.cos(angle);
    }

    /**
     * A point on the ellipsoid of WGS 84.
     *
     * @param longitude degrees, east being positive
     * @param latitude degrees, north being positive
     */
    public record Geographic(double longitude, double latitude) {}

    /**
     * Longitude and latitude of a point of the image, where they are known: for UTM and for geographic coordinates, both on WGS 84.
     * Other projections and other datums are not turned into it.
     *
     * @param row row of the point, {@code 0.5} being the centre of the first pixel
     * @param column column of the point
     * @return the point, good to a millimetre; empty for another system, or where the point lies beyond the poles
     */
    public Optional<Geographic> geographicAt(double row, double column) {
        String system = datum.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (!system.equals("WGS84")) {
            return Optional.empty();
        }
        double mapX = xAt(row, column);
        double mapY = yAt(row, column);
        if (projection.toUpperCase(Locale.ROOT).startsWith("GEOGRAPHIC")) {
            return Math.abs(mapY) <= 90 ? Optional.of(new Geographic(mapX, mapY)) : Optional.empty();
        }
        return projection.equalsIgnoreCase("UTM") && zone >= 1 && zone <= 60
                ? TransverseMercator.ofUtm(zone, north, mapX, mapY)
                : Optional.empty();
    }

    /**
     * The reference of a part of the image.
     *
     * @param region the part
     * @return the reference whose origin is the region's upper left corner
     */
    public GeoReference crop(Region region) {
        return new GeoReference(
                projection,
                xAt(region.row(), region.column()),
                yAt(region.row(), region.column()),
                pixelWidth,
                pixelHeight,
                rotation,
                zone,
                north,
                datum,
                units,
                coordinateSystem);
    }
}
