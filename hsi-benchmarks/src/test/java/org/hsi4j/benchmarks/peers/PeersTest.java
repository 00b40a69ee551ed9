package org.hsi4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
    private static final PeerScene SCENE = new PeerScene(30, 28, 20, 4, 23, 10);

    @TempDir
    Path folder;

    @Test
    void numbersComeBackAsTheyWere() throws IOException {
        double[] numbers = {1, -0.5, Double.NaN, Double.MIN_VALUE};
        Numbers.write(folder.resolve("a.f64"), numbers);
        assertThat(Numbers.read(folder.resolve("a.f64"))).containsExactly(numbers);
    }

    @Test
    void timesAreReadWithTheirMedianAndSpread() throws IOException {
        Files.writeString(folder.resolve("times.txt"), "version Other 1.0\ntime local_rx 1000 0.5 0.1 0.3\n");
        Answers answers = Answers.read(folder);
        assertThat(answers.version()).isEqualTo("Other 1.0");
        assertThat(answers.times()).containsOnlyKeys(Task.LOCAL_RX);
        assertThat(answers.times().get(Task.LOCAL_RX)).isEqualTo(new Answers.Time(1000, 0.3, 0.1, 0.5));
        assertThat(answers.times().get(Task.LOCAL_RX).aPixel()).isCloseTo(300, within(1e-9));
    }

    @Test
    void theDifferenceIsTakenOnThePixelsThatThePeerDid() {
        double[] ours = {1, 2, 4, 100};
        assertThat(Task.RX.difference(ours, new double[] {1, 2, 3.5}, 4)).isEqualTo(0.125);
        assertThat(Task.FCLS.difference(ours, new double[] {1, 2, 3.5}, 4)).isEqualTo(0.5);
    }

    @Test
    void anAnswerThatIsNaNDiffers() {
        assertThat(Task.RX.difference(new double[] {1, 2, 3}, new double[] {1, Double.NaN, 3}, 1))
                .isNaN();
    }

    @Test
    void endmembersAreComparedWithTheNearestWhateverTheirOrderAndScale() {
        double[] ours = {1, 0, 0, 1};
        // The angle of equal directions is the arc cosine of one less rounding, about 1e-8.
        assertThat(Task.VCA.difference(ours, new double[] {0, 2, 3, 0}, 2)).isLessThan(1e-7);
        assertThat(Task.VCA.difference(ours, new double[] {0, 2, 0, 3}, 2)).isCloseTo(Math.PI / 2, within(1e-7));
    }

    @Test
    void anAnswerOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> Task.RX.difference(new double[2], new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 numbers");
    }

    @Test
    void everyTaskIsAnswered() throws IOException {
        SCENE.write(folder);
        HereProgram here = new HereProgram(folder, RunContext.sequential());
        int pixels = 30 * 28;
        for (Task task : Task.values()) {
            int expected = switch (task) {
                case SCATTER, COVARIANCE -> 20 * 20;
                case PCA -> 10;
                case RX, MATCHED_FILTER, ACE -> pixels;
                case SAM, UCLS, NNLS, FCLS -> 4 * pixels;
                case VCA -> 4 * 20;
                case LOCAL_RX -> 23 * 23;
            };
            assertThat(here.answer(task)).as(task.word()).hasSize(expected).doesNotContain(Double.NaN);
        }
    }

    @Test
    void theScatterIsThatOfTheFirstPixels() throws IOException {
        SCENE.write(folder);
        double[] scatter = new HereProgram(folder, RunContext.sequential()).answer(Task.SCATTER);
        var scene = org.hsi4j.io.Cubes.read(folder.resolve("scene.hdr"));
        double sum = 0;
        for (int i = 0; i < 320; i++) {
            double[] spectrum = scene.spectrum(i / 28, i % 28).toArray();
            sum += spectrum[3] * spectrum[7];
        }
        // A hundred sums of 320 products, joined and divided again.
        assertThat(scatter[3 * 20 + 7]).isCloseTo(sum, within(1e-12 * sum));
        assertThat(scatter[7 * 20 + 3]).isZero();
    }

    @Test
    void anglesAreThoseOfTheDefinition() throws IOException {
        SCENE.write(folder);
        double[] angles = new HereProgram(folder, RunContext.sequential()).answer(Task.SAM);
        var scene = org.hsi4j.io.Cubes.read(folder.resolve("scene.hdr"));
        double[] members = Numbers.read(folder.resolve("endmembers.f64"));
        double[] second = java.util.Arrays.copyOfRange(members, 20, 40);
        // The pixel of row 2, column 3 and the second of four endmembers; an arc cosine of ordinary size.
        assertThat(angles[4 * (2 * 28 + 3) + 1])
                .isCloseTo(SpectralAngle.radians(scene.spectrum(2, 3).toArray(), second), within(1e-9));
    }

    @Test
    @Slow
    void peersThatAreInstalledAgree() throws IOException {
        List<String> table = new ArrayList<>();
        PeersProgram program =
                new PeersProgram(new PeerScene(60, 50, 40, 4, 25, 20), folder, EnumSet.allOf(Task.class), table::add);
        program.run();
        assertThat(table).noneMatch(line -> line.contains("**differs**"));
    }
}
