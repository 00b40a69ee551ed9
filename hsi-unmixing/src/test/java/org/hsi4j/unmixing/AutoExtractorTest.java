package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.AbundanceModel;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.MixtureScene;
import org.hsi4j.simulate.SimulatedScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoExtractorTest {

    /** With water, which reflects some 2 % beyond 900 nm, and noise of half of that. */
    private static final SimulatedScene DARK = LinearMixingScene.withDefaults()
            .withShape(120, 100)
            .withSnr(30)
            .withSeed(4)
            .generate();

    private static double meanAngleDegrees(EndmemberExtractor method, long seed) {
        Endmembers found = method.extract(
                        DARK.cube(),
                        DARK.endmembers().count(),
                        RunContext.defaults().withSeed(seed))
                .projected();
        return Math.toDegrees(Alignment.ofEndmembers(found, DARK.endmembers()).meanCost());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 100})
    void findsDarkMaterialsFromAnySeed(long seed) {
        // The scene has pure pixels of all six materials at 30 dB; what remains is the noise of the darkest.
        assertThat(meanAngleDegrees(AutoExtractor.withDefaults(), seed)).isLessThan(2);
    }

    @Test
    void doesWhereThePublishedProjectionIsLost() {
        Vca published = Vca.withDefaults();
        Vca meanRemoved = published.withProjection(Vca.Projection.MEAN_REMOVED);

        assertThat(meanAngleDegrees(published, 1)).isGreaterThan(10);
        assertThat(meanAngleDegrees(meanRemoved, 1)).isLessThan(10);
        assertThat(meanAngleDegrees(published.withProjection(Vca.Projection.PROJECTIVE), 1))
                .isEqualTo(meanAngleDegrees(published, 1));
    }

    @Test
    void oneStartIsOneRunOfVca() {
        RunContext context = RunContext.defaults().withSeed(9);
        Vca vca = Vca.withDefaults().withProjection(Vca.Projection.MEAN_REMOVED);

        Extraction one = AutoExtractor.withDefaults().withStarts(1).extract(DARK.cube(), 4, context);

        assertThat(one.projected())
                .isEqualTo(vca.extract(DARK.cube(), 4, context).projected());
    }

    private static MixtureScene.Result mixtures(double purity) {
        return MixtureScene.survey(Scenes.given(60, 4, 1))
                .withAbundances(new AbundanceModel.Blocks(8, 7, purity))
                .withSnr(30)
                .generate();
    }

    @Test
    void purePixelsAreTheEndmembers() {
        Cube scene = mixtures(1).cube();
        Extraction found = AutoExtractor.withDefaults().extract(scene, 4, RunContext.defaults());
        assertThat(found.diagnostics().figures().get("distance_to_noise")).isLessThan(1);
        // Seen .0115 and .031 rad: the corners are pixels without what lies outside the signal subspace, so without
        // most of their noise.
        Endmembers truth = Scenes.given(60, 4, 1);
        assertThat(Alignment.ofEndmembers(found.projected(), truth).meanCost())
                .isLessThan(Alignment.ofEndmembers(found.pixels(), truth).meanCost() / 2);
    }

    @Test
    void withoutPurePixelsTheEndmembersLieOutsideTheScene() {
        MixtureScene.Result scene = mixtures(0.8);
        Extraction found = AutoExtractor.withDefaults().extract(scene.cube(), 4, RunContext.defaults());
        assertThat(found.diagnostics().figures().get("distance_to_noise")).isGreaterThan(1);
        // Seen .018 and .185 rad: mixtures are nearer to each other than what they are mixed of.
        Endmembers truth = Scenes.given(60, 4, 1);
        double corners = Alignment.ofEndmembers(found.pixels(), truth).meanCost();
        assertThat(Alignment.ofEndmembers(found.projected(), truth).meanCost()).isLessThan(corners / 2);
    }

    @Test
    void takesOneEndmemberAndASceneWithoutVolume() {
        Cube constant = Cube.of(2, 2, new double[][] {{1, 1, 1, 1}, {2, 2, 2, 2}, {3, 3, 3, 3}});

        assertThat(AutoExtractor.withDefaults()
                        .extract(constant, 1, RunContext.defaults())
                        .positions())
                .containsExactly(0);
        assertThat(AutoExtractor.withDefaults()
                        .extract(constant, 3, RunContext.defaults())
                        .positions())
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void optionsAreKept() {
        assertThat(Options.with(AutoExtractor.withDefaults(), "starts", "2").starts())
                .isEqualTo(2);
        assertThat(Options.with(Vca.withDefaults().withSeed(3), "projection", "mean-removed")
                        .projection())
                .isEqualTo(Vca.Projection.MEAN_REMOVED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AutoExtractor.withDefaults().withStarts(0))
                .withMessageContaining("0");
    }
}
