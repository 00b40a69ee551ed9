package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.testing.Allocations;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps a pass over a mapped file free of garbage. */
class ReadAllocationTest {
    private static final int BANDS = 7;
    private static final int PIXELS = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SampleType.class)
    void aTileOfAMappedFileIsReadWithoutMemoryOfItsOwn(SampleType type) throws IOException {
        double[][] planes = new double[BANDS][PIXELS];
        for (int b = 0; b < BANDS; b++) {
            for (int i = 0; i < PIXELS; i++) {
                planes[b][i] = (b + i) % 100;
            }
        }
        for (Interleave interleave : Interleave.values()) {
            Path own = Files.createDirectory(folder.resolve(interleave.name()));
            Cube cube = Cubes.read(EnviFixture.of(20, 30, planes, type, interleave, ByteOrder.BIG_ENDIAN, 0)
                    .write(own));
            PixelTile tile = new PixelTile(BANDS, PIXELS);
            Runnable read = () -> cube.read(0, PIXELS, tile);
            read.run();
            read.run();
            assertThat(Allocations.of(read)).as(interleave.name()).isZero();
            assertThat(tile.planes()[2]).containsExactly(planes[2]);
        }
    }
}
