package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;

/**
 * Finds the sets of positive abundances of the pixels of a tile by block principal pivoting (Portugal, Judice and
 * Vicente 1994; Kim and Park 2011) over a {@link SupportTable}: the members below zero leave the set and the others above
 * enter it, all at once; when their number has not fallen for some sweeps, only the last of them is exchanged (Murty's rule)
 * until it does. Starts from the full set, so that the answer depends on the pixel alone. For one thread; allocates nothing.
 */
final class TableSearch {
    /** Sweeps without progress before single exchanges. */
    private static final int PATIENCE = 3;

    private final SupportTable table;
    private final SupportTable.Buffers buffers;
    private final int p;
    private final int r;
    private final int start;
    private final double[] rows;
    private final double[] z;
    private final double[][] firstRows;
    private final double[] firstConstants;
    private int[] firstWrong = new int[0];
    private long iterations;

    TableSearch(SupportTable table, int start, int p, int r) {
        this.table = table;
        this.buffers = table.buffers();
        this.start = start;
        this.p = p;
        this.r = r;
        this.rows = new double[(p + 3) / 4 * 4];
        this.z = new double[r];
        this.firstRows = start == (1 << p) - 1 ? table.rows(start, buffers) : new double[0][];
        this.firstConstants = start == (1 << p) - 1 ? table.constants(start, buffers) : new double[0];
    }

    long iterations() {
        return iterations;
    }

    /** Solves the pixels of a tile; NaN in the first plane where no set was found. */
    void solve(double[][] planes, int n, double[] lengths, double[][] a) {
        if (firstRows.length > 0) {
            tryAll(planes, n, a);
        }
        for (int i = 0; i < n; i++) {
            int wrong = firstRows.length > 0 ? firstWrong[i] : -1;
            if (wrong == 0) {
                closeSum(start, i, a);
            } else {
                for (int k = 0; k < r; k++) {
                    z[k] = planes[k][i];
                }
                put(wrong < 0 ? search(start, p + 1, lengths[i]) : searchFrom(wrong, lengths[i]), i, a);
            }
        }
    }

    /** The solution on all columns for the whole tile at once, with the bits of the negative abundances. */
    private void tryAll(double[][] planes, int n, double[][] a) {
        if (firstWrong.length < n) {
            firstWrong = new int[n];
        }
        Arrays.fill(firstWrong, 0, n, 0);
        Kernels.best().multiply(firstRows, planes, n, a);
        for (int j = 0; j < p; j++) {
            double[] plane = a[j];
            double constant = firstConstants[j];
            for (int i = 0; i < n; i++) {
                plane[i] += constant;
                firstWrong[i] |= below(plane[i]) << j;
            }
        }
        iterations += n;
    }

    /** Goes on after the full set had some negative abundances. */
    private int searchFrom(int wrong, double length) {
        int set = start ^ wrong;
        return search(
                set == 0 && table.sumToOne() ? Integer.highestOneBit(wrong) : set, Integer.bitCount(wrong), length);
    }

    private void put(int set, int i, double[][] a) {
        if (set < 0) {
            a[0][i] = Double.NaN;
            return;
        }
        for (int j = 0; j < p; j++) {
            a[j][i] = (set >> j & 1) == 1 ? rows[j] : 0.0;
        }
        closeSum(set, i, a);
    }

    /** Gives the shortest column what is left of one. */
    private void closeSum(int set, int i, double[][] a) {
        int base = table.sumToOne() ? table.base(set, buffers) : -1;
        if (base >= 0) {
            double left = 1;
            for (int j = 0; j < p; j++) {
                left -= a[j][i];
            }
            a[base][i] += left;
        }
    }

    /** The set, with its abundances in {@code rows}; -1 if none was found. */
    private int search(int from, int most, double length) {
        int set = from;
        int fewest = most;
        int patience = PATIENCE;
        for (int sweep = 0; sweep < 10 + 5 * p; sweep++) {
            double[] map = table.map(set, buffers);
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
            wrong |= (below(s0 + scale * map[at])
                            | below(s1 + scale * map[at + 1]) << 1
                            | below(s2 + scale * map[at + 2]) << 2
                            | below(s3 + scale * map[at + 3]) << 3)
                    << j;
            at += 4;
            rows[j] = s0;
            rows[j + 1] = s1;
            rows[j + 2] = s2;
            rows[j + 3] = s3;
        }
        return wrong;
    }

    /** One if x is below zero, zero if not: its sign without a branch, which could not be predicted. */
    private static int below(double x) {
        return (int) (Double.doubleToRawLongBits(x) >>> 63);
    }
}
