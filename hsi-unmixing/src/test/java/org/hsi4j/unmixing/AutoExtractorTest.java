package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
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
