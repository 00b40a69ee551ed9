package org.hsi4j.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hsi4j.PixelTile;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the roof and the kernels in one go, and prints what each kernel computes a second and which share that is of what the
 * core can do. The arguments are those of JMH; the results also go to {@code roofline.json}.
 */
public final class Roofline {

    private Roofline() {}

    /** One line of the table. */
    record Line(String name, double microseconds, double flops, boolean isFloat) {

        /** Billions of operations a second. */
        double gigaflops() {
            return flops / microseconds / 1e3;
        }

        String text(double roof) {
            return String.format(
                    Locale.ROOT,
                    "| %-62s | %10.1f | %7.1f | %4.0f %% |",
                    name,
                    microseconds,
                    gigaflops(),
                    100 * gigaflops() / roof);
        }
    }

    /**
     * Measures.
     *
     * @param arguments options of JMH
     * @throws RunnerException if a benchmark fails
     * @throws CommandLineOptionException if an option is wrong
     */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .include("(Roofline|TileProduct|Scatter|Whiten)Benchmark")
                .resultFormat(ResultFormatType.JSON)
                .result("roofline.json")
                .build();
        table(new Runner(options).run()).forEach(System.out::println);
    }

    private static List<String> table(Collection<RunResult> results) {
        double floatRoof = 0;
        double doubleRoof = 0;
        List<String> text = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            double time = result.getPrimaryResult().getScore();
            if (name.endsWith("RooflineBenchmark.read")) {
                text.add(String.format(Locale.ROOT, "read: %.1f GB/s", 4.0 * RooflineBenchmark.SAMPLES / time / 1e3));
            } else if (name.endsWith("RooflineBenchmark.fmaFloat")) {
                floatRoof = roof(time);
                text.add(String.format(Locale.ROOT, "float32: %.1f Gflop/s", floatRoof));
            } else if (name.endsWith("RooflineBenchmark.fmaDouble")) {
                doubleRoof = roof(time);
                text.add(String.format(Locale.ROOT, "float64: %.1f Gflop/s", doubleRoof));
            } else {
                lines.add(line(result, time));
            }
        }
        text.add("| kernel | us | Gflop/s | of the roof |");
        text.add("|---|---|---|---|");
        for (Line line : lines) {
            text.add(line.text(line.isFloat() ? floatRoof : doubleRoof));
        }
        return text;
    }

    private static double roof(double microseconds) {
        return 2.0 * RooflineBenchmark.NUMBERS * RooflineBenchmark.CHAIN / microseconds / 1e3;
    }

    private static Line line(RunResult result, double time) {
        String benchmark = result.getParams().getBenchmark();
        String method = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        StringBuilder name = new StringBuilder(method);
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        int bands = Integer.parseInt(result.getParams().getParam("bands"));
        String rows = result.getParams().getParam("rows");
        double flops = flops(bands, rows == null ? 0 : Integer.parseInt(rows));
        return new Line(
                name.toString(), time, flops, (rows != null && method.endsWith("Float")) || method.endsWith("Mixed"));
    }

    /**
     * Operations on one tile: 2 B for each row of a product and each pixel, or B(B + 1) a pixel for a scatter or a triangular
     * solve, whatever a rival spends on the other triangle.
     */
    static double flops(int bands, int rows) {
        double aPixel = rows > 0 ? 2.0 * bands * rows : bands * (bands + 1.0);
        return aPixel * PixelTile.capacityFor(bands);
    }
}
