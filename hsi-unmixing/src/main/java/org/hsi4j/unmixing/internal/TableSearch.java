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

    private static final double[] NONE = new double[0];

    private final SupportTable table;
    private final SupportTable.Buffers buffers;
    private final int p;
    private final int r;
    private final int start;
    private final double[] rows;
    private final double[] z;
    private final double[][] firstRows;
    private final double[] firstConstants;
    private final int firstBase;
    private int[] firstWrong = new int[0];
    private double[] left = new double[0];
    private long iterations;

    TableSearch(SupportTable table, int start, int p, int r) {
        this.table = table;
        this.buffers = table.buffers();
        this.start = start;
        this.p = p;
        this.r = r;
        this.rows = new double[p];
        this.z = new double[r];
        this.firstRows = start == (1 << p) - 1 ? table.rows(start, buffers) : new double[0][];
        this.firstConstants = start == (1 << p) - 1 ? table.constants(start, buffers) : new double[0];
        this.firstBase = start == (1 << p) - 1 ? SupportTable.base(table.map(start, buffers)) : -1;
    }

    long iterations() {
        return iterations;
    }

    /** Solves the pixels of a tile; NaN in the first plane where no set was found. */
    void solve(double[][] planes, int n, double[] lengths, double[][] a) {
        boolean all = firstRows.length > 0;
        if (all) {
            tryAll(planes, n, a);
        }
        for (int i = 0; i < n; i++) {
            if (all && firstWrong[i] == 0) {
                continue;
            }
            for (int k = 0; k < r; k++) {
                z[k] = planes[k][i];
            }
            put(all ? searchFrom(firstWrong[i], lengths[i]) : search(start, p + 1, lengths[i]), i, a);
        }
    }

    /** The solution on all columns for the whole tile at once, with the bits of the negative abundances. */
    private void tryAll(double[][] planes, int n, double[][] a) {
        if (firstWrong.length < n) {
            firstWrong = new int[n];
            left = new double[n];
        }
        Arrays.fill(firstWrong, 0, n, 0);
        Arrays.fill(left, 0, n, 1.0);
        Kernels.best().multiply(firstRows, planes, n, a);
        for (int j = 0; j < p; j++) {
            addFirst(a[j], firstConstants[j], j, n);
        }
        if (firstBase >= 0) {
            double[] plane = a[firstBase];
            for (int i = 0; i < n; i++) {
                plane[i] += left[i];
            }
        }
        iterations += n;
    }

    private void addFirst(double[] plane, double constant, int j, int n) {
        for (int i = 0; i < n; i++) {
            plane[i] += constant;
            left[i] -= plane[i];
        }
        for (int i = 0; i < n; i++) {
            firstWrong[i] |= below(plane[i]) << j;
        }
    }

    /** Goes on after the full set had some negative abundances. */
    private double[] searchFrom(int wrong, double length) {
        int set = start ^ wrong;
        return search(
                set == 0 && table.sumToOne() ? Integer.highestOneBit(wrong) : set, Integer.bitCount(wrong), length);
    }

    /** Puts the abundances of a set to their places; the shortest column of the set gets what is left of one. */
    private void put(double[] map, int i, double[][] a) {
        if (map.length == 0) {
            a[0][i] = Double.NaN;
            return;
        }
        int base = SupportTable.base(map);
        long members = SupportTable.set(map);
        double sum = 0;
        for (int j = 0; j < p; j++) {
            // Zero where the bit is not set, without a branch, which could not be predicted.
            double abundance = Double.longBitsToDouble(Double.doubleToRawLongBits(rows[j]) & -(members >> j & 1));
            sum += abundance;
            a[j][i] = abundance;
        }
        if (base >= 0) {
            a[base][i] = rows[base] + (1 - sum);
        }
    }

    /** The map of the set, with its abundances in {@code rows}; of no length if none was found. */
    private double[] search(int from, int most, double length) {
        int set = from;
        int fewest = most;
        int patience = PATIENCE;
        for (int sweep = 0; sweep < 10 + 5 * p; sweep++) {
            double[] map = table.map(set, buffers);
            if (map.length == 0) {
                return map;
            }
            iterations++;
            int wrong = apply(map, length);
            if (wrong == 0) {
                return map;
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
        return NONE;
    }

    /** All rows of a map; the bits of those below zero. */
    private int apply(double[] map, double length) {
        int wrong = 0;
        double scale = length + SupportTable.originLength(map);
        int at = 0;
        int j = 0;
        for (; j + 4 <= p; j += 4) {
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
        for (; j < p; j++) {
            double sum = map[at++];
            for (double v : z) {
                sum += v * map[at++];
            }
            wrong |= below(sum + scale * map[at++]) << j;
            rows[j] = sum;
        }
        return wrong;
    }

    /** One if x is below zero, zero if not: its sign without a branch, which could not be predicted. */
    private static int below(double x) {
        return (int) (Double.doubleToRawLongBits(x) >>> 63);
    }
}
