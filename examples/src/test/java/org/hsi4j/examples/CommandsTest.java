package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hsi4j.examples.Tool.facts;
import static org.hsi4j.examples.Tool.number;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Roc;
import org.hsi4j.restoration.Fusion;
import org.hsi4j.restoration.RFuse;
import org.hsi4j.restoration.Restorer;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.restoration.WhitenedSvd;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.DownSampling;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Unmixing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on a small scene whose truth is known. */
class CommandsTest {

    /** The corner without data: rows and columns that add up to less than five. */
    private static final int MISSING = 15;

    private static final int PIXELS = SmallScene.ROWS * SmallScene.COLUMNS;

    @TempDir
    static Path folder;

    @TempDir
    Path out;

    private static SmallScene small;

    @BeforeAll
    static void makeScene() throws IOException {
        small = new SmallScene(folder);
    }

    private static void assertPicture(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image).as(file.toString()).isNotNull();
        assertThat(image.getWidth()).isGreaterThan(100);
    }

    private static void assertShape(Map<String, String> facts) {
        assertThat(facts)
                .containsEntry("rows", "50")
                .containsEntry("columns", "40")
                .containsEntry("bands", "30")
                .containsEntry("valid_pixels", String.valueOf(PIXELS - MISSING));
    }

    @Test
    void infoTellsAndDraws() throws IOException {
        Path picture = out.resolve("look.png");

        Map<String, String> facts = facts("info", small.scene, "--picture", picture);

        assertShape(facts);
        assertThat(facts)
                .containsEntry("name", "scene")
                .containsEntry("quantity", "reflectance")
                .containsEntry("precision", "float")
                .containsEntry("bad_bands", "0")
                .containsEntry("wavelength_min_nm", "400.0")
                .containsEntry("wavelength_max_nm", "2500.0")
                .containsEntry("fwhm_mean_nm", "10.0")
                .containsEntry("out", picture.toString());
        assertThat(number(facts, "min")).isLessThan(number(facts, "mean"));
        assertThat(number(facts, "max")).isGreaterThan(number(facts, "mean"));
        assertThat(facts.get("provenance")).contains("scene.img");
        assertPicture(picture);
    }

    @Test
    void badBandsAreDroppedUnlessTheyShallStay() {
        assertThat(facts("info", small.badBands)).containsEntry("bands", "30").containsEntry("bad_bands", "3");
        assertThat(facts("unmix", small.badBands, "--given", small.endmembers))
                .containsEntry("bands", "27")
                .containsEntry("bad_bands_dropped", "3");
        assertThat(facts("unmix", small.badBands, "--given", small.endmembers, "--keep-bad-bands"))
                .containsEntry("bands", "30")
                .containsEntry("bad_bands_dropped", "0");
        assertThat(facts("restore", small.badBands, "--truth", small.clean)).containsKey("mpsnr");
        assertThat(facts("detect", small.badBands, "--target", small.target)).containsEntry("bands", "27");
    }

    @Test
    void scaleIsThatOfTheScene() {
        double once = number(facts("info", small.scene), "mean");
        assertThat(number(facts("info", small.scene, "--scale", "10000"), "mean"))
                .isCloseTo(1e4 * once, within(1e-6 * once * 1e4));
        // Both cubes are scaled, so the ratio to a scaled peak stays.
        assertThat(number(facts("restore", small.scene, "--truth", small.clean, "--scale", 10, "--peak", 10), "mpsnr"))
                .isCloseTo(number(facts("restore", small.scene, "--truth", small.clean), "mpsnr"), within(0.01));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.hdr", "x.npy", "x.mat", "x.tif"})
    void convertWritesEveryFormat(String name) throws IOException {
        Path file = out.resolve(name);

        Map<String, String> facts = facts("convert", small.scene, file);

        assertThat(facts)
                .containsEntry("rows", "50")
                .containsEntry("columns", "40")
                .containsEntry("bands", "30")
                .containsEntry("out", file.toString())
                .containsKey("seconds");
        Cube before = Cubes.read(small.scene);
        Cube after = Cubes.read(file);
        for (int b = 0; b < before.bands(); b++) {
            assertThat(after.plane(b)).isEqualTo(before.plane(b));
        }
        assertThat(out.toFile().list()).noneMatch(n -> n.startsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bsq", "bil", "bip"})
    void convertTurnsIntoEveryInterleave(String interleave) throws IOException {
        Path file = out.resolve("x.hdr");

        facts("convert", small.badBands, file, "--interleave", interleave);

        assertThat(Files.readString(file)).contains("interleave = " + interleave, "data type = 5");
        assertThat(Cubes.read(file)).isEqualTo(Cubes.read(small.badBands));
    }

    @Test
    void convertWritesAPartInAnotherType() throws IOException {
        Path file = out.resolve("x.hdr");

        facts(
                "convert",
                small.badBands,
                file,
                "--type",
                "int16",
                "--scale",
                "10000",
                "--no-data",
                "-9999",
                "--crop",
                "10,5,20,30",
                "--drop-bad-bands");

        assertThat(Files.readString(file)).contains("data type = 2", "data ignore value = -9999");
        Cube before = Cubes.read(small.badBands).dropBadBands().crop(new Region(10, 5, 20, 30));
        Cube after = Cubes.read(file);
        assertThat(after.bands()).isEqualTo(SmallScene.BANDS - SmallScene.BAD_BANDS);
        // Rounded to whole numbers after scaling.
        assertThat(after.value(7, 8, 9)).isCloseTo(1e4 * before.value(7, 8, 9), within(0.5));
    }

    @Test
    void unmixNeedsNothingButTheScene() throws IOException {
        Map<String, String> facts = facts("unmix", small.scene, "--truth", small.abundances, "--out", out);

        assertThat(facts)
                .containsEntry("endmembers", "5") // four, and the target
                .containsEntry("count_rule", "noise-edge")
                .containsKeys("dimensions_hysime", "dimensions_marchenko_pastur", "armse");
        assertThat(Files.readString(out.resolve("report.html"))).contains("stand out of the noise");
    }

    @Test
    void unmixLooksUpWhatItFoundAndChecksIt() throws IOException {
        Map<String, String> facts = facts(
                "unmix",
                small.scene,
                "--endmembers",
                4,
                "--library",
                small.endmembers,
                "--truth",
                small.endmembers,
                "--out",
                out);

        assertThat(facts.get("match").split(","))
                .containsExactlyInAnyOrderElementsOf(small.made.endmembers().names());
        assertThat(facts).containsKeys("match_sam_deg", "match_sid", "scale_each", "sid_each", "candidate_pixel");
        assertThat(number(facts, "check_condition")).isGreaterThan(1);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(
                        "spectra of the library that are most like",
                        "the next endmember, or a damaged pixel",
                        "outside what the endmembers can mix",
                        "The true endmembers are the found ones times");
    }

    @Test
    void unmixFindsAndScores() {
        Map<String, String> facts = facts(
                "unmix", small.scene, "--endmembers", 4, "--truth", small.endmembers, "--truth", small.abundances);

        assertShape(facts);
        assertThat(facts)
                .containsEntry("extract", "auto")
                .containsEntry("abundances", "auto")
                .containsEntry("endmembers", "4")
                .containsEntry("normalized", "false")
                .containsEntry("aligned_by", "spectral angle")
                .containsEntry("converged", "true")
                .containsKeys("seconds", "residual_rms", "condition", "endmember_pixels", "snr_db");
        assertThat(facts.get("permutation").split(",")).containsExactlyInAnyOrder("0", "1", "2", "3");
        assertThat(number(facts, "sad_deg")).isCloseTo(Math.toDegrees(number(facts, "sad_rad")), within(1e-12));
        assertThat(number(facts, "sad_deg")).isBetween(0.0, 10.0);
        assertThat(number(facts, "armse")).isBetween(0.0, 0.2);
        // The abundances sum to one, so dividing by the sum changes rounding alone.
        assertThat(number(facts, "rmse_normalized")).isCloseTo(number(facts, "rmse"), within(1e-12));
        assertThat(number(facts, "rmse")).isLessThanOrEqualTo(number(facts, "armse"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ucls", "scls", "nnls", "fcls", "auto"})
    void unmixWithGivenEndmembersIsWhatTheLibraryGives(String solver) {
        Map<String, String> facts = facts(
                "unmix", small.scene, "--given", small.endmembers, "--abundances", solver, "--truth", small.abundances);

        assertThat(facts)
                .containsEntry("abundances", solver)
                .containsEntry("given", small.endmembers.toString())
                .containsEntry("aligned_by", "abundances")
                .containsEntry("permutation", "0,1,2,3")
                .doesNotContainKeys("sad_rad", "extract");
        // Noise of 35 dB in 30 bands, on endmembers of which two are alike: the worst solver is off by .13.
        assertThat(number(facts, "armse")).isLessThan(0.2);
    }

    @Test
    void unmixWritesWhatItFound() throws IOException {
        Path target = out.resolve("new/results");

        Map<String, String> facts = facts(
                "unmix",
                small.scene,
                "--given",
                small.endmembers,
                "--truth",
                small.abundances,
                "--threads",
                1,
                "--out",
                target);

        assertThat(facts).containsEntry("out", target.toString());
        assertThat(SpectralLibraries.read(Path.of(facts.get("out_endmembers"))).names())
                .isEqualTo(small.made.endmembers().names());
        var expected = Unmixing.of(Cubes.read(small.scene))
                .endmembers(small.made.endmembers())
                .abundances(Fcls.withDefaults())
                .run();
        Cube maps = Cubes.read(Path.of(facts.get("out_abundances")));
        assertThat(maps.bandNames()).contains(small.made.endmembers().names());
        for (int k = 0; k < SmallScene.ENDMEMBERS; k++) {
            assertThat(maps.plane(k)).isEqualTo(expected.abundances().map(k).toArray());
        }
        assertThat(Cubes.read(Path.of(facts.get("out_residual"))).plane(0))
                .isEqualTo(expected.residual().toArray());
        for (String key : List.of("picture", "endmembers_picture", "abundances_picture", "residual_picture")) {
            assertPicture(Path.of(facts.get("out_" + key)));
        }
        assertThat(Path.of(facts.get("out_html"))).content().contains("<html", "armse", "data:image/png");
        assertThat(target.toFile().list()).hasSize(11).noneMatch(name -> name.startsWith("."));
    }

    @Test
    void normalizedAbundancesSumToOne() throws IOException {
        Map<String, String> facts = facts(
                "unmix", small.scene, "--given", small.endmembers, "--abundances", "nnls", "--normalize", "--out", out);

        Cube maps = Cubes.read(Path.of(facts.get("out_abundances")));
        double[] sum = new double[PIXELS];
        for (int k = 0; k < maps.bands(); k++) {
            double[] plane = maps.plane(k);
            for (int i = 0; i < PIXELS; i++) {
                sum[i] += plane[i];
            }
        }
        assertThat(facts).containsEntry("normalized", "true").containsKey("out_brightness");
        // Four additions and a division of numbers up to one.
        assertThat(sum).satisfies(s -> {
            for (double v : s) {
                assertThat(Double.isNaN(v) || Math.abs(v - 1) < 1e-12).isTrue();
            }
        });
    }

    @Test
    void intervalsAreWrittenAndDrawn() throws IOException {
        Map<String, String> facts = facts(
                "unmix",
                small.scene,
                "--given",
                small.endmembers,
                "--abundances",
                "fcls",
                "--intervals",
                0.9,
                "--out",
                out);
        assertThat(facts).containsEntry("intervals", "0.9").containsKey("intervals_mean_width");
        double[] low = Cubes.read(Path.of(facts.get("out_interval_low"))).plane(0);
        double[] high = Cubes.read(Path.of(facts.get("out_interval_high"))).plane(0);
        double[] between = Cubes.read(Path.of(facts.get("out_abundances"))).plane(0);
        for (int i = 0; i < PIXELS; i++) {
            if (!Double.isNaN(between[i])) {
                assertThat(between[i]).isBetween(low[i], high[i]);
            }
        }
        assertThat(Path.of(facts.get("out_html"))).content().contains("90.0 % are meant to hold the truth");
    }

    @Test
    void namesChooseFromALibrary() {
        List<String> names = small.made.endmembers().names();
        assertThat(facts("unmix", small.scene, "--given", small.endmembers + ":" + names.get(2) + "," + names.get(0)))
                .containsEntry("endmembers", "2");
        assertThat(facts("detect", small.scene, "--method", "ace", "--target", small.endmembers + ":" + names.get(1)))
                .containsKey("threshold");
    }

    @Test
    void unmixesBlindly() {
        Map<String, String> found = facts(
                "unmix",
                small.scene,
                "--endmembers",
                4,
                "--blind",
                "rrlbs",
                "--option",
                "max-iterations=9",
                "--out",
                out);
        assertThat(found)
                .containsEntry("blind", "rrlbs")
                .containsKeys("iterations", "objective")
                .doesNotContainKey("extract");
        assertThat(out.resolve("endmembers.sli")).exists();
        assertThat(out.resolve("guidance.hdr")).exists();
        assertThat(out.resolve("channel_weights.sli")).exists();
    }

    @Test
    void seedsAndOptionsReachTheMethods() {
        Object[] seedOfTheRun = {"unmix", small.scene, "--endmembers", 4, "--extract", "vca", "--seed", 5};
        Object[] ownSeed = {"unmix", small.scene, "--endmembers", 4, "--extract", "vca", "--option", "seed=5"};
        assertThat(facts(seedOfTheRun).get("endmember_pixels"))
                .isEqualTo(facts(ownSeed).get("endmember_pixels"));
        String projected = facts("unmix", small.scene, "--endmembers", 4).get("residual_rms");
        String raw =
                facts("unmix", small.scene, "--endmembers", 4, "--raw-pixels").get("residual_rms");
        assertThat(raw).isNotEqualTo(projected);
    }

    @Test
    void threadsDoNotChangeTheNumbers() {
        Map<String, String> one = facts("unmix", small.scene, "--endmembers", 4, "--threads", 1);
        Map<String, String> many = facts("unmix", small.scene, "--endmembers", 4, "--threads", 7);
        one.remove("seconds");
        many.remove("seconds");
        assertThat(many).isEqualTo(one);
    }

    @Test
    void restoreScoresAndWrites() throws IOException {
        Path file = out.resolve("restored.hdr");
        Path report = out.resolve("report");

        Map<String, String> facts = facts(
                "restore",
                small.scene,
                "--method",
                "whitened-svd",
                "--truth",
                small.clean,
                "--out",
                file,
                "--report",
                report);

        assertShape(facts);
        assertThat(facts)
                .containsEntry("method", "whitened-svd")
                .containsEntry("peak", "1.0")
                .containsEntry("out", file.toString())
                .containsEntry("report", report.toString())
                .containsKeys("rank", "seconds", "noise_rms");
        assertThat(number(facts, "mpsnr")).isGreaterThan(number(facts, "mpsnr_in") + 3);
        assertThat(number(facts, "sam_deg")).isLessThan(number(facts, "sam_deg_in"));
        Cube expected = Restoring.of(Cubes.read(small.scene))
                .with(WhitenedSvd.withDefaults())
                .run()
                .cube();
        assertThat(Cubes.read(file)).isEqualTo(expected);
        for (String key : List.of("before", "after", "removed", "spectra")) {
            assertPicture(Path.of(facts.get("report_" + key + "_picture")));
        }
        assertThat(Path.of(facts.get("report_html"))).content().contains("Restoration of scene");
    }

    /** The same samples as on the heap, whatever the method holds. */
    @ParameterizedTest
    @ValueSource(strings = {"subspace-wavelet-shrinkage", "savitzky-golay", "moment-matching"})
    void restoreGoesFromFileToFile(String method) throws IOException {
        Path file = out.resolve("restored.hdr");
        Map<String, String> facts =
                facts("restore", small.scene, "--method", method, "--truth", small.clean, "--out", file);

        assertThat(facts).containsEntry("streamed", "true").containsKey("mpsnr");
        Cube expected = Restoring.of(Cubes.read(small.scene))
                .with(Methods.find(Restorer.class, method))
                .run()
                .cube();
        assertThat(Cubes.read(file)).isEqualTo(expected);
    }

    @Test
    void restoreSaysThatAMethodHoldsItsResult() {
        assertThat(facts("restore", small.scene, "--method", "hyminor", "--out", out.resolve("restored.hdr")))
                .containsEntry("streamed", "false");
    }

    @Test
    void finerPixelsAreScoredAgainstATruthOfTheirSize() throws IOException {
        Path coarse = out.resolve("coarse.hdr");
        Cubes.write(
                DownSampling.withDefaults()
                        .withFactor(2)
                        .apply(Cubes.read(small.clean))
                        .cube(),
                coarse);

        Map<String, String> facts = facts(
                "restore",
                coarse,
                "--method",
                "iterative-back-projection",
                "--truth",
                small.clean,
                "--report",
                out.resolve("report"));

        assertThat(number(facts, "mpsnr")).isGreaterThan(25);
        assertThat(facts).containsKey("aliasing").doesNotContainKey("mpsnr_in");
        assertPicture(Path.of(facts.get("report_after_picture")));
    }

    @Test
    void fuseScoresAndWrites() throws IOException {
        Cube clean = Cubes.read(small.clean);
        Path coarse = out.resolve("coarse.hdr");
        Path sharp = out.resolve("sharp.hdr");
        Path file = out.resolve("fused.hdr");
        Path report = out.resolve("report");
        Cubes.write(
                DownSampling.withDefaults()
                        .withFactor(2)
                        .apply(clean, RunContext.defaults())
                        .cube(),
                coarse);
        Cubes.write(clean.selectBands(2, 9, 17, 25), sharp);

        Map<String, String> facts = facts(
                "fuse", coarse, sharp, "--truth", small.clean, "--out", file, "--report", report, "--point-spread", 1);

        assertThat(facts)
                .containsEntry("method", "r-fuse")
                .containsEntry("point_spread", "1")
                .containsEntry("out", file.toString())
                .containsKeys("rank", "factor", "aliasing", "seconds");
        // The blur is that of cubic convolution and not a Gaussian: the method sees through it only in part.
        assertThat(number(facts, "mpsnr")).isGreaterThan(29);
        Cube expected = Fusion.of(Cubes.read(coarse), Cubes.read(sharp))
                .withPointSpread(1)
                .with(RFuse.withDefaults())
                .run()
                .cube();
        assertThat(Cubes.read(file)).isEqualTo(expected);
        for (String key : List.of("coarse", "sharp", "fused")) {
            assertPicture(Path.of(facts.get("report_" + key + "_picture")));
        }
        assertThat(Path.of(facts.get("report_html"))).content().contains("Fusion of");
    }

    /** The sharp bands are bands of the scene: their responses are zero everywhere else. */
    @Test
    void fuseTakesResponses() throws IOException {
        Cube clean = Cubes.read(small.clean);
        int[] bands = {2, 9, 17, 25};
        Path coarse = out.resolve("coarse.hdr");
        Path sharp = out.resolve("sharp.hdr");
        Cubes.write(
                DownSampling.withDefaults()
                        .withFactor(2)
                        .apply(clean, RunContext.defaults())
                        .cube(),
                coarse);
        Cubes.write(clean.selectBands(bands), sharp);
        StringBuilder table = new StringBuilder("wavelength,a,b,c,d\n");
        for (int b = 0; b < clean.bands(); b++) {
            table.append(clean.wavelengths().orElseThrow().at(b));
            for (int band : bands) {
                table.append(band == b ? ",1" : ",0");
            }
            table.append('\n');
        }
        Path responses = Files.writeString(out.resolve("responses.csv"), table);

        Map<String, String> given = facts("fuse", coarse, sharp, "--truth", small.clean, "--response", responses);
        Map<String, String> estimated = facts("fuse", coarse, sharp, "--truth", small.clean);

        assertThat(number(given, "mpsnr")).isGreaterThan(29).isNotEqualTo(number(estimated, "mpsnr"));
    }

    @Test
    void detectScoresAndWrites() throws IOException {
        Map<String, String> facts = facts(
                "detect",
                small.scene,
                "--method",
                "ace",
                "--target",
                small.target,
                "--truth",
                small.targets,
                "--far",
                0.005,
                "--out",
                out);

        assertShape(facts);
        assertThat(facts)
                .containsEntry("method", "ace")
                .containsEntry("targets", "6")
                .containsEntry("false_alarm_rate", "0.005")
                .containsEntry("threshold_rule", "empirical");
        assertThat(number(facts, "auc")).isGreaterThan(0.99);
        assertThat(number(facts, "hits") + number(facts, "false_alarms")).isEqualTo(number(facts, "detections"));
        // At most that share of the valid pixels is above an empirical threshold.
        assertThat(number(facts, "detections")).isLessThanOrEqualTo(0.005 * PIXELS);
        Cube scores = Cubes.read(Path.of(facts.get("out_scores")));
        Cube found = Cubes.read(Path.of(facts.get("out_detections")));
        int above = 0;
        for (int i = 0; i < PIXELS; i++) {
            boolean hit = scores.plane(0)[i] > number(facts, "threshold");
            assertThat(found.plane(0)[i]).isEqualTo(hit ? 1 : 0);
            above += hit ? 1 : 0;
        }
        assertThat(above).isEqualTo((int) number(facts, "detections"));
        assertPicture(Path.of(facts.get("out_scores_picture")));
        assertPicture(Path.of(facts.get("out_detections_picture")));
        assertThat(Path.of(facts.get("out_html"))).content().contains("Detection of scene", "auc");
    }

    @Test
    void detectListsObjects() throws IOException {
        Path csv = out.resolve("found.csv");
        Path json = out.resolve("found.geojson");
        Map<String, String> facts =
                facts("detect", small.scene, "--target", small.target, "--far", 0.005, "--objects", csv);
        facts("detect", small.scene, "--target", small.target, "--far", 0.005, "--objects", json);

        assertThat(Files.readAllLines(csv)).hasSize(1 + (int) number(facts, "objects"));
        // The six targets fill a part of their pixels each, and so the fractions are known.
        assertThat(Files.readAllLines(csv).get(1)).doesNotEndWith(",");
        int features = 0;
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            while (parser.nextToken() != null) {
                features += "Feature".equals(parser.getText()) ? 1 : 0;
            }
        }
        assertThat(features).isEqualTo((int) number(facts, "objects"));
        assertThat(number(
                        facts(
                                "detect",
                                small.scene,
                                "--target",
                                small.target,
                                "--far",
                                0.005,
                                "--least-pixels",
                                PIXELS),
                        "objects"))
                .isZero();
    }

    @Test
    void detectWithoutATargetLooksForAnomalies() {
        Map<String, String> facts = facts("detect", small.scene, "--truth", small.targets);

        assertThat(facts).containsEntry("method", "auto");
        assertThat(number(facts, "auc"))
                .isEqualTo(number(facts("detect", small.scene, "--method", "rx", "--truth", small.targets), "auc"));
        assertThat(facts("detect", small.scene, "--method", "rx", "--threshold-rule", "model", "--far", "0.01"))
                .containsEntry("threshold_rule", "model")
                .containsKey("threshold_model");
    }

    @Test
    void detectControlsFalseDiscoveries() {
        Map<String, String> facts = facts("detect", small.scene, "--target", small.target, "--fdr", "0.1");

        assertThat(facts)
                .containsEntry("false_discovery_rate", "0.1")
                .containsEntry("threshold_rule", "extreme-value")
                .containsKey("tail_shape");
        assertThat(facts("detect", small.scene, "--threshold-rule", "extreme-value", "--far", "1e-4"))
                .containsKeys("threshold_extreme_value", "threshold_empirical");
    }

    @Test
    void aPixelMayBeTheTarget() {
        int row = 30;
        int column = 20;
        Map<String, String> facts =
                facts("detect", small.scene, "--method", "ace", "--target-pixel", row + "," + column, "--far", "0.001");

        // The cosine of the pixel with itself is one, and no other is larger.
        assertThat(number(facts, "detections")).isPositive();
        assertThat(number(facts, "threshold")).isLessThan(1);
    }

    @Test
    void jsonHasTheSameKeys() {
        Tool text = Tool.run("detect", small.scene, "--truth", small.targets);
        Tool json = Tool.run("detect", small.scene, "--truth", small.targets, "--json");

        assertThat(json.code()).isZero();
        assertThat(json.out()).startsWith("{").endsWith("}\n");
        for (String key : text.facts().keySet()) {
            assertThat(json.out()).contains("\"" + key + "\" : ");
        }
    }

    @Test
    void remarksGoToStandardErrorUnlessQuiet() {
        assertThat(Tool.run("unmix", small.scene, "--endmembers", 4).errLines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("hsi: "));
        assertThat(Tool.run("unmix", small.scene, "--endmembers", 4, "--quiet").err())
                .isEmpty();
    }

    @Test
    void aucIsThatOfTheLibrary() throws IOException {
        Map<String, String> facts = facts("detect", small.scene, "--method", "rx", "--truth", small.targets);
        var scores = org.hsi4j.detection.Detection.of(Cubes.read(small.scene))
                .with(org.hsi4j.detection.Rx.withDefaults())
                .run(RunContext.sequential())
                .scores();

        assertThat(number(facts, "auc"))
                .isEqualTo(Roc.of(scores, small.made.targets()).auc());
    }

    @Test
    void aFailureWhileWritingLeavesNothing() throws IOException {
        Path target = out.resolve("results");
        Files.createDirectories(target.resolve("abundances.hdr/in the way"));

        Tool run = Tool.run("unmix", small.scene, "--endmembers", 4, "--out", target);

        assertThat(run.code()).isEqualTo(Hsi.BAD_DATA);
        assertThat(run.errLines()).hasSize(1);
        assertThat(target.toFile().list()).noneMatch(name -> name.startsWith("."));
    }
}
