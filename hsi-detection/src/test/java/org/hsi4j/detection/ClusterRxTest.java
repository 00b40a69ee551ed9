package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;

class ClusterRxTest {
    private static final int BANDS = 5;

    /** Two materials far from each other, of different spread, side by side; one pixel lies half way between them. */
    private static Cube twoMaterials() {
        Random random = new Random(4);
        double[][] planes = new double[BANDS][40 * 30];
        for (int i = 0; i < 40 * 30; i++) {
            boolean left = i % 30 < 15;
            for (int b = 0; b < BANDS; b++) {
                planes[b][i] = (left ? 10 : 90) + (left ? 1 : 3) * random.nextGaussian();
            }
        }
        for (int b = 0; b < BANDS; b++) {
            planes[b][617] = 50;
        }
        return Cube.of(40, 30, planes);
    }

    private static ScoreMap scores(Cube cube, AnomalyDetector method) {
        return Detection.of(cube).with(method).run().scores();
    }

    @Test
    void aPixelBetweenTwoMaterialsIsOddForItsClusterAndNotForAll() {
        Cube cube = twoMaterials();

        double[] all = scores(cube, Rx.withDefaults()).toArray();
        double[] clusters =
                scores(cube, ClusterRx.withDefaults().withClusters(2)).toArray();

        assertThat(Arrays.stream(all).filter(v -> v > all[617]).count()).isGreaterThan(1000);
        assertThat(Arrays.stream(clusters).filter(v -> v > clusters[617]).count())
                .isZero();
    }

    /** The halves are what k-means finds; the odd pixel is left out. */
    @Test
    void separateMaterialsAreScoredByTheirOwnCovarianceAndThatWithinBoth() {
        Cube cube = twoMaterials().masked(Mask.of(40, 30, i -> i != 617));
        Mask left = Mask.of(40, 30, i -> i % 30 < 15);
        RunContext context = RunContext.sequential();
        MeanScatter[] halves = {
            MeanScatter.of(cube.masked(left), context), MeanScatter.of(cube.masked(left.not()), context)
        };

        ScoreMap actual = scores(cube, ClusterRx.withDefaults().withClusters(2));

        for (int side = 0; side < 2; side++) {
            double n = halves[side].count();
            double[][] covariance = new double[BANDS][BANDS];
            for (int a = 0; a < BANDS; a++) {
                for (int b = 0; b < BANDS; b++) {
                    double within = 0;
                    for (MeanScatter half : halves) {
                        within += (half.count() - 1) * half.covariance()[a][b] / 1199;
                    }
                    covariance[a][b] =
                            ((n - 1) * halves[side].covariance()[a][b] + 10 * BANDS * within) / (n + 10 * BANDS - 1);
                }
            }
            double[][] lower = Dense.cholesky(covariance).orElseThrow();
            for (int row = 0; row < 40; row++) {
                double[] z = cube.spectrum(row, side * 15 + 3).toArray();
                for (int b = 0; b < BANDS; b++) {
                    z[b] -= halves[side].mean()[b];
                }
                Dense.forward(lower, z);
                double expected = Arrays.stream(z).map(v -> v * v).sum();
                // Only the order of the sums differs.
                assertThat(actual.value(row, side * 15 + 3)).isCloseTo(expected, within(1e-9));
            }
        }
    }

    @Test
    void oneClusterIsGlobalRx() {
        Cube cube = Scenes.spoilt(20, 30, BANDS, 3, 1e5);
        assertThat(scores(cube, ClusterRx.withDefaults().withClusters(1)).toArray())
                .containsExactly(scores(cube, Rx.withDefaults()).toArray());
    }

    @Test
    void smallClustersAreDissolved() {
        DetectionResult result = Detection.of(Scenes.gaussian(5, 6, BANDS, 3))
                .with(ClusterRx.withDefaults().withClusters(20))
                .run();

        assertThat(result.diagnostics().figures().get("clusters")).isEqualTo(1.0);
        assertThat(result.diagnostics().notes()).anyMatch(note -> note.contains("not divided"));
        assertThat(result.scores().toArray())
                .containsExactly(scores(Scenes.gaussian(5, 6, BANDS, 3), Rx.withDefaults())
                        .toArray());
    }

    @Test
    void scoresDoNotChangeWithTheUnit() {
        Cube cube = twoMaterials();

        double[] once = scores(cube, ClusterRx.withDefaults()).toArray();
        double[] scaled = scores(cube.scaled(1024, 0), ClusterRx.withDefaults()).toArray();

        assertThat(scaled).containsExactly(once); // a power of two changes no digit
    }

    @Test
    void aSeedOfItsOwnGoesBeforeThatOfTheRun() {
        Cube cube = Scenes.gaussian(30, 30, BANDS, 3);
        RunContext run = RunContext.sequential();

        ScoreMap seven = scores(cube, ClusterRx.withDefaults().withSeed(7));

        assertThat(ClusterRx.withDefaults().withSeed(7).seed()).isEqualTo(OptionalLong.of(7));
        assertThat(Detection.of(cube)
                        .with(ClusterRx.withDefaults())
                        .run(run.withSeed(7))
                        .scores())
                .isEqualTo(seven);
        assertThat(scores(cube, ClusterRx.withDefaults())).isNotEqualTo(seven);
    }

    @Test
    void optionsAreChecked() {
        assertThat(Options.of(ClusterRx.withDefaults()))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("clusters", "seed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterRx.withDefaults().withClusters(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterRx.withDefaults().withClusters(1001));
    }
}
