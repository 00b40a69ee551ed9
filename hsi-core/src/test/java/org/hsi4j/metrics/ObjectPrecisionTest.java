package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.ObjectPrecision.Overlap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and their average precision, by hand. */
class ObjectPrecisionTest {

    /** A map from its rows: digits are scores, a dot is zero, a question mark has none. */
    private static ScoreMap map(String... rows) {
        int columns = rows[0].length();
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < values.length; i++) {
            char c = rows[i / columns].charAt(i % columns);
            values[i] = c == '.' ? 0 : c == '?' ? Double.NaN : c - '0';
        }
        return ScoreMap.of("scores", rows.length, columns, values);
    }

    private static ObjectMap found(String... rows) {
        return ObjectMap.of(map(rows), 0, Connectivity.EIGHT);
    }

    private static ObjectMap truth(String... rows) {
        return ObjectMap.ofLabels(map(rows));
    }

    @Test
    void eachComponentHasItsOwnPeak() {
        ObjectMap objects = found(
                "12...", //
                ".3..7", "....5");

        assertThat(objects.items())
                .containsExactly(
                        new ObjectMap.Item(new Region(0, 0, 2, 2), 3, 3),
                        new ObjectMap.Item(new Region(1, 4, 2, 1), 2, 7));
        assertThat(objects).hasToString("2 objects in 3x5 pixels");
    }

    @Test
    void cornersJoinOnlyEightNeighbours() {
        Mask mask = map(
                        "1.1", //
                        ".1.")
                .above(0);

        assertThat(ObjectMap.of(mask, Connectivity.EIGHT).count()).isEqualTo(1);
        assertThat(ObjectMap.of(mask, Connectivity.FOUR).count()).isEqualTo(3);
        assertThat(ObjectMap.of(mask, Connectivity.FOUR).items().get(0).score()).isEqualTo(1);
    }

    @Test
    void aComponentMayWindAboutAnother() {
        ObjectMap objects = ObjectMap.of(
                map(
                        "99999", //
                        "9...9", "9.4.9", "9...9", "99999"),
                0,
                Connectivity.FOUR);

        assertThat(objects.items())
                .containsExactly(
                        new ObjectMap.Item(new Region(0, 0, 5, 5), 16, 9),
                        new ObjectMap.Item(new Region(2, 2, 1, 1), 1, 4));
    }

    @Test
    void tellsThePixelsOfAnObject() {
        assertThat(truth("22..", "..11").pixels(1)).containsExactly(6, 7);
    }

    @Test
    void labelledObjectsMayTouch() {
        assertThat(truth("2211").items())
                .containsExactly(
                        new ObjectMap.Item(new Region(0, 0, 1, 2), 2, 1),
                        new ObjectMap.Item(new Region(0, 2, 1, 2), 2, 1));
    }

    @Test
    void pixelsWithoutAScoreAreNoObject() {
        assertThat(found("1?1").count()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Overlap.class)
    void isOneWhereEverythingIsFound(Overlap overlap) {
        ObjectPrecision result = ObjectPrecision.of(found("77..3", "77..3"), truth("11..2", "11..2"), overlap);

        assertThat(result.meanAveragePrecision()).isEqualTo(1);
        assertThat(result.at(0.5)).isEqualTo(new ObjectPrecision.Result(1, 2, 0, 0));
    }

    /** The false alarm has the lower peak: it comes last and costs nothing. With one score for all it would tie. */
    @Test
    void aFaintFalseAlarmDoesNotHurtABrightHit() {
        ObjectPrecision result = ObjectPrecision.of(found("3...9"), truth("....1"), Overlap.BOXES);

        assertThat(result.averagePrecision(0.5)).isEqualTo(1);
        assertThat(result.at(0.5).falseAlarms()).isEqualTo(1);
        assertThat(result.at(0.5).precision()).isEqualTo(0.5);
        assertThat(result.at(0.5).recall()).isEqualTo(1);
        assertThat(result.at(0.5).f1()).isCloseTo(2.0 / 3, within(1e-16));
    }

    @Test
    void aBrightFalseAlarmHalvesThePrecision() {
        assertThat(ObjectPrecision.of(found("9...3"), truth("....1"), Overlap.BOXES)
                        .averagePrecision(0.5))
                .isCloseTo(0.5, within(1e-15));
    }

    /** Hit, false alarm, hit of three true objects: precision 1 up to recall 1/3, 2/3 up to 2/3, then none. */
    @Test
    void interpolatesAtAHundredAndOneRecalls() {
        ObjectPrecision result = ObjectPrecision.of(found("9.8.7...."), truth("1...2...3"), Overlap.BOXES);

        // recalls 0 to .33 are 34, .34 to .66 are 33
        assertThat(result.averagePrecision(0.5)).isCloseTo((34 + 33 * 2.0 / 3) / 101, within(1e-15));
        assertThat(result.at(0.5).misses()).isEqualTo(1);
    }

    /** A box of 2x3 over one of 2x2: 4/6. */
    @Test
    void theLimitOfTheOverlapDecides() {
        ObjectPrecision result = ObjectPrecision.of(found("555", "555"), truth("11.", "11."), Overlap.BOXES);

        assertThat(result.averagePrecision(0.25)).isEqualTo(1);
        assertThat(result.averagePrecision(0.5)).isEqualTo(1);
        assertThat(result.averagePrecision(0.75)).isZero();
        // .5, .55, .6, .65 of ten
        assertThat(result.meanAveragePrecision()).isCloseTo(0.4, within(1e-15));
        assertThat(result).hasToString("AP50 1.0, AP50:95 0.4 of 1 detections");
    }

    /** A diagonal of three fills its box by a third: equal boxes, but three of nine pixels. */
    @Test
    void boxesAndPixelsDiffer() {
        ObjectMap diagonal = found("5..", ".5.", "..5");
        ObjectMap square = truth("111", "111", "111");

        assertThat(ObjectPrecision.of(diagonal, square, Overlap.BOXES).averagePrecision(1))
                .isEqualTo(1);
        assertThat(ObjectPrecision.of(diagonal, square, Overlap.PIXELS).averagePrecision(0.3))
                .isEqualTo(1);
        assertThat(ObjectPrecision.of(diagonal, square, Overlap.PIXELS).averagePrecision(0.34))
                .isZero();
    }

    /** Two detections of one object: the brighter one takes it, although the other fits better. */
    @Test
    void anObjectIsFoundOnce() {
        ObjectPrecision result = ObjectPrecision.of(
                found("9.555555."), // boxes of one and six pixels
                truth("11111111."), // one box of eight
                Overlap.BOXES);

        assertThat(result.at(0.1)).isEqualTo(new ObjectPrecision.Result(1, 1, 1, 0));
        assertThat(result.averagePrecision(0.5)).isCloseTo(0.5, within(1e-15));
    }

    /** One detection over two objects takes the one that it fits better, and so leaves the other to the next. */
    @Test
    void aDetectionTakesTheObjectThatItFitsBest() {
        ObjectPrecision result = ObjectPrecision.of(
                found("9999999999", "..........", "5........."),
                truth("1222222222", "1.........", "1........."),
                Overlap.PIXELS);

        // common pixels over all: the bright detection 1/12 and 9/10, the faint one 1/3 and none
        assertThat(result.at(0.08)).isEqualTo(new ObjectPrecision.Result(1, 2, 0, 0));
    }

    @Test
    void countsAndSharesOfAResult() {
        ObjectPrecision.Result result = new ObjectPrecision.Result(0, 3, 2, 1);

        assertThat(result.recall()).isCloseTo(0.75, within(1e-15));
        assertThat(result.f1()).isCloseTo(6.0 / 9, within(1e-15));
    }

    @Test
    void ranksTheDetectionsOfAllImagesTogether() {
        ObjectPrecision result = ObjectPrecision.ofImages(
                List.of(found("4...", "...."), found("9.5")),
                List.of(truth("1...", "...."), truth("..1")),
                Overlap.BOXES);

        // false alarm 9, hit 5, hit 4: precision 2/3 throughout
        assertThat(result.averagePrecision(0.5)).isCloseTo(2.0 / 3, within(1e-15));
    }

    /**
     * Scores and truth that anyone can make: x = (1103515245 x + 12345) mod 2^31, row by row, the score being the ten bits from
     * the sixteenth on; from pixel (1, 1) on, at every sixth row and column, an even score makes a true object of 2 x 2 pixels,
     * whose scores rise by 600 unless the first is a multiple of 3.
     */
    private static ObjectMap[] drawn(long seed, int rows, int columns) {
        double[] scores = new double[rows * columns];
        long x = seed;
        for (int i = 0; i < scores.length; i++) {
            x = (1103515245L * x + 12345) % (1L << 31);
            scores[i] = x >> 16 & 1023;
        }
        double[] labels = new double[rows * columns];
        double[] raised = scores.clone();
        int label = 0;
        for (int r = 1; r < rows - 2; r += 6) {
            for (int c = 1; c < columns - 2; c += 6) {
                int first = (int) scores[r * columns + c];
                label += first % 2 == 0 ? 1 : 0;
                for (int i : new int[] {0, 1, columns, columns + 1}) {
                    if (first % 2 == 0) {
                        labels[r * columns + c + i] = label;
                        raised[r * columns + c + i] += first % 3 != 0 ? 600 : 0;
                    }
                }
            }
        }
        return new ObjectMap[] {
            ObjectMap.of(ScoreMap.of("scores", rows, columns, raised), 940, Connectivity.EIGHT),
            ObjectMap.ofLabels(ScoreMap.of("labels", rows, columns, labels))
        };
    }

    /**
     * The figures are those of a program in Python, written apart from this class: components and boxes by scipy.ndimage (label with
     * eight neighbours, find_objects), matching as in the COCO protocol, AP as the mean over the recalls k/100 of the largest precision
     * at a recall of at least k/100.
     */
    @ParameterizedTest
    @CsvSource({
        "1,     20, 30, 30, 9,  .44554455445544555, .44554455445544555, .33663366336633666,  .3801980198019802",
        "2 3,   20, 30, 70, 15, .6039603960396039,  .2920792079207921,  .06930693069306931,  .13910891089108912",
        "4 5 6, 31, 17, 84, 26, .5231023102310232,  .233003300330033,   .026622662266226626, .05590759075907592"
    })
    void agreesWithAnIndependentProgram(
            String seeds,
            int rows,
            int columns,
            int detections,
            int objects,
            double ap25,
            double ap50,
            double ap75,
            double map) {
        List<ObjectMap> found = new ArrayList<>();
        List<ObjectMap> truth = new ArrayList<>();
        for (String seed : seeds.split(" ")) {
            ObjectMap[] image = drawn(Long.parseLong(seed), rows, columns);
            found.add(image[0]);
            truth.add(image[1]);
        }
        ObjectPrecision result = ObjectPrecision.ofImages(found, truth, Overlap.BOXES);

        // Sums of 101 and 1010 numbers below one.
        assertThat(result.averagePrecision(0.25)).isCloseTo(ap25, within(1e-13));
        assertThat(result.averagePrecision(0.5)).isCloseTo(ap50, within(1e-13));
        assertThat(result.averagePrecision(0.75)).isCloseTo(ap75, within(1e-13));
        assertThat(result.meanAveragePrecision()).isCloseTo(map, within(1e-13));
        ObjectPrecision.Result at = result.at(0.5);
        assertThat(at.hits() + at.falseAlarms()).isEqualTo(detections);
        assertThat(at.hits() + at.misses()).isEqualTo(objects);
    }

    /**
     * The defect of the released script: all components of an image share its highest score, so that the faint false alarm
     * of the first image outranks the hit of the second.
     */
    @Test
    void sharedScoresWouldCostPrecision() {
        List<ObjectMap> truth = List.of(truth("1...."), truth("1...."));
        List<ObjectMap> own = List.of(found("9...2"), found("8...3"));
        ObjectPrecision right = ObjectPrecision.ofImages(own, truth, Overlap.BOXES);
        ObjectPrecision shared =
                ObjectPrecision.ofImages(List.of(found("9...9"), found("8...8")), truth, Overlap.BOXES);

        assertThat(own.get(0).items()).extracting(ObjectMap.Item::score).containsExactly(9.0, 2.0);
        assertThat(right.averagePrecision(0.5)).isEqualTo(1);
        // hit, false alarm, hit, false alarm: 51 recalls with precision 1, 50 with 2/3
        assertThat(shared.averagePrecision(0.5)).isCloseTo((51 + 50 * 2.0 / 3) / 101, within(1e-15));
    }

    @Test
    void smallObjectsCanBeLeftOut() {
        ObjectMap objects = found("9..77").withLeastPixels(2);

        assertThat(objects.items()).containsExactly(new ObjectMap.Item(new Region(0, 3, 1, 2), 2, 7));
        assertThat(objects.mask()).isEqualTo(map("...11").above(0));
        assertThat(objects.rows()).isEqualTo(1);
        assertThat(objects.columns()).isEqualTo(5);
    }

    @Test
    void trueObjectsThatHaveNoScoreDoNotCount() {
        ObjectPrecision result = ObjectPrecision.of(found("9?.?"), truth("11.2"), Overlap.BOXES);

        assertThat(result.at(1)).isEqualTo(new ObjectPrecision.Result(1, 1, 0, 0));
    }

    @Test
    void isZeroWhereNothingIsDetected() {
        ObjectPrecision result = ObjectPrecision.of(found("..."), truth(".1."), Overlap.PIXELS);

        assertThat(result.at(0.5)).isEqualTo(new ObjectPrecision.Result(0, 0, 0, 1));
        assertThat(result.at(0.5).precision()).isZero();
        assertThat(result.at(0.5).f1()).isZero();
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectPrecision.of(found("1."), truth("1", "."), Overlap.BOXES))
                .withMessage("detected are 1 objects in 1x2 pixels but true are 1 objects in 2x1 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectPrecision.ofImages(List.of(found("1")), List.of(), Overlap.BOXES))
                .withMessage("objects are detected in 1 images but the truth has 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectPrecision.of(found("1"), truth("."), Overlap.BOXES))
                .withMessage("the truth has no object that could be found");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.1, Double.NaN})
    void refusesALimitThatIsNone(double iou) {
        ObjectPrecision result = ObjectPrecision.of(found("1"), truth("1"), Overlap.BOXES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result.averagePrecision(iou))
                .withMessage("an intersection over union is over zero to one, not " + iou);
    }
}
