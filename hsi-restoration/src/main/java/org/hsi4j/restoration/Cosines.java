package org.hsi4j.restoration;

/** The cosine transform of short lines as a matrix: for blocks, where a product is faster than a transform. */
final class Cosines {

    private Cosines() {}

    /** The orthonormal transform (DCT-II): frequency x place. */
    static double[][] matrix(int n) {
        double[][] matrix = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                matrix[k][i] =
                        Math.sqrt((k == 0 ? 1.0 : 2.0) / n) * StrictMath.cos(Math.PI * (2 * i + 1) * k / (2.0 * n));
            }
        }
        return matrix;
    }

    /** Its inverse. */
    static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
