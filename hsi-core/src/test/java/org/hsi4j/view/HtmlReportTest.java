package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Method;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String EVIL = "<script>alert('x')</script> & \"more\"";
    private static final String SAFE = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;";

    private static Cube scene() {
        return Cube.builder(2, 3, 2, Precision.FLOAT)
                .name("Jasper " + EVIL)
                .wavelengths(Wavelengths.of(450, 2400.25).withFwhm(5, 5))
                .goodBands(new boolean[] {true, false})
                .quantity(Quantity.DIGITAL_NUMBER)
                .noData(-9999)
                .mask(Mask.of(2, 3, i -> i != 4))
                .geoReference(new GeoReference("UTM", 500_000.5, 4e6, 30, 20, 12.5, 33, false, "WGS-84", "Meters", ""))
                .provenance("read from a file")
                .provenance("guessed " + EVIL)
                .build();
    }

    private static HtmlReport full() {
        ScoreMap scores = ScoreMap.of(EVIL, 2, 2, new double[] {1, 2, 3, 4});
        return HtmlReport.titled(EVIL)
                .scene(scene())
                .section(EVIL)
                .paragraph(EVIL)
                .preformatted(EVIL)
                .facts(EVIL, Map.of(EVIL, EVIL))
                .table(EVIL, List.of(EVIL), List.of(List.of(EVIL)))
                .figure(EVIL, MapPicture.of(scores))
                .figure(EVIL, EVIL, new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB))
                .diagnostics(EVIL, Diagnostics.none().with(EVIL, 1).note(EVIL));
    }

    @Test
    void aFrameHoldsTheWholePageAsOneAttribute() {
        HtmlReport report = full();

        Matcher frame = Pattern.compile(
                        "<iframe title=\"([^\"<>]*)\" style=\"[^\"]*height: 250px[^\"]*\" srcdoc=\"([^\"<>]*)\"></iframe>\\s*")
                .matcher(report.frame(250));

        assertThat(frame.matches()).isTrue();
        assertThat(frame.group(1)).isEqualTo(SAFE);
        assertThat(frame.group(2)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"))
                .isEqualTo(report.html());
        assertThatIllegalArgumentException().isThrownBy(() -> report.frame(0)).withMessageContaining("0");
    }

    @Test
    void theOverviewShowsNoiseComponentsAndScatter() {
        Random random = new Random(3);
        double[][] planes = new double[5][400];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> i + random.nextGaussian());
        }
        Cube cube = Cube.of(20, 20, planes).masked(Mask.of(20, 20, i -> i > 3));
        String html =
                HtmlReport.titled("t").overview(cube, RunContext.sequential()).html();
        assertThat(html)
                .contains(
                        "Masked pixels</th><td>4<",
                        "MNF false colour",
                        "Signal-to-noise ratio",
                        "Spectra of the scene");
    }

    @Test
    void theOverviewOfAnEmptyOrTinySceneSaysWhatIsMissing() {
        Cube one = Cube.of(1, 1, new double[][] {{3}});
        assertThat(HtmlReport.titled("t").overview(one, RunContext.sequential()).html())
                .contains("Noise and components are left out", "data:image/png");
        Cube nothing = Cube.of(2, 2, new double[3][4]).masked(Mask.of(2, 2, i -> false));
        assertThat(HtmlReport.titled("t")
                        .overview(nothing, RunContext.sequential())
                        .html())
                .contains("Noise and components are left out", "data:image/png");
    }

    @Test
    void aMethodIsShownWithEveryOption() {
        assertThat(HtmlReport.titled("t").method(new Smoothing(7)).html())
                .contains("Method: denoiser", "A. &lt;Author&gt;, 2001", "Option width</th><td>7<");
    }

    /** A method with an option. */
    public static final class Smoothing implements Method {
        private final int width;

        Smoothing(int width) {
            this.width = width;
        }

        public int width() {
            return width;
        }

        public Smoothing withWidth(int newWidth) {
            return new Smoothing(newWidth);
        }

        @Override
        public String name() {
            return "smoothing";
        }

        @Override
        public String summary() {
            return "Smooths.";
        }

        @Override
        public String reference() {
            return "A. <Author>, 2001";
        }

        @Override
        public String family() {
            return "restoration";
        }

        @Override
        public String role() {
            return "denoiser";
        }
    }

    @Test
    void theProvenanceNamesRunAndInputs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a & b.hdr"), "12345");
        Path gone = folder.resolve("gone.hdr");
        String html = HtmlReport.titled("t")
                .provenance(RunContext.sequential().withSeed(42), List.of(file, gone))
                .html();
        assertThat(html)
                .contains(
                        "Seed</th><td>42<", "Threads</th><td>1<", "a &amp; b.hdr<br>5 bytes, changed ", "gone.hdr</td>")
                .contains(String.valueOf(Runtime.version()));
    }

    @Test
    void aResultBringsItsOwnFigures() {
        Picture picture = MapPicture.of(ScoreMap.of("x", 1, 1, new double[] {1}));
        Illustrated result =
                () -> List.of(new Figure("one", "First <b>.", picture), new Figure("two-2", "Second.", picture));
        assertThat(HtmlReport.titled("t").figures(result).html())
                .contains("First &lt;b&gt;.", "Second.")
                .containsSubsequence("data:image/png", "data:image/png");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figure("../x", "", picture))
                .withMessageContaining("../x");
    }

    @Test
    void escapesAllText() {
        String html = full().html();
        assertThat(html).doesNotContain("<script").doesNotContain("'x'").doesNotContain("\"more\"");
        assertThat(html).contains("<title>" + SAFE + "</title>", "<h1>" + SAFE + "</h1>", "<h2>" + SAFE + "</h2>");
        assertThat(html).contains("<p>" + SAFE + "</p>", "<pre>" + SAFE + "</pre>", "<caption>" + SAFE + "</caption>");
        assertThat(html).contains("<figcaption>" + SAFE + "</figcaption>", "alt=\"" + SAFE + "\"");
    }

    @Test
    void needsNothingBesideIt() {
        String html = full().html();
        assertThat(html.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("http:", "https:", "file:", "<link", "<iframe", "url(", "@import", "href=", "srcset");
        Matcher sources = Pattern.compile("src=\"([^\"]*)\"").matcher(html);
        int count = 0;
        for (; sources.find(); count++) {
            assertThat(sources.group(1)).startsWith("data:image/png;base64,");
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void isWellFormed() {
        String html = full().html();
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">").endsWith("</html>\n");
        List<String> open = new ArrayList<>();
        Matcher tags = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(html.substring(html.indexOf("<body>")));
        while (tags.find()) {
            if (tags.group(1).isEmpty()) {
                if (!List.of("img", "br").contains(tags.group(2))) {
                    open.add(tags.group(2));
                }
            } else if (!tags.group(2).equals("html")) {
                assertThat(open.remove(open.size() - 1)).isEqualTo(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void tellsAboutTheScene() {
        String html = HtmlReport.titled("t").scene(scene()).html();
        assertThat(html)
                .contains("<th scope=\"row\">Rows</th><td>2</td>", "<th scope=\"row\">Columns</th><td>3</td>")
                .contains("<td>2, of which 1 are marked bad</td>")
                .contains("<td>450 to 2400 nm, FWHM known</td>")
                .contains("<td>digital number</td>", "<td>float</td>", "<td>-9999</td>")
                .contains("<td>5 of 6 (83.33 %)</td>")
                .contains(
                        "UTM zone 33 S, WGS-84, upper left corner at 500000.5, 4000000.0, pixels of 30.0 x 20.0 Meters,"
                                + " rotated by 12.5 degrees")
                .contains("read from a file<br>guessed &lt;script");
    }

    @Test
    void tellsWhatIsNotKnownAboutTheScene() {
        String html = HtmlReport.titled("t")
                .scene(Cube.of(1, 1, new double[][] {{1}}))
                .html();
        assertThat(html)
                .contains("<th scope=\"row\">Wavelengths</th><td>unknown</td>")
                .contains("<th scope=\"row\">Georeference</th><td>none</td>")
                .contains("<td>1 of 1 (100 %)</td>")
                .doesNotContain("Name</th>", "Provenance", "No-data");
        double[] almost = new double[100_000];
        almost[7] = Double.NaN;
        assertThat(HtmlReport.titled("t")
                        .scene(Cube.of(1, 100_000, new double[][] {almost}))
                        .html())
                .contains("99999 of 100000 (99.99 %)");
        GeoReference plain = new GeoReference("Geographic Lat/Lon", 1, 2, 3, 4, 0, 0, true, "", "", "");
        Cube placed =
                Cube.builder(1, 1, 1, Precision.DOUBLE).geoReference(plain).build();
        assertThat(HtmlReport.titled("t").scene(placed).html())
                .contains("<td>Geographic Lat/Lon, upper left corner at 1.0, 2.0, pixels of 3.0 x 4.0</td>");
    }

    @Test
    void tablesSetNumbersToTheRight() {
        String html = HtmlReport.titled("t")
                .table(
                        "",
                        List.of("name", "value", "mixed"),
                        List.of(Arrays.asList("a", 0.123456, 1), Arrays.asList("b", 7, null)))
                .html();
        assertThat(html)
                .contains(
                        "<th scope=\"col\">name</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\">mixed</th>")
                .contains("<td>a</td><td class=\"number\">0.1235</td><td>1</td>")
                .contains("<td>b</td><td class=\"number\">7</td><td></td>")
                .doesNotContain("<caption>");
        assertThat(HtmlReport.titled("t")
                        .table("c", List.of("empty"), List.of())
                        .html())
                .contains("<th scope=\"col\">empty</th>");
    }

    @Test
    void refusesRowsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HtmlReport.titled("t").table("c", List.of("a", "b"), List.of(List.of(1))))
                .withMessageContaining("1 values")
                .withMessageContaining("2 columns");
    }

    @Test
    void factsKeepTheirOrder() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("z", 1.23456f);
        facts.put("a", "text");
        String html = HtmlReport.titled("t").facts("c", facts).html();
        assertThat(html.indexOf("<th scope=\"row\">z</th><td>1.235</td>"))
                .isPositive()
                .isLessThan(html.indexOf(">a</th>"));
    }

    @Test
    void tellsHowAComputationWent() {
        Diagnostics d = new Diagnostics(false, 17, Duration.ofMillis(1500), Map.of("rank", 5.0), List.of("one", "two"));
        assertThat(HtmlReport.titled("t").diagnostics("FCLS", d).html())
                .contains("<caption>FCLS</caption>")
                .contains("Converged</th><td>no</td>", "Iterations</th><td>17</td>", "Time</th><td>1.5 s</td>")
                .contains("rank</th><td>5</td>", "<td>one<br>two</td>");
    }

    @Test
    void figuresHoldTheirImages() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0x123456);
        String html =
                HtmlReport.titled("t").figure("caption", "what it shows", image).html();
        assertThat(html).contains("<img width=\"3\" height=\"2\" alt=\"what it shows\"");
        Matcher data = Pattern.compile("base64,([^\"]*)\"").matcher(html);
        assertThat(data.find()).isTrue();
        BufferedImage back =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.group(1))));
        assertThat(back.getRGB(2, 1) & 0xFFFFFF).isEqualTo(0x123456);
    }

    @Test
    void replacesWhatHtmlCannotHold() {
        String html = HtmlReport.titled("t")
                .paragraph("a\u0000b\u001Bc\uD800d\te\n\uD83C\uDF33")
                .html();
        assertThat(html).contains("<p>a\uFFFDb\uFFFDc\uFFFDd\te\n\uD83C\uDF33</p>");
        assertThat(new String(html.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(html);
    }

    @Test
    void isImmutable() {
        HtmlReport empty = HtmlReport.titled("t");
        String before = empty.html();
        HtmlReport more = empty.section("s");
        assertThat(empty.html()).isEqualTo(before).isNotEqualTo(more.html());
        assertThat(more).hasToString("report 't' of 1 parts");
    }

    @Test
    void writesWholeFilesInUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, "older");
        HtmlReport report = HtmlReport.titled("Grünfläche \uD83C\uDF33");
        report.write(file);
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(report.html());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void failsWhereThereIsNoFolder(@TempDir Path folder) {
        HtmlReport report = HtmlReport.titled("t");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> report.write(folder.resolve("absent").resolve("report.html")));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> report.write(folder))
                .withMessageContaining("directory");
    }
}
