package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Property(tries = 300)
    void costsNoMoreThanAnyOther(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 0, max = 2) int more,
            @ForAll boolean ties) {
        Random random = new Random(seed);
        int columns = Math.min(7, rows + more);
        double[][] cost = new double[rows][columns];
        for (double[] row : cost) {
            Arrays.setAll(row, c -> ties ? random.nextInt(4) - 1 : random.nextDouble());
        }
        int[] found = Assignment.solve(cost);

        assertThat(found).doesNotHaveDuplicates().hasSize(rows);
        // at most seven additions of numbers below four, in another order
        assertThat(total(cost, found)).isCloseTo(leastOfAll(cost, 0, new boolean[columns]), within(1e-14));
    }

    private static double total(double[][] cost, int[] columnOf) {
        return IntStream.range(0, cost.length)
                .mapToDouble(r -> cost[r][columnOf[r]])
                .sum();
    }

    private static double leastOfAll(double[][] cost, int row, boolean[] taken) {
        if (row == cost.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < taken.length; c++) {
            if (!taken[c]) {
                taken[c] = true;
                least = Math.min(least, cost[row][c] + leastOfAll(cost, row + 1, taken));
                taken[c] = false;
            }
        }
        return least;
    }

    @Test
    void findsAHiddenPermutationOfManyRows() {
        Random random = new Random(3);
        int n = 150;
        int[] hidden = IntStream.range(0, n + 20).toArray();
        for (int i = hidden.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int h = hidden[i];
            hidden[i] = hidden[j];
            hidden[j] = h;
        }
        // a row costs at least one more with any other column than its hidden one
        double[][] cost = new double[n][n + 20];
        for (int r = 0; r < n; r++) {
            double own = random.nextDouble();
            Arrays.setAll(cost[r], c -> own + random.nextDouble());
            cost[r][hidden[r]] = own - 1;
        }
        assertThat(Assignment.solve(cost)).isEqualTo(Arrays.copyOf(hidden, n));
    }
}
