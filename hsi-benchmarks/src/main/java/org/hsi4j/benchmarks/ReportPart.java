package org.hsi4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Some of the benchmarks of the report, that are run with the same options.
 *
 * @param include a regular expression that their names contain; empty for the caller's own
 * @param vector whether they are run on the Vector API, other than by their own parameter
 * @param options of JMH
 * @param params parameters and their values
 */
record ReportPart(String include, boolean vector, Map<String, String> options, Map<String, String> params) {
    private static final Map<String, String> SHORT =
            Map.of("-f", "1", "-wi", "3", "-w", "1s", "-i", "5", "-r", "300ms");
    private static final Map<String, String> SHORTER =
            Map.of("-f", "1", "-wi", "2", "-w", "1s", "-i", "5", "-r", "200ms");
    private static final Map<String, String> MIDDLE =
            Map.of("bands", "200", "rows", "5,12", "p", "5", "moments", "4", "levels", "3");

    private static final String KERNELS =
            "[.](Roofline|TileProduct|Scatter|Whiten|PixelProducts|Proximal|SmallCholesky|Decomposition)Benchmark[.]";
    private static final String PLANES = "[.](Fourier|Cosine|Gaussian|Wavelet)Benchmark[.]";
    private static final String SOLVERS = "[.](LeastSquaresRivals|Vca|Detector|Gas)Benchmark[.]";
    private static final String LOCAL = "[.](LocalRx|Crd)Benchmark[.]";
    private static final String SCENES = "[.]LeastSquaresBenchmark[.]";
    private static final String RESTORATION = "[.]RestorationBenchmark[.]";
    private static final String ND4J = "[.]Nd4jBenchmark[.]";
    /** What runs on our kernels, and on no rival's. */
    private static final String OURS =
            "[.]LeastSquaresBenchmark[.]|[.]VcaBenchmark[.]|[.]GasBenchmark[.]|[.]DetectorBenchmark[.](hsi4j.*|statisticsAlone|scatterAnd.*)$";

    /** All parts of a profile. */
    static List<ReportPart> all(boolean isLong) {
        List<ReportPart> parts = new ArrayList<>();
        parts.add(of(isLong, KERNELS, SHORT));
        parts.add(of(isLong, PLANES, SHORTER));
        parts.add(of(isLong, SOLVERS, SHORT).profiled());
        ReportPart local = of(isLong, LOCAL, SHORT).with("bands", isLong ? "50,100,200" : "100");
        parts.add(local.profiled());
        parts.add(of(isLong, SCENES, SHORT).with("p", "3,5,12,30").profiled());
        String most = isLong ? "1000000,4000000" : "1000000";
        ReportPart sizes = of(isLong, SCENES + "fcls", SHORT).with("p", "5").profiled();
        parts.add(sizes.with("pixels", "10000," + most).with("threads", "1"));
        parts.add(sizes.with("pixels", "10000,100000," + most).with("threads", "2"));
        parts.add(of(isLong, OURS, SHORT).with("p", "3,5,12,30").onVectors());
        parts.add(local.only(LOCAL + "hsi4j$").onVectors());
        parts.add(of(isLong, RESTORATION, SHORT));
        parts.add(of(isLong, ND4J, SHORT));
        return parts;
    }

    /** For benchmarks that the caller chooses. */
    static ReportPart chosen(boolean isLong) {
        return of(isLong, "", SHORT);
    }

    private static ReportPart of(boolean isLong, String include, Map<String, String> options) {
        return isLong
                ? new ReportPart(include, false, Map.of(), Map.of())
                : new ReportPart(include, false, options, MIDDLE);
    }

    private ReportPart with(String param, String value) {
        return new ReportPart(include, vector, options, joined(params, param, value));
    }

    private ReportPart only(String narrower) {
        return new ReportPart(narrower, vector, options, params);
    }

    /** With the profiler of memory. */
    private ReportPart profiled() {
        return new ReportPart(include, vector, joined(options, "-prof", "gc"), params);
    }

    private ReportPart onVectors() {
        return new ReportPart(
                include, true, joined(options, "-jvmArgsPrepend", "--add-modules=jdk.incubator.vector"), params);
    }

    private static Map<String, String> joined(Map<String, String> map, String key, String value) {
        Map<String, String> joined = new TreeMap<>(map);
        joined.put(key, value);
        return joined;
    }

    /** Whether there is such a benchmark; those of ND4J are in some builds only. */
    boolean isPresent() {
        return include.isEmpty()
                || !BenchmarkList.defaultList()
                        .find(
                                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                                List.of(include),
                                List.of())
                        .isEmpty();
    }

    /** The options of this part, but for those that the caller gives. */
    List<String> with(List<String> callers) {
        List<String> all = new ArrayList<>(callers);
        options.forEach((option, value) -> {
            if (!callers.contains(option)) {
                all.addAll(List.of(option, value));
            }
        });
        params.forEach((param, value) -> {
            if (callers.stream().noneMatch(option -> option.startsWith(param + "="))) {
                all.addAll(List.of("-p", param + "=" + value));
            }
        });
        if (!include.isEmpty()) {
            all.add(include);
        }
        return all;
    }

    /** The result, told apart from that of plain Java. */
    BenchmarkResult named(BenchmarkResult result) {
        return vector ? result.withKernels("vector") : result;
    }
}
