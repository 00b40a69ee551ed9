package org.hsi4j.unmixing;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.LUDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Inverses and determinants of small square matrices. */
final class Small {

    private Small() {}

    /**
     * An inverse, and the logarithm of the magnitude of the determinant: minus infinity when there is none.
     *
     * @param matrix the inverse; empty when there is none
     * @param logDeterminant log |det|
     */
    @SuppressWarnings("ArrayRecordComponent") // made for the caller, who owns it
    record Inverse(double[][] matrix, double logDeterminant) {}

    static Inverse invert(double[][] square) {
        int n = square.length;
        DMatrixRMaj a = new DMatrixRMaj(square);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(n);
        if (!solver.setA(a)) {
            return new Inverse(new double[0][], Double.NEGATIVE_INFINITY);
        }
        LUDecomposition_F64<DMatrixRMaj> lu = solver.getDecomposition();
        DMatrixRMaj upper = lu.getUpper(null);
        double log = 0;
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double pivot = Math.abs(upper.get(i, i));
            log += Math.log(pivot);
            largest = Math.max(largest, pivot);
            smallest = Math.min(smallest, pivot);
        }
        if (!(smallest > n * Math.ulp(1.0) * largest)) {
            return new Inverse(new double[0][], Double.NEGATIVE_INFINITY);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        solver.invert(inverse);
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(inverse.data, i * n, rows[i], 0, n);
        }
        return new Inverse(rows, log);
    }
}
