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
