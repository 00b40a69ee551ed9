package org.hsi4j.unmixing.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Proximal;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Minimises ||E X - Y||<sup>2</sup> / 2 + lambda sum over k of ||x<sub>k</sub>||, x<sub>k</sub> a row of X, with X &gt;= 0 where
 * asked, by the alternating direction method: U solves the quadratic part, V the regulariser, D are the scaled multipliers
 * of U = V. V is the answer.
 */
public final class CollaborativeSolver {
    /** Over-relaxation; Boyd et al. 2011, section 3.4.3, advise 1.5 to 1.8. */
    private static final double RELAXATION = 1.6;

    private final LibraryScene scene;
    private final double lambda;
    private final boolean positive;
    private final double[][] u;
    private final double[][] v;
    private final double[][] d;

    private CollaborativeSolver(LibraryScene scene, double lambda, boolean positive) {
        this.scene = scene;
        this.lambda = lambda;
        this.positive = positive;
        this.u = new double[scene.p][scene.pixels];
        this.v = new double[scene.p][scene.pixels];
        this.d = new double[scene.p][scene.pixels];
    }

    /**
     * What {@link #solve} takes.
     *
     * @param count p
     * @param pixels of the scene
     * @return bytes
     */
    public static long bytes(int count, int pixels) {
        return 8L * 5 * count * pixels;
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
        CollaborativeSolver solver = new CollaborativeSolver(scene, options.lambda(), options.positive());
        Penalty penalty =
                new Penalty(0.01 * scene.meanSquaredLength() + Double.MIN_NORMAL, options.tolerance(), options.most());
        double[][] inverse = scene.inverse(penalty.value());
        while (penalty.goesOn()) {
            context.progress("abundances", penalty.iterations(), options.most());
            double factor = solver.iterate(inverse, penalty);
            if (factor != 1) {
                inverse = scene.inverse(penalty.value());
                for (double[] plane : solver.d) {
                    for (int i = 0; i < plane.length; i++) {
                        plane[i] /= factor;
                    }
                }
            }
        }
        Diagnostics diagnostics = solver.diagnostics(penalty);
        return new SceneSolution(scene.maps(solver.v, names), diagnostics);
    }

    /**
     * What to minimise and when to stop.
     *
     * @param lambda weight of the regulariser
     * @param positive whether X &gt;= 0
     * @param tolerance of both residuals
     * @param most iterations
     */
    public record Options(double lambda, boolean positive, double tolerance, int most) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    private double iterate(double[][] inverse, Penalty penalty) {
        double mu = penalty.value();
        scene.multiply(inverse, (k, first, n, to) -> rightSide(k, first, n, mu, to), u);
        double[][] sums = new double[scene.p][];
        Parallel.run(scene.quiet(), "abundances", scene.p, () -> this, (own, k) -> sums[k] = own.row(k, lambda / mu));
        double[] total = Sums.of(sums);
        return penalty.after(
                Math.sqrt(total[0]), Math.sqrt(Math.max(total[1], total[2])), Math.sqrt(total[3]), Math.sqrt(total[4]));
    }

    private void rightSide(int k, int first, int n, double mu, double[] to) {
        double[] f = scene.products[k];
        double[] vk = v[k];
        double[] dk = d[k];
        for (int i = 0; i < n; i++) {
            to[i] = f[first + i] + mu * (vk[first + i] + dk[first + i]);
        }
    }

    /** One row of V and D, and squared norms of U - V, U, V, the step of V, and D. */
    private double[] row(int k, double threshold) {
        double[] uk = u[k];
        double[] vk = v[k];
        double[] dk = d[k];
        double squared = 0;
        for (int i = 0; i < uk.length; i++) {
            double w = clip(RELAXATION * uk[i] + (1 - RELAXATION) * vk[i] - dk[i]);
            squared += w * w;
        }
        double shrinkage = Proximal.shrinkage(squared, threshold);
        double[] sums = new double[5];
        for (int i = 0; i < uk.length; i++) {
            double before = vk[i];
            double w = RELAXATION * uk[i] + (1 - RELAXATION) * before - dk[i];
            double next = shrinkage * clip(w);
            vk[i] = next;
            dk[i] = next - w;
            sums[0] += (uk[i] - next) * (uk[i] - next);
            sums[1] += uk[i] * uk[i];
            sums[2] += next * next;
            sums[3] += (next - before) * (next - before);
            sums[4] += dk[i] * dk[i];
        }
        return sums;
    }

    private double clip(double w) {
        return positive ? Math.max(w, 0.0) : w;
    }

    /** The objective, and what it may at most be above its minimum: the dual objective at the scaled residual. */
    private Diagnostics diagnostics(Penalty penalty) {
        for (double[] plane : v) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = scene.valid[i] ? plane[i] : 0;
            }
        }
        double square = scene.gradient(v, u);
        double regulariser = 0;
        double largest = 0;
        double product = 0;
        int active = 0;
        for (int k = 0; k < scene.p; k++) {
            double row = 0;
            double slope = 0;
            for (int i = 0; i < scene.pixels; i++) {
                double g = clip(u[k][i]);
                row += v[k][i] * v[k][i];
                slope += g * g;
                product += scene.products[k][i] * v[k][i];
            }
            regulariser += Math.sqrt(row);
            largest = Math.max(largest, Math.sqrt(slope));
            active += row > 0 ? 1 : 0;
        }
        double objective = square / 2 + lambda * regulariser;
        double scale = largest <= lambda ? 1 : lambda / largest;
        double dual = scale * (scene.energy() - product) - scale * scale * square / 2;
        return new Diagnostics(penalty.converged(), penalty.iterations(), Duration.ZERO, Map.of(), List.of())
                .with("objective", objective)
                .with("duality_gap", objective > 0 ? Math.max(0, objective - dual) / objective : 0)
                .with("primal_residual", penalty.primal())
                .with("dual_residual", penalty.dual())
                .with("penalty", penalty.value())
                .with("active_rows", active);
    }
}
