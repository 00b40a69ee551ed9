package org.hsi4j.unmixing.internal;

/** Sums that were taken plane by plane. */
final class Sums {

    private Sums() {}

    /** Added up in the order of the planes, whichever thread took them. */
    static double[] of(double[][] planes) {
        double[] total = new double[planes[0].length];
        for (double[] plane : planes) {
            for (int i = 0; i < total.length; i++) {
                total[i] += plane[i];
            }
        }
        return total;
    }
}
