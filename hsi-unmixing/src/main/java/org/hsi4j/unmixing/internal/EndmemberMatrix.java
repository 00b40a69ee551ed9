package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;

/** What the solvers ask of a matrix of endmembers E, bands x p. */
public final class EndmemberMatrix {
    private static final double UNIT = 0x1p-52;

    private final double[][] matrix;
    private final Dense.Svd svd;
    private final Dense.Svd differences;

    /**
     * Factors the matrix.
     *
     * @param matrix bands x p, finite
     */
    public EndmemberMatrix(double[][] matrix) {
        this.matrix = matrix;
        this.svd = Dense.svd(matrix);
        this.differences = count() == 1 ? svd : Dense.svd(times(centred(), zeroSums(count())));
    }

    private int bands() {
        return matrix.length;
    }

    private int count() {
        return matrix[0].length;
    }

    /** What rounding leaves of a singular value that should be zero. */
    private double bound(double largest) {
        return Math.max(bands(), count()) * UNIT * largest;
    }

    /**
     * Ratio of the largest to the smallest singular value of E.
     *
     * @return at least one; infinite when the columns are dependent, as they always are when p is greater than the bands
     */
    public double condition() {
        return isDependent() ? Double.POSITIVE_INFINITY : svd.values()[0] / svd.values()[count() - 1];
    }

    /**
     * Numerical rank of E.
     *
     * @return zero to the smaller of bands and p
     */
    public int rank() {
        return svd.rank(bound(svd.values()[0]));
    }

    /**
     * Whether the least-squares solution is not unique.
     *
     * @return true when the rank is smaller than p
     */
    public boolean isDependent() {
        return rank() < count();
    }

    /**
     * Number of dimensions that the differences of the columns span.
     *
     * @return zero to p - 1
     */
    public int affineRank() {
        return count() == 1 ? 0 : differences.rank(bound(svd.values()[0]));
    }

    /**
     * Whether the least-squares solution that sums to one is not unique.
     *
     * @return true when the affine rank is smaller than p - 1
     */
    public boolean isAffinelyDependent() {
        return affineRank() < count() - 1;
    }

    /**
     * An affine map in two steps, a = X (W y - o) + c. The product X W, which is the (pseudo-)inverse, is not formed: applied
     * as one matrix it would leave errors of its condition in the gradient, and in two steps it does not.
     *
     * @param reduce W, r x bands
     * @param origin o, r values
     * @param expand X, p x r
     * @param constants c, p values
     * @param remainder the abundance that is to be set to one less all others after that, or -1
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Affine(double[][] reduce, double[] origin, double[][] expand, double[] constants, int remainder)
            implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The map that takes a pixel to its least-squares solution, that of least norm when there are several. The columns are
     * brought to unit length first where the solution is unique, so that their units cost no digits.
     *
     * @return the map
     */
    public Affine leastSquares() {
        double[] norms = columnNorms(matrix);
        Dense.Svd unit = Dense.svd(unitColumns(matrix, norms));
        boolean unique = unit.rank(bound(unit.values()[0])) == count();
        double[][] reduce = unique ? reduce(unit, count()) : reduce(svd, rank());
        double[][] expand = new double[count()][];
        for (int k = 0; k < count(); k++) {
            expand[k] = unique ? scaled(unit.v()[k], 1 / norms[k]) : Arrays.copyOf(svd.v()[k], rank());
        }
        return new Affine(reduce, new double[reduce.length], expand, new double[count()], -1);
    }

    /**
     * The map that takes a pixel to its least-squares solution that sums to one, that of least norm when there are several.
     *
     * @return the map
     */
    public Affine sumToOne() {
        return count() == 1 || isAffinelyDependent() ? shortestSumToOne() : uniqueSumToOne(shortest());
    }

    private int shortest() {
        double[] norms = columnNorms(matrix);
        int shortest = 0;
        for (int k = 1; k < count(); k++) {
            shortest = norms[k] < norms[shortest] ? k : shortest;
        }
        return shortest;
    }

    private double[][] differencesFrom(int base) {
        double[][] difference = new double[bands()][count() - 1];
        for (int b = 0; b < bands(); b++) {
            for (int k = 0, d = 0; k < count(); k++) {
                if (k != base) {
                    difference[b][d++] = matrix[b][k] - matrix[b][base];
                }
            }
        }
        return difference;
    }

    /**
     * Everything is expressed by differences from the shortest column, whose abundance is what is left of one; the other
     * columns keep their relative precision.
     */
    private Affine uniqueSumToOne(int base) {
        double[][] difference = differencesFrom(base);
        double[] norms = columnNorms(difference);
        Dense.Svd unit = Dense.svd(unitColumns(difference, norms));
        double[][] expand = new double[count()][count() - 1];
        for (int k = 0, d = 0; k < count(); k++) {
            if (k != base) {
                expand[k] = scaled(unit.v()[d], 1 / norms[d]);
                d++;
            }
        }
        double[][] reduce = reduce(unit, count() - 1);
        return new Affine(reduce, product(reduce, column(base)), expand, new double[count()], base);
    }

    /** a = 1/p + Z b, with Z an orthonormal basis of the vectors that sum to zero: the shortest b gives the shortest a. */
    private Affine shortestSumToOne() {
        double[] constants = new double[count()];
        Arrays.fill(constants, 1.0 / count());
        int rank = affineRank();
        double[][] v = new double[count() - 1][];
        for (int i = 0; i < v.length; i++) {
            v[i] = Arrays.copyOf(differences.v()[i], rank);
        }
        double[][] reduce = reduce(differences, rank);
        double[][] expand = rank == 0 ? new double[count()][0] : times(zeroSums(count()), v);
        return new Affine(reduce, product(reduce, mean()), expand, constants, -1);
    }

    /** diag(1 / values) U' of the part of rank r. */
    private static double[][] reduce(Dense.Svd of, int rank) {
        double[][] reduce = new double[rank][of.u().length];
        for (int i = 0; i < rank; i++) {
            for (int b = 0; b < of.u().length; b++) {
                reduce[i][b] = of.u()[b][i] / of.values()[i];
            }
        }
        return reduce;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }

    private static double[] product(double[][] rows, double[] x) {
        double[] product = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int b = 0; b < x.length; b++) {
                product[i] += rows[i][b] * x[b];
            }
        }
        return product;
    }

    private double[] column(int k) {
        return Arrays.stream(matrix).mapToDouble(row -> row[k]).toArray();
    }

    /** The columns of E less their mean, which E Z does not see; taken off first so that what they share costs no digits. */
    private double[][] centred() {
        double[] mean = mean();
        double[][] centred = new double[bands()][count()];
        for (int b = 0; b < bands(); b++) {
            for (int k = 0; k < count(); k++) {
                centred[b][k] = matrix[b][k] - mean[b];
            }
        }
        return centred;
    }

    private double[] mean() {
        double[] mean = new double[bands()];
        for (int b = 0; b < bands(); b++) {
            for (double v : matrix[b]) {
                mean[b] += v / count();
            }
        }
        return mean;
    }

    /** Orthonormal basis of the vectors of p numbers that sum to zero (Helmert), p x (p - 1). */
    private static double[][] zeroSums(int p) {
        double[][] basis = new double[p][p - 1];
        for (int k = 1; k < p; k++) {
            double length = Math.sqrt((double) k * (k + 1));
            for (int i = 0; i < k; i++) {
                basis[i][k - 1] = 1 / length;
            }
            basis[k][k - 1] = -k / length;
        }
        return basis;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[] columnNorms(double[][] of) {
        double[] norms = new double[of[0].length];
        for (double[] row : of) {
            for (int k = 0; k < norms.length; k++) {
                norms[k] = Math.hypot(norms[k], row[k]);
            }
        }
        return norms;
    }

    /**
     * E, or its differences from one column, in as few dimensions as they need: ||C a - z|| with z = W y - o differs from
     * ||y - E a|| only by what no a can reach, so a least-squares problem over C and z with any constraints on a has the
     * solution of that over E and y. For the differences this holds for every a that sums to one. All is scaled by a power of
     * two that brings the longest column of C near one.
     *
     * @param weights W, r x bands
     * @param origin o, r values
     * @param columns C, p columns of r values
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Reduced(double[][] weights, double[] origin, double[][] columns) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * E in r = min(bands, p) dimensions; o is zero. From the singular value decomposition of E with columns of unit length, so
     * that each column keeps its own relative precision; a zero column stays exactly zero.
     *
     * @return the reduced problem
     */
    public Reduced reduced() {
        return reduced(matrix, new double[bands()], -1);
    }

    /**
     * The differences from the shortest column in r = min(bands, p - 1) dimensions, for abundances that sum to one.
     *
     * @return the reduced problem; its column of the shortest endmember is zero
     */
    public Reduced reducedDifferences() {
        int base = shortest();
        return reduced(differencesFrom(base), column(base), base);
    }

    private Reduced reduced(double[][] of, double[] from, int zero) {
        int p = count();
        if (of[0].length == 0) {
            return new Reduced(new double[0][bands()], new double[0], new double[p][0]);
        }
        double[] norms = columnNorms(of);
        double longest = Arrays.stream(norms).max().orElse(0);
        double scale = longest < Double.MIN_NORMAL ? 1 : Math.scalb(1.0, -Math.getExponent(longest));
        Dense.Svd unit = Dense.svd(unitColumns(of, norms));
        int r = unit.values().length;
        double[][] weights = new double[r][bands()];
        double[][] columns = new double[p][r];
        for (int i = 0; i < r; i++) {
            for (int b = 0; b < bands(); b++) {
                weights[i][b] = unit.u()[b][i] * scale;
            }
            for (int k = 0, d = 0; k < p; k++) {
                if (k != zero) {
                    columns[k][i] = norms[d] == 0 ? 0 : unit.values()[i] * unit.v()[d][i] * (norms[d] * scale);
                    d++;
                }
            }
        }
        return new Reduced(weights, product(weights, from), columns);
    }

    private static double[][] unitColumns(double[][] of, double[] norms) {
        double[][] unit = new double[of.length][norms.length];
        for (int b = 0; b < of.length; b++) {
            for (int k = 0; k < norms.length; k++) {
                unit[b][k] = norms[k] > 0 ? of[b][k] / norms[k] : 0.0;
            }
        }
        return unit;
    }
}
