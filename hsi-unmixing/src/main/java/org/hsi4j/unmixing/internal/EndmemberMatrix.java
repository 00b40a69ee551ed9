package org.hsi4j.unmixing.internal;

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
     * The matrix that takes a pixel to its least-squares solution, that of least norm when there are several. The columns
     * are brought to unit length first where the solution is unique, so that their units cost no digits.
     *
     * @return p x bands
     */
    public double[][] leastSquares() {
        double[] norms = columnNorms();
        Dense.Svd scaled = Dense.svd(unitColumns(norms));
        if (scaled.rank(bound(scaled.values()[0])) < count()) {
            return svd.pseudoInverse(rank());
        }
        double[][] inverse = scaled.pseudoInverse(count());
        for (int k = 0; k < count(); k++) {
            for (int b = 0; b < bands(); b++) {
                inverse[k][b] /= norms[k];
            }
        }
        return inverse;
    }

    /**
     * An affine map a = W y + c.
     *
     * @param weights W, p x bands
     * @param constants c, p values
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Affine(double[][] weights, double[] constants) {}

    /**
     * The map that takes a pixel to its least-squares solution that sums to one, that of least norm when there are several.
     *
     * @return the map
     */
    public Affine sumToOne() {
        double[] constants = new double[count()];
        if (count() == 1) {
            constants[0] = 1;
            return new Affine(new double[1][bands()], constants);
        }
        double[][] weights = times(zeroSums(count()), differences.pseudoInverse(affineRank()));
        double[] mean = mean();
        for (int k = 0; k < constants.length; k++) {
            constants[k] = 1.0 / count();
            for (int b = 0; b < mean.length; b++) {
                constants[k] -= weights[k][b] * mean[b];
            }
        }
        return new Affine(weights, constants);
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

    private double[] columnNorms() {
        double[] norms = new double[count()];
        for (double[] row : matrix) {
            for (int k = 0; k < norms.length; k++) {
                norms[k] = Math.hypot(norms[k], row[k]);
            }
        }
        return norms;
    }

    /**
     * E brought to r = min(bands, p) dimensions: ||W y - C a|| differs from ||y - E a|| only by what no a can reach, so a
     * least-squares problem over C with any constraints on a has the solution of that over E.
     *
     * @param weights W, r x bands, orthonormal rows
     * @param columns C, p columns of r values
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Reduced(double[][] weights, double[][] columns) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * E in as few dimensions as it needs. From the singular value decomposition of E with columns of unit length, so that
     * each column keeps its own relative precision; a zero column stays exactly zero.
     *
     * @return the reduced problem
     */
    public Reduced reduced() {
        double[] norms = columnNorms();
        Dense.Svd unit = Dense.svd(unitColumns(norms));
        int r = unit.values().length;
        double[][] weights = new double[r][bands()];
        double[][] columns = new double[count()][r];
        for (int i = 0; i < r; i++) {
            for (int b = 0; b < bands(); b++) {
                weights[i][b] = unit.u()[b][i];
            }
            for (int k = 0; k < count(); k++) {
                columns[k][i] = norms[k] == 0 ? 0 : unit.values()[i] * unit.v()[k][i] * norms[k];
            }
        }
        return new Reduced(weights, columns);
    }

    private double[][] unitColumns(double[] norms) {
        double[][] unit = new double[bands()][count()];
        for (int b = 0; b < bands(); b++) {
            for (int k = 0; k < count(); k++) {
                unit[b][k] = norms[k] > 0 ? matrix[b][k] / norms[k] : 0.0;
            }
        }
        return unit;
    }
}
