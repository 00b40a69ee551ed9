package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.linalg.BatchCholesky;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link FactorModel} of most likelihood for spectra with gaps by expectation-maximisation (Tipping and Bishop,
 * "Probabilistic principal component analysis", 1999, with a variance for each band and gaps), with the expanded parameters of
 * Liu, Rubin and Wu ("Parameter expansion to accelerate EM", 1998). It learns from at most some thousand pixels.
 */
final class FactorFit {
    /** Pixels that are learnt from: sixty times the unknowns of a pixel of 100 bands and more. */
    private static final int MOST_PIXELS = 32 * FactorModel.BLOCK;

    private static final double GOLDEN = 0.6180339887498949;

    /** Known samples that the rank is found with, where there are more. */
    private static final int SEARCHED = 100_000;

    /** Least deviation of the noise of a band relative to its root mean square; some roundings of float32. */
    private static final double LEAST_NOISE = 1e-6;

    /** One known sample of this many is hidden while the rank is looked for. */
    private static final int HIDDEN = 20;

    /** What one more component must take off the squared error of the hidden samples to be worth having. */
    private static final double WORTH = 0.99;

    static final int MOST_RANK = 30;
    private static final int STEPS_A_RANK = 15;
    private static final int MOST_STEPS = 300;

    private final RunContext context;
    private final int bands;
    private final double[][] planes; // bands x pixels, a whole number of blocks, NaN where missing
    private final double[] power;
    private final boolean[] active;

    /** A model, and how it was found. */
    record Result(FactorModel model, int steps, boolean converged) {

        Diagnostics report(Diagnostics before) {
            Diagnostics after = new Diagnostics(converged, steps, before.elapsed(), before.figures(), before.notes());
            int unknown = model.unknownBands();
            after = after.with("rank", model.rank()).with("interpolated-bands", unknown);
            return unknown == 0
                    ? after
                    : after.note(unknown + " bands have hardly a sample: they are interpolated between the others");
        }
    }

    private FactorFit(double[][] planes, boolean[] active, RunContext context) {
        this.context = context;
        this.bands = planes.length;
        this.planes = planes;
        this.active = active.clone();
        this.power = new double[bands];
        for (int b = 0; b < bands; b++) {
            int n = 0;
            for (double v : planes[b]) {
                n += Double.isNaN(v) ? 0 : 1;
                power[b] += Double.isNaN(v) ? 0 : v * v;
            }
            this.active[b] &= n > 0;
            power[b] = n == 0 ? 0 : power[b] / n;
        }
    }

    /** Bytes that a fit takes. */
    static long bytes(int bands, int threads) {
        long rank = Math.min(MOST_RANK, bands);
        long triangle = rank * (rank + 1) / 2;
        return Double.BYTES
                * (3L * bands * MOST_PIXELS
                        + (long) CHUNKS * bands * (triangle + rank)
                        + (long) threads * FactorModel.BLOCK * (2L * bands + 3 * triangle + 3 * rank)
                        + 4L * bands * bands);
    }

    /**
     * Learns from a scene. Bands with fewer known samples than a component has need for take no part.
     *
     * @param rank zero to find it
     */
    static Result of(GappedScene scene, int rank, RunContext context) {
        int[] seen = scene.seenPixels();
        int[] chosen = spread(seen.length);
        double[][] samples = new double[scene.bands()][chosen.length];
        for (int b = 0; b < samples.length; b++) {
            for (int i = 0; i < chosen.length; i++) {
                samples[b][i] = scene.planes[b][seen[chosen[i]]];
            }
        }
        return of(samples, rank, context);
    }

    /**
     * Learns from spectra.
     *
     * @param samples bands x pixels, each of which has any sample; NaN where one is missing
     * @param rank zero to find it
     */
    static Result of(double[][] samples, int rank, RunContext context) {
        int pixels = samples[0].length;
        double[][] planes = new double[samples.length][];
        int[] known = new int[samples.length];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = Arrays.copyOf(samples[b], FactorModel.blocks(pixels) * FactorModel.BLOCK);
            Arrays.fill(planes[b], pixels, planes[b].length, Double.NaN);
            for (double v : samples[b]) {
                known[b] += Double.isNaN(v) ? 0 : 1;
            }
        }
        FactorFit fit = new FactorFit(planes, active(known, pixels), context);
        int most = Math.min(MOST_RANK, Math.min(pixels, fit.activeBands()));
        return rank == 0 ? fit.withBestRank(most) : fit.withRank(Math.min(rank, most));
    }

    /** The bands that have samples enough to learn their loadings from; all that have any where none has enough. */
    private static boolean[] active(int[] known, int pixels) {
        int enough = Math.max(1, Math.min(2 * MOST_RANK, (pixels + 1) / 2));
        boolean some = Arrays.stream(known).anyMatch(n -> n >= enough);
        boolean[] active = new boolean[known.length];
        for (int b = 0; b < active.length; b++) {
            active[b] = known[b] >= (some ? enough : 1);
        }
        return active;
    }

    /**
     * Some of so many pixels, in steps of the golden ratio, which meet no pattern of the columns: each beginning of the list is spread over the
     * scene, too.
     */
    static int[] spread(int pixels) {
        return IntStream.range(0, 2 * MOST_PIXELS)
                .map(i -> {
                    double at = (i + 0.5) * GOLDEN;
                    return (int) ((at - Math.floor(at)) * pixels);
                })
                .distinct()
                .limit(MOST_PIXELS)
                .toArray();
    }

    private int activeBands() {
        int count = 0;
        for (boolean a : active) {
            count += a ? 1 : 0;
        }
        return count;
    }

    private Result withRank(int rank) {
        FactorModel model = null;
        for (int k = 1; k <= rank; k++) {
            model = steps(grown(model), STEPS_A_RANK).model();
        }
        return steps(java.util.Objects.requireNonNull(model), MOST_STEPS);
    }

    /** Adds components as long as samples that were hidden are foretold better. */
    private Result withBestRank(int most) {
        int pixels = searched();
        FactorFit search = new FactorFit(hidden(false, pixels), active, context);
        double[][] test = hidden(true, pixels);
        FactorModel model = null;
        FactorModel best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= most && (best == null || k <= best.rank() + 2); k++) {
            model = search.steps(search.grown(model), STEPS_A_RANK).model();
            double error = search.error(model, test);
            if (best == null || error < WORTH * least) {
                least = error;
                best = model;
            }
        }
        return steps(java.util.Objects.requireNonNull(best), MOST_STEPS);
    }

    /** So many pixels, from the first on, that they have {@link #SEARCHED} samples: a whole number of blocks. */
    private int searched() {
        int pixels = 0;
        for (long samples = 0; samples < SEARCHED && pixels < planes[0].length; pixels += FactorModel.BLOCK) {
            for (double[] plane : planes) {
                for (int i = 0; i < FactorModel.BLOCK; i++) {
                    samples += Double.isNaN(plane[pixels + i]) ? 0 : 1;
                }
            }
        }
        return pixels;
    }

    /** The samples to learn from, or those that are hidden meanwhile. */
    private double[][] hidden(boolean wanted, int pixels) {
        double[][] part = new double[bands][];
        for (int b = 0; b < bands; b++) {
            part[b] = Arrays.copyOf(planes[b], pixels);
            for (int i = 0; i < part[b].length; i++) {
                // A permutation of the integers with all bits mixed, after Steele, Lea and Flood (2014).
                long z = (long) i * bands + b + 0x9e3779b97f4a7c15L;
                z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
                z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
                boolean hide = Math.floorMod(z ^ (z >>> 31), HIDDEN) == 0;
                if (hide != wanted) {
                    part[b][i] = Double.NaN;
                }
            }
        }
        return part;
    }

    /** The mean over bands of the squared error of some samples, relative to the band's power. */
    private double error(FactorModel model, double[][] test) {
        double[][] sums = new double[blocks()][2];
        Parallel.run(context, "learning", sums.length, () -> new FactorModel.Posterior(model), (posterior, block) -> {
            posterior.load(planes, block * FactorModel.BLOCK, FactorModel.BLOCK);
            posterior.normalEquations();
            posterior.solve(model.prior());
            for (int b = 0; b < bands; b++) {
                for (int i = 0; active[b] && power[b] > 0 && i < FactorModel.BLOCK; i++) {
                    double y = test[b][block * FactorModel.BLOCK + i];
                    if (!Double.isNaN(y)) {
                        double e = y - model.value(b, posterior.coefficients, i);
                        sums[block][0] += e * e / power[b];
                        sums[block][1]++;
                    }
                }
            }
        });
        double error = 0;
        double count = 0;
        for (double[] sum : sums) {
            error += sum[0];
            count += sum[1];
        }
        return count == 0 ? 0 : error / count;
    }

    private int blocks() {
        return planes[0].length / FactorModel.BLOCK;
    }

    /** With one more component: the strongest that the residuals have, bands counted by their power. */
    private FactorModel grown(@Nullable FactorModel model) {
        int k = model == null ? 0 : model.rank();
        double[][] residual = residual(model);
        double[][] gram = SpectralBasis.gram(residual, context);
        Dense.Eigen eigen = Dense.eigen(gram);
        double[][] loadings = new double[bands][k + 1];
        double[] variance = new double[bands];
        double share = Math.sqrt(Math.max(eigen.values()[0], 0) / planes[0].length);
        for (int b = 0; b < bands; b++) {
            double size = Math.sqrt(power[b]);
            for (int p = 0; p < k && model != null; p++) {
                loadings[b][p] = model.loadings()[b][p];
            }
            loadings[b][k] = active[b] ? eigen.vectors()[0][b] * share * size : 0;
            variance[b] = variance(b, model == null ? power[b] : model.variance()[b]);
        }
        return FactorModel.of(loadings, variance);
    }

    private double variance(int band, double variance) {
        if (!active[band]) {
            return Double.POSITIVE_INFINITY;
        }
        return power[band] > 0 ? Math.max(variance, LEAST_NOISE * LEAST_NOISE * power[band]) : 1;
    }

    /** What is left in each known sample, over the root mean square of its band and raised for the samples that are missing. */
    private double[][] residual(@Nullable FactorModel model) {
        double[][] residual = new double[bands][planes[0].length];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < residual[b].length; i++) {
                residual[b][i] = Double.isNaN(planes[b][i]) ? 0 : planes[b][i];
            }
        }
        if (model != null) {
            subtractModel(residual, model);
        }
        for (int b = 0; b < bands; b++) {
            int n = known(b);
            double factor = active[b] && power[b] > 0 ? Math.sqrt(residual[b].length / (power[b] * n)) : 0;
            for (int i = 0; i < residual[b].length; i++) {
                residual[b][i] *= factor;
            }
        }
        return residual;
    }

    private void subtractModel(double[][] residual, FactorModel model) {
        Parallel.run(context, "learning", blocks(), () -> new FactorModel.Posterior(model), (posterior, block) -> {
            int from = block * FactorModel.BLOCK;
            posterior.load(planes, from, FactorModel.BLOCK);
            posterior.normalEquations();
            posterior.solve(model.prior());
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < FactorModel.BLOCK; i++) {
                    residual[b][from + i] -= posterior.known[b][i] * model.value(b, posterior.coefficients, i);
                }
            }
        });
    }

    private static final int CHUNKS = 8;

    /** Sums over pixels that a step needs: rank (rank + 1) / 2 second moments and rank products with the samples of each band. */
    private static final class Step {
        private final FactorModel.Posterior posterior;
        private final double[][] inverse;
        private final double[][] column;
        private final double[][] moments;
        private final double[][] means;
        private final double[][] secondSum;
        private final double[][] firstSum;
        private final double[] total;
        private final double[] prior;

        Step(FactorModel model) {
            int k = model.rank();
            prior = model.prior();
            posterior = new FactorModel.Posterior(model);
            inverse = new double[BatchCholesky.planes(k)][FactorModel.BLOCK];
            column = new double[k][FactorModel.BLOCK];
            moments = new double[FactorModel.BLOCK][inverse.length];
            means = new double[FactorModel.BLOCK][k];
            secondSum = new double[model.bands()][inverse.length];
            firstSum = new double[model.bands()][k];
            total = new double[inverse.length];
        }

        /** Mean and second moment of the coefficients of each pixel. */
        void expect() {
            int k = prior.length;
            posterior.normalEquations();
            posterior.solve(prior);
            BatchCholesky.inverse(posterior.information, k, inverse, column, posterior.pattern.different());
            boolean same = posterior.pattern.different() == 1;
            for (int i = 0; i < FactorModel.BLOCK; i++) {
                for (int p = 0; p < k; p++) {
                    double a = posterior.coefficients[p][i];
                    means[i][p] = a;
                    for (int q = 0; q <= p; q++) {
                        int at = p * (p + 1) / 2 + q;
                        moments[i][at] = inverse[at][same ? 0 : i] + a * posterior.coefficients[q][i];
                    }
                }
            }
        }

        /** The sum of the second moments of the pixels that know a band, for each band. */
        void sumMoments() {
            FactorModel.Pattern pattern = posterior.pattern;
            if (!pattern.isListed()) {
                Kernels.best().multiply(posterior.known, moments, inverse.length, secondSum);
                return;
            }
            Arrays.fill(total, 0);
            for (int i = 0; i < FactorModel.BLOCK; i++) {
                if (!pattern.isPoor(i)) {
                    add(1, moments[i], total);
                }
            }
            for (int b = 0; b < secondSum.length; b++) {
                System.arraycopy(total, 0, secondSum[b], 0, total.length);
                for (int e = 0; e < pattern.exceptions(b); e++) {
                    int i = pattern.exception(b, e);
                    add(pattern.isPoor(i) ? 1 : -1, moments[i], secondSum[b]);
                }
            }
        }

        private static void add(double sign, double[] values, double[] sum) {
            for (int q = 0; q < sum.length; q++) {
                sum[q] += sign * values[q];
            }
        }
    }

    /** Sums of one chunk of the pixels. */
    @SuppressWarnings("ArrayRecordComponent") // internal
    private record Sums(double[][] second, double[][] first, double[] prior) {

        static Sums of(int bands, int k) {
            int triangle = BatchCholesky.planes(k);
            return new Sums(new double[bands][triangle], new double[bands][k], new double[triangle]);
        }

        void add(double[][] moreSecond, double[][] moreFirst) {
            addTo(second, moreSecond);
            addTo(first, moreFirst);
        }

        private static void addTo(double[][] sum, double[][] more) {
            for (int b = 0; b < sum.length; b++) {
                for (int q = 0; q < sum[b].length; q++) {
                    sum[b][q] += more[b][q];
                }
            }
        }
    }

    private Result steps(FactorModel start, int most) {
        FactorModel model = start;
        double before = Double.POSITIVE_INFINITY;
        for (int step = 1; step <= most; step++) {
            model = maximised(model, sums(model));
            double after = 0;
            for (int b = 0; b < bands; b++) {
                after += active[b] && power[b] > 0 ? Math.log(model.variance()[b] / power[b]) : 0;
            }
            after /= activeBands();
            if (Math.abs(before - after) < 1e-3) {
                return new Result(model, step, true);
            }
            before = after;
        }
        return new Result(model, most, false);
    }

    private Sums sums(FactorModel model) {
        int k = model.rank();
        int blocks = blocks();
        int chunks = Math.min(CHUNKS, blocks);
        Sums[] partial = new Sums[chunks];
        Parallel.run(context, "learning", chunks, () -> new Step(model), (step, chunk) -> {
            Sums sums = Sums.of(bands, k);
            int end = (int) ((long) blocks * (chunk + 1) / chunks);
            for (int block = (int) ((long) blocks * chunk / chunks); block < end; block++) {
                step.posterior.load(planes, block * FactorModel.BLOCK, FactorModel.BLOCK);
                step.expect();
                step.sumMoments();
                Kernels.best().multiply(step.posterior.samples, step.means, k, step.firstSum);
                sums.add(step.secondSum, step.firstSum);
                addPixels(step, sums.prior());
            }
            partial[chunk] = sums;
        });
        Sums total = partial[0];
        for (int c = 1; c < chunks; c++) {
            total.add(partial[c].second(), partial[c].first());
            for (int q = 0; q < total.prior().length; q++) {
                total.prior()[q] += partial[c].prior()[q];
            }
        }
        return total;
    }

    /** Second moments of the pixels that have a sample; the others fill up the last block. */
    private void addPixels(Step step, double[] sum) {
        for (int i = 0; i < FactorModel.BLOCK; i++) {
            boolean any = false;
            for (int b = 0; b < bands && !any; b++) {
                any = step.posterior.known[b][i] > 0;
            }
            for (int q = 0; any && q < sum.length; q++) {
                sum[q] += step.moments[i][q];
            }
        }
    }

    /** New loadings and variances of each band from the sums, with coefficients brought back to unit variance. */
    private FactorModel maximised(FactorModel model, Sums sums) {
        int k = model.rank();
        double[][] loadings = new double[bands][k];
        double[] variance = model.variance().clone();
        double[][] spread =
                Dense.cholesky(square(sums.prior(), k, 1.0 / pixels(), 0)).orElse(null);
        for (int b = 0; b < bands; b++) {
            if (!active[b] || !(power[b] > 0)) {
                continue;
            }
            double[][] second = square(sums.second()[b], k, 1, 0);
            double ridge = 0;
            for (int p = 0; p < k; p++) {
                ridge += 1e-12 * second[p][p];
            }
            double[][] factor =
                    Dense.cholesky(square(sums.second()[b], k, 1, ridge)).orElse(null);
            if (factor == null) {
                loadings[b] = model.loadings()[b].clone();
                continue;
            }
            double[] u = sums.first()[b].clone();
            Dense.solve(factor, u);
            double explained = 0;
            for (int p = 0; p < k; p++) {
                explained += u[p] * sums.first()[b][p];
            }
            int n = known(b);
            variance[b] = variance(b, (power[b] * n - explained) / n);
            loadings[b] = u;
        }
        if (spread != null) {
            for (int b = 0; b < bands; b++) {
                loadings[b] = times(loadings[b], spread);
            }
        }
        return FactorModel.of(loadings, variance);
    }

    private int known(int band) {
        int n = 0;
        for (double v : planes[band]) {
            n += Double.isNaN(v) ? 0 : 1;
        }
        return n;
    }

    private int pixels() {
        int n = 0;
        for (int i = 0; i < planes[0].length; i++) {
            for (double[] plane : planes) {
                if (!Double.isNaN(plane[i])) {
                    n++;
                    break;
                }
            }
        }
        return n;
    }

    private static double[][] square(double[] triangle, int k, double factor, double ridge) {
        double[][] matrix = new double[k][k];
        for (int p = 0; p < k; p++) {
            for (int q = 0; q <= p; q++) {
                matrix[p][q] = triangle[p * (p + 1) / 2 + q] * factor + (p == q ? ridge : 0);
                matrix[q][p] = matrix[p][q];
            }
        }
        return matrix;
    }

    /** u' L. */
    private static double[] times(double[] u, double[][] lower) {
        double[] product = new double[u.length];
        for (int p = 0; p < u.length; p++) {
            for (int q = 0; q <= p; q++) {
                product[q] += u[p] * lower[p][q];
            }
        }
        return product;
    }
}
