package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.Roc;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class CtmfTest {
    private static final int BANDS = 5;
    private static final RunContext CONTEXT = RunContext.sequential();

    /** Two materials of which each varies where the other does not; one pixel in ten has a little of the target. */
    private static Cube twoMaterials(Spectrum target) {
        Random random = new Random(4);
        double[][] planes = new double[BANDS][60 * 50];
        for (int i = 0; i < 60 * 50; i++) {
            boolean left = i % 50 < 25;
            double share = i % 10 == 0 ? .06 : 0;
            for (int b = 0; b < BANDS; b++) {
                double spread = (b < 3) == left ? 6 : .5;
                double x = (left ? 10 : 90) + spread * random.nextGaussian();
                planes[b][i] = (1 - share) * x + share * target.value(b);
            }
        }
        return Cube.of(60, 50, planes);
    }

    @Test
    void eachMaterialIsWhitenedByWhatVariesInIt() {
        Spectrum target = Spectrum.of(30, 60, 20, 70, 40);
        Cube cube = twoMaterials(target);
        Mask truth = Mask.of(60, 50, i -> i % 10 == 0);

        double all = Roc.of(
                        Detection.of(cube)
                                .target(target)
                                .with(SpectralMatchedFilter.withDefaults())
                                .run(CONTEXT)
                                .scores(),
                        truth)
                .auc();
        double classes = Roc.of(
                        Detection.of(cube)
                                .target(target)
                                .with(Ctmf.withDefaults().withClusters(2))
                                .run(CONTEXT)
                                .scores(),
                        truth)
                .auc();

        assertThat(classes).isGreaterThan(.95).isGreaterThan(all + .05);
    }

    /** The filter of a class is that of a scene of this class, but for what it borrows; so at the least the sign is kept. */
    @Test
    void theOppositeOfTheTargetIsNegative() {
        Spectrum target = Spectrum.of(30, 60, 20, 70, 40);
        Cube cube = twoMaterials(target);
        ClusterBackground background = ClusterBackground.of(cube, 2, 1, CONTEXT);
        double[] mean = background.cluster(0).mean();
        double[] opposite = IntStream.range(0, BANDS)
                .mapToDouble(b -> mean[b] - .2 * (target.value(b) - mean[b]))
                .toArray();
        double[][] pixel = IntStream.range(0, BANDS)
                .mapToObj(b -> new double[] {mean[b], opposite[b]})
                .toArray(double[][]::new);

        double[] scores = SpectralMatchedFilter.withDefaults()
                .fit(background, target, CONTEXT)
                .score(Cube.of(1, 2, pixel), CONTEXT)
                .scores()
                .toArray();

        assertThat(scores[0]).isZero();
        assertThat(scores[1]).isNegative();
    }

    @Test
    void oneClassIsTheSpectralMatchedFilter() {
        Cube cube = Scenes.spoilt(20, 30, BANDS, 3, 1e5);
        Spectrum target = Scenes.target(BANDS);
        DetectionModel one = Ctmf.withDefaults().withClusters(1).fit(cube, target, CONTEXT);
        DetectionModel smf = SpectralMatchedFilter.withDefaults().fit(cube, target, CONTEXT);

        assertThat(one.score(cube, CONTEXT).scores().toArray())
                .containsExactly(smf.score(cube, CONTEXT).scores().toArray());
        assertThat(one.threshold(.01)).isEqualTo(smf.threshold(.01));
    }

    @Test
    void optionsAreChecked() {
        assertThat(Options.of(Ctmf.withDefaults()))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("clusters", "seed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ctmf.withDefaults().withClusters(0))
                .withMessageContaining("1 to 1000");
    }
}
