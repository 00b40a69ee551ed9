package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.AbundanceMaps;
import org.junit.jupiter.api.Test;

class AbundanceErrorTest {
    private static final double NAN = Double.NaN;

    private static AbundanceMaps maps(int rows, int columns, double[]... maps) {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < maps.length; k++) {
            names.add("em" + k);
        }
        return AbundanceMaps.of(rows, columns, names, maps);
    }

    @Test
    void givesBothConventions() {
        AbundanceMaps truth = maps(1, 2, new double[] {1, 0}, new double[] {0, 1});
        AbundanceMaps estimate = maps(1, 2, new double[] {1, 0.3}, new double[] {0.1, 0.7});
        AbundanceError error = AbundanceError.of(estimate, truth);
        double first = Math.sqrt(0.09 / 2);
        double second = Math.sqrt((0.01 + 0.09) / 2);

        // a few roundings of numbers below one
        assertThat(error.endmemberRmse().get(0)).isCloseTo(first, within(1e-16));
        assertThat(error.endmemberRmse().get(1)).isCloseTo(second, within(1e-16));
        assertThat(error.rmse()).isCloseTo((first + second) / 2, within(1e-16));
        assertThat(error.armse()).isCloseTo(Math.sqrt(0.19 / 4), within(1e-16));
        assertThat(error.pixels()).isEqualTo(2);
    }

    @Test
    void leavesOutPixelsThatAreNaNInAnyMapOfEither() {
        AbundanceMaps truth = maps(2, 2, new double[] {1, 0, 0.5, NAN}, new double[] {0, 1, 0.5, 0});
        AbundanceMaps estimate = maps(2, 2, new double[] {0.5, 9, 0.5, 9}, new double[] {0.5, NAN, 0.5, 9});
        AbundanceError error = AbundanceError.of(estimate, truth);

        assertThat(error.pixels()).isEqualTo(2);
        assertThat(error.endmemberRmse()).containsExactly(Math.sqrt(0.125), Math.sqrt(0.125));
    }

    @Test
    void dividesByTheSumWhenAskedTo() {
        AbundanceMaps truth = maps(1, 3, new double[] {0.25, 1, 1}, new double[] {0.75, 0, 0});
        AbundanceMaps estimate = maps(1, 3, new double[] {1, 0.5, 0}, new double[] {3, 0, 0});

        assertThat(AbundanceError.of(estimate, truth).armse()).isGreaterThan(0.9);
        // a pixel without any abundance stays at zero
        assertThat(AbundanceError.ofNormalized(estimate, truth).endmemberRmse())
                .containsExactly(Math.sqrt(1.0 / 3), 0.0);
    }

    @Property(tries = 100)
    void isZeroForTheTruthAndNeverBelowTheMeanOfTheEndmembers(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int p,
            @ForAll @IntRange(min = 1, max = 8) int rows,
            @ForAll @IntRange(min = 1, max = 8) int columns) {
        Random random = new Random(seed);
        double[][] a = new double[p][];
        double[][] b = new double[p][];
        for (int k = 0; k < p; k++) {
            a[k] = random.doubles(rows * columns).toArray();
            b[k] = random.doubles(rows * columns).toArray();
        }
        AbundanceMaps truth = maps(rows, columns, a);
        AbundanceError error = AbundanceError.of(maps(rows, columns, b), truth);

        assertThat(error.armse()).isGreaterThanOrEqualTo(error.rmse() - 1e-15); // equal for p = 1, but for rounding
        assertThat(error.armse()).isBetween(0.0, 1.0);
        assertThat(AbundanceError.of(truth, truth).armse()).isZero();
    }

    @Test
    void namesWhatDoesNotFit() {
        AbundanceMaps truth = maps(1, 2, new double[2], new double[2]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceError.of(maps(2, 1, new double[2], new double[2]), truth))
                .withMessage("the estimated abundances are 2x1 pixels but the true ones are 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceError.of(maps(1, 3, new double[3], new double[3]), truth))
                .withMessage("the estimated abundances are 1x3 pixels but the true ones are 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceError.of(truth.select(0), truth))
                .withMessage("1 abundance maps are estimated but 2 are true; align them first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceError.of(maps(1, 2, new double[] {NAN, NAN}, new double[2]), truth))
                .withMessage("no pixel is valid in both results");
    }
}
