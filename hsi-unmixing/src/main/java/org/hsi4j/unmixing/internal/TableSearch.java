package org.hsi4j.unmixing.internal;

/**
 * Finds the set of positive abundances of one pixel after the other by block principal pivoting (Portugal, Judice and
 * Vicente 1994; Kim and Park 2011) over a {@link SupportTable}: the members below zero leave the set and the others above
 * enter it, all at once; when their number has not fallen for some sweeps, only the last of them is exchanged (Murty's rule)
 * until it does. Starts from the full set, so that the answer depends on the pixel alone. For one thread; allocates nothing.
 */
final class TableSearch {
    /** Sweeps without progress before single exchanges. */
    private static final int PATIENCE = 3;

    private final SupportTable table;
    private final int p;
    private final int r;
    private final int start;
    private final double[] rows;
    private final double[] z;
    private long iterations;

    TableSearch(SupportTable table, int start, int p, int r) {
        this.table = table;
        this.start = start;
        this.p = p;
        this.r = r;
        this.rows = new double[(p + 3) / 4 * 4];
        this.z = new double[r];
    }

    long iterations() {
        return iterations;
    }

    /** Solves pixel i; NaN in the first plane where no set was found. */
    void solve(double[][] planes, int i, double length, double[][] a) {
        for (int k = 0; k < r; k++) {
            z[k] = planes[k][i];
        }
        int set = search(length);
        if (set < 0) {
            a[0][i] = Double.NaN;
            return;
        }
        double sum = 0;
        for (int j = 0; j < p; j++) {
            double share = (set >> j & 1) == 1 ? rows[j] : 0.0;
            a[j][i] = share;
            sum += share;
        }
        int base = table.base(set);
        if (base >= 0) {
            a[base][i] += 1 - sum;
        }
    }

    /** The set, with its abundances in {@code rows}; -1 if none was found. */
    private int search(double length) {
        int set = start;
        int fewest = p + 1;
        int patience = PATIENCE;
        for (int sweep = 0; sweep < 10 + 5 * p; sweep++) {
            double[] map = table.map(set);
            if (map.length == 0) {
                return -1;
            }
            iterations++;
            int wrong = apply(map, length) & (1 << p) - 1; // lengths beyond the range make all rows wrong
            if (wrong == 0) {
                return set;
            }
            int count = Integer.bitCount(wrong);
            if (count < fewest) {
                fewest = count;
                patience = PATIENCE;
            } else if (patience > 0) {
                patience--;
            } else {
                wrong = Integer.highestOneBit(wrong);
            }
            set ^= wrong;
            if (set == 0 && table.sumToOne()) {
                set = Integer.highestOneBit(wrong);
            }
        }
        return -1;
    }

    /** All rows of a map; the bits of those below zero. */
    private int apply(double[] map, double length) {
        int wrong = 0;
        double scale = length + map[map.length - 1];
        int at = 0;
        for (int j = 0; j < rows.length; j += 4) {
            double s0 = map[at];
            double s1 = map[at + 1];
            double s2 = map[at + 2];
            double s3 = map[at + 3];
            for (double v : z) {
                at += 4;
                s0 += v * map[at];
                s1 += v * map[at + 1];
                s2 += v * map[at + 2];
                s3 += v * map[at + 3];
            }
            at += 4;
            wrong |= (s0 >= -scale * map[at] ? 0 : 1) << j
                    | (s1 >= -scale * map[at + 1] ? 0 : 2) << j
                    | (s2 >= -scale * map[at + 2] ? 0 : 4) << j
                    | (s3 >= -scale * map[at + 3] ? 0 : 8) << j;
            at += 4;
            rows[j] = s0;
            rows[j + 1] = s1;
            rows[j + 2] = s2;
            rows[j + 3] = s3;
        }
        return wrong;
    }
}
