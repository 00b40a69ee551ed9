package org.hsi4j.unmixing;

import java.util.List;

/** Small vectors. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }

    static void subtract(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] -= b[i];
        }
    }

    /** Gram-Schmidt, done twice because once leaves rounding errors of the size of what was removed. */
    static void removeParts(double[] vector, List<double[]> orthonormal) {
        for (int pass = 0; pass < 2; pass++) {
            for (double[] q : orthonormal) {
                double part = dot(q, vector);
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= part * q[i];
                }
            }
        }
    }
}
