package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;

class GoDecTest {
    private static final int ROWS = 20;
    private static final int COLUMNS = 25;
    private static final int BANDS = 30;
    private static final RunContext CONTEXT = RunContext.sequential();

    /** Pixels in a subspace of three dimensions, none of whose directions is near a band. */
    private static double[][] lowRank() {
        Random random = new Random(6);
        double[][] factor = new double[BANDS][3];
        for (double[] row : factor) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        double[][] planes = new double[BANDS][ROWS * COLUMNS];
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            double[] g = {2 + random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            for (int b = 0; b < BANDS; b++) {
                planes[b][i] = Background.dot(factor[b], g);
            }
        }
        return planes;
    }

    private static double[][] copy(double[][] planes) {
        return Arrays.stream(planes).map(double[]::clone).toArray(double[][]::new);
    }

    /** One entry in two hundred is far off. */
    private static double[][] withOutliers(double[][] planes) {
        double[][] spoilt = copy(planes);
        for (int k = 0; k < ROWS * COLUMNS * BANDS; k += 199) {
            spoilt[k % BANDS][k / BANDS] += k % 2 == 0 ? 40 : -40;
        }
        return spoilt;
    }

    @Test
    void outliersDoNotMoveTheLowRankPart() {
        double[][] clean = lowRank();
        GoDec method = GoDec.withDefaults().withRank(3).withSparsity(.006);

        LowRankBackground found = method.fit(Cube.of(ROWS, COLUMNS, withOutliers(clean)), CONTEXT);

        MeanScatter expected = MeanScatter.of(Cube.of(ROWS, COLUMNS, clean), CONTEXT);
        double[][] covariance = found.statistics().covariance();
        double[][] other = expected.covariance();
        double largest =
                Arrays.stream(other).mapToDouble(Background::largest).max().orElseThrow();
        for (int b = 0; b < BANDS; b++) {
            assertThat(found.statistics().mean()[b]).isCloseTo(expected.mean()[b], within(1e-4 * Math.sqrt(largest)));
            // Without noise the residual falls towards zero as long as it may; a hundred iterations bring it this far.
            assertThat(covariance[b]).containsExactly(other[b], within(1e-4 * largest));
        }
        assertThat(found.rank()).isEqualTo(3);
    }

    @Test
    void theResidualFallsWithEveryIteration() {
        Cube cube = Cube.of(ROWS, COLUMNS, Scenes.gaussianPlanes(ROWS * COLUMNS, BANDS, 9));
        double before = Double.POSITIVE_INFINITY;
        for (int iterations = 1; iterations < 12; iterations++) {
            double residual = GoDec.withDefaults()
                    .withRank(5)
                    .withSparsity(.05)
                    .withMaxIterations(iterations)
                    .fit(cube, CONTEXT)
                    .diagnostics()
                    .figures()
                    .get("residual");
            assertThat(residual).isLessThanOrEqualTo(before);
            before = residual;
        }
    }

    @Test
    void withAllDirectionsTheLowRankPartIsTheScene() {
        Cube cube = Scenes.spoilt(13, 17, 6, 2, 1e5);

        MeanScatter found = GoDec.withDefaults().fit(cube, CONTEXT).statistics();

        MeanScatter all = MeanScatter.of(cube, CONTEXT);
        assertThat(found.count()).isEqualTo(all.count());
        for (int b = 0; b < 6; b++) {
            // A product with a matrix that is the identity but for rounding.
            assertThat(found.covariance()[b]).containsExactly(all.covariance()[b], within(1e-10));
        }
    }

    /** Without a sparse part nothing couples the pixels, and both halves span the same three directions. */
    @Test
    void backgroundsOfTwoPartsJoin() {
        Cube cube = Cube.of(ROWS, COLUMNS, lowRank());
        GoDec method = GoDec.withDefaults().withRank(3).withSparsity(0);
        Mask upper = Mask.of(ROWS, COLUMNS, i -> i < 200);

        LowRankBackground joined =
                method.fit(cube.masked(upper), CONTEXT).plus(method.fit(cube.masked(upper.not()), CONTEXT));

        LowRankBackground all = method.fit(cube, CONTEXT);
        assertThat(joined.statistics().count()).isEqualTo(500);
        for (int b = 0; b < BANDS; b++) {
            assertThat(joined.statistics().covariance()[b])
                    .containsExactly(all.statistics().covariance()[b], within(1e-9));
        }
    }

    @Test
    void lsmadOfNoMoreBandsThanDirectionsIsRx() {
        Cube cube = Scenes.spoilt(21, 19, 7, 5, 1e5);

        ScoreMap actual =
                Detection.of(cube).with(Lsmad.withDefaults()).run(CONTEXT).scores();

        ScoreMap expected =
                Detection.of(cube).with(Rx.withDefaults()).run(CONTEXT).scores();
        assertThat(actual.toArray()).containsExactly(expected.toArray(), within(1e-9));
    }

    @Test
    void lsmadFindsThePixelThatRxHidesInItsOwnCovariance() {
        double[][] planes = lowRank();
        Random noise = new Random(2);
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] += .01 * noise.nextGaussian();
            }
        }
        for (int b = 0; b < BANDS; b++) {
            planes[b][77] += 30 * (planes[b][78] - planes[b][90]); // within the three directions
        }
        Cube cube = Cube.of(ROWS, COLUMNS, planes);

        ScoreMap scores = Detection.of(cube)
                .with(Lsmad.withDefaults().withRank(3))
                .run(CONTEXT)
                .scores();

        assertThat(scores.max()).isEqualTo(scores.value(77 / COLUMNS, 77 % COLUMNS));
    }

    @Property(tries = 200)
    void magnitudesAreRankedAsBySorting(
            @ForAll @Size(min = 1, max = 40) double[] values, @ForAll @IntRange(max = 45) int count) {
        double[] sorted = Arrays.stream(values).map(Math::abs).sorted().toArray();
        double expected = count >= sorted.length ? 0 : sorted[sorted.length - 1 - count];

        double limit = LargestMagnitudes.exceededBy(new double[][] {values}, count, CONTEXT);

        assertThat(limit).isEqualTo(expected);
    }

    @Test
    void optionsAreChecked() {
        assertThat(Options.of(Lsmad.withDefaults()))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("rank", "sparsity", "max-iterations");
        assertThat(Lsmad.withDefaults().withRank(9).withSparsity(.1).withMaxIterations(4))
                .extracting(Lsmad::rank, Lsmad::sparsity, Lsmad::maxIterations)
                .containsExactly(9, .1, 4);
        GoDec method = GoDec.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> method.withRank(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withSparsity(-.1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withSparsity(.6));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMaxIterations(0));
    }
}
