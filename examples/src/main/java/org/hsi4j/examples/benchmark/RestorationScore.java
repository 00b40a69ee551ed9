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
    private static final Measure PSNR =
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
            "share of the variance of the true scene, before it is sampled down, at frequencies that the large pixels cannot hold"
                    + " (`AliasingScore.variation`): lost or folded",
            4);

    static final List<Measure> ALL = List.of(PSNR, GAIN, MARGIN, SSIM, ANGLE, ERGAS, FOLDED);

    /** Decibels of a result without any error, which float32 does not tell from the truth. */
    private static final double PERFECT = 150;

    private RestorationScore() {}

    static Map<Measure, Double> of(RestorationScene scene, Cube restored, RunContext context) {
        int[] bands = scene.scored().stream().mapToInt(b -> b).toArray();
        Cube truth = scene.clean().selectBands(bands);
        Cube result = restored.selectBands(bands);
        double after = psnr(result, truth, context);
        Map<Measure, Double> scores = new LinkedHashMap<>();
        scores.put(PSNR, after);
        scores.put(GAIN, after - psnr(scene.degraded().selectBands(bands), truth, context));
        scores.put(SSIM, Ssim.of(result, truth, 1, context).mean());
        scores.put(ANGLE, SpectralAngle.meanDegrees(restored, scene.clean(), context));
        scores.put(ERGAS, Ergas.of(result, truth, 1, context).value());
        return scores;
    }

    private static double psnr(Cube result, Cube truth, RunContext context) {
        return Psnr.of(result, truth, 1, context).bands().stream()
                .mapToDouble(v -> Math.min(v, PERFECT))
                .average()
                .orElse(Double.NaN);
    }
}
