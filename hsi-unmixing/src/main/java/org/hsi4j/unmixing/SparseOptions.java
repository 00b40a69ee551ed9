package org.hsi4j.unmixing;

/** Checks of the options that the sparse methods share. */
final class SparseOptions {

    private SparseOptions() {}

    static double requireNotNegative(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be zero or more, not " + value);
        }
        return value;
    }

    static double requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be greater than zero, not " + value);
        }
        return value;
    }

    static int requireIterations(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one iteration is needed, not " + most);
        }
        return most;
    }

    static void requirePositivity(boolean positivity, boolean sumToOne) {
        if (sumToOne && !positivity) {
            throw new IllegalArgumentException(
                    "abundances that sum to one must not be negative here; SCLS solves for those that may be");
        }
    }
}
