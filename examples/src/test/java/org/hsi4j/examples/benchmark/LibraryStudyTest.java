package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.hsi4j.unmixing.Fcls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealData
class LibraryStudyTest {

    /** The draw that the weights were chosen on gives 13.1, 17.8 and 27.4 dB. */
    @ParameterizedTest
    @CsvSource({"20, 12.5", "30, 17", "40, 26"})
    void sunsalFindsTheFiveOfTwoHundredAndFortySpectra(int snr, double least) throws IOException {
        Path folder = SharedFiles.data("unmixing/dc1/EE.mat").getParent();
        RunContext run = RunContext.defaults().withSeed(2);
        UnmixingScene scene = UnmixingScenes.in(folder).stream()
                .filter(source -> source.name().equals("dc1 " + snr + " dB"))
                .findFirst()
                .orElseThrow()
                .maker()
                .make(run);
        Contestant<UnmixingScene> sunsal = contestant("sunsal").orElseThrow();

        assertThat(sunsal.suits(scene)).isTrue();
        Map<Measure, Double> scores = sunsal.run(scene, run).get();
        assertThat(scores.get(UnmixingScore.FOUND)).isEqualTo(5);
        assertThat(scores.get(UnmixingScore.SRE)).isGreaterThan(least);
    }

    private static Optional<Contestant<UnmixingScene>> contestant(String method) {
        return UnmixingContestants.all(Fcls.withDefaults()).stream()
                .filter(c -> c.method().equals(method) && c.setting().equals("library; projected scene"))
                .findFirst();
    }
}
