package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What a tile holds after a read is shown in {@link CubeViewTest}. */
class PixelTileTest {

    @Test
    void startsEmpty() {
        PixelTile tile = new PixelTile(3, 7);

        assertThat(tile.bands()).isEqualTo(3);
        assertThat(tile.capacity()).isEqualTo(7);
        assertThat(tile.size()).isZero();
        assertThat(tile.span()).isZero();
        assertThat(tile.first()).isZero();
        assertThat(tile.planes()).hasDimensions(3, 7);
    }

    @Test
    void refusesToHoldNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PixelTile(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PixelTile(1, 0));
    }

    @Test
    void theDefaultCapacityFitsTheCache() {
        assertThat(PixelTile.capacityFor(1)).isEqualTo(4096);
        assertThat(PixelTile.capacityFor(16)).isEqualTo(4096);
        assertThat(PixelTile.capacityFor(17)).isEqualTo(3840);
        assertThat(PixelTile.capacityFor(200)).isEqualTo(320);
        assertThat(PixelTile.capacityFor(1024)).isEqualTo(64);
        assertThat(PixelTile.capacityFor(100_000)).isEqualTo(64);
    }

    @Test
    void aTileIsFilledAnewByEachRead() {
        Cube cube = Cube.of(1, 4, new double[][] {{1, Double.NaN, 3, 4}});
        PixelTile tile = new PixelTile(1, 4);
        cube.read(0, 4, tile);
        cube.read(2, 2, tile);

        assertThat(tile.first()).isEqualTo(2);
        assertThat(tile.span()).isEqualTo(2);
        assertThat(tile.size()).isEqualTo(2);
        assertThat(tile.pixel(0)).isEqualTo(2);
        assertThat(tile.planes()[0][1]).isEqualTo(4);
        cube.read(4, 0, tile);
        assertThat(tile.size()).isZero();
    }

    @Test
    void aTileTakesSomePixelsOfAnother() {
        Cube cube = Cube.of(1, 5, new double[][] {{1, Double.NaN, 3, 4, 5}, {10, 20, 30, 40, 50}});
        PixelTile all = new PixelTile(2, 5);
        PixelTile some = new PixelTile(2, 6);
        cube.read(0, 5, all);

        some.take(all, new int[] {1, 3, 9}, 2);

        assertThat(some.size()).isEqualTo(2);
        assertThat(some.planes()[1]).startsWith(30, 50);
        assertThat(some.pixel(1)).isEqualTo(4);
        assertThat(all.planes()[0]).startsWith(1, 3, 4, 5);
        double[] image = new double[5];
        some.scatter(new double[] {7, 8}, image);
        assertThat(image).containsExactly(Double.NaN, Double.NaN, 7, Double.NaN, 8);
    }

    @Test
    void aTileTakesNoPixelsOfOtherBandsNorOfALongerRun() {
        PixelTile three = new PixelTile(2, 3);
        Cube.of(1, 3, new double[2][3]).read(0, 3, three);

        assertThatIllegalArgumentException().isThrownBy(() -> new PixelTile(1, 3).take(three, new int[1], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PixelTile(2, 2).take(three, new int[1], 1));
    }
}
