package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GeoReferenceTest {

    private static GeoReference turned(double degrees) {
        return new GeoReference("UTM", 1000, 5000, 2, 3, degrees, 33, true, "WGS-84", "Meters", "PROJCS[]");
    }

    @Test
    void northUp() {
        assertThat(turned(0).xAt(10, 4)).isEqualTo(1008);
        assertThat(turned(0).yAt(10, 4)).isEqualTo(4970);
    }

    /** Turned counter-clockwise by 90 degrees, columns go north and rows go east. */
    @Test
    void turnedByAQuarter() {
        // cos 90 degrees is 6e-17 in floating point, times at most 30.
        assertThat(turned(90).xAt(10, 4)).isCloseTo(1030, within(1e-12));
        assertThat(turned(90).yAt(10, 4)).isCloseTo(5008, within(1e-12));
    }

    @Test
    void aCropKeepsEveryPointInItsPlace() {
        Region region = new Region(7, 11, 3, 4);
        for (double degrees : new double[] {0, 17, -123}) {
            GeoReference all = turned(degrees);
            GeoReference part = all.crop(region);
            // Coordinates of about 5000 carry an error of 1e-12 each.
            assertThat(part.xAt(1.5, 2.5)).isCloseTo(all.xAt(8.5, 13.5), within(1e-11));
            assertThat(part.yAt(1.5, 2.5)).isCloseTo(all.yAt(8.5, 13.5), within(1e-11));
            assertThat(part)
                    .isEqualTo(new GeoReference(
                            "UTM", part.x(), part.y(), 2, 3, degrees, 33, true, "WGS-84", "Meters", "PROJCS[]"));
        }
    }

    private static GeoReference utm(int zone, boolean north, double x, double y) {
        return new GeoReference("UTM", x, y, 1, 1, 0, zone, north, "WGS-84", "Meters", "");
    }

    /** The meridian arc to 45 degrees is 4 984 944.378 m on WGS 84, to the pole 10 001 965.729 m; UTM shrinks both by .9996. */
    @Test
    void northingsOfTheCentralMeridianAreArcs() {
        GeoReference.Geographic half = utm(33, true, 500_000, 0.9996 * 4_984_944.378)
                .geographicAt(0, 0)
                .orElseThrow();
        // The arcs are given to a millimetre, which is 1e-8 degrees.
        assertThat(half.latitude()).isCloseTo(45, within(1e-8));
        assertThat(half.longitude()).isCloseTo(15, within(1e-12));
        GeoReference.Geographic pole = utm(1, true, 500_000, 0.9996 * 10_001_965.729)
                .geographicAt(0, 0)
                .orElseThrow();
        assertThat(pole.latitude()).isCloseTo(90, within(1e-8));
    }

    /** The CN Tower in Toronto, 43 38 33.24 N 79 23 13.7 W, has 630084 m E, 4833438 m N in zone 17 (rounded to a metre). */
    @Test
    void aKnownTowerStandsWhereItStands() {
        GeoReference.Geographic tower =
                utm(17, true, 630_084, 4_833_438).geographicAt(0, 0).orElseThrow();
        assertThat(tower.latitude()).isCloseTo(43 + 38 / 60.0 + 33.24 / 3600, within(1e-5));
        assertThat(tower.longitude()).isCloseTo(-(79 + 23 / 60.0 + 13.7 / 3600), within(2e-5));
    }

    @Test
    void theSouthMirrorsTheNorth() {
        GeoReference.Geographic north =
                utm(17, true, 630_084, 4_833_438).geographicAt(0, 0).orElseThrow();
        GeoReference.Geographic south =
                utm(17, false, 630_084, 1e7 - 4_833_438).geographicAt(0, 0).orElseThrow();
        assertThat(south.latitude()).isCloseTo(-north.latitude(), within(1e-12));
        assertThat(south.longitude()).isCloseTo(north.longitude(), within(1e-12));
    }

    @Test
    void degreesStayAndOtherSystemsAreNotGuessed() {
        GeoReference degrees =
                new GeoReference("Geographic Lat/Lon", 10, 50, 0.5, 0.25, 0, 0, true, "WGS 84", "Degrees", "");
        assertThat(degrees.geographicAt(4, 2)).contains(new GeoReference.Geographic(11, 49));
        assertThat(degrees.geographicAt(1000, 2)).isEmpty();
        assertThat(reference(0, 0, 1, 1, 0).geographicAt(0, 0)).isEmpty();
        assertThat(new GeoReference("UTM", 5e5, 5e6, 1, 1, 0, 33, true, "European 1950", "Meters", "")
                        .geographicAt(0, 0))
                .isEmpty();
        assertThat(utm(33, true, 5e5, 2e7).geographicAt(0, 0)).isEmpty();
        assertThat(utm(33, true, 1e300, 0).geographicAt(0, 0)).isEmpty();
    }

    @Test
    void refusesWhatIsNoPlace() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> reference(wrong, 0, 1, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> reference(0, wrong, 1, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> reference(0, 0, wrong, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> reference(0, 0, 1, wrong, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> reference(0, 0, 1, 1, wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reference(0, 0, 0, 1, 0))
                .withMessage("pixels must have a positive size, not 0.0 x 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> reference(0, 0, 1, -1, 0));
    }

    private static GeoReference reference(double x, double y, double width, double height, double rotation) {
        return new GeoReference("", x, y, width, height, rotation, 0, true, "", "", "");
    }
}
