package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;

class PolygonTest {
    /** Of the areas below, a few hundred at most: a thousand roundings of numbers below one. */
    private static final double EXACT = 1e-12;

    private static double area(ScoreMap map) {
        return Arrays.stream(map.toArray()).sum();
    }

    @Property(tries = 100)
    void rectanglesCoverProductsOfLengths(@ForAll long seed) {
        Random random = new Random(seed);
        double left = 12 * random.nextDouble() - 2;
        double top = 9 * random.nextDouble() - 2;
        double right = left + 8 * random.nextDouble();
        double bottom = top + 8 * random.nextDouble();
        ScoreMap share =
                Polygon.of(left, top, right, top, right, bottom, left, bottom).coverage(7, 10);
        for (int r = 0; r < 7; r++) {
            for (int c = 0; c < 10; c++) {
                double width = Math.max(0, Math.min(right, c + 1) - Math.max(left, c));
                double height = Math.max(0, Math.min(bottom, r + 1) - Math.max(top, r));
                assertThat(share.value(r, c)).isCloseTo(width * height, within(EXACT));
            }
        }
    }

    @Property(tries = 100)
    void trianglesHaveHalfTheCrossProduct(@ForAll long seed) {
        Random random = new Random(seed);
        double[] p = random.doubles(6, 0, 20).toArray();
        double twice = (p[2] - p[0]) * (p[5] - p[1]) - (p[4] - p[0]) * (p[3] - p[1]);
        double[] reversed = {p[4], p[5], p[2], p[3], p[0], p[1]};

        ScoreMap share = Polygon.of(p).coverage(20, 20);

        assertThat(area(share)).isCloseTo(Math.abs(twice) / 2, within(EXACT));
        assertThat(Polygon.of(reversed).coverage(20, 20)).isEqualTo(share);
        for (int i = 0; i < 20; i += 3) { // turned over the diagonal
            ScoreMap turned = Polygon.of(p[1], p[0], p[3], p[2], p[5], p[4]).coverage(20, 20);
            for (int j = 0; j < 20; j++) {
                assertThat(turned.value(j, i)).isCloseTo(share.value(i, j), within(EXACT));
            }
        }
    }

    @Test
    void aHalfPixelTriangleIsHalf() {
        ScoreMap share = Polygon.of(1, 1, 4, 1, 1, 4).coverage(5, 5);
        for (int r = 0; r < 5; r++) {
            for (int c = 0; c < 5; c++) {
                boolean inside = r >= 1 && c >= 1 && r + c < 4;
                boolean border = r >= 1 && c >= 1 && r + c == 4;
                assertThat(share.value(r, c)).isCloseTo(inside ? 1 : border ? 0.5 : 0, within(EXACT));
            }
        }
    }

    @Test
    void circlesHaveTheAreaOfTheirPolygons() {
        for (int corners : new int[] {3, 4, 7, 64, 500}) {
            double expected = corners / 2.0 * 9.3 * 9.3 * Math.sin(2 * Math.PI / corners);
            ScoreMap share = Polygon.circle(11.2, 10.7, 9.3, corners).coverage(22, 23);
            assertThat(area(share)).isCloseTo(expected, within(EXACT * expected));
            assertThat(share.min()).isZero();
            assertThat(share.max()).isEqualTo(1);
        }
    }

    @Test
    void ringsAreEvenOdd() {
        Polygon outer = Polygon.of(1, 1, 9, 1, 9, 9, 1, 9);
        Polygon sameWay = Polygon.of(3, 3, 6.5, 3, 6.5, 6, 3, 6);
        Polygon otherWay = Polygon.of(3, 3, 3, 6, 6.5, 6, 6.5, 3);
        ScoreMap holed = outer.and(sameWay).coverage(10, 10);
        assertThat(area(holed)).isCloseTo(64 - 10.5, within(EXACT));
        assertThat(holed.value(4, 4)).isZero();
        assertThat(holed.value(4, 6)).isCloseTo(0.5, within(EXACT));
        assertThat(outer.and(otherWay).coverage(10, 10)).isEqualTo(holed);
        assertThat(area(outer.and(outer).coverage(10, 10))).isCloseTo(0, within(EXACT));
        // an island in the lake
        assertThat(area(outer.and(sameWay)
                        .and(Polygon.of(4, 4, 5, 4, 5, 5, 4, 5))
                        .coverage(10, 10)))
                .isCloseTo(64 - 10.5 + 1, within(EXACT));
    }

    @Test
    void ringsMayTouchAndCrossThemselves() {
        // an hourglass: two triangles of base 6 and height 3
        assertThat(area(Polygon.of(1, 1, 7, 1, 1, 7, 7, 7).coverage(8, 8))).isCloseTo(18, within(EXACT));
        // a ring that touches itself in a corner
        assertThat(area(Polygon.of(1, 1, 3, 1, 3, 3, 5, 3, 5, 5, 3, 5, 3, 3, 1, 3)
                        .coverage(6, 6)))
                .isCloseTo(8, within(EXACT));
        // a hole that is joined to the outside by a bridge of no width
        double[] bridged = {0, 0, 6, 0, 6, 6, 0, 6, 0, 3, 2, 3, 2, 4, 4, 4, 4, 2, 2, 2, 2, 3, 0, 3};
        assertThat(area(Polygon.of(bridged).coverage(6, 6))).isCloseTo(32, within(EXACT));
        // a star of five points: its pentagon is wound twice, so it is outside
        double[] star = new double[10];
        for (int i = 0; i < 5; i++) {
            star[2 * i] = 10 + 8 * Math.sin(0.8 * Math.PI * i);
            star[2 * i + 1] = 10 - 8 * Math.cos(0.8 * Math.PI * i);
        }
        double inner = 8 * Math.cos(0.4 * Math.PI) / Math.cos(0.2 * Math.PI);
        double whole = 5 * 8 * inner * Math.sin(0.2 * Math.PI);
        double pentagon = 2.5 * inner * inner * Math.sin(0.4 * Math.PI);
        assertThat(area(Polygon.of(star).coverage(20, 20))).isCloseTo(whole - pentagon, within(1e-11)); // and its sines
    }

    @Test
    void edgesOnBordersAndWithoutExtentAddNothing() {
        ScoreMap flat = Polygon.of(1, 2, 5, 2, 3, 2).coverage(4, 6);
        assertThat(flat.max()).isZero();
        ScoreMap squares = Polygon.of(1, 1, 3, 1, 3, 2, 1, 2).coverage(3, 4);
        assertThat(squares.toArray()).containsExactly(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        assertThat(Polygon.of(-5, -5, 50, -5, 50, 50, -5, 50).coverage(3, 4).min())
                .isEqualTo(1);
        assertThat(Polygon.of(-5, -5, -1, -5, -1, 50).coverage(3, 4).max()).isZero();
    }

    @Test
    void aPointSpreadFunctionKeepsTheArea() {
        Polygon region = Polygon.of(12, 11, 18, 13, 15, 19.5).and(Polygon.of(14, 13, 15, 13, 15, 14));
        double area = area(region.coverage(32, 32));
        for (double sigma : new double[] {0.05, 0.4, 1.1}) {
            assertThat(area(region.coverage(32, 32, sigma))).isCloseTo(area, within(1e-11));
        }
    }

    @Test
    void aPointSpreadFunctionOfASquareIsAProduct() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double sigma = 0.8;
        ScoreMap share = Polygon.of(3.2, 1.5, 6, 1.5, 6, 4.7, 3.2, 4.7).coverage(7, 9, sigma);
        for (int r = 0; r < 7; r++) {
            for (int c = 0; c < 9; c++) {
                double expected = one(normal, c, 3.2, 6, sigma) * one(normal, r, 1.5, 4.7, sigma);
                assertThat(share.value(r, c)).isCloseTo(expected, within(1e-12));
            }
        }
    }

    /** The convolution of an interval, a pixel and a Gaussian, by Simpson's rule. */
    private static double one(NormalDistribution normal, int pixel, double from, double to, double sigma) {
        int n = 400;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double u = pixel + (double) i / n;
            double w = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
            sum += w * normal.probability((from - u) / sigma, (to - u) / sigma);
        }
        return sum / (3 * n);
    }

    @Test
    void aNarrowPointSpreadFunctionIsNone() {
        Polygon region = Polygon.circle(5, 6, 3.3, 20);
        double[] sharp = region.coverage(12, 10).toArray();
        double[] narrow = region.coverage(12, 10, 1e-3).toArray();
        for (int i = 0; i < sharp.length; i++) {
            assertThat(narrow[i]).isCloseTo(sharp[i], within(1e-3)); // an edge moves by sigma at most
        }
    }

    @Test
    void regionsBecomeAbundances() {
        AbundanceMaps truth = Polygon.abundances(
                10,
                12,
                List.of("roof", "pond"),
                List.of(Polygon.of(1.3, 1, 5.7, 1, 5.7, 4.2, 1.3, 4.2), Polygon.of(5.7, 1, 11, 1, 5.7, 9)),
                "grass");
        assertThat(truth.names()).containsExactly("roof", "pond", "grass");
        for (int i = 0; i < truth.pixels(); i++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                assertThat(truth.asBuffer(k).get(i)).isBetween(0.0, 1.0);
                sum += truth.asBuffer(k).get(i);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        assertThat(truth.value(2, 5, 0)).isCloseTo(0.7, within(EXACT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Polygon.abundances(
                        3,
                        3,
                        List.of("a", "b"),
                        List.of(Polygon.of(0, 0, 2, 0, 2, 2), Polygon.of(1, 0, 2, 0, 2, 2)),
                        "rest"))
                .withMessageStartingWith("the regions overlap at row 0, column 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Polygon.abundances(3, 3, List.of("a"), List.of(), "rest"));
    }

    @Test
    void wrongPolygonsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Polygon.of(1, 2, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Polygon.of(1, 2, 3, 4, 5, 6, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> Polygon.of(1, 2, 3, Double.NaN, 5, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> Polygon.circle(0, 0, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Polygon.circle(0, 0, 0, 9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Polygon.circle(0, 0, 1, 9).coverage(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Polygon.circle(0, 0, 1, 9).coverage(3, 3, 0));
        assertThat(Polygon.circle(0, 0, 1, 9)).hasToString("polygon of 1 rings and 9 edges");
    }
}
