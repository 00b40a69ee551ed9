package org.hsi4j;

import java.util.Optional;

/**
 * From UTM coordinates on WGS 84 to longitude and latitude, by the series of Krueger to the third power of the third flattening
 * (Karney, "Transverse Mercator with an accuracy of a few nanometers", Journal of Geodesy 85, 2011): below a millimetre within
 * thousands of kilometres of the central meridian.
 */
final class TransverseMercator {
    private static final double RADIUS = 6_378_137;
    private static final double FLATTENING = 1 / 298.257223563;
    private static final double SCALE = 0.9996;
    private static final double FALSE_EASTING = 500_000;
    private static final double FALSE_NORTHING = 10_000_000;

    private static final double N = FLATTENING / (2 - FLATTENING);
    private static final double RECTIFYING = RADIUS / (1 + N) * (1 + N * N / 4 + N * N * N * N / 64);
    private static final double[] TO_SPHERE = {
        N / 2 - N * N * 2 / 3 + N * N * N * 37 / 96, N * N / 48 + N * N * N / 15, N * N * N * 17 / 480
    };
    private static final double[] TO_ELLIPSOID = {
        N * 2 - N * N * 2 / 3 - N * N * N * 2, N * N * 7 / 3 - N * N * N * 8 / 5, N * N * N * 56 / 15
    };

    private TransverseMercator() {}

    /** Empty where the northing is beyond a pole, or the easting too far away to be followed. */
    static Optional<GeoReference.Geographic> ofUtm(int zone, boolean north, double easting, double northing) {
        double xi = (northing - (north ? 0 : FALSE_NORTHING)) / (SCALE * RECTIFYING);
        double eta = (easting - FALSE_EASTING) / (SCALE * RECTIFYING);
        if (Math.abs(xi) > Math.PI / 2) {
            return Optional.empty();
        }
        double xiSphere = xi;
        double etaSphere = eta;
        for (int j = 1; j <= TO_SPHERE.length; j++) {
            xiSphere -= TO_SPHERE[j - 1] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
            etaSphere -= TO_SPHERE[j - 1] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
        }
        double conformal = Math.asin(Math.sin(xiSphere) / Math.cosh(etaSphere));
        double latitude = conformal;
        for (int j = 1; j <= TO_ELLIPSOID.length; j++) {
            latitude += TO_ELLIPSOID[j - 1] * Math.sin(2 * j * conformal);
        }
        double longitude = Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere));
        boolean near = Double.isFinite(latitude) && Double.isFinite(longitude);
        return near
                ? Optional.of(new GeoReference.Geographic(
                        6.0 * zone - 183 + Math.toDegrees(longitude), Math.toDegrees(latitude)))
                : Optional.empty();
    }
}
