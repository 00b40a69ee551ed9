package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import org.hsi4j.Mask;
import org.junit.jupiter.api.Test;

class HolesTest {
    private static final double HOLE = Double.NaN;

    /** Blocks of two, by hand: the hole takes the mean of the three others of its block. */
    @Test
    void aHoleTakesTheMeanOfItsBlock() {
        double[] plane = {1, 3, 10, 20, HOLE, 5, 30, 40};
        new Holes(Mask.of(2, 4, i -> i != 4)).fill(plane);

        assertThat(plane).containsExactly(1, 3, 10, 20, 3, 5, 30, 40);
    }

    /** The left block of two has nothing to offer, the block of four has: the mean of the block on the right, 25. */
    @Test
    void aLargeHoleLooksFurther() {
        double[] plane = {HOLE, HOLE, 10, 20, HOLE, HOLE, 30, 40};
        new Holes(Mask.of(2, 4, i -> i % 4 > 1)).fill(plane);

        assertThat(plane).containsExactly(25, 25, 10, 20, 25, 25, 30, 40);
    }

    @Test
    void nothingButHolesBecomesZero() {
        double[] plane = {HOLE, HOLE, HOLE};
        new Holes(Mask.of(1, 3, i -> false)).fill(plane);

        assertThat(plane).containsOnly(0);
    }

    @Test
    void withoutHolesNothingChanges() {
        double[] plane = {1, 2, 3};
        new Holes(Mask.all(3, 1)).fill(plane);

        assertThat(plane).containsExactly(1, 2, 3);
    }

    /** A blend of constants is the constant, whatever the shape. */
    @Test
    void aConstantSceneIsFilledWithTheConstant() {
        double[] plane = new double[13 * 7];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i % 5 == 0 || i > 60 ? HOLE : 2.5;
        }
        new Holes(Mask.of(13, 7, i -> i % 5 != 0 && i <= 60)).fill(plane);

        assertThat(plane).containsOnly(2.5);
    }
}
