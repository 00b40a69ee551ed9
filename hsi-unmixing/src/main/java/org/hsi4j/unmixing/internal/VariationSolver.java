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

    private double shrunk(double x, double threshold) {
        double moved = x - Math.max(-threshold, Math.min(threshold, x));
        return options.positive() ? Math.max(moved, 0.0) : moved;
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
                double threshold = options.lambda() / mu;
                for (int i = 0; i < scene.pixels; i++) {
                    take(k, i, shrunk(relaxed(u[k][i], v[k][i]) - multiplierV[k][i], threshold), sums);
                }
            }
            System.arraycopy(w[k], 0, before, 0, before.length);
            double threshold = options.lambdaTv() / mu;
            // In an image of one column the neighbour one further is the one below.
            boolean wide = scene.columns > 1;
            if (wide) {
                split(k, threshold, right, multiplierRight[k], 1, sums);
            }
            split(k, threshold, down, multiplierDown[k], scene.columns, sums);
            solve(k);
            takeCopy(k, sums);
            if (wide) {
                takeDifferences(k, right, multiplierRight[k], 1, sums);
            }
            takeDifferences(k, down, multiplierDown[k], scene.columns, sums);
            return sums;
        }

        /** Whether there is a pixel to the right (offset one of several columns), or below. */
        private boolean isEdge(int i, int offset) {
            return offset == scene.columns ? i + offset < scene.pixels : (i + 1) % scene.columns != 0;
        }

        private boolean costs(int i, int offset) {
            return scene.valid[i] && scene.valid[i + offset];
        }

        /** T from W of the last iteration, relaxed, into {@code to}; its squared norm into the sums. */
        private void split(int k, double threshold, double[] to, double[] multiplier, int offset, double[] sums) {
            double[] wk = w[k];
            Arrays.fill(to, 0.0);
            for (int i = 0; i < scene.pixels; i++) {
                if (isEdge(i, offset)) {
                    double difference = wk[i + offset] - wk[i];
                    double x = difference + multiplier[i];
                    double t = costs(i, offset) ? x - Math.max(-threshold, Math.min(threshold, x)) : x;
                    sums[1] += t * t;
                    to[i] = t;
                }
            }
        }

        /** W = (I + H'H)^-1 (U - D + H'(T - D)), all relaxed. */
        private void solve(int k) {
            for (int i = 0; i < scene.pixels; i++) {
                smooth[i] = relaxed(u[k][i], before[i]) - multiplierW[k][i];
            }
            if (scene.columns > 1) {
                scatter(right, multiplierRight[k], 1);
            }
            scatter(down, multiplierDown[k], scene.columns);
            transform.forward(smooth);
            for (int i = 0; i < scene.pixels; i++) {
                smooth[i] *= damping[i];
            }
            transform.inverse(smooth);
            System.arraycopy(smooth, 0, w[k], 0, smooth.length);
        }

        private void scatter(double[] t, double[] multiplier, int offset) {
            for (int i = 0; i < scene.pixels; i++) {
                if (isEdge(i, offset)) {
                    double x = relaxed(t[i], before[i + offset] - before[i]) - multiplier[i];
                    smooth[i] -= x;
                    smooth[i + offset] += x;
                }
            }
        }

        private void takeCopy(int k, double[] sums) {
            double[] wk = w[k];
            double[] d = multiplierW[k];
            double[] uk = u[k];
            for (int i = 0; i < scene.pixels; i++) {
                d[i] += wk[i] - relaxed(uk[i], before[i]);
                sums[0] += (uk[i] - wk[i]) * (uk[i] - wk[i]);
                sums[1] += uk[i] * uk[i];
                sums[2] += wk[i] * wk[i];
                sums[3] += (wk[i] - before[i]) * (wk[i] - before[i]);
                sums[4] += d[i] * d[i];
            }
        }

        private void takeDifferences(int k, double[] t, double[] multiplier, int offset, double[] sums) {
            double[] wk = w[k];
            for (int i = 0; i < scene.pixels; i++) {
                if (isEdge(i, offset)) {
                    double difference = wk[i + offset] - wk[i];
                    double old = before[i + offset] - before[i];
                    multiplier[i] += difference - relaxed(t[i], old);
                    sums[0] += (t[i] - difference) * (t[i] - difference);
                    sums[2] += difference * difference;
                    sums[3] += (difference - old) * (difference - old);
                    sums[4] += multiplier[i] * multiplier[i];
                }
            }
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
