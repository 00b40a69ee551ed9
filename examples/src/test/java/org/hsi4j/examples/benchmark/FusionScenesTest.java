package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hsi4j.Cube;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;

class FusionScenesTest {

    @Test
    void aCoarseSensorSeesConstantsAndPlanesAsTheyAre() {
        double[] ramp = new double[24 * 36];
        Arrays.setAll(ramp, i -> 7 + 2.0 * (i % 36) + 5.0 * (i / 36));
        Cube seen = CoarseView.gaussian(6, 9, 4).of(Cube.of(24, 36, new double[][] {ramp}));

        // The Gaussian is symmetric about the middle of a block, but for what the border cuts off: e^-18 of it three
        // blocks away.
        assertThat(seen.value(3, 4, 0)).isCloseTo(7 + 2 * (4 * 4 + 1.5) + 5 * (4 * 3 + 1.5), within(1e-4));
        assertThat(seen.rows()).isEqualTo(6);
        assertThat(seen.columns()).isEqualTo(9);
    }

    /** A wave of two coarse pixels, the shortest they hold, keeps exp(-(pi/2)^2 / 2) = .29 of its height. */
    @Test
    void theGaussianLeavesWhatSensorsLeaveAtTheNyquistFrequency() {
        double[] wave = new double[64 * 64];
        Arrays.setAll(wave, i -> Math.cos(Math.PI * ((i % 64) - 1.5) / 4));
        Cube seen = CoarseView.gaussian(16, 16, 4).of(Cube.of(64, 64, new double[][] {wave}));

        // The sum over small pixels is the integral to rounding for a Gaussian this wide.
        assertThat(seen.value(8, 8, 0)).isCloseTo(Math.exp(-Math.PI * Math.PI / 8), within(1e-4));
    }

    @Test
    @RealData
    void theOperatorsOfIndianPinesMakeOneSceneOfTheOther() throws IOException {
        MatFile mat = MatFile.open(SharedFiles.data("restoration/indian_pines_fusion/SRI.mat"));
        Cube many = mat.cube(ReadOptions.defaults().withVariable("HSI"));
        Cube few = mat.cube(ReadOptions.defaults().withVariable("MSI"));
        Cube seen = CoarseView.of(mat.matrix("P1"), mat.matrix("P2")).of(few);
        double[][] response = mat.matrix("P3");

        double expected = 0;
        for (int b = 0; b < many.bands(); b++) {
            expected += response[2][b] * many.value(11, 30, b);
        }
        // Of some thousands, in double precision.
        assertThat(seen.value(11, 30, 2)).isCloseTo(expected, within(1e-8));
    }

    @Test
    @RealData
    void fusionMeetsBothScenesAndInterpolationOne() throws IOException {
        List<SceneSource<RestorationScene>> scenes =
                FusionScenes.in(List.of(SharedFiles.data("restoration/indian_pines_fusion/SRI.mat")));
        Survey<RestorationScene> survey = new Survey<>(
                RestorationContestants.all().stream()
                        .filter(c -> List.of("input", "cubic-interpolation", "r-fuse")
                                .contains(c.method()))
                        .toList(),
                1,
                Duration.ofSeconds(60));

        Map<String, Entry> rows = survey.run(scenes.get(0), RunContext.defaults()).stream()
                .collect(Collectors.toMap(Entry::method, Function.identity()));

        assertThat(rows).containsOnlyKeys("input", "cubic-interpolation", "r-fuse");
        assertThat(rows.values()).allSatisfy(row -> {
            assertThat(row.note()).isEmpty();
            assertThat(row.score(RestorationScore.PSNR)).isEmpty();
        });
        Function<Measure, Function<String, Double>> figure = measure ->
                method -> rows.get(method).score(measure).orElseThrow().mean();
        assertThat(figure.apply(RestorationScore.SHARP).apply("r-fuse"))
                .isGreaterThan(figure.apply(RestorationScore.SHARP).apply("cubic-interpolation") + 5);
        assertThat(figure.apply(RestorationScore.COARSE).apply("r-fuse"))
                .isGreaterThan(figure.apply(RestorationScore.COARSE).apply("input"));
        assertThat(rows.get("input").score(RestorationScore.FOLDED)).isPresent();
    }
}
