package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.DoubleBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class ScoreMapTest {
    private static final GeoReference PLACE = new GeoReference("UTM", 0, 0, 1, 1, 0, 0, true, "", "", "");
    private static final double[] VALUES = {1, Double.NaN, 3, -4, 5, 0};
    private static final ScoreMap MAP = ScoreMap.of("rx", 2, 3, VALUES);

    @Test
    void tellsItsValues() {
        assertThat(MAP.name()).isEqualTo("rx");
        assertThat(MAP.rows()).isEqualTo(2);
        assertThat(MAP.columns()).isEqualTo(3);
        assertThat(MAP.pixels()).isEqualTo(6);
        assertThat(MAP.geoReference()).isEmpty();
        assertThat(MAP.withGeoReference(PLACE).geoReference()).contains(PLACE);
        assertThat(MAP.withGeoReference(PLACE).withGeoReference(null)).isEqualTo(MAP);
        assertThat(MAP.named("ace").name()).isEqualTo("ace");
        assertThat(MAP.value(1, 0)).isEqualTo(-4);
        assertThat(MAP.value(0, 1)).isNaN();
        assertThat(MAP.min()).isEqualTo(-4);
        assertThat(MAP.max()).isEqualTo(5);
        assertThat(MAP.mean()).isEqualTo(1);
        assertThat(MAP.valid()).isEqualTo(Mask.of(2, 3, i -> i != 1));
        assertThat(MAP.above(1)).isEqualTo(Mask.of(2, 3, i -> i == 2 || i == 4));
        assertThat(MAP.toArray()).containsExactly(VALUES);
        assertThat(MAP).hasToString("rx of 2x3 pixels, -4.0 to 5.0");
        DoubleBuffer buffer = MAP.asBuffer();
        assertThat(buffer.remaining()).isEqualTo(6);
        assertThat(buffer.get(4)).isEqualTo(5);
    }

    @Test
    void aMapWithoutAValidPixelHasNoStatistics() {
        ScoreMap empty = ScoreMap.of("rx", 1, 2, new double[] {Double.NaN, Double.NaN});

        assertThat(empty.min()).isNaN();
        assertThat(empty.max()).isNaN();
        assertThat(empty.mean()).isNaN();
        assertThat(empty.valid().count()).isZero();
        assertThat(empty.above(Double.NEGATIVE_INFINITY).count()).isZero();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreMap.of("rx", 2, 2, new double[3]))
                .withMessage("3 values given for an image of 2x2 pixels");
        assertThatNullPointerException().isThrownBy(() -> ScoreMap.of(null, 1, 1, new double[1]));
        assertThatNullPointerException().isThrownBy(() -> MAP.named(null));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> MAP.value(2, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> MAP.value(0, 3));
    }

    @Test
    void isAValue() {
        double[] values = VALUES.clone();
        ScoreMap same = ScoreMap.of("rx", 2, 3, values);
        values[0] = 99;
        same.toArray()[0] = 99;

        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> same.asBuffer().put(0, 99));
        assertThat(same.asBuffer().hasArray()).isFalse();
        assertThat(same).isEqualTo(MAP).hasSameHashCodeAs(MAP);
        assertThat(same)
                .isNotEqualTo(MAP.named("ace"))
                .isNotEqualTo(MAP.withGeoReference(PLACE))
                .isNotEqualTo(ScoreMap.of("rx", 3, 2, VALUES))
                .isNotEqualTo(ScoreMap.of("rx", 1, 3, new double[3]))
                .isNotEqualTo(ScoreMap.of("rx", 2, 3, new double[6]))
                .isNotEqualTo("rx");
    }
}
