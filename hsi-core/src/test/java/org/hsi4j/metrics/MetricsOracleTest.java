package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that other programs computed from the same files; they are known to as many digits as are compared. */
@RealData
class MetricsOracleTest {

    private static MatFile oracle(String name) throws IOException {
        return MatFile.open(SharedFiles.oracle(name));
    }

    @ParameterizedTest
    @CsvSource({
        "smf, .92109",
        "mf, .92109",
        "ace, .92064",
        "ace2, .86178",
        "glrt, .86233",
        "rx, .67189",
        "cem_corr, .92041",
        "amsd5, .74682",
        "osp10, .89899",
        "sam_cos, .60518",
        "lrx_5_21, .64900",
        "lrx_5_13, .61774",
        "lrx_5_13_reg1e_4, .73327"
    })
    void areaUnderTheCurve(String map, double expected) throws IOException {
        ScoreMap scores = oracle("detection_expected_reference.mat").map(map);
        Mask truth = oracle("detection_scene.mat").mask("truth");

        assertThat(Roc.of(scores, truth).auc()).isCloseTo(expected, within(0.5001e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "pure, fcls, .00851", "pure, nnls, .01113", "pure, ucls, .01143",
        "mixed, fcls, .00955", "mixed, nnls, .01655", "mixed, ucls, .01728"
    })
    void abundanceError(String scene, String solver, double expected) throws IOException {
        MatFile file = oracle("unmixing_" + scene + ".mat");

        assertThat(AbundanceError.of(maps(file, "expected_" + solver), maps(file, "A"))
                        .armse())
                .isCloseTo(expected, within(0.5001e-5));
    }

    private static AbundanceMaps maps(MatFile file, String name) throws IOException {
        return AbundanceMaps.of(50, 50, List.of("a", "b", "c", "d", "e"), file.matrix(name));
    }

    @ParameterizedTest
    @CsvSource({
        "pure, vca, .37, .005",
        "mixed, vca, 6.9, .05",
        "pure, sisal, 1.03, .005",
        "mixed, sisal, 1.45, .005",
        "pure, mvsa, 1.43, .005",
        "mixed, mvsa, 2.9, .05"
    })
    void meanAngleOfAlignedEndmembers(String scene, String method, double degrees, double digits) throws IOException {
        MatFile file = oracle("unmixing_" + scene + ".mat");
        Endmembers estimate = Endmembers.ofMatrix(file.matrix("reference_" + method + "_E"));
        Endmembers truth = Endmembers.ofMatrix(file.matrix("E"));

        assertThat(Math.toDegrees(Alignment.ofEndmembers(estimate, truth).meanCost()))
                .isCloseTo(degrees, within(digits * 1.001));
    }

    @ParameterizedTest
    @CsvSource({"gaussian_0_1, 19.99", "noniid, 20.75", "mixture, 13.97"})
    void meanPeakSignalToNoiseRatio(String name, double decibels) throws IOException {
        MatFile file = oracle("restoration_synthetic.mat");
        Cube noisy = file.cube(ReadOptions.defaults().withVariable(name));
        Cube clean = file.cube(ReadOptions.defaults().withVariable("clean"));

        assertThat(Psnr.of(noisy, clean, RunContext.sequential()).mean()).isCloseTo(decibels, within(0.005001));
    }

    /**
     * MSSIM: scikit-image 0.19.3, {@code structural_similarity} of each band with {@code data_range=1}, Gaussian weights and
     * population covariance. UIQI with a window of 7: the same with a uniform window and K1 = K2 = 0. ERGAS: NumPy, by its
     * formula.
     */
    @ParameterizedTest
    @CsvSource({
        "gaussian_0_1, 0.3451902037635277, 0.342953511312855, 26.494985198792786",
        "noniid, 0.39084423160842907, 0.3786585489701565, 31.849366559760938",
        "mixture, 0.1780871019683514, 0.1753606580307113, 64.68097761210498"
    })
    void similarityAndRelativeError(String name, double mssim, double uiqi, double ergas) throws IOException {
        MatFile file = oracle("restoration_synthetic.mat");
        Cube noisy = file.cube(ReadOptions.defaults().withVariable(name));
        Cube clean = file.cube(ReadOptions.defaults().withVariable("clean"));
        RunContext run = RunContext.defaults();

        // the oracle's variances are differences of larger numbers, and its sums have another order
        assertThat(Ssim.of(noisy, clean, 1, run).mean()).isCloseTo(mssim, within(1e-11));
        assertThat(Uiqi.of(noisy, clean, 7, run).mean()).isCloseTo(uiqi, within(1e-11));
        assertThat(Ergas.of(noisy, clean, 1, run).value()).isCloseTo(ergas, within(1e-10));
    }

    /** scikit-learn 1.2.1: {@code average_precision_score}, and {@code roc_auc_score} with {@code max_fpr=.01}. */
    @ParameterizedTest
    @CsvSource({
        "smf, 0.5318610848493558, 0.7892575326431353",
        "ace, 0.5292070599924865, 0.7734404956509455",
        "ace2, 0.4856273885112094, 0.745186777259793",
        "rx, 0.055541643326793504, 0.5404986781296038"
    })
    void averagePrecisionAndPartialArea(String map, double precision, double area) throws IOException {
        ScoreMap scores = oracle("detection_expected_reference.mat").map(map);
        Mask truth = oracle("detection_scene.mat").mask("truth");

        // sums of 40 steps in another order
        assertThat(PrecisionRecall.of(scores, truth).averagePrecision()).isCloseTo(precision, within(1e-13));
        assertThat(Roc.of(scores, truth).standardizedPartialAuc(0.01)).isCloseTo(area, within(1e-13));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "37, 91", "99, 99"})
    void spectralAngle(int row, int column) throws IOException {
        MatFile scene = oracle("detection_scene.mat");
        Cube cube = scene.cube(ReadOptions.defaults());
        Spectrum target = Spectrum.of(scene.vector("target"));
        double cosine =
                oracle("detection_expected_reference.mat").map("sam_cos").value(row, column);

        // the oracle's double cosine has rounding errors of some 1e-16
        assertThat(Math.cos(SpectralAngle.radians(cube.spectrum(row, column), target)))
                .isCloseTo(cosine, within(1e-14));
    }
}
