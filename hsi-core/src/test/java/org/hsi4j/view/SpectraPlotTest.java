package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.SnrReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectraPlotTest {
    private static final int FIRST_COLOR = 0x0B5FA5;

    private static Spectrum ramp(int bands) {
        return Spectrum.of(IntStream.range(0, bands).mapToDouble(b -> b).toArray());
    }

    /** Columns of a picture in which a colour occurs, or one close to it (lines have soft edges). */
    private static boolean[] columns(BufferedImage image, int rgb) {
        boolean[] found = new boolean[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found[x] |= near(image.getRGB(x, y), rgb);
            }
        }
        return found;
    }

    private static boolean near(int one, int other) {
        return Math.abs((one >> 16 & 255) - (other >> 16 & 255)) < 60
                && Math.abs((one >> 8 & 255) - (other >> 8 & 255)) < 60
                && Math.abs((one & 255) - (other & 255)) < 60;
    }

    @Test
    void namesAreUniqueShortAndNeverEmpty() {
        SpectraPlot plot = SpectraPlot.of(List.of(
                ramp(3).named("soil"),
                ramp(3),
                ramp(3).named(" soil "),
                ramp(3).named("x".repeat(80)),
                ramp(3).named("soil")));
        assertThat(plot.description())
                .isEqualTo(
                        "Spectra: soil, spectrum 2, soil (2), " + "x".repeat(35) + "…, soil (3); value against band");
        assertThat(plot).hasToString(plot.description());
        assertThat(plot.image().getWidth()).isEqualTo(1000);
    }

    @Test
    void theAxisIsTheWavelengthWhereAllHaveOne() {
        Spectrum nm = ramp(2).named("a").withWavelengths(Wavelengths.of(500, 600));
        Spectrum other = ramp(3).named("b").withWavelengths(Wavelengths.of(400, 800, 900));
        assertThat(SpectraPlot.of(List.of(nm, other)).description()).endsWith("against wavelength (nm)");
        assertThat(SpectraPlot.of(List.of(nm, ramp(2))).description()).endsWith("against band");
        assertThat(SpectraPlot.of(List.of(nm))
                        .withTitle("")
                        .withValueLabel("reflectance")
                        .description())
                .isEqualTo("Spectra: a; reflectance against wavelength (nm)");
    }

    @Test
    void endmembersAndLibrariesAreSpectra() {
        assertThat(SpectraPlot.of(Endmembers.of(List.of(ramp(3)))).description())
                .startsWith("Endmembers: em1;");
        assertThat(SpectraPlot.of(SpectralLibrary.of(List.of(ramp(3).named("alunite"))))
                        .description())
                .startsWith("Spectral library: alunite;");
        assertThatIllegalArgumentException().isThrownBy(() -> SpectraPlot.of(List.<Spectrum>of()));
    }

    @Test
    void theSignalToNoiseRatioIsALine() {
        MeanScatter statistics =
                MeanScatter.of(Cube.of(1, 2, new double[][] {{1, 3}, {5, 5}, {0, 0}}), RunContext.sequential());
        SnrReport report = SnrReport.of(statistics, new double[] {1, 0, 0});
        assertThat(SpectraPlot.of(report, Optional.empty()).description())
                .isEqualTo("Signal-to-noise ratio: signal-to-noise ratio; dB against band");
        assertThat(SpectraPlot.of(report, Optional.of(Wavelengths.of(500, 600, 700)))
                        .image()
                        .getWidth())
                .isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> SpectraPlot.of(report, Optional.of(Wavelengths.of(500))));
    }

    @Test
    void pointsAreInTheOrderOfTheirWavelengths() {
        Spectrum s = Spectrum.of(3, 1, 2).withWavelengths(Wavelengths.of(900, 400, 700));
        Curve line = Curve.of("s", s, true, 0);
        assertThat(line.x()).containsExactly(400, 700, 900);
        assertThat(line.y()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMissingValueIsAGap(boolean letters) {
        double[] values = new double[100];
        for (int b = 0; b < 100; b++) {
            values[b] = b > 40 && b < 60 ? Double.NaN : 1 + b % 2;
        }
        BufferedImage image = SpectraPlot.of(List.of(Spectrum.of(values))).draw(letters && Lettering.available());
        boolean[] drawn = columns(image, FIRST_COLOR);
        int first = IntStream.range(0, 1000).filter(x -> drawn[x]).findFirst().orElseThrow();
        int longestGap = 0;
        int end = IntStream.range(0, 900).filter(x -> drawn[x]).max().orElseThrow();
        int gap = 0;
        for (int x = first; x <= Math.min(end, 860); x++) {
            gap = drawn[x] ? 0 : gap + 1;
            longestGap = Math.max(longestGap, gap);
        }
        // 20 of 99 steps over 700 to 960 pixels
        assertThat(longestGap).isBetween(120, 200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edgesAreDrawn(boolean letters) {
        List<List<Spectrum>> cases = List.of(
                List.of(Spectrum.of(1.5)),
                List.of(Spectrum.of(Double.NaN)),
                List.of(Spectrum.of(Double.NaN, Double.NaN), Spectrum.of(1, 2)),
                List.of(Spectrum.of(3, 3, 3)),
                List.of(Spectrum.of(1, Double.NaN, 2, Double.NaN, 3)),
                List.of(Spectrum.of(1e-9, 2e-9)),
                List.of(Spectrum.of(-1e12, 1e12)),
                List.of(Spectrum.of(1, 2).withWavelengths(Wavelengths.of(500, 500))));
        for (List<Spectrum> spectra : cases) {
            BufferedImage image = SpectraPlot.of(spectra).draw(letters && Lettering.available());
            assertThat(image.getHeight()).isEqualTo(560);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesWithoutNeighborsAreDots(boolean letters) {
        BufferedImage image =
                SpectraPlot.of(List.of(Spectrum.of(1, Double.NaN, 2))).draw(letters && Lettering.available());
        boolean[] drawn = columns(image, FIRST_COLOR);
        // two dots at the ends, nothing between
        assertThat(IntStream.range(0, 150).anyMatch(x -> drawn[x])).isTrue();
        assertThat(IntStream.range(300, 600).noneMatch(x -> drawn[x])).isTrue();
    }

    @Test
    void manySpectraAreCappedAndTheLegendFits() {
        List<Spectrum> many = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            many.add(ramp(5).named("mineral " + k));
        }
        SpectraPlot plot = SpectraPlot.of(many);
        assertThat(plot.description())
                .startsWith("Spectra (the first 30 of 40): mineral 0,")
                .doesNotContain("mineral 30");
        assertThat(plot.image().getHeight()).isEqualTo(30 * 24 + 120);
        assertThat(plot.withMaximumSpectra(2).description()).contains("(the first 2 of 40)");
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withMaximumSpectra(0));
    }

    @Test
    void eachOfThirtyTwoSpectraLooksDifferent() {
        assertThat(IntStream.range(0, 32).mapToObj(k -> Curve.of("", ramp(2), false, k)))
                .extracting(line -> List.of(line.color(), line.stroke()))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasTheSizeThatWasAskedFor() {
        SpectraPlot plot = SpectraPlot.of(List.of(ramp(4)));
        BufferedImage image = plot.withSize(600, 400).image();
        assertThat(image.getWidth()).isEqualTo(600);
        assertThat(image.getHeight()).isEqualTo(400);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plot.withSize(100, 400))
                .withMessageContaining("100x400");
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        SpectraPlot plot = SpectraPlot.of(List.of(ramp(4).named("a"), ramp(4).named("b")));
        plot.writePng(folder.resolve("one.png"));
        plot.writePng(folder.resolve("two.png"));
        assertThat(folder.resolve("one.png")).hasSameBinaryContentAs(folder.resolve("two.png"));
    }
}
