package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegionTest {

    @Test
    void knowsItsPixels() {
        Region r = new Region(2, 3, 4, 5);

        assertThat(r.endRow()).isEqualTo(6);
        assertThat(r.endColumn()).isEqualTo(8);
        assertThat(r.pixels()).isEqualTo(20);
        assertThat(r.contains(2, 3)).isTrue();
        assertThat(r.contains(5, 7)).isTrue();
        assertThat(r.contains(1, 3)).isFalse();
        assertThat(r.contains(6, 3)).isFalse();
        assertThat(r.contains(2, 2)).isFalse();
        assertThat(r.contains(2, 8)).isFalse();
        assertThat(new Region(0, 0, 100_000, 100_000).pixels()).isEqualTo(10_000_000_000L);
        assertThat(new Region(0, 0, Integer.MAX_VALUE, 1).endRow()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesWhatIsNoRectangle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Region(-1, 0, 1, 1))
                .withMessageContaining("not at row -1, column 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, -1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Region(0, 0, 0, 1))
                .withMessageContaining("at least one pixel, not 0x1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Region(1, 0, Integer.MAX_VALUE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, 1, 1, Integer.MAX_VALUE));
    }

    @Property
    void tilesCoverEachPixelOnceAndSeeTheirNeighbours(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 1, max = 35) int side,
            @ForAll @IntRange(min = 0, max = 35) int halo) {
        List<Region.HaloTile> tiles = Region.tiles(rows, columns, side, halo);
        int[][] covered = new int[rows][columns];
        int before = -1;
        for (Region.HaloTile tile : tiles) {
            Region core = tile.core();
            assertThat(core.rows()).isLessThanOrEqualTo(side);
            assertThat(core.columns()).isLessThanOrEqualTo(side);
            assertThat(core.row() * columns + core.column()).isGreaterThan(before);
            before = core.row() * columns + core.column();
            for (int r = core.row(); r < core.endRow(); r++) {
                for (int c = core.column(); c < core.endColumn(); c++) {
                    covered[r][c]++;
                }
            }
            Region outer = tile.outer();
            assertThat(outer.row()).isEqualTo(Math.max(0, core.row() - halo));
            assertThat(outer.column()).isEqualTo(Math.max(0, core.column() - halo));
            assertThat(outer.endRow()).isEqualTo(Math.min(rows, core.endRow() + halo));
            assertThat(outer.endColumn()).isEqualTo(Math.min(columns, core.endColumn() + halo));
        }
        for (int[] row : covered) {
            assertThat(row).containsOnly(1);
        }
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(tiles::clear);
    }

    @Test
    void tilesOfAnySideAndHaloDoNotOverflow() {
        int far = Integer.MAX_VALUE;

        assertThat(Region.tiles(far, 1, (1 << 30) + 5, far))
                .containsExactly(
                        new Region.HaloTile(new Region(0, 0, (1 << 30) + 5, 1), new Region(0, 0, far, 1)),
                        new Region.HaloTile(
                                new Region((1 << 30) + 5, 0, far - (1 << 30) - 5, 1), new Region(0, 0, far, 1)));
        assertThat(Region.tiles(1, far, far, 0)).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Region.tiles(1, 1, 0, 0))
                .withMessageContaining("not 0 and 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Region.tiles(1, 1, 1, -1));
    }
}
