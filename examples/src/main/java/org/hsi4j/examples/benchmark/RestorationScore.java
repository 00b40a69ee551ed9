package org.hsi4j.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hsi4j.Cube;
import org.hsi4j.metrics.Ergas;
import org.hsi4j.metrics.Psnr;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.metrics.Ssim;
import org.hsi4j.run.RunContext;

/** How near a restored scene is to the truth. */
final class RestorationScore {
    static final Measure PSNR =
            new Measure("MPSNR dB", "mean over the bands of 10 log10(1 / mean squared error), peak 1", 2);
    static final Measure GAIN = new Measure("gain dB", "MPSNR less that of the input", 2);
    private static final Measure SSIM =
            new Measure("MSSIM", "mean over the bands of Wang's SSIM, Gaussian window of 1.5 pixels, range 1", 4);
    private static final Measure ANGLE = new Measure("SAM deg", "mean spectral angle over all bands", 2);
    private static final Measure ERGAS =
            new Measure("ERGAS", "100 times the root of the mean over the bands of MSE / mean^2, ratio 1", 2);

    static final Measure MARGIN = new Measure(
            "margin dB",
            "the gain that is promised of this method on this task; a test fails where one falls short",
            1);
    static final Measure FOLDED = new Measure(
            "folded",
            "share of the variance of the true scene, in fusion of the sharp one, before it is sampled down, at frequencies that the large pixels cannot hold"
                    + " (`AliasingScore.variation`): lost or folded",
            4);

    static final Measure COARSE = new Measure(
            "seen coarse dB",
            "fusion: MPSNR of the result, seen by the coarse sensor (blurred and sampled down), against the coarse scene",
            2);
    static final Measure COARSE_ANGLE =
            new Measure("seen coarse SAM deg", "fusion: mean spectral angle of the same two scenes", 2);
    static final Measure SHARP = new Measure(
            "seen sharp dB",
            "fusion: MPSNR of the result, seen in the bands of the sharp sensor, against the sharp scene",
            2);
    static final Measure PROCESSOR = new Measure(
            "processor s",
            "processor time of a run, all threads together: other programs change it less than the seconds",
            2);

    static final List<Measure> ALL =
            List.of(PSNR, GAIN, MARGIN, SSIM, ANGLE, ERGAS, FOLDED, COARSE, COARSE_ANGLE, SHARP, PROCESSOR);

    /** Decibels of a result without any error, which float32 does not tell from the truth. */
    private static final double PERFECT = 150;

    private RestorationScore() {}

    /** Against the truth, in the bands that count. */
    static Judge against(Cube clean, Cube degraded, List<Integer> scored) {
        int[] bands = scored.stream().mapToInt(b -> b).toArray();
        return (restored, context) -> {
            Cube truth = clean.selectBands(bands);
            Cube result = restored.selectBands(bands);
            if (result.validMask().count() == 0) {
                throw new IllegalArgumentException("the result has no sample where some are wanted");
            }
            double after = psnr(result, truth, context);
            Map<Measure, Double> scores = new LinkedHashMap<>();
            scores.put(PSNR, after);
            scores.put(GAIN, after - psnr(degraded.selectBands(bands), truth, context));
            scores.put(SSIM, Ssim.of(result, truth, 1, context).mean());
            scores.put(ANGLE, SpectralAngle.meanDegrees(restored, clean, context));
            scores.put(ERGAS, Ergas.of(result, truth, 1, context).value());
            return scores;
        };
    }

    static double psnr(Cube result, Cube truth, RunContext context) {
        return Psnr.of(result, truth, 1, context).bands().stream()
                .mapToDouble(v -> Math.min(v, PERFECT))
                .average()
                .orElse(Double.NaN);
    }
}
