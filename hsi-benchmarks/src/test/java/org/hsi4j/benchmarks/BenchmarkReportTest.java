package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReportTest {

    @TempDir
    Path folder;

    private static String entry(String benchmark, String params, String raw) {
        return "{\"benchmark\": \"org.hsi4j.benchmarks." + benchmark + "\", \"vmName\": \"VM\", \"vmVersion\": \"17\","
                + " \"params\": {" + params
                + "}, \"primaryMetric\": {\"score\": 1, \"scoreError\": \"NaN\", \"scoreUnit\":"
                + " \"us/op\", \"rawData\": [" + raw + "]}, \"secondaryMetrics\": {\"pixels\": {\"score\": 0.25,"
                + " \"scoreUnit\": \"us/op\"}, \"gc.count\": {\"score\": 3, \"scoreUnit\": \"counts\"}}}";
    }

    private List<BenchmarkResult> read(String... entries) throws IOException {
        Path json = folder.resolve("results.json");
        Files.writeString(json, "[" + String.join(",", entries) + "]");
        return BenchmarkResult.read(json);
    }

    @Test
    void medianAndSpreadAreThoseOfAllIterations() throws IOException {
        BenchmarkResult result = read(entry("Some.method", "\"bands\": \"50\"", "[1, 9], [2, 3]"))
                .get(0);
        assertThat(result.median()).isEqualTo(2.5);
        assertThat(result.least()).isEqualTo(1);
        assertThat(result.most()).isEqualTo(9);
        assertThat(result.params()).containsEntry("bands", "50");
        assertThat(result.jvm()).isEqualTo("VM 17");
    }

    @Test
    void methodsNamedAfterUsAreComparedWithAllOthersAtTheSameParameters() throws IOException {
        List<String> lines = new BenchmarkReport(read(
                        entry("Some.hsi4j", "\"bands\": \"50\", \"kernels\": \"plain\"", "[2]"),
                        entry("Some.ejml", "\"bands\": \"50\"", "[8]"),
                        entry("Some.ejml", "\"bands\": \"200\"", "[80]")))
                .lines();
        assertThat(lines)
                .contains(
                        "## Some",
                        "| method | bands | kernels | median | least to most | unit | pixels (us/op) | faster than ejml by |",
                        "| hsi4j | 50 | plain | 2.00 | 2.00 to 2.00 | us/op | 0.250 | 4.00 |",
                        "| ejml | 200 |  | 80.0 | 80.0 to 80.0 | us/op | 0.250 |  |");
    }

    @Test
    void markedRivalsAreComparedWithTheMethodsThatTheyName() throws IOException {
        List<String> lines = new BenchmarkReport(read(
                        entry("LeastSquaresRivalsBenchmark.fcls", "", "[2]"),
                        entry("LeastSquaresRivalsBenchmark.nnls", "", "[1]"),
                        entry("LeastSquaresRivalsBenchmark.subsetSearch", "", "[2000]")))
                .lines();
        assertThat(lines).anyMatch(line -> line.startsWith("A pixel of ours beside"));
        assertThat(lines).anyMatch(line -> line.startsWith("| fcls ") && line.endsWith("| 1000 |"));
        assertThat(lines).anyMatch(line -> line.startsWith("| nnls ") && line.endsWith("|  |"));
    }

    @Test
    void theShareOfTheRoofIsThatOfTheSameRun() throws IOException {
        double roof = 2.0 * RooflineBenchmark.NUMBERS * RooflineBenchmark.CHAIN; // operations in one microsecond
        double time = 4 * Roofline.flops(200, 0) / roof; // a quarter of the roof
        List<String> lines = new BenchmarkReport(read(
                        entry("RooflineBenchmark.fmaDouble", "", "[1]"),
                        entry("ScatterBenchmark.hsi4j", "\"bands\": \"200\"", "[" + time + "]")))
                .lines();
        assertThat(lines).anyMatch(line -> line.startsWith("| hsi4j | 200 |") && line.endsWith("| 25 % |"));
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(List.of(0.0, 0.012345, 1.2345, 123.45, 12345.0).stream().map(BenchmarkReport::number))
                .containsExactly("0", "0.0123", "1.23", "123", "12345");
    }

    @Test
    void aRivalThatWasMeasuredWithTheSameParametersIsTaken() throws IOException {
        List<BenchmarkResult> results = read(
                entry("Some.hsi4j", "", "[2]"),
                entry("Some.other", "", "[6]"),
                entry("Some.ejml", "", "[8]"),
                entry("Some.other", "\"kernels\": \"vector\"", "[5]"));
        List<String> lines = new BenchmarkReport(
                        Stream.concat(results.stream(), Stream.of(results.get(0).withKernels("vector")))
                                .toList())
                .lines();
        assertThat(lines).anyMatch(line -> line.startsWith("| hsi4j |  |") && line.endsWith("| 4.00 | 3.00 |"));
        assertThat(lines).anyMatch(line -> line.startsWith("| hsi4j | vector |") && line.endsWith("| 4.00 | 2.50 |"));
    }

    @Test
    void whatIsAllocatedIsToldByThePixelAndWithoutTheResult() throws IOException {
        String entry = entry("LeastSquaresBenchmark.fcls", "\"p\": \"5\", \"pixels\": \"1000\"", "[1]")
                .replace("gc.count\": {\"score\": 3", "gc.alloc.rate.norm\": {\"score\": 40250");
        List<String> lines = new BenchmarkReport(read(entry)).lines();
        assertThat(lines).anyMatch(line -> line.endsWith("| " + BenchmarkReport.ALLOCATED + " |"));
        // 40250 bytes of 1000 pixels, of which 5 abundances are the result
        assertThat(lines).anyMatch(line -> line.startsWith("| fcls |") && line.endsWith("| 0.25 |"));
    }
}
