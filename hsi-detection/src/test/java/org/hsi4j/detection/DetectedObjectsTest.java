package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.GeoReference;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.Connectivity;
import org.junit.jupiter.api.Test;

class DetectedObjectsTest {
    private static final GeoReference PLACE =
            new GeoReference("UTM", 630_084, 4_833_438, 10, 10, 0, 17, true, "WGS-84", "Meters", "");

    private static ScoreMap scores(int columns, double... values) {
        return ScoreMap.of("s \"q\"", values.length / columns, columns, values);
    }

    private static DetectedObjects found(ScoreMap scores, double threshold) {
        return DetectedObjects.of(scores, threshold, Connectivity.EIGHT, 1);
    }

    @Test
    void measuresEachObjectByItself() {
        DetectedObjects objects = found(
                scores(
                        5, //
                        0, 3, 0, 0, 0, //
                        0, 5, 0, 0, 9, //
                        0, 0, 0, 0, 0),
                1);

        assertThat(objects.items()).hasSize(2);
        DetectedObject first = objects.items().get(0);
        assertThat(first.box()).isEqualTo(new Region(0, 1, 2, 1));
        assertThat(first.pixels()).isEqualTo(2);
        // weights 2 and 4 above the threshold: two thirds of the way down
        assertThat(first.row()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(first.column()).isEqualTo(1);
        assertThat(first.peak()).isEqualTo(5);
        assertThat(first.mean()).isEqualTo(4);
        assertThat(first.fraction()).isEmpty();
        assertThat(objects.items().get(1).peak()).isEqualTo(9);
        assertThat(objects.threshold()).isEqualTo(1);
        assertThat(objects).hasToString("2 objects of s \"q\" in 3x5 pixels");
    }

    /** A blob of any position within a pixel, as an optic makes it: the centroid finds it to a twentieth of a pixel. */
    @Test
    void theCentroidIsFinerThanAPixel() {
        for (double shift = -0.5; shift <= 0.5; shift += 0.125) {
            double[] values = new double[121];
            for (int i = 0; i < values.length; i++) {
                double r = i / 11 - 5 - shift;
                double c = i % 11 - 5 + shift / 2;
                values[i] = Math.exp(-(r * r + c * c) / (2 * 1.2 * 1.2));
            }
            DetectedObject blob = found(scores(11, values), 0.02).items().get(0);
            assertThat(blob.row()).isCloseTo(5 + shift, within(0.05));
            assertThat(blob.column()).isCloseTo(5 - shift / 2, within(0.05));
        }
    }

    @Test
    void scoresWithoutAMeanHaveThePlainCentroid() {
        assertThat(found(scores(3, Double.POSITIVE_INFINITY, 1, 1), 0)
                        .items()
                        .get(0)
                        .column())
                .isEqualTo(1);
        assertThat(found(scores(3, 5, 1, 1), Double.NEGATIVE_INFINITY)
                        .items()
                        .get(0)
                        .column())
                .isEqualTo(1);
    }

    @Test
    void fractionsAreTheMeanOverThePixels() {
        DetectedObjects objects = found(scores(4, 3, 3, 0, 3), 1).withFractions(scores(4, .2, .4, .9, -.1));

        assertThat(objects.items().get(0).fraction().orElseThrow()).isCloseTo(.3, within(1e-15));
        assertThat(objects.items().get(1).fraction()).hasValue(-.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objects.withFractions(scores(2, 1, 2, 3, 4)))
                .withMessage("the fractions are 2x2 pixels but the scores 1x4");
    }

    @Test
    void smallOnesCanBeLeftOut() {
        DetectedObjects objects = DetectedObjects.of(scores(4, 3, 3, 0, 3), 1, Connectivity.FOUR, 2);

        assertThat(objects.items()).hasSize(1);
        assertThat(objects.map().count()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DetectedObjects.of(scores(1, 1), 0, Connectivity.FOUR, 0))
                .withMessage("an object has at least one pixel, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> found(scores(1, 1), Double.NaN));
    }

    /** The place of the pixel's centre; the series of Snyder (1987) leads from these degrees back to it within a millimetre. */
    @Test
    void csvHasALineAnObject() {
        DetectedObjects plain = found(scores(3, 0, 2.5, Double.NaN), 1);

        assertThat(plain.toCsv().lines())
                .containsExactly(
                        "object,row,column,x,y,longitude,latitude,top,left,rows,columns,pixels,peak,mean,fraction",
                        "1,0.0,1.0,,,,,0,1,1,1,1,2.5,2.5,");
        String placed = found(scores(3, 2, 0, 0).withGeoReference(PLACE), 1)
                .withFractions(scores(3, .5, 0, 0))
                .toCsv();
        assertThat(placed.lines().skip(1))
                .containsExactly("1,0.0,0.0,630089.0,4833433.0,-79.38708211,43.64251590,0,0,1,1,1,2.0,2.0,0.5");
    }

    @Test
    void geoJsonIsJsonWithPointsWhereThePlaceIsKnown() {
        String located = found(scores(3, 2, 0, 0).withGeoReference(PLACE), 1).toGeoJson();
        String nowhere = found(scores(3, 2, 0, Double.POSITIVE_INFINITY), 1).toGeoJson();
        String empty = found(scores(3, 0, 0, 0), 1).toGeoJson();

        assertThat(located)
                .contains("\"geometry\": {\"type\": \"Point\", \"coordinates\": [-79.38708211, 43.64251590]}")
                .contains("\"method\": \"s \\\"q\\\"\"");
        assertThat(nowhere).contains("\"geometry\": null", "\"peak\": null");
        assertThat(empty).contains("\"features\": []");
    }

    @Test
    void aResultKnowsItsObjects() {
        var run = Detection.of(Scenes.gaussian(20, 20, 5, 1)).with(Rx.withDefaults());
        DetectionResult result = run.falseAlarmRate(0.05).run();

        assertThat(result.objects().items().stream()
                        .mapToInt(DetectedObject::pixels)
                        .sum())
                .isEqualTo(result.detections().orElseThrow().count());
        assertThat(result.objects().map().mask()).isEqualTo(result.detections().orElseThrow());
        assertThat(result.objects().method()).isEqualTo("rx");
        assertThatIllegalStateException().isThrownBy(() -> run.run().objects());
    }
}
