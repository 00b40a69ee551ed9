package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchMatcherTest {

    private record Found(int position, double squared) {}

    /** Every distance by its definition, sorted. */
    private static List<Found> byDefinition(
            double[][] planes, int rows, int columns, int high, int wide, int radius, int row, int column) {
        List<Found> all = new ArrayList<>();
        for (int r = 0; r <= rows - high; r++) {
            for (int c = 0; c <= columns - wide; c++) {
                if (Math.abs(r - row) <= radius && Math.abs(c - column) <= radius) {
                    double sum = 0;
                    for (double[] plane : planes) {
                        for (int i = 0; i < high; i++) {
                            for (int j = 0; j < wide; j++) {
                                double d = plane[(r + i) * columns + c + j] - plane[(row + i) * columns + column + j];
                                sum += d * d;
                            }
                        }
                    }
                    all.add(new Found(r * columns + c, sum));
                }
            }
        }
        all.sort(Comparator.comparingDouble(Found::squared));
        return all;
    }

    /** Sums of some hundred squares in another order: some rounding units. */
    @Test
    void findsTheNearestInTheWindow() {
        Random random = new Random(3);
        double[][] planes = new double[3][19 * 23];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextGaussian();
            }
        }
        PatchMatcher matcher = new PatchMatcher(19, 23, 5, 6, 4, 12);
        for (int[] start : new int[][] {{0, 0}, {14, 17}, {7, 9}, {0, 17}, {13, 2}}) {
            int found = matcher.match(planes, start[0], start[1]);
            List<Found> expected = byDefinition(planes, 19, 23, 5, 6, 4, start[0], start[1]);

            assertThat(found).isEqualTo(12);
            for (int k = 0; k < found; k++) {
                assertThat(matcher.positions()[k]).isEqualTo(expected.get(k).position());
                assertThat(matcher.distances()[k]).isCloseTo(expected.get(k).squared(), within(1e-12));
            }
        }
    }

    /** Three by three positions at a corner of a plane of constant value: all there are, the patch itself first. */
    @Test
    void findsFewerWhereThereAreNoMore() {
        PatchMatcher matcher = new PatchMatcher(10, 10, 8, 8, 19, 16);

        assertThat(matcher.match(new double[1][100], 2, 2)).isEqualTo(9);
        assertThat(matcher.positions()).startsWith(22, 0, 1, 2, 10, 11, 12, 20, 21);
    }

    @Test
    void aSinglePatchIsFoundAlone() {
        PatchMatcher matcher = new PatchMatcher(1, 1, 1, 1, 19, 1);

        assertThat(matcher.match(new double[][] {{4}}, 0, 0)).isEqualTo(1);
        assertThat(matcher.positions()).containsExactly(0);
    }
}
