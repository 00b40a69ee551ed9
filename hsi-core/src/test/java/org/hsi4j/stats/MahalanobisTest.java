package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class MahalanobisTest {

    private static Cube scene(int bands, int pixels, double spread, Random random) {
        double[][] planes = new double[bands][pixels];
        for (int i = 0; i < pixels; i++) {
            double common = random.nextGaussian();
            for (int b = 0; b < bands; b++) {
                planes[b][i] = 5 + common + spread * random.nextGaussian();
            }
        }
        return Cube.of(1, pixels, planes);
    }

    private static double[] distances(Cube cube, CovarianceEstimate background) {
        PixelTile tile = new PixelTile(cube.bands(), cube.pixels());
        cube.read(0, cube.pixels(), tile);
        double[] out = new double[cube.pixels()];
        background.mahalanobis().squaredDistances(tile, out);
        return out;
    }

    /** The trace of C^-1 S is B when C is S. */
    @Property(tries = 50)
    void theMeanOfTheSceneIsTheNumberOfBands(@ForAll @IntRange(min = 1, max = 60) int bands, @ForAll long seed) {
        int pixels = 3 * bands + 5;
        Cube cube = scene(bands, pixels, 0.5, new Random(seed));
        CovarianceEstimate background = CovarianceEstimate.of(cube, Shrinkage.NONE, RunContext.sequential());

        double sum = 0;
        for (double d : distances(cube, background)) {
            sum += d;
        }

        // A condition number of some thousands costs four of the sixteen digits.
        assertThat(sum / (pixels - 1)).isCloseTo(bands, within(1e-10 * bands));
    }

    /** A condition number of 1e10 is the worst that is not shrunk: its root, 1e5, is what the factor and its inverse have. */
    @Test
    void agreesWithWhiteningWhereTheCovarianceIsNearlySingular() {
        int bands = 40;
        Cube cube = scene(bands, 500, 6e-5, new Random(1));
        CovarianceEstimate background = CovarianceEstimate.of(cube, Shrinkage.NONE, RunContext.sequential());
        assertThat(background.condition()).isBetween(1e9, 1e11);
        Whitening whitening = background.whitening();

        double[] distances = distances(cube, background);

        for (int i = 0; i < distances.length; i++) {
            double[] z = whitening.apply(cube.spectrum(0, i).toArray());
            double expected = 0;
            for (double v : z) {
                expected += v * v;
            }
            // Each entry of z is good to the condition of the factor times a few rounding units: 1e5 * 1e-15.
            assertThat(distances[i]).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void theMeanHasNoDistance() {
        Cube cube = scene(20, 100, 0.5, new Random(2));
        CovarianceEstimate background = CovarianceEstimate.of(cube, Shrinkage.NONE, RunContext.sequential());
        double[][] mean = new double[20][1];
        for (int b = 0; b < 20; b++) {
            mean[b][0] = background.mean()[b];
        }

        assertThat(distances(Cube.of(1, 1, mean), background)).containsExactly(0.0);
    }

    @Test
    void refusesOtherBands() {
        CovarianceEstimate background =
                CovarianceEstimate.of(scene(5, 50, 1, new Random(3)), Shrinkage.NONE, RunContext.sequential());

        assertThat(background.mahalanobis().bands()).isEqualTo(5);
        assertThatThrownBy(() -> background.mahalanobis().squaredDistances(new PixelTile(4, 10), new double[10]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the tile has 4 bands but the background has 5");
    }
}
