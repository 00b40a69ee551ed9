package org.hsi4j.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Factorisations of matrices up to some hundred rows, by EJML, on plain arrays of rows. All methods leave their arguments as
 * they are, are deterministic and thread-safe, and cost O(n<sup>3</sup>) where they do not say less.
 */
public final class Dense {

    private Dense() {}

    /**
     * Eigenvalues in falling order and their orthonormal eigenvectors.
     *
     * @param values n eigenvalues, largest first
     * @param vectors {@code vectors[k]} is the eigenvector of {@code values[k]}; its entry of largest magnitude is positive
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Eigen(double[] values, double[][] vectors) {}

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @param symmetric n x n; the mean of both triangles is used
     * @return the decomposition
     * @throws IllegalArgumentException if the matrix is not square or not finite
     */
    public static Eigen eigen(double[][] symmetric) {
        int n = symmetric.length;
        DMatrixRMaj a = symmetrised(symmetric);
        int exponent = scaleNearOne(a);
        EigenDecomposition_F64<DMatrixRMaj> evd = DecompositionFactory_DDRM.eig(n, true, true);
        if (!evd.decompose(a)) {
            throw new IllegalArgumentException("the eigenvalues of the matrix could not be found");
        }
        double[] unsorted = new double[n];
        for (int k = 0; k < n; k++) {
            unsorted[k] = evd.getEigenvalue(k).getReal();
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -unsorted[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = Math.scalb(unsorted[order[k]], exponent);
            DMatrixRMaj vector = java.util.Objects.requireNonNull(evd.getEigenVector(order[k]));
            vectors[k] = Arrays.copyOf(vector.data, n);
            fixSign(vectors[k]);
        }
        return new Eigen(values, vectors);
    }

    /**
     * Eigenvalues of a symmetric matrix alone, several times faster than with the eigenvectors.
     *
     * @param symmetric n x n; the mean of both triangles is used
     * @return n eigenvalues, largest first
     * @throws IllegalArgumentException if the matrix is not square or not finite
     */
    public static double[] eigenvalues(double[][] symmetric) {
        int n = symmetric.length;
        DMatrixRMaj a = symmetrised(symmetric);
        int exponent = scaleNearOne(a);
        EigenDecomposition_F64<DMatrixRMaj> evd = DecompositionFactory_DDRM.eig(n, false, true);
        if (!evd.decompose(a)) {
            throw new IllegalArgumentException("the eigenvalues of the matrix could not be found");
        }
        return IntStream.range(0, n)
                .mapToDouble(k -> -Math.scalb(evd.getEigenvalue(k).getReal(), exponent))
                .sorted()
                .map(v -> -v)
                .toArray();
    }

    private static DMatrixRMaj symmetrised(double[][] matrix) {
        int n = matrix.length;
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            requireSquare(matrix, i);
            for (int j = 0; j < n; j++) {
                double v = 0.5 * matrix[i][j] + 0.5 * matrix[j][i];
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException("matrix is not finite at row " + i + ", column " + j);
                }
                a.unsafe_set(i, j, v);
            }
        }
        return a;
    }

    /**
     * Divides by a power of two that brings the matrix near one, since the iteration squares and would over- or underflow.
     * Returns the exponent.
     */
    private static int scaleNearOne(DMatrixRMaj a) {
        double largest = 0;
        for (double v : a.data) {
            largest = Math.max(largest, Math.abs(v));
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        for (int i = 0; i < a.data.length; i++) {
            a.data[i] = Math.scalb(a.data[i], -exponent);
        }
        return exponent;
    }

    private static void fixSign(double[] vector) {
        int largest = 0;
        for (int i = 1; i < vector.length; i++) {
            if (Math.abs(vector[i]) > Math.abs(vector[largest])) {
                largest = i;
            }
        }
        if (vector[largest] < 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = -vector[i];
            }
        }
    }

    /**
     * Cholesky factor of a symmetric matrix.
     *
     * <p>A pivot smaller than 10 n rounding units of its diagonal entry is mostly rounding; the matrix then counts as
     * singular. This does not depend on the unit of any row.
     *
     * @param symmetric n x n; the lower triangle is used
     * @return L with L L' equal to the matrix; empty when it is not positive definite to working precision
     * @throws IllegalArgumentException if the matrix is not square
     */
    public static Optional<double[][]> cholesky(double[][] symmetric) {
        int n = symmetric.length;
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            requireSquare(symmetric, i);
            for (int j = 0; j <= i; j++) {
                a.unsafe_set(i, j, symmetric[i][j]);
                a.unsafe_set(j, i, symmetric[i][j]);
            }
        }
        CholeskyDecomposition_F64<DMatrixRMaj> chol = DecompositionFactory_DDRM.chol(n, true);
        if (!chol.decompose(a)) {
            return Optional.empty();
        }
        double[][] lower = toRows(java.util.Objects.requireNonNull(chol.getT(null)));
        for (int i = 0; i < n; i++) {
            double pivot = lower[i][i] * lower[i][i];
            if (!(pivot > 10 * n * Math.ulp(1.0) * symmetric[i][i]) || !Double.isFinite(pivot)) {
                return Optional.empty();
            }
        }
        return Optional.of(lower);
    }

    /**
     * An orthonormal basis of what rows span, in their order: the transposed Q of the thin QR factorisation of the transposed
     * matrix, by Gram and Schmidt, twice, which makes it orthonormal to rounding. Costs 8 m n<sup>2</sup> flops for n rows of
     * m values.
     *
     * @param rows at most as many as each of them has values
     * @return as many rows of length one, the first k of which span what the first k of the rows do. A row that adds nothing
     *     to those before it becomes a direction of its own
     * @throws IllegalArgumentException if there are more rows than values in one, or rows are not of one length
     */
    public static double[][] orthonormalized(double[][] rows) {
        double[][] basis = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            if (rows[k].length < rows.length || rows[k].length != rows[0].length) {
                throw new IllegalArgumentException(rows.length + " rows cannot be orthonormal when row " + k + " has "
                        + rows[k].length + " values");
            }
            basis[k] = rows[k].clone();
            double before = dot(basis[k], basis[k]);
            project(basis, k);
            if (!(dot(basis[k], basis[k]) > 1e-30 * before)) {
                replace(basis, k);
                project(basis, k);
            }
            double scale = 1 / Math.sqrt(dot(basis[k], basis[k]));
            for (int b = 0; b < basis[k].length; b++) {
                basis[k][b] *= scale;
            }
        }
        return basis;
    }

    private static void project(double[][] basis, int k) {
        for (int again = 0; again < 2; again++) {
            for (int j = 0; j < k; j++) {
                add(basis[k], -dot(basis[j], basis[k]), basis[j]);
            }
        }
    }

    /** By the unit vector that the directions before it have least of. */
    private static void replace(double[][] basis, int k) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int b = 0; b < basis[k].length; b++) {
            double share = 0;
            for (int j = 0; j < k; j++) {
                share += basis[j][b] * basis[j][b];
            }
            if (share < least) {
                least = share;
                best = b;
            }
        }
        Arrays.fill(basis[k], 0.0);
        basis[k][best] = 1;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += x[b] * y[b];
        }
        return sum;
    }

    private static void add(double[] z, double w, double[] y) {
        for (int b = 0; b < z.length; b++) {
            z[b] += w * y[b];
        }
    }

    /**
     * Inverse of a symmetric positive definite matrix from its Cholesky factor.
     *
     * @param lower L, n x n
     * @return the inverse of L L'
     */
    public static double[][] inverse(double[][] lower) {
        int n = lower.length;
        double[][] inverse = new double[n][n];
        double[] x = new double[n];
        for (int c = 0; c < n; c++) {
            Arrays.fill(x, 0.0);
            x[c] = 1.0;
            solve(lower, x);
            for (int r = 0; r < n; r++) {
                inverse[r][c] = x[r];
            }
        }
        return inverse;
    }

    /**
     * Solves L L' x = b in place.
     *
     * @param lower L, n x n
     * @param inOut b on entry, x on return
     */
    public static void solve(double[][] lower, double[] inOut) {
        forward(lower, inOut);
        backward(lower, inOut);
    }

    /**
     * Solves L' x = b in place.
     *
     * @param lower L, n x n
     * @param inOut b on entry, x on return
     */
    public static void backward(double[][] lower, double[] inOut) {
        for (int i = lower.length - 1; i >= 0; i--) {
            double sum = inOut[i];
            for (int j = i + 1; j < lower.length; j++) {
                sum -= lower[j][i] * inOut[j];
            }
            inOut[i] = sum / lower[i][i];
        }
    }

    /**
     * Solves L x = b in place.
     *
     * @param lower L, n x n
     * @param inOut b on entry, x on return
     */
    public static void forward(double[][] lower, double[] inOut) {
        for (int i = 0; i < lower.length; i++) {
            double sum = inOut[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i][j] * inOut[j];
            }
            inOut[i] = sum / lower[i][i];
        }
    }

    /**
     * Singular values of a matrix.
     *
     * @param matrix m x n, not empty
     * @return min(m, n) values, largest first
     * @throws IllegalArgumentException if the matrix is empty, ragged or not finite
     */
    public static double[] singularValues(double[][] matrix) {
        DMatrixRMaj a = finite(matrix);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, true);
        if (!svd.decompose(a)) {
            throw new IllegalArgumentException("the singular values of the matrix could not be found");
        }
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        Arrays.sort(values);
        for (int i = 0, j = values.length - 1; i < j; i++, j--) {
            double v = values[i];
            values[i] = values[j];
            values[j] = v;
        }
        return values;
    }

    /**
     * A matrix as U diag(values) V', with k = min(m, n) singular values.
     *
     * @param u m x k, orthonormal columns
     * @param values k singular values, largest first
     * @param v n x k, orthonormal columns
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays are made for the caller, who owns them
    public record Svd(double[][] u, double[] values, double[][] v) {

        /**
         * Number of singular values above a bound.
         *
         * @param bound the bound, for example max(m, n) times the rounding unit times the largest value
         * @return zero to k
         */
        public int rank(double bound) {
            int rank = 0;
            while (rank < values.length && values[rank] > bound) {
                rank++;
            }
            return rank;
        }
    }

    /**
     * Singular value decomposition.
     *
     * @param matrix m x n, not empty
     * @return the decomposition
     * @throws IllegalArgumentException if the matrix is empty, ragged or not finite
     */
    public static Svd svd(double[][] matrix) {
        DMatrixRMaj a = finite(matrix);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, true, true, true);
        if (!svd.decompose(a)) {
            throw new IllegalArgumentException("the singular values of the matrix could not be found");
        }
        double[] unsorted = svd.getSingularValues();
        int[] order = IntStream.range(0, svd.numberOfSingularValues())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -unsorted[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Svd(
                columns(svd.getU(null, false), order),
                Arrays.stream(order).mapToDouble(k -> unsorted[k]).toArray(),
                columns(svd.getV(null, false), order));
    }

    private static DMatrixRMaj finite(double[][] matrix) {
        if (matrix.length == 0 || matrix[0].length == 0) {
            throw new IllegalArgumentException("a matrix has at least one row and one column");
        }
        int n = matrix[0].length;
        DMatrixRMaj a = new DMatrixRMaj(matrix.length, n);
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != n) {
                throw new IllegalArgumentException(
                        "row " + i + " of the matrix has " + matrix[i].length + " columns but row 0 has " + n);
            }
            for (int j = 0; j < n; j++) {
                if (!Double.isFinite(matrix[i][j])) {
                    throw new IllegalArgumentException("matrix is not finite at row " + i + ", column " + j);
                }
                a.unsafe_set(i, j, matrix[i][j]);
            }
        }
        return a;
    }

    private static double[][] columns(DMatrixRMaj matrix, int[] order) {
        double[][] chosen = new double[matrix.numRows][order.length];
        for (int i = 0; i < matrix.numRows; i++) {
            for (int k = 0; k < order.length; k++) {
                chosen[i][k] = matrix.unsafe_get(i, order[k]);
            }
        }
        return chosen;
    }

    /**
     * Ratio of the largest to the smallest singular value.
     *
     * @param matrix m x n, not empty
     * @return at least one; infinite when the matrix has not full rank to working precision, which is max(m, n) times the
     *     rounding unit times the largest singular value
     * @throws IllegalArgumentException if the matrix is empty, ragged or not finite
     */
    public static double condition(double[][] matrix) {
        double[] values = singularValues(matrix);
        double smallest = values[values.length - 1];
        double zero = Math.max(matrix.length, matrix[0].length) * Math.ulp(1.0) * values[0];
        return smallest > zero ? values[0] / smallest : Double.POSITIVE_INFINITY;
    }

    private static double[][] toRows(DMatrixRMaj m) {
        double[][] rows = new double[m.numRows][];
        for (int i = 0; i < m.numRows; i++) {
            rows[i] = Arrays.copyOfRange(m.data, i * m.numCols, (i + 1) * m.numCols);
        }
        return rows;
    }

    private static void requireSquare(double[][] matrix, int row) {
        if (matrix[row].length != matrix.length) {
            throw new IllegalArgumentException(
                    "matrix has " + matrix.length + " rows but row " + row + " has " + matrix[row].length + " columns");
        }
    }
}
