package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hsi4j.examples.Tool.facts;
import static org.hsi4j.examples.Tool.number;
import static org.hsi4j.testing.SharedFiles.data;
import static org.hsi4j.testing.SharedFiles.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.hsi4j.io.Cubes;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.RealFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on the real files; the expected numbers are those of the READMEs beside the files. */
@RealData
class RealFilesTest {

    @TempDir
    Path out;

    @ParameterizedTest
    @CsvSource({
        "envi/samson/samson_1.img,                                       95,  95, 156,  0",
        "envi/salinasA/SalinasA_corrected.hdr,                           83,  86, 204,  0",
        "envi/emit/emit20250324t221005_jpl_unmix_ex.hdr,                 10,  10, 285, 41",
        "envi/aviris_ng/ang20170323t202244_rdn_7000-7010,                10,  10, 425,  0",
        "envi/hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.bsq,     50,  50, 232,  0",
        "unmixing/samson/samson_1.mat,                                   95,  95, 156,  0",
        "detection/abu/abu-airport-1.mat,                               100, 100, 205,  0",
        "detection/muufl_chip/muufl_chip_with_target.mat,                36,  36,  72,  0",
    })
    void everyCommandRunsOnEveryFile(String file, int rows, int columns, int bands, int bad) {
        Path scene = data(file);

        Map<String, String> info = facts("info", scene, "--picture", out.resolve("look.png"));
        assertThat(info)
                .containsEntry("rows", String.valueOf(rows))
                .containsEntry("columns", String.valueOf(columns))
                .containsEntry("bands", String.valueOf(bands))
                .containsEntry("bad_bands", String.valueOf(bad))
                .containsEntry("valid_pixels", String.valueOf(rows * columns));
        assertThat(out.resolve("look.png")).isNotEmptyFile();

        Map<String, String> unmixed = facts("unmix", scene, "--endmembers", 3, "--out", out.resolve("unmixed"));
        assertThat(unmixed).containsEntry("bands", String.valueOf(bands - bad)).containsEntry("endmembers", "3");
        assertThat(number(unmixed, "residual_rms")).isPositive();

        Map<String, String> restored =
                facts("restore", scene, "--out", out.resolve("restored.hdr"), "--report", out.resolve("restoration"));
        assertThat(number(restored, "rank")).isBetween(1.0, (double) bands);

        Map<String, String> detected = facts("detect", scene, "--far", "0.01", "--out", out.resolve("detected"));
        assertThat(number(detected, "detections")).isBetween(0.0, 0.01 * rows * columns);
    }

    /** With the same name, shape and samples; only what says where it lies differs. */
    @Test
    void theHeaderOfASceneNamesItToo() throws IOException {
        Path samples = data("envi/samson/samson_1.img");
        Path header = data("envi/samson/samson_1.img.hdr");
        Map<String, String> byHeader = facts("info", header);
        byHeader.remove("file");

        assertThat(facts("info", samples)).containsAllEntriesOf(byHeader);
        assertThat(Cubes.read(header)).isEqualTo(Cubes.read(samples));
    }

    @Test
    void theRecipeOfSamsonsTruth() {
        Path truth = data("unmixing/samson/end3.mat");

        Map<String, String> facts = facts(
                "unmix",
                data("unmixing/samson/samson_1.mat"),
                "--given",
                truth,
                "--abundances",
                "nnls",
                "--normalize",
                "--truth",
                truth);

        assertThat(facts).containsEntry("permutation", "0,1,2").containsEntry("sad_rad", "0.0");
        // The README gives .0020 to four digits.
        assertThat(number(facts, "armse")).isCloseTo(0.0020, within(5e-5));
    }

    @Test
    void fclsIsExactOnSamson() {
        Path folder = data("unmixing/samson_fcls_exact");

        Map<String, String> facts = facts(
                "unmix",
                folder.resolve("Y_clean.mat"),
                "--given",
                folder.resolve("E.mat"),
                "--abundances",
                "fcls",
                "--truth",
                folder.resolve("A_true.mat"));

        // The files are in single precision.
        assertThat(number(facts, "armse")).isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"pure, ucls", "pure, scls", "pure, nnls", "pure, fcls", "mixed, ucls", "mixed, fcls"})
    void solversAgreeWithTheOracle(String name, String solver) {
        Path file = oracle("unmixing_" + name + ".mat");

        Map<String, String> facts = facts(
                "unmix",
                file + ":Y",
                "--shape",
                "50,50",
                "--given",
                file,
                "--abundances",
                solver,
                "--truth",
                file + ":expected_" + solver);

        assertThat(number(facts, "armse")).isLessThan(1e-9);
    }

    @ParameterizedTest
    @CsvSource({"4, 0.029", "5, 0.0057", "6, 0.0052"})
    void numberedTruthsAreChosenByTheNumberOfEndmembers(int count, double armse) {
        Path file = data("unmixing/urban_crop/urban_crop_34x78_with_gt.mat");

        Map<String, String> facts = facts(
                "unmix",
                file,
                "--endmembers",
                count,
                "--given",
                file,
                "--abundances",
                "nnls",
                "--normalize",
                "--truth",
                file);

        assertThat(facts).containsEntry("endmembers", String.valueOf(count));
        // Two digits are known.
        assertThat(number(facts, "armse")).isCloseTo(armse, within(0.02 * armse));
    }

    @Test
    void truthMayLieInTwoFilesOrOfAllBandsOfTheSensor() {
        Path sim1 = data("unmixing/sim1");
        Map<String, String> exact = facts(
                "unmix",
                sim1.resolve("Y_clean.mat"),
                "--given",
                sim1.resolve("E.mat"),
                "--truth",
                sim1.resolve("A_true.mat"),
                "--truth",
                sim1.resolve("E.mat:E"));
        assertThat(number(exact, "armse")).isLessThan(1e-9);
        assertThat(exact).containsEntry("sad_rad", "0.0");

        Path cuprite = data("unmixing/cuprite_crop");
        Map<String, String> found = facts(
                "unmix",
                cuprite.resolve("Rcuprite50x90x188.mat"),
                "--endmembers",
                12,
                "--truth",
                cuprite.resolve("Cuprite_GT_nEnd12.mat"));
        assertThat(number(found, "sad_deg")).isBetween(2.0, 10.0);
        assertThat(found).doesNotContainKey("armse");
    }

    @ParameterizedTest
    @CsvSource({"gaussian_0_1, 33.9", "noniid, 37.8"})
    void restorationReachesItsFigures(String degraded, double mpsnr) {
        Path file = oracle("restoration_synthetic.mat");

        Map<String, String> facts = facts("restore", file + ":" + degraded, "--truth", file + ":clean");

        assertThat(number(facts, "mpsnr")).isGreaterThan(mpsnr);
        assertThat(number(facts, "mpsnr_in")).isBetween(19.9, 20.8);
    }

    @ParameterizedTest
    @CsvSource({
        "abu/abu-airport-1.mat,     .8221",
        "abu/abu-beach-1.mat,       .9807",
        "abu/abu-urban-1.mat,       .9907",
        "abu/abu-urban-2.mat,       .9946",
        "hydice/HYDICE_urban.mat,   .9857",
        "hydice/HYDICE1_v73.mat,    .9932",
    })
    void rxReachesItsFigures(String name, double auc) {
        Path file = data("detection/" + name);

        assertThat(number(facts("detect", file, "--method", "rx", "--truth", file), "auc"))
                .isCloseTo(auc, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"smf, .92109", "mf, .92109", "ace, .92064", "ace-squared, .86178"})
    void targetDetectorsReachTheirFigures(String method, double auc) {
        Path file = oracle("detection_scene.mat");

        assertThat(number(facts("detect", file, "--method", method, "--target", file, "--truth", file), "auc"))
                .isCloseTo(auc, within(5e-6));
    }

    @Test
    void muuflHoldsTargetAndTruth() {
        Path file = data("detection/muufl_chip/muufl_chip_with_target.mat");

        Map<String, String> facts = facts(
                "detect", file, "--method", "smf", "--target", file + ":tgt_spectra", "--truth", file + ":gtImg_sub");

        assertThat(number(facts, "auc")).isCloseTo(.8309, within(5e-5));
        assertThat(facts).containsEntry("targets", "3");
    }

    static Stream<RealFile> known() {
        return RealFile.all().stream().filter(f -> !f.kind().equals("none"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void infoSaysWhatEveryFileHolds(RealFile expected) {
        Map<String, String> facts = facts("info", expected.file());

        switch (expected.kind()) {
            case "scene" -> {
                assertThat(facts).containsEntry("kind", "scene");
                assertThat(facts.get("rows") + " x " + facts.get("columns") + " x " + facts.get("bands"))
                        .isEqualTo(expected.shape());
                assertThat(facts.get("provenance")).contains(expected.type());
                assertThat(number(facts, "pixels") - number(facts, "valid_pixels"))
                        .isEqualTo(expected.missing());
                assertThat(facts.containsKey("wavelength_min_nm"))
                        .isEqualTo(!expected.wavelengths().isEmpty());
            }
            case "library" -> {
                assertThat(facts).containsEntry("kind", "library");
                assertThat(facts.get("spectra") + " x " + facts.get("bands")).isEqualTo(expected.shape());
                assertThat(number(facts, "missing_values")).isEqualTo(expected.missing());
                assertThat(number(facts, "wavelength_min_nm"))
                        .isCloseTo(expected.wavelengths().get(0), within(1e-9));
                assertThat(number(facts, "wavelength_max_nm"))
                        .isCloseTo(expected.wavelengths().get(1), within(1e-9));
            }
            default ->
                assertThat(facts).containsEntry("arrays", expected.shape().replace("), ", "),"));
        }
    }

    @Test
    void infoTellsOfSpectraAmongArrays() {
        Map<String, String> usgs = facts("info", data("libraries/usgs_1995/USGS_1995_Library.mat"));
        assertThat(usgs)
                .containsEntry("missing_in_arrays", "datalib 16")
                .containsEntry("spectra", "498")
                .containsEntry("bands", "224")
                .containsEntry("missing_values", "0");
        assertThat(number(usgs, "wavelength_max_nm")).isCloseTo(2508.2, within(1e-4)); // float32 in the file

        Path truth = data("unmixing/samson/end3.mat");
        assertThat(facts("info", truth)).containsEntry("spectra", "3").containsEntry("bands", "156");
        assertThat(facts("info", truth + ":A"))
                .containsEntry("arrays", "A (3 x 9025 double)")
                .doesNotContainKey("spectra");
        assertThat(facts("info", truth + ":A", "--shape", "95,95"))
                .containsEntry("kind", "scene")
                .containsEntry("bands", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unmixing/samson/end3.mat:Q | has no variable 'Q'; it has cood (3 x 1 cell), A (3 x 9025 double)",
                "README.md                  | file type",
            })
    void whatIsNotThereIsBadData(String file, String says) {
        Tool run = Tool.run("info", data("").resolve(file));

        assertThat(run.code()).isEqualTo(Hsi.BAD_DATA);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(says);
    }
}
