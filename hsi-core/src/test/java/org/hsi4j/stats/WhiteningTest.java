package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class WhiteningTest {

    private static final class Model implements PixelModel {
        private static final long serialVersionUID = 1L;
        private final Whitening whitening;

        Model(Whitening whitening) {
            this.whitening = whitening;
        }

        @Override
        public int bands() {
            return whitening.bands();
        }

        @Override
        public int outputs() {
            return whitening.bands();
        }

        @Override
        public Worker worker() {
            return (tile, output) -> {
                whitening.apply(tile);
                for (int b = 0; b < output.length; b++) {
                    System.arraycopy(tile.planes()[b], 0, output[b], 0, tile.size());
                }
            };
        }
    }

    private static CovarianceEstimate estimate(Cube cube) {
        return CovarianceEstimate.of(cube, Shrinkage.NONE, RunContext.defaults());
    }

    @Property(tries = 40)
    void theWhitenedSceneHasMeanZeroAndUnitCovariance(
            @ForAll @IntRange(min = 1, max = 20) int bands, @ForAll long seed) {
        Cube cube = Scenes.gaussian(20, 20, bands, 10, new Random(seed));
        Whitening whitening = Serial.copy(estimate(cube).whitening());
        Cube white = Tiles.mapToCube(cube, new Model(whitening), RunContext.defaults(), "whitening")
                .build();
        MeanScatter s = MeanScatter.of(white, RunContext.defaults());

        // Condition numbers reach 1e6 for 20 bands of random mixing: rounding of 1e-16 is blown up to 1e-10.
        for (int a = 0; a < bands; a++) {
            assertThat(s.mean()[a]).isCloseTo(0, within(1e-9));
            for (int b = 0; b < bands; b++) {
                assertThat(s.covariance()[a][b]).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
        double[] spectrum = cube.spectrum(3, 7).toArray();
        assertThat(whitening.apply(spectrum))
                .containsExactly(white.spectrum(3, 7).toArray(), within(1e-9));
    }

    @Test
    void aFilterIsADirectionOfTheWhitenedScene() {
        Random random = new Random(1);
        Cube cube = Scenes.gaussian(20, 20, 8, 10, random);
        CovarianceEstimate estimate = estimate(cube);
        double[] direction = random.doubles(8, -1, 1).toArray();
        double[] filter = estimate.whitening().filter(direction);
        double[] mean = estimate.mean();
        for (int i = 0; i < 20; i++) {
            double[] x = cube.spectrum(i, i).toArray();
            double[] z = estimate.whitening().apply(x);
            double byFilter = 0;
            double byWhitening = 0;
            for (int b = 0; b < 8; b++) {
                byFilter += filter[b] * (x[b] - mean[b]);
                byWhitening += direction[b] * z[b];
            }
            assertThat(byFilter).isCloseTo(byWhitening, within(1e-10));
        }
    }

    @Test
    void refusesOtherBands() {
        Whitening whitening =
                estimate(Scenes.gaussian(5, 5, 3, 1, new Random(1))).whitening();

        assertThat(whitening.bands()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whitening.apply(new double[2]))
                .withMessage("spectrum has 2 bands but the background has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whitening.filter(new double[4]))
                .withMessage("direction has 4 bands but the background has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whitening.apply(new PixelTile(4, 1)))
                .withMessage("the tile has 4 bands but the background has 3");
    }

    @Test
    void leavesItsArgumentsAndIsNotChangedThroughThem() {
        Cube cube = Scenes.gaussian(5, 5, 3, 1, new Random(1));
        CovarianceEstimate estimate = estimate(cube);
        double[] spectrum = {1, 2, 3};
        double[] before = estimate.whitening().apply(spectrum);
        estimate.mean()[0] = 99;
        estimate.matrix()[0][0] = 99;
        estimate.whitening().filter(spectrum)[0] = 99;

        assertThat(spectrum).containsExactly(1, 2, 3);
        assertThat(estimate.whitening().apply(spectrum)).containsExactly(before);
    }
}
