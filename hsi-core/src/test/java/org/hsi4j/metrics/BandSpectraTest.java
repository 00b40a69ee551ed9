package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandSpectraTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9})
    void theHalfSpectrumStandsForAllColumns(int columns) {
        assertThat(IntStream.rangeClosed(0, columns / 2)
                        .map(v -> BandSpectra.weight(v, columns))
                        .sum())
                .isEqualTo(columns);
    }
}
