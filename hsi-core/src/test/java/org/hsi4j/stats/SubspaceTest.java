package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

/** Subspaces against the singular value decomposition of the centred pixels. */
class SubspaceTest {
    private static final RunContext RUN = RunContext.sequential();

    /** Pixels whose deviation along the k-th of some random directions falls off as told. */
    private static Cube scene(int rows, int columns, int bands, double[] deviations, double noise, long seed) {
        Random random = new Random(seed);
        double[][] directions = new double[deviations.length][bands];
        for (double[] direction : directions) {
            for (int b = 0; b < bands; b++) {
                direction[b] = random.nextGaussian() / Math.sqrt(bands);
            }
        }
        double[][] planes = new double[bands][rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            double[] g = random.doubles(deviations.length, -1, 1).toArray();
            for (int b = 0; b < bands; b++) {
                planes[b][i] = 5 + noise * random.nextGaussian();
                for (int k = 0; k < g.length; k++) {
                    planes[b][i] += deviations[k] * g[k] * directions[k][b];
                }
            }
        }
        return Cube.of(rows, columns, planes);
    }

    private static Dense.Svd exact(Cube cube) {
        double[][] rows = new double[cube.validMask().count()][cube.bands()];
        double[] mean = MeanScatter.of(cube, RUN).mean();
        for (int i = 0, n = 0; i < cube.pixels(); i++) {
            if (cube.validMask().get(i)) {
                double[] x =
                        cube.spectrum(i / cube.columns(), i % cube.columns()).toArray();
                for (int b = 0; b < x.length; b++) {
                    rows[n][b] = x[b] - mean[b];
                }
                n++;
            }
        }
        return Dense.svd(rows);
    }

    /** Sine of the largest angle between the basis and the first columns of V. */
    private static double sine(Subspace subspace, Dense.Svd exact) {
        double worst = 0;
        for (double[] direction : subspace.basis()) {
            double[] rest = direction.clone();
            for (int k = 0; k < subspace.dimension(); k++) {
                double product = 0;
                for (int b = 0; b < rest.length; b++) {
                    product += exact.v()[b][k] * direction[b];
                }
                for (int b = 0; b < rest.length; b++) {
                    rest[b] -= product * exact.v()[b][k];
                }
            }
            worst = Math.max(
                    worst, Math.sqrt(Arrays.stream(rest).map(v -> v * v).sum()));
        }
        return worst;
    }

    private static void isOrthonormal(Subspace subspace) {
        double[][] basis = subspace.basis();
        for (int j = 0; j < basis.length; j++) {
            for (int k = 0; k <= j; k++) {
                double product = 0;
                for (int b = 0; b < basis[k].length; b++) {
                    product += basis[j][b] * basis[k][b];
                }
                assertThat(product).isCloseTo(j == k ? 1 : 0, within(1e-12));
            }
        }
    }

    @Property(tries = 30)
    void basesAreOrthonormal(
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll @IntRange(min = 1, max = 30) int bands,
            @ForAll @IntRange(min = 0, max = 4) int rank,
            @ForAll long seed) {
        Cube cube = scene(rows, columns, bands, new double[rank], 0, seed);
        Cube noisy = scene(
                rows,
                columns,
                bands,
                IntStream.range(0, rank).mapToDouble(k -> 3 - k * 0.5).toArray(),
                0,
                seed);
        int dimension = 1 + Math.floorMod(seed, bands);
        for (Cube scene : new Cube[] {cube, noisy}) {
            Subspace exact = Subspace.of(scene, dimension, RUN);
            Subspace random = Subspace.randomized(scene, dimension, RUN);
            isOrthonormal(exact);
            isOrthonormal(random);
            isOrthonormal(exact.plus(random));
        }
    }

    @Test
    void theScatterGivesTheSingularVectors() {
        Cube cube = scene(30, 20, 25, new double[] {9, 5, 2, 1}, 0.1, 3);
        Dense.Svd exact = exact(cube);

        Subspace subspace = Subspace.of(cube, 4, RUN);

        assertThat(sine(subspace, exact)).isLessThan(1e-12);
        double lost = 0;
        for (int k = 0; k < 25; k++) {
            double s = exact.values()[k] * exact.values()[k];
            if (k < 4) {
                assertThat(subspace.scatter()[k]).isCloseTo(s, Percentage.withPercentage(1e-10));
            } else {
                lost += s;
            }
        }
        assertThat(subspace.lost()).isCloseTo(lost, Percentage.withPercentage(1e-8));
        assertThat(subspace.count()).isEqualTo(600);
    }

    /** Deviations of 1 and 1e-10: the scatter holds 1 and 1e-20 and would give any direction for the second. */
    @Test
    void aDirectionBelowTheRoundingOfTheScatterIsFound() {
        Cube cube = scene(40, 30, 12, new double[] {1, 1e-10}, 0, 5).scaled(1, -5);
        Dense.Svd exact = exact(cube);

        Subspace subspace = Subspace.of(cube, 2, RUN);

        // Samples of size one are rounded at 1e-16, a millionth of the second deviation.
        assertThat(sine(subspace, exact)).isLessThan(1e-4);
        assertThat(sine(Subspace.of(MeanScatter.of(cube, RUN), 2), exact)).isGreaterThan(0.1);
        assertThat(Math.sqrt(subspace.scatter()[1])).isCloseTo(exact.values()[1], Percentage.withPercentage(0.01));
    }

    /** Behind the tenth the variances are 4e-4 of it: its square is the angle, its fourth power the share of variance. */
    @Test
    void theRandomizedOneIsAsGoodWhereVariancesFallOff() {
        double[] deviations = IntStream.range(0, 10).mapToDouble(k -> 10 - k).toArray();
        Cube cube = scene(40, 40, 60, deviations, 0.01, 4);

        Subspace random = Subspace.randomized(cube, 10, RUN);

        Subspace exact = Subspace.of(cube, 10, RUN);
        assertThat(random.angles(exact)[9]).isLessThan(1e-6);
        for (int k = 0; k < 10; k++) {
            assertThat(random.scatter()[k]).isCloseTo(exact.scatter()[k], Percentage.withPercentage(1e-10));
        }
        assertThat(random.lost()).isCloseTo(exact.lost(), Percentage.withPercentage(1e-6));
        assertThat(random.mean()).containsExactly(exact.mean(), within(1e-12));
    }

    @Test
    void theRandomizedOneIsExactWhenAllDirectionsAreCarried() {
        Cube cube = scene(20, 20, 9, new double[] {3, 2}, 1, 4);

        Subspace random = Subspace.randomized(cube, 3, RUN);

        assertThat(random.angles(Subspace.of(cube, 3, RUN))[2]).isLessThan(1e-9);
    }

    @Test
    void threadsDoNotChangeABit() {
        Cube cube = scene(90, 81, 40, new double[] {5, 3, 2}, 0.2, 1);
        ForkJoinPool pool = new ForkJoinPool(7);
        try {
            for (int threads : new int[] {2, 7}) {
                RunContext many = RUN.withExecutor(pool).withParallelism(threads);
                assertThat(Subspace.randomized(cube, 5, many)).isEqualTo(Subspace.randomized(cube, 5, RUN));
                assertThat(Subspace.of(cube, 5, many)).isEqualTo(Subspace.of(cube, 5, RUN));
            }
        } finally {
            pool.shutdown();
        }
        assertThat(Subspace.randomized(cube, 5, RUN.withSeed(1))).isNotEqualTo(Subspace.randomized(cube, 5, RUN));
    }

    @Test
    void joiningLowRankPartsGivesTheWhole() {
        Cube cube = scene(40, 30, 25, new double[] {9, 5, 2, 1}, 0, 3);

        Subspace joined = parts(cube, 5, new int[] {0, 1, 2, 3});

        Subspace whole = Subspace.of(cube, 5, RUN);
        assertThat(joined.count()).isEqualTo(1200);
        assertThat(joined.mean()).containsExactly(whole.mean(), within(1e-12));
        for (int k = 0; k < 4; k++) {
            assertThat(joined.scatter()[k]).isCloseTo(whole.scatter()[k], Percentage.withPercentage(1e-9));
        }
    }

    /** Four quarters of the rows, joined in an order. */
    private static Subspace parts(Cube cube, int dimension, int[] order) {
        return Arrays.stream(order)
                .mapToObj(q -> Subspace.of(cube.crop(new Region(10 * q, 0, 10, cube.columns())), dimension, RUN))
                .reduce(Subspace::plus)
                .orElseThrow();
    }

    /** The bound of the Javadoc: what was lost has a positive scatter, so no share can rise, nor fall by more. */
    @Test
    void joiningLosesNoMoreThanItSays() {
        Cube cube = scene(40, 30, 25, new double[] {9, 5, 2, 1}, 0.03, 3);
        Subspace whole = Subspace.of(cube, 6, RUN);

        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 1, 0, 2}, {2, 3, 1, 0}}) {
            Subspace joined = parts(cube, 6, order);
            assertThat(joined.lost()).isGreaterThanOrEqualTo(whole.lost() * (1 - 1e-12));
            for (int k = 0; k < 6; k++) {
                assertThat(joined.scatter()[k])
                        .isBetween(whole.scatter()[k] - joined.lost(), whole.scatter()[k] * (1 + 1e-12));
            }
            // Davis and Kahan: no direction of the noise has more than some thousandths of the fourth one's variance.
            assertThat(Subspace.of(cube, 4, RUN).angles(joined)[3]).isLessThan(0.01);
        }
    }

    @Test
    void invalidPixelsAreLeftOut() {
        Cube cube = scene(12, 11, 6, new double[] {3, 2}, 0.1, 3);
        Mask keep = Mask.of(12, 11, i -> i % 5 != 2);
        double[][] planes = new double[6][];
        for (int b = 0; b < 6; b++) {
            double[] plane = cube.plane(b);
            planes[b] = IntStream.range(0, 132)
                    .filter(keep::get)
                    .mapToDouble(i -> plane[i])
                    .toArray();
        }
        Cube packed = Cube.of(1, planes[0].length, planes);

        assertThat(Subspace.randomized(cube.masked(keep), 2, RUN).angles(Subspace.randomized(packed, 2, RUN))[1])
                .isLessThan(1e-12);
        assertThat(Subspace.of(cube.masked(keep), 2, RUN).count()).isEqualTo(keep.count());
    }

    @Test
    void anglesAreThoseOfGeometry() {
        Cube flat = Cube.of(1, 3, new double[][] {{0, 1, -1}, {0, 0, 0}, {0, 0, 0}});
        Cube tilted = Cube.of(1, 3, new double[][] {
            {0, Math.cos(1e-7), -Math.cos(1e-7)}, {0, Math.sin(1e-7), -Math.sin(1e-7)}, {0, 0, 0}
        });
        Cube across = Cube.of(1, 5, new double[][] {{0, 0, 0, 0, 0}, {0, 1, -1, 0, 0}, {0, 0, 0, 2, -2}});

        assertThat(Subspace.of(flat, 1, RUN).angles(Subspace.of(tilted, 1, RUN))[0])
                .isCloseTo(1e-7, within(1e-15));
        assertThat(Subspace.of(flat, 1, RUN).angles(Subspace.of(across, 2, RUN)))
                .containsExactly(new double[] {Math.PI / 2}, within(1e-12));
    }

    @Test
    void oneColourHasNoScatter() {
        Cube cube = Cube.of(2, 2, new double[][] {{0.1, 0.1, 0.1, 0.1}, {0.3, 0.3, 0.3, 0.3}});

        for (Subspace subspace : new Subspace[] {Subspace.of(cube, 2, RUN), Subspace.randomized(cube, 2, RUN)}) {
            assertThat(subspace.scatter()).containsExactly(0, 0);
            assertThat(subspace.lost()).isZero();
            isOrthonormal(subspace);
        }
    }

    @Test
    void travels() throws Exception {
        Subspace subspace = Subspace.of(scene(5, 5, 4, new double[] {1}, 0.1, 1), 2, RUN);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(subspace);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(subspace).hasSameHashCodeAs(subspace);
        }
        assertThat(subspace).hasToString("subspace of 2 of 4 bands, from 25 pixels");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Cube cube = scene(5, 5, 4, new double[] {1}, 0.1, 1);
        Cube nothing = cube.masked(Mask.of(5, 5, i -> false));
        Subspace two = Subspace.of(cube, 2, RUN);
        Subspace other = Subspace.of(cube.selectBands(0, 1), 2, RUN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subspace.of(cube, 5, RUN))
                .withMessageContaining("a subspace of 4 bands has from 1 to 4 dimensions, not 5");
        assertThatIllegalArgumentException().isThrownBy(() -> Subspace.randomized(cube, 0, RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subspace.randomized(nothing, 1, RUN))
                .withMessageContaining("no valid pixel");
        assertThatIllegalArgumentException().isThrownBy(() -> Subspace.of(nothing, 1, RUN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.plus(other))
                .withMessageContaining("a subspace of 2 bands does not go with one of 4 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> two.angles(other));
    }
}
