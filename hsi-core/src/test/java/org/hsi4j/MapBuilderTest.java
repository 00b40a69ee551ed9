package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MapBuilderTest {

    /** Pixels 0 to 3 of which 1 is invalid. */
    private static PixelTile tile() {
        Cube cube = Cube.of(2, 3, new double[][] {{0, Double.NaN, 2, 3, 4, 5}});
        PixelTile tile = new PixelTile(1, 4);
        cube.read(0, 4, tile);
        return tile;
    }

    @Test
    void putsEachValueInItsPlace() {
        MapBuilder maps = new MapBuilder(2, 3, 2);
        maps.put(tile(), new double[][] {{10, 12, 13}, {20, 22, 23, 777}});
        AbundanceMaps a = maps.toAbundances(List.of("a", "b"));

        assertThat(a.toMatrix()[0]).containsExactly(10, Double.NaN, 12, 13, Double.NaN, Double.NaN);
        assertThat(a.toMatrix()[1]).containsExactly(20, Double.NaN, 22, 23, Double.NaN, Double.NaN);
    }

    @Test
    void givesScores() {
        MapBuilder maps = new MapBuilder(2, 3, 1);
        maps.put(tile(), new double[][] {{10, 12, 13}});

        assertThat(maps.toScores("rx"))
                .isEqualTo(ScoreMap.of("rx", 2, 3, new double[] {10, Double.NaN, 12, 13, Double.NaN, Double.NaN}));
    }

    @Test
    void givesOneScoreMapAMap() {
        MapBuilder maps = new MapBuilder(1, 2, 2);

        assertThat(maps.toScores(List.of("a", "b")).get(1))
                .isEqualTo(ScoreMap.of("b", 1, 2, new double[] {Double.NaN, Double.NaN}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MapBuilder(1, 2, 2).toScores(List.of("a")))
                .withMessage("1 names given for 2 maps");
        assertThatIllegalStateException().isThrownBy(() -> maps.toScores(List.of("a", "b")));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MapBuilder(1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MapBuilder(0, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MapBuilder(1, 1, 2).toAbundances(List.of("a")))
                .withMessage("1 names given for 2 maps");
        assertThatIllegalStateException()
                .isThrownBy(() -> new MapBuilder(1, 1, 2).toScores("rx"))
                .withMessage("there are 2 maps, not one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MapBuilder(2, 3, 2).put(tile(), new double[1][3]))
                .withMessage("1 arrays given for 2 maps");
    }

    @Test
    void isUsedUpByTheResult() {
        MapBuilder maps = new MapBuilder(2, 3, 1);
        maps.toScores("rx");

        assertThatIllegalStateException().isThrownBy(() -> maps.toScores("rx"));
        assertThatIllegalStateException()
                .isThrownBy(() -> maps.toAbundances(List.of("a")))
                .withMessage("the builder was used up");
        assertThatIllegalStateException().isThrownBy(() -> maps.put(tile(), new double[1][3]));
    }
}
