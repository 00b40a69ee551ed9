package org.hsi4j.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineTransformTest {

    private static double[] random(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static double[] transformed(double[] plane, int rows, int columns) {
        double[] copy = plane.clone();
        CosineTransform.of(rows, columns).worker().forward(copy);
        return copy;
    }

    private static double basis(int k, int j, int n) {
        return Math.sqrt((k == 0 ? 1.0 : 2.0) / n) * Math.cos(Math.PI * (k * (2L * j + 1) % (4L * n)) / (2.0 * n));
    }

    /** Short sides by the whole matrix, middle ones by its halves, longer ones even, odd and prime by Fourier. */
    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 64", "65, 1", "1, 66", "8, 8", "7, 101", "66, 35", "97, 3", "389, 2", "1, 128", "125, 2", "3, 210"
    })
    void agreesWithTheDefinition(int rows, int columns) {
        double[] plane = random(3, rows * columns);
        double[] actual = transformed(plane, rows, columns);
        for (int u = 0; u < rows; u++) {
            for (int v = 0; v < columns; v++) {
                double sum = 0;
                for (int i = 0; i < plane.length; i++) {
                    sum += plane[i] * basis(u, i / columns, rows) * basis(v, i % columns, columns);
                }
                // an orthonormal transform of values below one; the oracle sums up to 2310 products
                assertThat(actual[u * columns + v]).isCloseTo(sum, within(1e-12));
            }
        }
    }

    @Property(tries = 60)
    void comesBackAndKeepsTheSumOfSquares(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 140) int rows,
            @ForAll @IntRange(min = 1, max = 140) int columns) {
        double[] plane = random(seed, rows * columns);
        double[] copy = plane.clone();
        CosineTransform.Worker worker = CosineTransform.of(rows, columns).worker();
        worker.forward(copy);
        double squares = Arrays.stream(plane).map(v -> v * v).sum();
        // some rounding units a term
        assertThat(Arrays.stream(copy).map(v -> v * v).sum()).isCloseTo(squares, within(1e-12 * (1 + squares)));
        worker.inverse(copy);
        assertThat(copy).containsExactly(plane, within(1e-13));
    }

    @Test
    void aConstantIsOneCoefficient() {
        double[] plane = new double[9 * 70];
        Arrays.fill(plane, 2);
        double[] expected = new double[plane.length];
        expected[0] = 2 * Math.sqrt(plane.length);

        assertThat(transformed(plane, 9, 70)).containsExactly(expected, within(1e-13));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "4, 6", "1, 5", "70, 2"})
    void blocksAreTransformedLikePlanes(int rows, int columns) {
        int blocks = 19;
        double[][] entries = new double[rows * columns][blocks + 2];
        double[][] planes = new double[blocks][];
        for (int b = 0; b < blocks; b++) {
            planes[b] = random(b, rows * columns);
            for (int i = 0; i < entries.length; i++) {
                entries[i][b] = planes[b][i];
            }
        }
        CosineTransform.Worker worker = CosineTransform.of(rows, columns).worker();
        worker.forwardBlocks(entries, blocks);
        for (int b = 0; b < blocks; b++) {
            double[] expected = transformed(planes[b], rows, columns);
            for (int i = 0; i < entries.length; i++) {
                assertThat(entries[i][b]).isCloseTo(expected[i], within(1e-13));
            }
        }
        worker.inverseBlocks(entries, blocks);
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < entries.length; i++) {
                assertThat(entries[i][b]).isCloseTo(planes[b][i], within(1e-13));
            }
        }
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> CosineTransform.of(3, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosineTransform.of(1, (1 << 24) + 1))
                .withMessage("a plane of 1x16777217 cannot be transformed: sides are 1 to 2^24");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosineTransform.of(3, 2).worker().forward(new double[5]))
                .withMessage("a plane of 3x2 does not fit an array of 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosineTransform.of(3, 2).worker().inverseBlocks(new double[5][1], 1))
                .withMessage("blocks of 3x2 do not have 5 entries");
        assertThat(CosineTransform.of(3, 2)).hasToString("cosine transform of 3x2");
    }
}
