package org.hsi4j.unmixing;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.ConstrainedProblem;
import org.hsi4j.unmixing.internal.TileSolver;

/**
 * The pixels of a {@link Cloud} about their mean, along the axes of their covariance and in units of their spread along each, so
 * that their mean square length is one: coordinates that do not know the unit of the scene or the shape of the cloud.
 */
final class Sphere {
    /** An axis along which the variance is less than this times the largest holds nothing but rounding. */
    private static final double FLAT = 1e-12;

    /** A pixel farther from the simplex than this is outside by more than rounding. */
    private static final double OUTSIDE = 1e-6;

    private final Cloud cloud;
    private final boolean withBlack;
    private final RunContext context;
    private final double[] centre;
    private final double[][] axes;
    private final double[][] back;

    private Sphere(
            Cloud cloud, boolean withBlack, RunContext context, double[] centre, double[][] axes, double[][] back) {
        this.cloud = cloud;
        this.withBlack = withBlack;
        this.context = context;
        this.centre = centre;
        this.axes = axes;
        this.back = back;
    }

    /**
     * Of at most so many axes, fewer where the cloud is flat.
     *
     * @param withBlack whether pixels of which all coordinates are zero count
     */
    static Sphere of(Cloud cloud, int most, boolean withBlack, RunContext context) {
        int d = cloud.dimension();
        RunContext quiet = context.withProgress((stage, done, total) -> {});
        Moments moments = cloud.reduce(
                quiet,
                "axes",
                () -> new Moments(d, withBlack),
                (own, planes, pixels, n) -> own.add(planes, n),
                Moments::join);
        Dense.Eigen eigen = Dense.eigen(moments.covariance());
        int dimension = 0;
        while (dimension < Math.min(most, d)
                && eigen.values()[dimension] > Math.max(Double.MIN_NORMAL, FLAT * eigen.values()[0])) {
            dimension++;
        }
        double[][] axes = new double[dimension][];
        double[][] back = new double[dimension][];
        for (int k = 0; k < dimension; k++) {
            double spread = Math.sqrt(eigen.values()[k] * dimension);
            axes[k] = eigen.vectors()[k].clone();
            back[k] = eigen.vectors()[k].clone();
            Vectors.scale(axes[k], 1 / spread);
            Vectors.scale(back[k], spread);
        }
        return new Sphere(cloud, withBlack, quiet, moments.mean(), axes, back);
    }

    int dimension() {
        return axes.length;
    }

    double[] inside(double[] z) {
        double[] x = new double[axes.length];
        for (int k = 0; k < x.length; k++) {
            x[k] = Vectors.dot(axes[k], z) - Vectors.dot(axes[k], centre);
        }
        return x;
    }

    /** What each coordinate weighs the bands by, for a cloud in the coordinates of a basis. */
    double[][] weights(double[][] basis) {
        double[][] weights = new double[axes.length][basis[0].length];
        for (int k = 0; k < axes.length; k++) {
            for (int d = 0; d < basis.length; d++) {
                for (int b = 0; b < basis[d].length; b++) {
                    weights[k][b] += axes[k][d] * basis[d][b];
                }
            }
        }
        return weights;
    }

    double[] outside(double[] x) {
        double[] z = centre.clone();
        for (int k = 0; k < x.length; k++) {
            for (int i = 0; i < z.length; i++) {
                z[i] += x[k] * back[k][i];
            }
        }
        return z;
    }

    /** The nearest points of a simplex to all pixels. */
    Fit fit(double[][] corners) {
        ConstrainedProblem problem = new ConstrainedProblem(corners, true);
        return cloud.reduce(
                context,
                "simplex",
                () -> new Fit(corners, problem),
                (own, planes, pixels, n) -> own.add(planes, n),
                Fit::join);
    }

    /** What the nearest points V a of the simplex to the pixels x gather. */
    final class Fit {
        private final double[][] corners;
        private final TileSolver solver;
        private final double[][] x;
        private final double[][] a;

        /** Row k: sum of a_k x. */
        private final double[][] cross;

        /** Sum of a a'. */
        private final double[][] gram;

        private double misfit;
        private long pixels;
        private long outside;

        private Fit(double[][] corners, ConstrainedProblem problem) {
            this.corners = corners;
            this.solver = new TileSolver(problem);
            this.x = new double[axes.length][cloud.capacity()];
            this.a = new double[corners.length][cloud.capacity()];
            this.cross = new double[corners.length][axes.length];
            this.gram = new double[corners.length][corners.length];
        }

        private void add(double[][] planes, int size) {
            int n = take(planes, size);
            solver.solve(x, n, a);
            for (int i = 0; i < n; i++) {
                double distance = 0;
                for (int d = 0; d < x.length; d++) {
                    double rest = x[d][i];
                    for (int k = 0; k < a.length; k++) {
                        rest -= corners[k][d] * a[k][i];
                    }
                    distance += rest * rest;
                }
                misfit += distance;
                outside += distance > OUTSIDE * OUTSIDE ? 1 : 0;
            }
            for (int k = 0; k < a.length; k++) {
                for (int d = 0; d < x.length; d++) {
                    cross[k][d] += product(a[k], x[d], n);
                }
                for (int j = 0; j < a.length; j++) {
                    gram[k][j] += product(a[k], a[j], n);
                }
            }
            pixels += n;
        }

        private int take(double[][] planes, int size) {
            if (size == 0) {
                return 0;
            }
            Kernels.best().multiply(axes, planes, size, x);
            for (int d = 0; d < x.length; d++) {
                double origin = Vectors.dot(axes[d], centre);
                int n = 0;
                for (int i = 0; i < size; i++) {
                    if (withBlack || !isBlack(planes, i)) {
                        x[d][n++] = x[d][i] - origin;
                    }
                }
                if (d == x.length - 1) {
                    return n;
                }
            }
            return 0;
        }

        private Fit join(Fit later) {
            for (int k = 0; k < cross.length; k++) {
                add(cross[k], later.cross[k]);
                add(gram[k], later.gram[k]);
            }
            misfit += later.misfit;
            pixels += later.pixels;
            outside += later.outside;
            return this;
        }

        private static void add(double[] sum, double[] part) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }

        double[][] corners() {
            return corners;
        }

        /** Mean over the pixels of a_k x. */
        double cross(int k, int d) {
            return cross[k][d] / pixels;
        }

        /** Mean over the pixels of a_k a_j. */
        double gram(int k, int j) {
            return gram[k][j] / pixels;
        }

        /** Mean square distance from the simplex. */
        double misfit() {
            return misfit / pixels;
        }

        /** Share of the pixels that are outside. */
        double outside() {
            return (double) outside / pixels;
        }
    }

    private static double product(double[] a, double[] b, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static boolean isBlack(double[][] planes, int i) {
        for (double[] plane : planes) {
            if (plane[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sums and products of the coordinates. */
    private static final class Moments {
        private final boolean withBlack;
        private final double[] sum;
        private final double[][] squares;
        private long count;

        Moments(int d, boolean withBlack) {
            this.withBlack = withBlack;
            sum = new double[d];
            squares = new double[d][d];
        }

        void add(double[][] planes, int n) {
            for (int i = 0; i < n; i++) {
                if (withBlack || !isBlack(planes, i)) {
                    for (int k = 0; k < sum.length; k++) {
                        sum[k] += planes[k][i];
                        for (int j = 0; j < sum.length; j++) {
                            squares[k][j] += planes[k][i] * planes[j][i];
                        }
                    }
                    count++;
                }
            }
        }

        Moments join(Moments later) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += later.sum[k];
                for (int j = 0; j < sum.length; j++) {
                    squares[k][j] += later.squares[k][j];
                }
            }
            count += later.count;
            return this;
        }

        double[] mean() {
            return Arrays.stream(sum).map(s -> count == 0 ? 0 : s / count).toArray();
        }

        double[][] covariance() {
            double[] mean = mean();
            double[][] covariance = new double[sum.length][sum.length];
            for (int k = 0; k < sum.length && count > 0; k++) {
                for (int j = 0; j < sum.length; j++) {
                    covariance[k][j] = squares[k][j] / count - mean[k] * mean[j];
                }
            }
            return covariance;
        }
    }
}
