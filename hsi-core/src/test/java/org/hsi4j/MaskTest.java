package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Property
    void isASetOfPixels(
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        int n = rows * columns;
        boolean[] a = new boolean[n];
        boolean[] b = new boolean[n];
        for (int i = 0; i < n; i++) {
            a[i] = random.nextBoolean();
            b[i] = random.nextBoolean();
        }
        Mask left = Mask.of(rows, columns, i -> a[i]);
        Mask right = Mask.of(rows, columns, i -> b[i]);
        int row = random.nextInt(rows);
        int column = random.nextInt(columns);
        Region r = new Region(row, column, 1 + random.nextInt(rows - row), 1 + random.nextInt(columns - column));
        Mask part = left.crop(r);

        assertThat(left.rows()).isEqualTo(rows);
        assertThat(left.columns()).isEqualTo(columns);
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += a[i] ? 1 : 0;
            assertThat(left.get(i)).isEqualTo(a[i]);
            assertThat(left.get(i / columns, i % columns)).isEqualTo(a[i]);
            assertThat(left.and(right).get(i)).isEqualTo(a[i] && b[i]);
            assertThat(left.or(right).get(i)).isEqualTo(a[i] || b[i]);
            assertThat(left.not().get(i)).isEqualTo(!a[i]);
        }
        assertThat(left.count()).isEqualTo(count);
        assertThat(left.not().count()).isEqualTo(n - count);
        assertThat(left.not().not()).isEqualTo(left).hasSameHashCodeAs(left);
        assertThat(left.or(left.not())).isEqualTo(Mask.all(rows, columns));
        assertThat(part.rows()).isEqualTo(r.rows());
        assertThat(part.columns()).isEqualTo(r.columns());
        for (int i = 0; i < r.pixels(); i++) {
            assertThat(part.get(i)).isEqualTo(left.get(row + i / r.columns(), column + i % r.columns()));
        }
    }

    @Test
    void aTrustedMaskIsLikeOneFromACondition() {
        BitSet bits = new BitSet();
        bits.set(1);
        assertThat(Mask.trusted(1, 2, bits)).isEqualTo(Mask.of(1, 2, i -> i == 1));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Mask mask = Mask.all(2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.all(0, 3))
                .withMessage("an image has at least one pixel, not 0x3");
        assertThatIllegalArgumentException().isThrownBy(() -> Mask.of(3, -1, i -> true));
        assertThatIllegalArgumentException().isThrownBy(() -> Mask.all(1 << 16, 1 << 15));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mask.get(6));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mask.get(2, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mask.get(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mask.and(Mask.all(3, 2)))
                .withMessage("mask is 3x2 but the image is 2x3");
        assertThatIllegalArgumentException().isThrownBy(() -> mask.or(Mask.all(2, 2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mask.crop(new Region(0, 1, 1, 3)))
                .withMessageEndingWith("reaches beyond the image of 2x3");
        assertThatIllegalArgumentException().isThrownBy(() -> mask.crop(new Region(1, 0, 2, 1)));
    }

    @Test
    void isAValue() {
        Mask mask = Mask.of(2, 3, i -> i == 1);

        assertThat(mask).hasToString("mask of 1 out of 2x3 pixels");
        assertThat(mask)
                .isNotEqualTo(Mask.of(3, 2, i -> i == 1))
                .isNotEqualTo(Mask.of(2, 3, i -> i == 2))
                .isNotEqualTo(Mask.of(1, 3, i -> i == 1))
                .isNotEqualTo("mask");
    }
}
