package org.hsi4j.unmixing.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Proximal;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.CosineTransform;

/**
 * Minimises ||E X - Y||<sup>2</sup> / 2 + lambda sum |X| + lambda-tv sum over neighbours of |x<sub>i</sub> - x<sub>j</sub>|, with X
 * &gt;= 0 and sums of one where asked, by the alternating direction method. The first block is U (the quadratic part) and T (the
 * differences), the second V (l1 and constraints) and W (a smooth copy), under U = V, U = W and T = H W, where H takes
 * differences to the right and downward. W solves (I + H'H) W = ..., which the cosine transform diagonalises. V is the answer.
 *
 * <p>An invalid pixel is one of zeros whose differences cost nothing: it stays zero and touches no other.
 */
public final class VariationSolver {
    private static final double RELAXATION = 1.6;

    private final LibraryScene scene;
    private final Options options;
    private final double[][] u;
    private final double[][] v;
    private final double[][] multiplierV;
    private final double[][] w;
    private final double[][] multiplierW;
    private final double[][] multiplierRight;
    private final double[][] multiplierDown;
    private final double[] damping;

    private VariationSolver(LibraryScene scene, Options options) {
        int p = scene.p;
        int n = scene.pixels;
        this.scene = scene;
        this.options = options;
        this.u = new double[p][n];
        this.v = new double[p][n];
        this.multiplierV = new double[p][n];
        this.w = new double[p][n];
        this.multiplierW = new double[p][n];
        this.multiplierRight = new double[p][n];
        this.multiplierDown = new double[p][n];
        this.damping = new double[n];
        for (int r = 0; r < scene.rows; r++) {
            for (int c = 0; c < scene.columns; c++) {
                damping[r * scene.columns + c] =
                        1 / (5 - 2 * Math.cos(Math.PI * r / scene.rows) - 2 * Math.cos(Math.PI * c / scene.columns));
            }
        }
    }

    /**
     * What to minimise and when to stop.
     *
     * @param lambda weight of the sum of magnitudes
     * @param lambdaTv weight of the differences between neighbours
     * @param positive whether X &gt;= 0
     * @param sumToOne whether columns of X sum to one; only with {@code positive}
     * @param tolerance of both residuals
     * @param most iterations
     */
    public record Options(
            double lambda, double lambdaTv, boolean positive, boolean sumToOne, double tolerance, int most)
            implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What {@link #solve} takes.
     *
     * @param count p
     * @param pixels of the scene
     * @param threads at work
     * @return bytes
     */
    public static long bytes(int count, int pixels, int threads) {
        return 8L * pixels * (9L * count + 1 + 10L * threads);
    }

    /**
     * Solves.
     *
     * @param library p spectra of B values
     * @param names one an abundance map
     * @param cube the scene
     * @param options what to minimise and when to stop
     * @param context threads, progress and cancellation
     * @return the solution
     */
    public static SceneSolution solve(
            double[][] library, List<String> names, Cube cube, Options options, RunContext context) {
        LibraryScene scene = new LibraryScene(library, cube, context);
        VariationSolver solver = new VariationSolver(scene, options);
        Penalty penalty =
                new Penalty(0.01 * scene.meanSquaredLength() + Double.MIN_NORMAL, options.tolerance(), options.most());
        double[][] inverse = scene.inverse(2 * penalty.value());
        CosineTransform transform = CosineTransform.of(scene.rows, scene.columns);
        while (penalty.goesOn()) {
            context.progress("abundances", penalty.iterations(), options.most());
            double factor = solver.iterate(inverse, penalty, transform);
            if (factor != 1) {
                inverse = scene.inverse(2 * penalty.value());
                solver.divideMultipliers(factor);
            }
        }
        double[][] found = solver.cleared();
        Diagnostics diagnostics = solver.diagnostics(penalty);
        return new SceneSolution(scene.maps(found, names), diagnostics);
    }

    private void divideMultipliers(double factor) {
        for (double[][] planes : List.of(multiplierV, multiplierW, multiplierRight, multiplierDown)) {
            for (double[] plane : planes) {
                for (int i = 0; i < plane.length; i++) {
                    plane[i] /= factor;
                }
            }
        }
    }

    private double iterate(double[][] inverse, Penalty penalty, CosineTransform transform) {
        double mu = penalty.value();
        scene.multiply(inverse, (k, first, n, to) -> rightSide(k, first, n, mu, to), u);
        double[][] sums = new double[scene.p][];
        Parallel.run(
                scene.quiet(),
                "abundances",
                scene.p,
                () -> new Plane(transform),
                (own, k) -> sums[k] = own.update(k, mu));
        double[] total = Sums.of(sums);
        if (options.sumToOne()) {
            add(total, projectSums());
        }
        return penalty.after(
                Math.sqrt(total[0]), Math.sqrt(Math.max(total[1], total[2])), Math.sqrt(total[3]), Math.sqrt(total[4]));
    }

    private void rightSide(int k, int first, int n, double mu, double[] to) {
        double[] f = scene.products[k];
        double[] a = v[k];
        double[] b = multiplierV[k];
        double[] c = w[k];
        double[] d = multiplierW[k];
        for (int i = 0; i < n; i++) {
            int at = first + i;
            to[i] = f[at] + mu * (a[at] + b[at] + c[at] + d[at]);
        }
    }

    private static void add(double[] total, double[] more) {
        for (int i = 0; i < total.length; i++) {
            total[i] += more[i];
        }
    }

    /** The step of V where it is a projection onto the simplex, which needs all planes of a pixel. */
    private double[] projectSums() {
        int run = 1024;
        int runs = (scene.pixels + run - 1) / run;
        double[][] sums = new double[runs][];
        Parallel.run(
                scene.quiet(),
                "abundances",
                runs,
                () -> new double[scene.p + 1][Math.max(run, scene.p)],
                (own, index) -> {
                    int first = index * run;
                    sums[index] = projectSums(first, Math.min(run, scene.pixels - first), own);
                });
        return Sums.of(sums);
    }

    private double[] projectSums(int first, int n, double[][] own) {
        double[][] x = Arrays.copyOf(own, scene.p);
        double[] sums = new double[5];
        for (int k = 0; k < scene.p; k++) {
            for (int i = 0; i < n; i++) {
                x[k][i] = relaxed(u[k][first + i], v[k][first + i]) - multiplierV[k][first + i];
            }
        }
        Proximal.projectOntoSimplex(x, n, own[scene.p]);
        for (int k = 0; k < scene.p; k++) {
            for (int i = 0; i < n; i++) {
                take(k, first + i, x[k][i], sums);
            }
        }
        return sums;
    }

    /** One entry of V and its multiplier, and its share of the sums. */
    private void take(int k, int i, double next, double[] sums) {
        double before = v[k][i];
        double multiplier = next - (relaxed(u[k][i], before) - multiplierV[k][i]);
        double ui = u[k][i];
        v[k][i] = next;
        multiplierV[k][i] = multiplier;
        sums[0] += (ui - next) * (ui - next);
        sums[1] += ui * ui;
        sums[2] += next * next;
        sums[3] += (next - before) * (next - before);
        sums[4] += multiplier * multiplier;
    }

    private static double relaxed(double first, double second) {
        return RELAXATION * first + (1 - RELAXATION) * second;
    }

    private static double shrunk(double x, double threshold) {
        return x - Math.max(-threshold, Math.min(threshold, x));
    }

    /** One thread's buffers for the second block, a plane at a time. */
    private final class Plane {
        private final CosineTransform.Worker transform;
        private final double[] smooth = new double[scene.pixels];
        private final double[] before = new double[scene.pixels];
        private final double[] right = new double[scene.pixels];
        private final double[] down = new double[scene.pixels];

        Plane(CosineTransform transform) {
            this.transform = transform.worker();
        }

        /** Squared norms: of first less second block, of each of them, of the step of the second, of the multipliers. */
        double[] update(int k, double mu) {
            double[] sums = new double[5];
            if (!options.sumToOne()) {
                shrink(k, options.lambda() / mu, sums);
            }
            System.arraycopy(w[k], 0, before, 0, before.length);
            double threshold = options.lambdaTv() / mu;
            int width = scene.columns;
            int beforeLastRow = scene.pixels - width;
            for (int row = 0; row < scene.pixels; row += width) {
                split(before, threshold, right, multiplierRight[k], row, row + width - 1, 1, sums);
            }
            split(before, threshold, down, multiplierDown[k], 0, beforeLastRow, width, sums);
            relax(u[k], multiplierW[k]);
            for (int row = 0; row < scene.pixels; row += width) {
                scatter(right, multiplierRight[k], row, row + width - 1, 1);
            }
            scatter(down, multiplierDown[k], 0, beforeLastRow, width);
            solve(w[k]);
            takeCopy(u[k], w[k], multiplierW[k], sums);
            for (int row = 0; row < scene.pixels; row += width) {
                takeDifferences(w[k], right, multiplierRight[k], row, row + width - 1, 1, sums);
            }
            takeDifferences(w[k], down, multiplierDown[k], 0, beforeLastRow, width, sums);
            return sums;
        }

        /** V: the l1 part, and its multiplier. */
        private void shrink(int k, double threshold, double[] sums) {
            double[] uk = u[k];
            double[] vk = v[k];
            double[] d = multiplierV[k];
            double least = options.positive() ? 0.0 : Double.NEGATIVE_INFINITY;
            double apart = 0;
            double first = 0;
            double second = 0;
            double step = 0;
            double multipliers = 0;
            for (int i = 0; i < uk.length; i++) {
                double from = vk[i];
                double x = relaxed(uk[i], from) - d[i];
                double next = Math.max(shrunk(x, threshold), least);
                double multiplier = next - x;
                vk[i] = next;
                d[i] = multiplier;
                apart += (uk[i] - next) * (uk[i] - next);
                first += uk[i] * uk[i];
                second += next * next;
                step += (next - from) * (next - from);
                multipliers += multiplier * multiplier;
            }
            add(sums, apart, first, second, step, multipliers);
        }

        /**
         * T for the pixels from one to another and their neighbours an offset further, from W of the last iteration; its squared
         * norm goes into the sums.
         */
        private void split(
                double[] wk,
                double threshold,
                double[] to,
                double[] multiplier,
                int from,
                int end,
                int offset,
                double[] sums) {
            double first = 0;
            for (int i = from; i < end; i++) {
                double x = wk[i + offset] - wk[i] + multiplier[i];
                double t = scene.valid[i] && scene.valid[i + offset] ? shrunk(x, threshold) : x;
                first += t * t;
                to[i] = t;
            }
            sums[1] += first;
        }

        /** U - D, relaxed. */
        private void relax(double[] uk, double[] d) {
            for (int i = 0; i < smooth.length; i++) {
                smooth[i] = relaxed(uk[i], before[i]) - d[i];
            }
        }

        /** Adds H'(T - D), relaxed. */
        private void scatter(double[] t, double[] multiplier, int from, int end, int offset) {
            for (int i = from; i < end; i++) {
                double x = relaxed(t[i], before[i + offset] - before[i]) - multiplier[i];
                smooth[i] -= x;
                smooth[i + offset] += x;
            }
        }

        /** W = (I + H'H)^-1 of what was gathered. */
        private void solve(double[] wk) {
            transform.forward(smooth);
            for (int i = 0; i < smooth.length; i++) {
                smooth[i] *= damping[i];
            }
            transform.inverse(smooth);
            System.arraycopy(smooth, 0, wk, 0, smooth.length);
        }

        private void takeCopy(double[] uk, double[] wk, double[] d, double[] sums) {
            double apart = 0;
            double first = 0;
            double second = 0;
            double step = 0;
            double multipliers = 0;
            for (int i = 0; i < uk.length; i++) {
                double multiplier = d[i] + wk[i] - relaxed(uk[i], before[i]);
                d[i] = multiplier;
                apart += (uk[i] - wk[i]) * (uk[i] - wk[i]);
                first += uk[i] * uk[i];
                second += wk[i] * wk[i];
                step += (wk[i] - before[i]) * (wk[i] - before[i]);
                multipliers += multiplier * multiplier;
            }
            add(sums, apart, first, second, step, multipliers);
        }

        private void takeDifferences(
                double[] wk, double[] t, double[] d, int from, int end, int offset, double[] sums) {
            double apart = 0;
            double second = 0;
            double step = 0;
            double multipliers = 0;
            for (int i = from; i < end; i++) {
                double difference = wk[i + offset] - wk[i];
                double old = before[i + offset] - before[i];
                double multiplier = d[i] + difference - relaxed(t[i], old);
                d[i] = multiplier;
                apart += (t[i] - difference) * (t[i] - difference);
                second += difference * difference;
                step += (difference - old) * (difference - old);
                multipliers += multiplier * multiplier;
            }
            add(sums, apart, 0, second, step, multipliers);
        }

        private static void add(
                double[] sums, double apart, double first, double second, double step, double multipliers) {
            sums[0] += apart;
            sums[1] += first;
            sums[2] += second;
            sums[3] += step;
            sums[4] += multipliers;
        }
    }

    /** V with zeros at invalid pixels. */
    private double[][] cleared() {
        for (double[] plane : v) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = scene.valid[i] ? plane[i] : 0;
            }
        }
        return v;
    }

    private Diagnostics diagnostics(Penalty penalty) {
        return new Diagnostics(penalty.converged(), penalty.iterations(), Duration.ZERO, Map.of(), List.of())
                .with("objective", objective())
                .with("primal_residual", penalty.primal())
                .with("dual_residual", penalty.dual())
                .with("penalty", penalty.value());
    }

    private double objective() {
        double square = scene.gradient(v, u);
        double magnitudes = 0;
        double variation = 0;
        for (double[] plane : v) {
            for (int i = 0; i < scene.pixels; i++) {
                magnitudes += Math.abs(plane[i]);
                int below = i + scene.columns;
                if ((i + 1) % scene.columns != 0 && scene.valid[i] && scene.valid[i + 1]) {
                    variation += Math.abs(plane[i + 1] - plane[i]);
                }
                if (below < scene.pixels && scene.valid[i] && scene.valid[below]) {
                    variation += Math.abs(plane[below] - plane[i]);
                }
            }
        }
        return square / 2 + options.lambda() * magnitudes + options.lambdaTv() * variation;
    }
}
