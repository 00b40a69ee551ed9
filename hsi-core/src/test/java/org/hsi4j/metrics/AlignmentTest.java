package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final Endmembers TRUTH =
            Endmembers.ofMatrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}});

    @Test
    void findsTheOrderOfScaledEndmembers() {
        Endmembers estimate = Endmembers.ofMatrix(new double[][] {{0, 2, 0}, {0, 0, 5}, {9, 0, 0}, {9, 2, 5}});
        Alignment match = Alignment.ofEndmembers(estimate, TRUTH);

        assertThat(match.permutation()).containsExactly(1, 2, 0);
        assertThat(match.estimatedFor(1)).isEqualTo(2);
        assertThat(match.estimatedFor(2)).isZero();
        assertThat(match.count()).isEqualTo(3);
        // proportional spectra differ by the rounding of their unit vectors
        assertThat(match.meanCost()).isCloseTo(0, within(1e-15));
        assertThat(match.apply(estimate)).isEqualTo(estimate.select(1, 2, 0));
        assertThat(match).hasToString("alignment [1, 2, 0], mean cost " + match.meanCost());
    }

    @Test
    void handsOutNoInnerArray() {
        Alignment match = Alignment.ofEndmembers(TRUTH, TRUTH);
        match.permutation()[0] = 7;

        assertThat(match.permutation()).containsExactly(0, 1, 2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> match.cost(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> match.estimatedFor(-1));
    }

    @Test
    void matchesBetterThanAGreedyChoice() {
        // angles to true 0 and 1 in degrees: estimate 0 is 10 and 20, estimate 1 is 12 and 60
        Endmembers truth = directions(0, 30);
        Endmembers estimate = directions(10, -12);
        Alignment match = Alignment.ofEndmembers(estimate, truth);

        assertThat(match.permutation()).containsExactly(1, 0);
        assertThat(Math.toDegrees(match.cost(0))).isCloseTo(12, within(1e-13)); // roundings of numbers near ten
        assertThat(Math.toDegrees(match.cost(1))).isCloseTo(20, within(1e-13));
        assertThat(Math.toDegrees(match.meanCost())).isCloseTo(16, within(1e-13));
    }

    private static Endmembers directions(double... degrees) {
        double[][] matrix = new double[2][degrees.length];
        for (int k = 0; k < degrees.length; k++) {
            matrix[0][k] = Math.cos(Math.toRadians(degrees[k]));
            matrix[1][k] = Math.sin(Math.toRadians(degrees[k]));
        }
        return Endmembers.ofMatrix(matrix);
    }

    @Test
    void leavesSurplusEndmembersOut() {
        Endmembers truth = directions(0, 40);
        Endmembers estimate = directions(80, 41, 20, 1);
        AbundanceMaps maps =
                AbundanceMaps.of(1, 1, List.of("a", "b", "c", "d"), new double[][] {{.1}, {.2}, {.3}, {.4}});
        Alignment match = Alignment.ofEndmembers(estimate, truth);

        assertThat(match.permutation()).containsExactly(3, 1);
        assertThat(match.apply(maps).names()).containsExactly("d", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> match.apply(truth))
                .withMessage("4 estimated endmembers were matched, but 2 are given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> match.apply(maps.select(0, 1, 2)))
                .withMessage("4 estimated endmembers were matched, but 3 are given");
    }

    @Test
    void takesAnEndmemberOfZerosForAFailure() {
        Endmembers estimate = Endmembers.ofMatrix(new double[][] {{1, 0}, {0, 0}});
        Alignment match = Alignment.ofEndmembers(estimate, directions(0, 90));

        assertThat(match.permutation()).containsExactly(0, 1);
        assertThat(match.cost(0)).isZero();
        assertThat(match.cost(1)).isEqualTo(Math.PI / 2);
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alignment.ofEndmembers(directions(1, 2), TRUTH))
                .withMessage("the estimated endmembers have 2 bands but the true ones have 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alignment.ofEndmembers(TRUTH.select(0, 1), TRUTH))
                .withMessage("only 2 endmembers are estimated for 3 true ones, so they cannot be matched one to one");
    }

    @Test
    void matchesAbundancesAlone() {
        AbundanceMaps truth = AbundanceMaps.of(1, 3, List.of("a", "b"), new double[][] {{1, 0, 0.5}, {0, 1, 0.5}});
        AbundanceMaps estimate = AbundanceMaps.of(1, 3, List.of("x", "y", "z"), new double[][] {
            {0, 0, 0}, {0, 1, Double.NaN}, {0.9, 0, 0.1}
        });
        Alignment match = Alignment.ofAbundances(estimate, truth);

        assertThat(match.permutation()).containsExactly(2, 1);
        // the third pixel is left out
        assertThat(match.cost(0)).isCloseTo(Math.sqrt(0.1 * 0.1 / 2), within(1e-16)); // 1 - 0.9 is rounded
        assertThat(match.cost(1)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alignment.ofAbundances(truth.select(0), truth))
                .withMessageContaining("only 1 endmembers are estimated for 2 true ones");
    }
}
