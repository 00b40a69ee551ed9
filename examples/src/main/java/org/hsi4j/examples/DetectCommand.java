package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.AnomalyDetector;
import org.hsi4j.detection.DetectedObjects;
import org.hsi4j.detection.Detection;
import org.hsi4j.detection.DetectionResult;
import org.hsi4j.detection.GasDetector;
import org.hsi4j.detection.GasResult;
import org.hsi4j.detection.MatchedFilter;
import org.hsi4j.detection.TargetDetector;
import org.hsi4j.detection.ThresholdRule;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsi detect}: what does not belong, or what is sought. */
@Command(
        name = "detect",
        description = {
            "Look for anomalies, for a known spectrum, or for a gas.",
            "",
            "Methods whose role is target-detector need a target; anomaly detectors need none. With --truth the scores"
                    + " are compared with a 0/1 map: 'auc' is the area under the ROC curve, ties counting one half;"
                    + " 'hits' and 'false_alarms' are the pixels above the threshold inside and outside the map."
        },
        footer = {
            "  hsi detect scene.hdr --out results",
            "  hsi detect abu-airport-1.mat --method rx --truth abu-airport-1.mat",
            "  hsi detect scene.hdr --method ace --target library.sli:polyethylene --far 1e-4",
            "  hsi detect scene.hdr --method smf --target-pixel 10,20 --objects found.geojson",
            "  hsi detect radiance.hdr --gas methane.csv --flare 1.5 --out plumes",
        })
final class DetectCommand extends ToolCommand {
    /** Our choice: a few noisy pixels side by side are no plume yet. */
    private static final int LEAST_PLUME = 10;

    @Mixin
    private SceneInput input = new SceneInput();

    @Mixin
    private RunInput run = new RunInput();

    @Mixin
    private GasInput gas = new GasInput();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            completionCandidates = MethodNames.Detectors.class,
            description = "A method of the family detection (default: ${DEFAULT-VALUE}).")
    private String method = "auto";

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "An option of the method; may be repeated.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "The spectrum sought: a variable of a MAT-file (tgt_spectra, target or file:variable), or one"
                    + " of a spectral library (file:name).")
    private @Nullable FileSpec target;

    @Option(
            names = "--target-pixel",
            paramLabel = "ROW,COL",
            converter = Pixel.Converter.class,
            description = "Take the spectrum sought from a pixel of the scene, counted from 0.")
    private @Nullable Pixel targetPixel;

    @Option(
            names = "--far",
            paramLabel = "RATE",
            description = "False-alarm rate of the threshold, above 0 and below 1 (default: ${DEFAULT-VALUE}).")
    private double rate = 1e-3;

    @Option(
            names = "--fdr",
            paramLabel = "RATE",
            description = "Instead of --far: the share of background among what is reported, above 0 and below 1.")
    private @Nullable Double discoveryRate;

    @Option(
            names = "--threshold-rule",
            paramLabel = "RULE",
            converter = RuleConverter.class,
            description = "empirical: at most that share of the scene is above; model: by the distribution the method"
                    + " assumes; extreme-value: by a Pareto tail fitted to the highest scores (default: empirical, with --fdr"
                    + " extreme-value).")
    private @Nullable ThresholdRule rule;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "A map of the targets, 0 elsewhere (map, gt, mask, truth or file:variable).")
    private @Nullable FileSpec truth;

    @Option(
            names = "--objects",
            paramLabel = "FILE",
            description =
                    "Write the objects that the pixels above the threshold make, with place, extent, scores and, for a"
                            + " target, the share of it by the matched filter; a file .csv or .geojson. --out has both.")
    private @Nullable Path objects;

    @Option(
            names = "--least-pixels",
            paramLabel = "N",
            description = "Objects with fewer pixels are left out (default: 1, plumes 10).")
    private @Nullable Integer leastPixels;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write scores, detections, pictures and a report into a folder.")
    private @Nullable Path out;

    DetectCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        checkUsage();
        if (gas.isGiven()) {
            measureGas(facts);
            return;
        }
        boolean targeted = target != null || targetPixel != null;
        Chosen chosen = new Chosen(options);
        Class<? extends Method> role = targeted ? TargetDetector.class : AnomalyDetector.class;
        Method detector = chosen.find(role, method);
        chosen.requireAllTaken();

        Path folder = out;
        if (folder == null) {
            writeObjects(detect(detector, facts).objects(), facts);
            return;
        }
        try (OutFolder files = session().open(folder)) {
            Detected detected = detect(detector, facts);
            writeObjects(detected.objects(), facts);
            Account account = new Account(List.of(detector), run.context(session()), inputs());
            new DetectFiles(files, run.context(session())).write(detected, facts, account);
            files.commit("out", facts);
        }
    }

    private int leastPixels(int usual) {
        Integer told = leastPixels;
        return told == null ? usual : told;
    }

    private void measureGas(Facts facts) throws IOException {
        Chosen chosen = new Chosen(options);
        GasDetector detector = chosen.find(GasDetector.class, method.equals("auto") ? "mag1c" : method);
        chosen.requireAllTaken();
        Path folder = out;
        if (folder == null) {
            writeObjects(measured(detector, facts).plumes(), facts);
            return;
        }
        try (OutFolder files = session().open(folder)) {
            GasRun measured = measured(detector, facts);
            writeObjects(measured.plumes(), facts);
            RunContext context = run.context(session());
            measured.write(files, context, facts, new Account(List.of(detector), context, inputs()));
            files.commit("out", facts);
        }
    }

    private GasRun measured(GasDetector detector, Facts facts) throws IOException {
        Scene scene = input.read();
        scene.describe(facts);
        facts.put("method", detector.name());
        RunContext context = run.context(session());
        GasInput.Gas sought = gas.read(scene);
        Mask background = gas.background(scene, input, context);
        GasResult result = timed(
                facts,
                context,
                Detection.of(sought.radiance())
                        .gas(sought.absorption())
                        .with(detector)
                        .background(background)::run);
        DetectedObjects plumes = GasRun.plumes(result, background, gas.plumeThreshold(), leastPixels(LEAST_PLUME));
        GasRun measured = new GasRun(sought.radiance(), sought.absorption(), background, result, plumes);
        facts.put("plume_threshold_ppm_m", gas.plumeThreshold());
        measured.describe(facts);
        describe(result.diagnostics(), facts);
        return measured;
    }

    private void writeObjects(DetectedObjects found, Facts facts) throws IOException {
        Path file = objects;
        if (file != null) {
            Files.writeString(file, isCsv(file) ? found.toCsv() : found.toGeoJson());
            facts.put("objects_file", file.toString());
        }
    }

    private static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private void checkObjects() {
        if (leastPixels(1) < 1) {
            throw new UsageException("--least-pixels must be at least 1, not " + leastPixels);
        }
        Path file = objects;
        if (file == null) {
            return;
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!isCsv(file) && !name.endsWith(".geojson") && !name.endsWith(".json")) {
            throw new UsageException("--objects needs a file .csv or .geojson, not " + file);
        }
    }

    private List<Path> inputs() {
        List<Path> files = new ArrayList<>(List.of(input.spec().path()));
        gas.files().forEach(file -> files.add(file.path()));
        for (FileSpec file : Arrays.asList(target, truth)) {
            if (file != null) {
                files.add(file.path());
            }
        }
        return files;
    }

    private void checkUsage() {
        input.check();
        run.check();
        gas.check();
        checkObjects();
        if (gas.isGiven()) {
            if (target != null || targetPixel != null || truth != null) {
                throw new UsageException("--gas measures a gas and knows no target and no --truth");
            }
            return;
        }
        if (target != null && targetPixel != null) {
            throw new UsageException("--target and --target-pixel both say what is sought; leave one out");
        }
        if (!(rate > 0 && rate < 1)) {
            throw new UsageException("--far must be above 0 and below 1, not " + rate);
        }
        Double shareFalse = discoveryRate;
        if (shareFalse != null && !(shareFalse > 0 && shareFalse < 1)) {
            throw new UsageException("--fdr must be above 0 and below 1, not " + shareFalse);
        }
        if (shareFalse != null && rule == ThresholdRule.EMPIRICAL) {
            throw new UsageException("--fdr needs p-values; take --threshold-rule extreme-value or model");
        }
        boolean targeted = target != null || targetPixel != null;
        boolean asTarget = knows(TargetDetector.class);
        boolean asAnomaly = knows(AnomalyDetector.class);
        if (!asTarget && !asAnomaly && knows(GasDetector.class)) {
            throw new UsageException("method '" + method + "' measures a gas; say which with --gas");
        }
        if (!targeted && asTarget && !asAnomaly) {
            throw new UsageException(
                    "method '" + method + "' looks for a target; say which with --target or --target-pixel");
        }
        if (targeted && asAnomaly && !asTarget) {
            throw new UsageException(
                    "method '" + method + "' looks for anomalies and knows no target; leave out the target");
        }
    }

    private boolean knows(Class<? extends Method> role) {
        return Methods.all(role).stream().anyMatch(m -> m.name().equals(method));
    }

    private Detected detect(Method detector, Facts facts) throws IOException {
        Scene scene = input.read();
        Cube cube = scene.cube();
        scene.describe(facts);
        facts.put("method", detector.name());
        FileSpec file = truth;
        Mask targets = file == null ? null : TargetMap.read(file, scene, input.options(file));
        Spectrum sought = sought(scene);
        Detection.Run sentence = sought == null
                ? Detection.of(cube).with((AnomalyDetector) detector)
                : Detection.of(cube).target(sought).with((TargetDetector) detector);
        Double shareFalse = discoveryRate;
        ThresholdRule usual = shareFalse == null ? ThresholdRule.EMPIRICAL : ThresholdRule.EXTREME_VALUE;
        ThresholdRule by = rule == null ? usual : rule;
        Detection.Run asked =
                shareFalse == null ? sentence.falseAlarmRate(rate) : sentence.falseDiscoveryRate(shareFalse);
        DetectionResult result = timed(facts, run.context(session()), asked.thresholdRule(by)::run);
        Detected detected =
                new Detected(scene, detector.name(), result, objects(result, cube, sought), sought, targets);
        detected.describe(facts);
        if (shareFalse == null) {
            facts.put("false_alarm_rate", rate);
        } else {
            facts.put("false_discovery_rate", shareFalse);
        }
        facts.put("threshold_rule", RuleConverter.name(by));
        describe(result.diagnostics(), facts);
        return detected;
    }

    private DetectedObjects objects(DetectionResult result, Cube cube, @Nullable Spectrum sought) {
        // A method that knows no law of its scores has no threshold by the model: nothing is above it.
        DetectedObjects found = result.threshold().isPresent()
                ? result.objects(Connectivity.EIGHT, leastPixels(1))
                : DetectedObjects.of(result.scores(), Double.POSITIVE_INFINITY, Connectivity.EIGHT, leastPixels(1));
        boolean listed = objects != null || out != null;
        if (sought == null || found.items().isEmpty() || !listed) {
            return found;
        }
        return found.withFractions(Detection.of(cube)
                .target(sought)
                .with(MatchedFilter.withDefaults())
                .run(run.context(session()))
                .scores());
    }

    private @Nullable Spectrum sought(Scene scene) throws IOException {
        if (target != null) {
            return SpectraFile.target(target, scene);
        }
        Pixel pixel = targetPixel;
        if (pixel == null) {
            return null;
        }
        Cube cube = scene.cube();
        if (pixel.row() >= cube.rows() || pixel.column() >= cube.columns()) {
            throw new IllegalArgumentException("there is no pixel " + pixel.row() + "," + pixel.column()
                    + " in a scene of " + cube.rows() + " rows and " + cube.columns() + " columns");
        }
        return cube.spectrum(pixel.row(), pixel.column());
    }
}
