package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;

/** Solves for single pixels. */
final class Solving {

    private Solving() {}

    static double[] solve(AbundanceSolver solver, double[][] e, double[] y) {
        double[][] planes = new double[y.length][1];
        for (int b = 0; b < y.length; b++) {
            planes[b][0] = y[b];
        }
        Abundances abundances = solver.solve(Cube.of(1, 1, planes), Endmembers.ofMatrix(e), RunContext.sequential());
        return abundances.maps().abundances(0, 0);
    }

    static double squaredResidual(double[][] e, double[] y, double[] a) {
        double sum = 0;
        for (int b = 0; b < y.length; b++) {
            double rest = y[b];
            for (int k = 0; k < a.length; k++) {
                rest -= e[b][k] * a[k];
            }
            sum += rest * rest;
        }
        return sum;
    }
}
