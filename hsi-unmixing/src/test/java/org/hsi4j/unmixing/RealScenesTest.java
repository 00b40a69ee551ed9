package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreement with what other programs computed, on the files of the shared folder. */
@RealData
class RealScenesTest {
    private static final RunContext RUN = RunContext.defaults();

    @ParameterizedTest
    @CsvSource({
        "pure, ucls",
        "pure, scls",
        "pure, nnls",
        "pure, fcls",
        "mixed, ucls",
        "mixed, scls",
        "mixed, nnls",
        "mixed, fcls"
    })
    void agreesWithTheExactReference(String scene, String solver) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + scene + ".mat"));
        ReadOptions shape = ReadOptions.defaults().withShape(50, 50);
        AbundanceMaps found = Methods.find(AbundanceSolver.class, solver)
                .solve(file.cube(shape.withVariable("Y")), file.endmembers("E"), RUN)
                .maps();
        // Issue: 1e-9. Both sides are exact in double, so it is rounding times the condition (39): seen 6e-13 at most.
        assertThat(largestDifference(found, file.abundances("expected_" + solver, shape)))
                .isLessThan(1e-11);
    }

    @Test
    void fclsRecoversTheAbundancesSamsonWasMixedWith() throws IOException {
        Cube scene = MatFile.open(SharedFiles.data("unmixing/samson_fcls_exact/Y_clean.mat"))
                .cube(ReadOptions.defaults());
        Endmembers endmembers = MatFile.open(SharedFiles.data("unmixing/samson_fcls_exact/E.mat"))
                .endmembers("E");
        AbundanceMaps truth = MatFile.open(SharedFiles.data("unmixing/samson_fcls_exact/A_true.mat"))
                .abundances("A_true", ReadOptions.defaults());
        // The scene was mixed in single precision: seen 9e-8.
        assertThat(rootMeanSquare(
                        Fcls.withDefaults().solve(scene, endmembers, RUN).maps(), truth))
                .isLessThan(1e-6);
    }

    @Test
    void nnlsDividedByItsSumIsTheGroundTruthOfSamson() throws IOException {
        Cube scene =
                MatFile.open(SharedFiles.data("unmixing/samson/samson_1.mat")).cube(ReadOptions.defaults());
        MatFile truth = MatFile.open(SharedFiles.data("unmixing/samson/end3.mat"));
        AbundanceMaps found = Nnls.withDefaults()
                .solve(scene, truth.endmembers("M"), RUN)
                .maps()
                .normalized();
        // .0020 by the data's own README: the truth is rounded to about three digits.
        assertThat(rootMeanSquare(
                        found, truth.abundances("A", ReadOptions.defaults().withShape(95, 95))))
                .isCloseTo(0.0020, within(0.00005));
    }

    @ParameterizedTest
    @CsvSource({"ucls, unconstr", "scls, constr"})
    void agreesWithTwoCommercialGradeTools(String solver, String file) throws IOException {
        double[][] pixels = csv("pixel-spectra");
        AbundanceMaps found = Methods.find(AbundanceSolver.class, solver)
                .solve(Cube.of(1, 1600, pixels), Endmembers.ofMatrix(csv("endmember-spectra")), RUN)
                .maps();
        double[][] expected = csv("abundances-" + file + "-expected");
        // The files print seven digits after the point.
        assertThat(largestDifference(found, AbundanceMaps.of(1, 1600, found.names(), expected)))
                .isLessThan(1e-7);
    }

    @Test
    void vcaFindsThePurePixelsAndTheProjectionTakesTheirNoiseOut() throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_pure.mat"));
        Cube scene = file.cube(ReadOptions.defaults().withShape(50, 50).withVariable("Y"));
        Endmembers truth = file.endmembers("E");
        double pixels = 0;
        double projected = 0;
        for (int seed = 0; seed < 20; seed++) {
            Extraction found = Vca.withDefaults().withSeed(seed).extract(scene, 5, RUN);
            pixels +=
                    Math.toDegrees(Alignment.ofEndmembers(found.pixels(), truth).meanCost()) / 20;
            projected += Math.toDegrees(
                            Alignment.ofEndmembers(found.projected(), truth).meanCost())
                    / 20;
        }
        // .37 and 2.39 degrees are what the authors' program and the pixels themselves give.
        assertThat(projected).isLessThan(0.40);
        assertThat(pixels).isCloseTo(2.39, within(0.05));
    }

    private static double[][] csv(String name) throws IOException {
        List<String> lines = Files.readAllLines(SharedFiles.data("unmixing/lsu_oracle/" + name + ".csv"));
        return lines.stream()
                .map(line -> java.util.Arrays.stream(line.trim().split("\\s+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double largestDifference(AbundanceMaps a, AbundanceMaps b) {
        double largest = 0;
        for (int k = 0; k < a.count(); k++) {
            double[] x = a.map(k).toArray();
            double[] y = b.map(k).toArray();
            for (int i = 0; i < x.length; i++) {
                largest = Math.max(largest, Math.abs(x[i] - y[i]));
            }
        }
        return largest;
    }

    private static double rootMeanSquare(AbundanceMaps a, AbundanceMaps b) {
        double sum = 0;
        for (int k = 0; k < a.count(); k++) {
            double[] x = a.map(k).toArray();
            double[] y = b.map(k).toArray();
            for (int i = 0; i < x.length; i++) {
                sum += (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
        return Math.sqrt(sum / a.count() / a.pixels());
    }
}
