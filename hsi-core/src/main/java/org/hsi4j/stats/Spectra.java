package org.hsi4j.stats;

import org.hsi4j.linalg.Dense;

/** Small forms of symmetric matrices that several estimators share. */
final class Spectra {

    private Spectra() {}

    /** x' A x. */
    static double quadratic(double[][] a, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double row = 0;
            for (int j = 0; j < x.length; j++) {
                row += a[i][j] * x[j];
            }
            sum += x[i] * row;
        }
        return sum;
    }

    /** Eigenvalues of D^-1 A D^-1, largest first. */
    static double[] whitenedEigenvalues(double[][] a, double[] deviation) {
        int n = a.length;
        double[][] whitened = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                whitened[i][j] = a[i][j] / deviation[i] / deviation[j];
            }
        }
        return Dense.eigen(whitened).values();
    }
}
