package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.method.Options;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MarchenkoPastur;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhitenedSvdTest {
    private static final RunContext RUN = RunContext.defaults();

    private static SubspaceModel fit(Cube cube) {
        return WhitenedSvd.withDefaults().fit(cube, RUN);
    }

    private static Cube apply(SubspaceModel model, Cube cube) {
        return Tiles.mapToCube(cube, model, RUN, "test").build();
    }

    /** Without noise the subspace is exact, whatever the shape: 1e-7 is the square root of the working precision, tenfold. */
    @Property(tries = 40)
    void aSceneOfLowRankComesBack(
            @ForAll @IntRange(min = 1, max = 4) int rank,
            @ForAll @IntRange(min = 5, max = 30) int bands,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Cube cube = Cube.of(rows, columns, Scenes.lowRank(rows * columns, bands, rank, seed));

        RestoredCube restored =
                Restoring.of(cube).with(WhitenedSvd.withDefaults()).run();

        assertThat(Scenes.rms(restored.cube(), cube)).isLessThan(1e-7);
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "3, 20", "5, 60"})
    void findsTheRankUnderUnevenNoise(int rank, int bands) {
        double[][] clean = Scenes.lowRank(4000, bands, rank, 17);
        Cube cube = Cube.of(80, 50, Scenes.noisy(clean, Scenes.uneven(bands), 18));

        SubspaceModel model = fit(cube);

        assertThat(model.rank()).isEqualTo(rank);
        assertThat(model.diagnostics().figures())
                .containsEntry("rank", (double) rank)
                .containsEntry("pixels", 4000.0);
        assertThat(model.diagnostics().notes()).isEmpty();
    }

    /** Whitening makes the method indifferent to the units of each band. */
    @Test
    void bandsMayHaveAnyUnit() {
        int bands = 15;
        double[][] planes = Scenes.noisy(Scenes.lowRank(900, bands, 3, 2), Scenes.uneven(bands), 3);
        double[][] scaled = new double[bands][900];
        double[] factor = new double[bands];
        for (int b = 0; b < bands; b++) {
            factor[b] = Math.pow(10, b % 5 - 2);
            for (int i = 0; i < 900; i++) {
                scaled[b][i] = factor[b] * planes[b][i];
            }
        }

        Cube plain = Restoring.of(Cube.of(30, 30, planes))
                .with(WhitenedSvd.withDefaults())
                .run()
                .cube();
        Cube other = Restoring.of(Cube.of(30, 30, scaled))
                .with(WhitenedSvd.withDefaults())
                .run()
                .cube();

        for (int b = 0; b < bands; b++) {
            double[] expected = plain.plane(b);
            double[] actual = other.plane(b);
            for (int i = 0; i < 900; i++) {
                // The correlation matrix has a condition number of about 1e5, and 1e12 after the scaling.
                assertThat(actual[i] / factor[b]).isCloseTo(expected[i], within(1e-7));
            }
        }
    }

    @Test
    void doingItTwiceDoesNothingMore() {
        Cube cube = Scenes.noisy(40, 30, 20, 6);
        SubspaceModel model = fit(cube);
        Cube once = apply(model, cube);

        // A projector: samples are about one, so this is rounding.
        assertThat(Scenes.rms(apply(model, once), once)).isLessThan(1e-12);
    }

    /** What was taken away is orthogonal to what was kept, in units of the noise: the defining property of the projection. */
    @Test
    void theResidualIsOrthogonalInUnitsOfTheNoise() {
        int bands = 10;
        double[][] planes = Scenes.noisy(Scenes.lowRank(2000, bands, 2, 5), Scenes.uneven(bands), 6);
        Cube cube = Cube.of(50, 40, planes);
        double[] sigma = org.hsi4j.stats.RegressionNoise.of(cube, RUN).deviation();
        Cube kept = Restoring.of(cube).with(WhitenedSvd.withDefaults()).run().cube();

        for (int i = 0; i < 2000; i += 37) {
            double product = 0;
            double norm = 0;
            for (int b = 0; b < bands; b++) {
                double y = kept.plane(b)[i];
                product += y * (planes[b][i] - y) / (sigma[b] * sigma[b]);
                norm += y * y / (sigma[b] * sigma[b]);
            }
            assertThat(Math.abs(product) / norm).isLessThan(1e-12);
        }
    }

    @Test
    void aGivenRankIsTaken() {
        Cube cube = Scenes.noisy(30, 20, 8, 6);
        WhitenedSvd six = WhitenedSvd.withDefaults().withRank(6);

        assertThat(six.rank()).hasValue(6);
        assertThat(six.fit(cube, RUN).rank()).isEqualTo(6);
        assertThat(six.fit(cube, RUN).diagnostics().figures()).containsEntry("detectable", 3.0);
        assertThat(six.fit(cube, RUN).diagnostics().notes()).isEmpty();
        // All components: nothing is taken away.
        Cube all = Restoring.of(cube)
                .with(WhitenedSvd.withDefaults().withRank(8))
                .run()
                .cube();
        assertThat(Scenes.rms(all, cube)).isLessThan(1e-12);
        assertThat(Options.with(WhitenedSvd.withDefaults(), "rank", "6").rank()).hasValue(6);
        assertThat(Options.of(WhitenedSvd.withDefaults()).get(0).value()).isEqualTo("auto");
    }

    /** White noise alone, in a hundred scenes: not once worth keeping, and called detectable hardly ever. */
    @Test
    void pureNoiseKeepsOneComponent() {
        int detected = 0;
        for (int seed = 0; seed < 100; seed++) {
            Cube cube = Cube.of(20, 25, Scenes.noisy(new double[15][500], Scenes.even(15, 3.0), seed));
            SubspaceModel model = fit(cube);
            assertThat(model.rank()).isEqualTo(1);
            assertThat(model.diagnostics().notes())
                    .contains("no component holds more signal than noise: the strongest is kept");
            detected += model.diagnostics().figures().get("detectable") > 0 ? 1 : 0;
        }
        // One in a thousand by the theory; estimated noise and small scenes add a little.
        assertThat(detected).isLessThanOrEqualTo(2);
    }

    /** The cut for singular values is 4/sqrt(3) for square matrices and sqrt(2) for long ones. */
    @ParameterizedTest
    @CsvSource({"1000, 1000, 5.333333333333333", "100000000, 1, 2.00000004"})
    void theCutIsTheOneOfThePaper(long pixels, int bands, double expected) {
        assertThat(WhitenedSvd.bestCut(pixels, bands)).isCloseTo(expected, within(3e-8));
    }

    @Test
    void theCutForMoreBandsThanPixelsIsThatOfTheTransposedScene() {
        // Eigenvalues of Y Y' / N and Y' Y / B differ by the factor B / N.
        assertThat(WhitenedSvd.bestCut(50, 200)).isCloseTo(WhitenedSvd.bestCut(200, 50) * 4, within(1e-12));
    }

    /** Johnstone's table: the largest eigenvalue of white noise in simulations, to the width of its distribution. */
    @Test
    void noiseEndsAtTheEdge() {
        int pixels = 400;
        int bands = 40;
        int above = 0;
        for (int seed = 0; seed < 60; seed++) {
            double[][] y = Scenes.noisy(new double[bands][pixels], Scenes.even(bands, 1), seed);
            double[][] r = new double[bands][bands];
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    for (int i = 0; i < pixels; i++) {
                        r[a][b] += y[a][i] * y[b][i] / pixels;
                    }
                }
            }
            double largest = org.hsi4j.linalg.Dense.eigen(r).values()[0];
            above += largest > MarchenkoPastur.noiseEdge(pixels, bands) ? 1 : 0;
            // The edge is about five deviations of the largest eigenvalue above its mean.
            assertThat(largest)
                    .isBetween(
                            0.85 * MarchenkoPastur.noiseEdge(pixels, bands),
                            1.02 * MarchenkoPastur.noiseEdge(pixels, bands));
        }
        assertThat(above).isLessThanOrEqualTo(1);
    }

    @Test
    void stripesAreDetectedButNotKept() {
        int bands = 30;
        double[][] planes = Scenes.noisy(Scenes.lowRank(5000, bands, 2, 5), Scenes.even(bands, 0.1), 6);
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            double common = 0.13 * random.nextGaussian() / Math.sqrt(10);
            for (int b = 10; b < 20; b++) {
                planes[b][i] += common; // noise that ten bands share, with less energy than the noise itself
            }
        }

        SubspaceModel model = fit(Cube.of(50, 100, planes));

        assertThat(model.rank()).isEqualTo(2);
        assertThat(model.diagnostics().figures()).containsEntry("detectable", 3.0);
        assertThat(model.diagnostics().notes())
                .containsExactly(
                        "3 components stand above the noise; 2 are kept, as the others hold more noise than signal");
    }

    @Test
    void theModelTravelsAndAppliesToOtherScenes() throws Exception {
        Cube scene = Scenes.noisy(40, 30, 20, 6);
        SubspaceModel model = fit(scene.crop(new Region(3, 4, 30, 20)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(model);
        }
        SubspaceModel copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (SubspaceModel) in.readObject();
        }

        for (int b = 0; b < 20; b++) {
            assertThat(apply(copy, scene).plane(b))
                    .containsExactly(apply(model, scene).plane(b));
        }
        assertThat(copy.rank()).isEqualTo(model.rank());
        assertThat(copy.bands()).isEqualTo(20);
        assertThat(copy.outputs()).isEqualTo(20);
        assertThat(copy.diagnostics()).isEqualTo(model.diagnostics());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesARankBelowOne(int rank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhitenedSvd.withDefaults().withRank(rank))
                .withMessage("rank must be at least 1, not " + rank);
    }

    @Test
    void refusesARankAboveTheBands() {
        Cube cube = Scenes.noisy(5, 5, 3, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhitenedSvd.withDefaults().withRank(4).restore(cube, RUN))
                .withMessage("rank 4 but the cube has 3 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> apply(fit(cube), Scenes.noisy(5, 5, 4, 1)))
                .withMessage("the model was fitted on 3 bands but the cube has 4");
    }

    @Test
    void refusesNull() {
        Cube cube = Scenes.noisy(5, 5, 3, 1);

        assertThatNullPointerException().isThrownBy(() -> Restoring.of(null));
        assertThatNullPointerException().isThrownBy(() -> Restoring.of(cube).with(null));
        assertThatNullPointerException().isThrownBy(() -> new RestoredCube(null, Diagnostics.none()));
        assertThatNullPointerException().isThrownBy(() -> new RestoredCube(cube, null));
    }

    @Test
    void aMethodOfTheCallersPlugsIn() {
        Denoiser nothing = new Denoiser() {
            @Override
            public String name() {
                return "nothing";
            }

            @Override
            public String summary() {
                return "Leaves the scene as it is.";
            }

            @Override
            public String reference() {
                return "none";
            }

            @Override
            public RestoredCube restore(Cube cube, RunContext context) {
                return new RestoredCube(cube, Diagnostics.none().note("nothing was done"));
            }
        };
        Cube cube = Scenes.noisy(5, 5, 3, 1);

        RestoredCube restored = Restoring.of(cube).with(nothing).run();

        assertThat(restored.cube()).isSameAs(cube);
        assertThat(restored.diagnostics().notes()).containsExactly("nothing was done");
        assertThat(nothing.family()).isEqualTo("restoration");
        assertThat(nothing.role()).isEqualTo("denoiser");
    }
}
