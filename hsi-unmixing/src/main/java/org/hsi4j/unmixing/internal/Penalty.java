package org.hsi4j.unmixing.internal;

/**
 * When an alternating direction method stops, and how its penalty follows its residuals (Boyd et al. 2011, sections 3.3 and
 * 3.4). The primal residual is the distance of the two blocks over the larger of their norms, the dual residual the last step of the
 * second block over the norm of the scaled multipliers.
 */
final class Penalty {
    /** Iterations between two changes of the penalty. */
    private static final int EVERY = 10;

    /** Residuals this far apart are brought together. */
    private static final double APART = 2;

    private static final double MOST = 5;

    private final double tolerance;
    private final int most;
    private double value;
    private double primal = Double.POSITIVE_INFINITY;
    private double dual = Double.POSITIVE_INFINITY;
    private int iterations;
    private int next = EVERY;

    Penalty(double value, double tolerance, int most) {
        this.value = value;
        this.tolerance = tolerance;
        this.most = most;
    }

    double value() {
        return value;
    }

    double primal() {
        return primal;
    }

    double dual() {
        return dual;
    }

    int iterations() {
        return iterations;
    }

    boolean converged() {
        return primal <= tolerance && dual <= tolerance;
    }

    boolean goesOn() {
        return !converged() && iterations < most;
    }

    /**
     * After an iteration.
     *
     * @param distance ||first - second||
     * @param norm the larger of ||first|| and ||second||
     * @param step ||second - second before||
     * @param multipliers ||D||
     * @return what the multipliers are to be divided by, because the penalty was multiplied by it; one mostly
     */
    double after(double distance, double norm, double step, double multipliers) {
        iterations++;
        primal = distance == 0 ? 0 : distance / norm;
        dual = step == 0 ? 0 : step / Math.max(multipliers, Double.MIN_NORMAL);
        if (iterations < next || converged()) {
            return 1;
        }
        // The intervals grow, so that the changes end, as convergence asks for.
        next = iterations + Math.max(EVERY, iterations / 4);
        double factor = Math.sqrt(primal / dual);
        if (!(factor > APART || factor < 1 / APART)) {
            return 1;
        }
        factor = Math.max(1 / MOST, Math.min(MOST, factor));
        value *= factor;
        return factor;
    }
}
