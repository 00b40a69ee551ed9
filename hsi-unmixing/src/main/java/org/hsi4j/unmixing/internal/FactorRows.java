package org.hsi4j.unmixing.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The Cholesky factors of all sets of a small problem's columns, kept when they were computed once. Factored in rising order,
 * a set has the factor of the same set without its last member and one row more; so one row a set is all there is to keep. A
 * row depends on its set alone, so it does not matter which thread computes it. Thread-safe.
 */
final class FactorRows {
    /** Most columns: 2^12 rows of eight values on average take 350 kB, and each further column twice as much. */
    static final int MOST_COLUMNS = 12;

    private final AtomicReferenceArray<double[]> rows;

    FactorRows(int columns) {
        this.rows = new AtomicReferenceArray<>(1 << columns);
    }

    /** The row of a set's last member; of no length when it depends on the others, null when it is not known. */
    double @Nullable [] get(int set) {
        return rows.get(set);
    }

    void put(int set, double[] row) {
        rows.set(set, row);
    }
}
