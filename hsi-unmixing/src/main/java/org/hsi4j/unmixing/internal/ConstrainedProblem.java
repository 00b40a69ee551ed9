package org.hsi4j.unmixing.internal;

import org.jspecify.annotations.Nullable;

/**
 * Minimise ||C a - z||<sup>2</sup> over a &gt;= 0, with sum(a) = 1 where asked: what can be prepared before any z is seen.
 * Thread-safe.
 */
public final class ConstrainedProblem {
    final double[][] columns;
    final boolean sumToOne;
    final @Nullable SupportTable table;
    final @Nullable FactorRows rows;

    /**
     * Prepares.
     *
     * @param columns C, p columns of r values, the longest of them about one long; not changed later
     * @param sumToOne whether the abundances sum to one
     */
    public ConstrainedProblem(double[][] columns, boolean sumToOne) {
        this.columns = columns;
        this.sumToOne = sumToOne;
        int p = columns.length;
        this.table = p > SupportTable.MOST_COLUMNS ? null : new SupportTable(columns, sumToOne);
        this.rows = table != null || p > FactorRows.MOST_COLUMNS ? null : new FactorRows(p);
    }
}
