package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbundanceMapsTest {
    private static final GeoReference PLACE = new GeoReference("UTM", 0, 0, 1, 1, 0, 0, true, "", "", "");
    private static final List<String> NAMES = List.of("soil", "tree");

    /** One row, four pixels: 1 + 3, nothing, invalid, negative in sum. */
    private static double[][] values() {
        return new double[][] {{1, 0, Double.NaN, -2}, {3, 0, Double.NaN, 1}};
    }

    private static AbundanceMaps maps() {
        return AbundanceMaps.of(1, 4, NAMES, values());
    }

    @Test
    void tellsItsValues() {
        AbundanceMaps a = maps().withGeoReference(PLACE);

        assertThat(a.rows()).isEqualTo(1);
        assertThat(a.columns()).isEqualTo(4);
        assertThat(a.pixels()).isEqualTo(4);
        assertThat(a.count()).isEqualTo(2);
        assertThat(a.names()).isEqualTo(NAMES);
        assertThat(a.geoReference()).contains(PLACE);
        assertThat(a.value(0, 3, 1)).isEqualTo(1);
        assertThat(a.abundances(0, 0)).containsExactly(1, 3);
        assertThat(a.map(1)).isEqualTo(ScoreMap.of("tree", 1, 4, values()[1]).withGeoReference(PLACE));
        assertThat(a.asBuffer(1).get(0)).isEqualTo(3);
        assertThat(a.valid()).isEqualTo(Mask.of(1, 4, i -> i != 2));
        assertThat(AbundanceMaps.of(1, 4, NAMES, a.toMatrix())).isEqualTo(maps());
        assertThat(a).hasToString("abundances of [soil, tree], 1x4 pixels");
    }

    @Test
    void aPixelThatIsNaNInAnyMapIsInvalid() {
        AbundanceMaps a = AbundanceMaps.of(1, 2, NAMES, new double[][] {{1, 2}, {3, Double.NaN}});

        assertThat(a.valid()).isEqualTo(Mask.of(1, 2, i -> i == 0));
    }

    @Test
    void takesOtherNames() {
        assertThat(maps().named(List.of("x", "y")).names()).containsExactly("x", "y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maps().named(List.of("x")))
                .withMessage("1 names given for 2 maps");
    }

    @Test
    void selectsAndNormalises() {
        assertThat(maps().select(1, 0))
                .isEqualTo(AbundanceMaps.of(1, 4, List.of("tree", "soil"), new double[][] {values()[1], values()[0]}));
        assertThat(maps().normalized()).isEqualTo(AbundanceMaps.of(1, 4, NAMES, new double[][] {
            {0.25, 0, Double.NaN, 0}, {0.75, 0, Double.NaN, 0}
        }));
        assertThatIllegalArgumentException().isThrownBy(() -> maps().select());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().select(2));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceMaps.of(1, 4, List.of("soil"), values()))
                .withMessage("2 abundance maps given for 1 names");
        assertThatIllegalArgumentException().isThrownBy(() -> AbundanceMaps.of(1, 4, List.of(), new double[0][]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbundanceMaps.of(2, 4, NAMES, values()))
                .withMessage("abundance map 0 has 4 values but the image is 2x4");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().value(1, 0, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().value(0, 4, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().value(0, 0, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().map(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> maps().asBuffer(-1));
    }

    @Test
    void isAValue() {
        double[][] values = values();
        List<String> names = new ArrayList<>(NAMES);
        AbundanceMaps same = AbundanceMaps.of(1, 4, names, values);
        values[0][0] = 99;
        names.set(0, "z");
        same.toMatrix()[0][0] = 99;
        same.abundances(0, 0)[0] = 99;

        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> same.asBuffer(0).put(0, 99));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> same.names().set(0, "z"));
        assertThat(same).isEqualTo(maps()).hasSameHashCodeAs(maps());
        assertThat(same)
                .isNotEqualTo(same.withGeoReference(PLACE))
                .isNotEqualTo(same.select(1, 0))
                .isNotEqualTo(AbundanceMaps.of(4, 1, NAMES, values()))
                .isNotEqualTo(AbundanceMaps.of(1, 2, NAMES, new double[2][2]))
                .isNotEqualTo(same.normalized())
                .isNotEqualTo("maps");
    }
}
