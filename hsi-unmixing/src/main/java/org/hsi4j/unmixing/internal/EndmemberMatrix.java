package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;

/** What the solvers ask of a matrix of endmembers E, bands x p. */
public final class EndmemberMatrix {
    private static final double UNIT = 0x1p-52;

    /** Columns of E. */
    private final double[][] columns;

    /** The shortest column: differences from it keep the relative precision of every other column. */
    private final int base;

    /** Lengths of the differences of the other columns from the shortest one, in their order. */
    private final double[] lengths;

    /** The same differences, of length one or zero. */
    private final double[][] directions;

    /** Orthonormal rows: the first span the differences, and with the last one the columns. */
    private final double[][] basis;

    private final double[] values;
    private final double[] affineValues;

    /**
     * Factors the matrix.
     *
     * @param matrix bands x p, finite
     */
    public EndmemberMatrix(double[][] matrix) {
        int p = matrix[0].length;
        this.columns = new double[p][matrix.length];
        for (int b = 0; b < matrix.length; b++) {
            for (int k = 0; k < p; k++) {
                columns[k][b] = matrix[b][k];
            }
        }
        this.base = shortest();
        this.lengths = new double[p - 1];
        this.directions = new double[p - 1][];
        for (int k = 0, d = 0; k < p; k++) {
            if (k != base) {
                directions[d] = difference(k);
                lengths[d] = norm(directions[d]);
                divide(directions[d], lengths[d]);
                d++;
            }
        }
        this.basis = basis();
        this.values = Dense.singularValues(coordinates(columns, basis.length));
        this.affineValues = p == 1 ? new double[0] : Dense.singularValues(affine());
    }

    private double[][] basis() {
        double[][] spanning = Arrays.copyOf(directions, count());
        spanning[count() - 1] = columns[base].clone();
        divide(spanning[count() - 1], norm(columns[base]));
        return Dense.orthonormalized(Arrays.copyOf(spanning, Math.min(bands(), count())));
    }

    /**
     * What vectors are along the first directions of the basis, in columns: all factorisations are of these few numbers, not
     * of the bands.
     */
    private double[][] coordinates(double[][] vectors, int rank) {
        double[][] coordinates = new double[rank][vectors.length];
        for (int i = 0; i < rank; i++) {
            for (int k = 0; k < vectors.length; k++) {
                coordinates[i][k] = dot(basis[i], vectors[k]);
            }
        }
        return coordinates;
    }

    /**
     * E Z with Z an orthonormal basis of the vectors that sum to zero, which does not see what all columns share: taken off
     * first, it costs no digits.
     */
    private double[][] affine() {
        double[][] coordinates = coordinates(directions, basis.length);
        double[][] differences = new double[basis.length][count()];
        for (int i = 0; i < basis.length; i++) {
            for (int k = 0, d = 0; k < count(); k++) {
                differences[i][k] = k == base ? 0 : coordinates[i][d] * lengths[d++];
            }
        }
        return times(differences, zeroSums(count()));
    }

    private int bands() {
        return columns[0].length;
    }

    private int count() {
        return columns.length;
    }

    /** What rounding leaves of a singular value that should be zero. */
    private double bound(double largest) {
        return Math.max(bands(), count()) * UNIT * largest;
    }

    private static int rank(double[] values, double bound) {
        return (int) Arrays.stream(values).filter(v -> v > bound).count();
    }

    /**
     * Ratio of the largest to the smallest singular value of E.
     *
     * @return at least one; infinite when the columns are dependent, as they always are when p is greater than the bands
     */
    public double condition() {
        return isDependent() ? Double.POSITIVE_INFINITY : values[0] / values[count() - 1];
    }

    /**
     * Numerical rank of E.
     *
     * @return zero to the smaller of bands and p
     */
    public int rank() {
        return rank(values, bound(values[0]));
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
        return rank(affineValues, bound(values[0]));
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
        double[] norms = norms(columns);
        double[][] coordinates = coordinates(columns, basis.length);
        Dense.Svd unit = Dense.svd(unitColumns(coordinates, norms));
        if (unit.rank(bound(unit.values()[0])) < count()) {
            return shortestLeastSquares(Dense.svd(coordinates));
        }
        double[][] expand = new double[count()][];
        for (int k = 0; k < count(); k++) {
            expand[k] = scaled(unit.v()[k], 1 / norms[k]);
        }
        double[][] reduce = reduce(unit, count());
        return new Affine(reduce, new double[reduce.length], expand, new double[count()], -1);
    }

    private Affine shortestLeastSquares(Dense.Svd svd) {
        double[][] reduce = reduce(svd, rank());
        double[][] expand = firstColumns(svd.v(), rank());
        return new Affine(reduce, new double[reduce.length], expand, new double[count()], -1);
    }

    /**
     * The map that takes a pixel to its least-squares solution that sums to one, that of least norm when there are several.
     *
     * @return the map
     */
    public Affine sumToOne() {
        return count() == 1 || isAffinelyDependent() ? shortestSumToOne() : uniqueSumToOne();
    }

    private int shortest() {
        double[] norms = norms(columns);
        int shortest = 0;
        for (int k = 1; k < count(); k++) {
            shortest = norms[k] < norms[shortest] ? k : shortest;
        }
        return shortest;
    }

    private double[] difference(int k) {
        double[] difference = columns[k].clone();
        for (int b = 0; b < difference.length; b++) {
            difference[b] -= columns[base][b];
        }
        return difference;
    }

    /**
     * Everything is expressed by differences from the shortest column, whose abundance is what is left of one; the other
     * columns keep their relative precision.
     */
    private Affine uniqueSumToOne() {
        Dense.Svd unit = Dense.svd(coordinates(directions, count() - 1));
        double[][] expand = new double[count()][count() - 1];
        for (int k = 0, d = 0; k < count(); k++) {
            if (k != base) {
                expand[k] = scaled(unit.v()[d], 1 / lengths[d]);
                d++;
            }
        }
        double[][] reduce = reduce(unit, count() - 1);
        return new Affine(reduce, product(reduce, columns[base]), expand, new double[count()], base);
    }

    /** a = 1/p + Z b, with Z an orthonormal basis of the vectors that sum to zero: the shortest b gives the shortest a. */
    private Affine shortestSumToOne() {
        double[] constants = new double[count()];
        Arrays.fill(constants, 1.0 / count());
        int rank = affineRank();
        if (rank == 0) {
            return new Affine(new double[0][bands()], new double[0], new double[count()][0], constants, -1);
        }
        Dense.Svd svd = Dense.svd(affine());
        double[][] reduce = reduce(svd, rank);
        double[][] expand = times(zeroSums(count()), firstColumns(svd.v(), rank));
        return new Affine(reduce, product(reduce, mean()), expand, constants, -1);
    }

    private static double[][] firstColumns(double[][] matrix, int count) {
        return Arrays.stream(matrix).map(row -> Arrays.copyOf(row, count)).toArray(double[][]::new);
    }

    /** diag(1 / values) U' of the part of rank r, taken from coordinates back to bands. */
    private double[][] reduce(Dense.Svd of, int rank) {
        double[][] reduce = new double[rank][bands()];
        for (int i = 0; i < rank; i++) {
            for (int d = 0; d < of.u().length; d++) {
                double weight = of.u()[d][i] / of.values()[i];
                for (int b = 0; b < bands(); b++) {
                    reduce[i][b] += weight * basis[d][b];
                }
            }
        }
        return reduce;
    }

    private static double[] scaled(double[] values, double factor) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static double[] product(double[][] rows, double[] x) {
        return Arrays.stream(rows).mapToDouble(row -> dot(row, x)).toArray();
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += x[b] * y[b];
        }
        return sum;
    }

    private double[] mean() {
        double[] mean = new double[bands()];
        for (double[] column : columns) {
            for (int b = 0; b < bands(); b++) {
                mean[b] += column[b] / count();
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

    private static double[] norms(double[][] vectors) {
        return Arrays.stream(vectors).mapToDouble(EndmemberMatrix::norm).toArray();
    }

    private static double norm(double[] vector) {
        double norm = 0;
        for (double v : vector) {
            norm = Math.hypot(norm, v);
        }
        return norm;
    }

    /** In place, but not by zero. */
    private static void divide(double[] vector, double length) {
        for (int b = 0; b < vector.length && length > 0; b++) {
            vector[b] /= length;
        }
    }

    /** The columns of a matrix divided by some lengths, those of length zero left zero. */
    private static double[][] unitColumns(double[][] of, double[] norms) {
        double[][] unit = new double[of.length][norms.length];
        for (int i = 0; i < of.length; i++) {
            for (int k = 0; k < norms.length; k++) {
                unit[i][k] = norms[k] > 0 ? of[i][k] / norms[k] : 0.0;
            }
        }
        return unit;
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
     * E in r = min(bands, p) dimensions; o is zero. By orthonormal rows, so that each column keeps its own relative precision; a
     * zero column stays exactly zero.
     *
     * @return the reduced problem
     */
    public Reduced reduced() {
        double scale = scale(norms(columns));
        double[][] coordinates = coordinates(columns, basis.length);
        double[][] reduced = new double[count()][basis.length];
        for (int k = 0; k < count(); k++) {
            for (int i = 0; i < basis.length; i++) {
                reduced[k][i] = coordinates[i][k] * scale;
            }
        }
        return new Reduced(weights(basis.length, scale), new double[basis.length], reduced);
    }

    /**
     * The differences from the shortest column in r = min(bands, p - 1) dimensions, for abundances that sum to one.
     *
     * @return the reduced problem; its column of the shortest endmember is zero
     */
    public Reduced reducedDifferences() {
        int rank = Math.min(bands(), count() - 1);
        double scale = scale(lengths);
        double[][] coordinates = coordinates(directions, rank);
        double[][] reduced = new double[count()][rank];
        for (int k = 0, d = 0; k < count(); k++) {
            if (k != base) {
                for (int i = 0; i < rank; i++) {
                    reduced[k][i] = coordinates[i][d] * (lengths[d] * scale);
                }
                d++;
            }
        }
        double[][] weights = weights(rank, scale);
        return new Reduced(weights, product(weights, columns[base]), reduced);
    }

    /** The power of two that brings the longest near one. */
    private static double scale(double[] lengths) {
        double longest = Arrays.stream(lengths).max().orElse(0);
        return longest < Double.MIN_NORMAL ? 1 : Math.scalb(1.0, -Math.getExponent(longest));
    }

    private double[][] weights(int rank, double scale) {
        double[][] weights = new double[rank][];
        for (int i = 0; i < rank; i++) {
            weights[i] = scaled(basis[i], scale);
        }
        return weights;
    }
}
