package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.metrics.SignalToReconstructionError;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.stats.HySime;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Subspace;
import org.hsi4j.transform.LinearModel;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.Abundances;
import org.hsi4j.unmixing.Clsunsal;
import org.hsi4j.unmixing.Sunsal;
import org.hsi4j.unmixing.SunsalTv;

/**
 * Sparse regression on a library where the truth is known: white noise is added to a clean scene, and each method solves
 * for the abundances of the noisy scene, and of the same scene projected onto its signal subspace.
 *
 * <p>Weights are given per method and noise; the table says which. Immutable and thread-safe.
 */
public final class LibraryStudy {
    private final Cube clean;
    private final Endmembers library;
    private final AbundanceMaps truth;

    /**
     * A study.
     *
     * @param clean the scene without noise
     * @param library its spectra among many others
     * @param truth the abundance of each spectrum of the library
     */
    public LibraryStudy(Cube clean, Endmembers library, AbundanceMaps truth) {
        this.clean = clean;
        this.library = library;
        this.truth = truth;
    }

    /**
     * One line of the table.
     *
     * @param method its name, with its weights
     * @param projected whether the scene was projected onto its signal subspace first
     * @param snr of the noisy scene, in decibels
     * @param sre signal-to-reconstruction error in decibels, higher is better
     * @param found how many of the spectra that the scene holds are among as many of largest total abundance
     * @param held how many spectra the scene holds
     * @param seconds the solver took
     */
    public record Row(String method, boolean projected, double snr, double sre, int found, int held, double seconds) {}

    /**
     * SUnSAL, CLSUnSAL and SUnSAL-TV at one noise.
     *
     * @param snr in decibels
     * @param seed of the noise
     * @param context threads, progress and cancellation
     * @return two lines a method, without and with projection
     */
    public List<Row> rows(double snr, long seed, RunContext context) {
        Cube noisy = noisy(snr, seed, context);
        Cube projected = projected(noisy, context);
        List<Row> rows = new ArrayList<>();
        for (boolean onSubspace : new boolean[] {false, true}) {
            Cube scene = onSubspace ? projected : noisy;
            double price = onSubspace ? 1e-3 : 5e-2;
            rows.add(row(Sunsal.withDefaults().withLambda(price), "lambda " + price, scene, onSubspace, snr, context));
            double group = onSubspace ? 0.1 : 1;
            rows.add(
                    row(Clsunsal.withDefaults().withLambda(group), "lambda " + group, scene, onSubspace, snr, context));
            double variation = onSubspace ? 1e-3 : 5e-2;
            rows.add(row(
                    SunsalTv.withDefaults().withLambda(1e-3).withLambdaTv(variation),
                    "lambda 0.001, lambda-tv " + variation,
                    scene,
                    onSubspace,
                    snr,
                    context));
        }
        return List.copyOf(rows);
    }

    /**
     * The scene with white noise.
     *
     * @param snr in decibels
     * @param seed of the noise
     * @param context threads, progress and cancellation
     * @return a new scene
     */
    public Cube noisy(double snr, long seed, RunContext context) {
        return GaussianNoise.withDefaults()
                .withSigma(sigma(snr, context))
                .withSeed(seed)
                .apply(clean, context)
                .cube();
    }

    /**
     * One method.
     *
     * @param method the solver
     * @param options what is told of it
     * @param scene noisy, projected or not
     * @param onSubspace whether it is projected
     * @param snr of the noise
     * @param context threads, progress and cancellation
     * @return the line
     */
    public Row row(
            AbundanceSolver method, String options, Cube scene, boolean onSubspace, double snr, RunContext context) {
        long start = System.nanoTime();
        Abundances abundances = method.solve(scene, library, context);
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean[] held = held();
        int count = 0;
        for (boolean h : held) {
            count += h ? 1 : 0;
        }
        return new Row(
                method.name() + " (" + options + ")",
                onSubspace,
                snr,
                SignalToReconstructionError.decibels(abundances.maps(), truth),
                found(abundances.maps(), held, count),
                count,
                seconds);
    }

    /**
     * The scene projected onto its mean and as many directions of largest variance as HySime counts.
     *
     * @param scene the scene
     * @param context threads, progress and cancellation
     * @return a new scene
     */
    public static Cube projected(Cube scene, RunContext context) {
        MeanScatter statistics = MeanScatter.of(scene, context);
        int count = Math.max(1, HySime.withDefaults().estimate(statistics).count());
        Subspace signal = Subspace.of(statistics, Math.min(count, scene.bands()));
        double[][] basis = signal.basis();
        double[] mean = signal.mean();
        int bands = mean.length;
        double[][] weights = new double[bands][bands];
        double[] offset = mean.clone();
        for (double[] direction : basis) {
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    weights[a][b] += direction[a] * direction[b];
                    offset[a] -= direction[a] * direction[b] * mean[b];
                }
            }
        }
        return Tiles.mapToBands(scene, LinearModel.of(weights, offset), Precision.DOUBLE, context, "projection")
                .build();
    }

    private double sigma(double snr, RunContext context) {
        MeanScatter statistics = MeanScatter.of(clean, context);
        double[] mean = statistics.mean();
        double[][] covariance = statistics.covariance();
        double power = 0;
        for (int b = 0; b < mean.length; b++) {
            power += mean[b] * mean[b] + covariance[b][b];
        }
        return Math.sqrt(power / mean.length * Math.pow(10, -snr / 10));
    }

    private static double total(AbundanceMaps maps, int k) {
        return maps.map(k).mean();
    }

    private boolean[] held() {
        boolean[] held = new boolean[truth.count()];
        for (int k = 0; k < held.length; k++) {
            held[k] = total(truth, k) > 0;
        }
        return held;
    }

    private static int found(AbundanceMaps maps, boolean[] held, int count) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < held.length; k++) {
            order.add(k);
        }
        order.sort((a, b) -> Double.compare(total(maps, b), total(maps, a)));
        int found = 0;
        for (int k : order.subList(0, count)) {
            found += held[k] ? 1 : 0;
        }
        return found;
    }
}
