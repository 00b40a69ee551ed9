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

    /**
     * What bands are divided by to make their noise white: its deviation, but not less than 1e-6 of the size of the
     * band, which leaves four of sixteen digits to the eigenvalues; one for a band of zeros.
     */
    static double[] divisors(double[][] correlation, double[] deviation) {
        double[] divisors = deviation.clone();
        for (int b = 0; b < divisors.length; b++) {
            double rms = Math.sqrt(correlation[b][b]);
            divisors[b] = rms > 0 ? Math.max(deviation[b], 1e-6 * rms) : 1.0;
        }
        return divisors;
    }
}
