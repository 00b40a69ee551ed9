package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchPlotTest {

    private static Spectrum sampled(String name, double first, double step, int count, DoubleUnaryOperator f) {
        double[] nm =
                IntStream.range(0, count).mapToDouble(i -> first + step * i).toArray();
        return Spectrum.of(IntStream.range(0, count)
                        .mapToDouble(i -> f.applyAsDouble(nm[i]))
                        .toArray())
                .named(name)
                .withWavelengths(Wavelengths.of(nm));
    }

    private static SpectralLibrary library() {
        return SpectralLibrary.of(List.of(
                sampled("falling", 400, 2, 500, nm -> 2000 - nm),
                sampled("rising", 400, 2, 500, nm -> nm),
                sampled("level", 400, 2, 500, nm -> 3)));
    }

    @Test
    void findsTheSpectrumOnOtherWavelengths() {
        Spectrum wanted = sampled("x", 450, 10, 80, nm -> 0.002 * nm);
        LibraryMatch best = LibraryMatch.best(wanted, library()).orElseThrow();
        assertThat(best.name()).isEqualTo("rising");
        // a Gaussian response leaves a straight line as it is, but for its ends
        assertThat(best.degrees()).isCloseTo(0, within(0.01));
        assertThat(best.spectrum().value(40)).as("scaled to it").isCloseTo(wanted.value(40), within(1e-3));
        assertThat(best.spectrum().wavelengths()).isEqualTo(wanted.wavelengths());
        assertThat(LibraryMatch.ranked(wanted, library(), 5))
                .extracting(LibraryMatch::name)
                .containsExactly("rising", "level", "falling");
    }

    @Test
    void aFinerSceneIsComparedAtTheWidthOfTheLibrary() {
        Spectrum wanted = sampled("x", 450, 0.5, 200, nm -> nm);
        assertThat(LibraryMatch.best(wanted, library()).orElseThrow().spectrum().isComplete())
                .isTrue();
    }

    @Test
    void bandsBeyondTheLibraryDoNotCount() {
        Spectrum wanted = sampled("x", 1200, 10, 30, nm -> nm);
        LibraryMatch best = LibraryMatch.best(wanted, library()).orElseThrow();
        assertThat(best.name()).isEqualTo("rising");
        assertThat(best.spectrum().value(29)).isNaN();
        Spectrum mostlyBeyond = sampled("x", 1300, 10, 30, nm -> nm);
        assertThat(LibraryMatch.best(mostlyBeyond, library()))
                .as("fewer than half")
                .isEmpty();
        assertThat(LibraryMatch.best(sampled("x", 5000, 10, 30, nm -> nm), library()))
                .isEmpty();
        assertThat(LibraryMatch.best(sampled("x", 600, 10, 1, nm -> nm), library()))
                .as("one band")
                .isPresent();
    }

    @Test
    void deletedChannelsDoNotCount() {
        SpectralLibrary holes = SpectralLibrary.of(List.of(
                Spectrum.of(Double.NaN, 2, 3, 4).named("a"),
                Spectrum.of(0, 0, 0, 0).named("dark")));
        Spectrum wanted = Spectrum.of(9, 2, 3, 4);
        List<LibraryMatch> found = LibraryMatch.ranked(wanted, holes, 5);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).degrees()).isCloseTo(0, within(1e-6));
    }

    @Test
    void theDivergenceLeavesOutMissingBandsAndBrightness() {
        Spectrum known = Spectrum.of(1, 2, 3, Double.NaN).named("known");
        Spectrum wanted = Spectrum.of(2, 4, 6, 5);
        LibraryMatch match =
                LibraryMatch.best(wanted, SpectralLibrary.of(List.of(known))).orElseThrow();
        assertThat(match.divergence(wanted)).isCloseTo(0, within(1e-15));
        // p = (1, 2, 3) / 6 and q = (2, 1, 3) / 6: (1/6 - 2/6) ln(1/2) twice
        assertThat(match.divergence(Spectrum.of(2, 1, 3, 9))).isCloseTo(Math.log(2) / 3, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> match.divergence(Spectrum.of(1, 2)))
                .withMessage("the match has 4 bands but the spectrum has 2");
    }

    @Test
    void withoutWavelengthsTheBandsMustBeAsMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryMatch.best(Spectrum.of(1, 2), library()))
                .withMessageContaining("500 bands but the spectrum has 2");
        assertThatIllegalArgumentException().isThrownBy(() -> LibraryMatch.ranked(Spectrum.of(1, 2), library(), 0));
    }

    @Test
    void theTitleNamesTheMatchAndItsAngle() {
        Endmembers endmembers =
                Endmembers.of(List.of(sampled("soil", 450, 10, 80, nm -> nm), sampled("far", 5000, 10, 80, nm -> nm)));
        MatchPlot plot = MatchPlot.of(endmembers, library()).withValueLabel("reflectance");
        assertThat(plot.description())
                .isEqualTo(
                        "Endmembers and the library spectra that resemble them most: soil: rising, 0°; far: no match");
        assertThat(plot.matches()).extracting(Optional::isPresent).containsExactly(true, false);
        assertThat(plot).hasToString(plot.description());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyEndmembersAreDrawnInTwoColumns(boolean letters) {
        Spectrum s = Spectrum.of(1, 2, 3);
        SpectralLibrary library = SpectralLibrary.of(List.of(s.named("a")));
        boolean text = letters && Lettering.available();
        List<Spectrum> many = IntStream.range(0, 30).mapToObj(i -> s).toList();
        assertThat(MatchPlot.of(Endmembers.of(many), library).draw(text).getHeight())
                .isEqualTo(12 * 340);
        assertThat(MatchPlot.of(Endmembers.of(List.of(s)), library).draw(text).getWidth())
                .isEqualTo(620);
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        MatchPlot plot = MatchPlot.of(Endmembers.of(List.of(sampled("soil", 450, 10, 80, nm -> nm))), library());
        plot.writePng(folder.resolve("one.png"));
        plot.writePng(folder.resolve("two.png"));
        assertThat(folder.resolve("one.png")).hasSameBinaryContentAs(folder.resolve("two.png"));
    }
}
