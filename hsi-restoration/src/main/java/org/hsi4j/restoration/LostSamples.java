package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which samples of a band say nothing of the scene: those that are not finite, those of dead lines, and those that all read
 * one value that is too frequent to be a measurement.
 */
final class LostSamples {
    /** Distinct values that a band has at least where a frequent one means something: below, it is only coarsely counted. */
    private static final int FINE = 64;

    /** Distinct values on each side whose frequency a value is compared with. */
    private static final int NEIGHBOURS = 10;

    /** How many times as frequent as its neighbours a lost value is; the digits of real sensors reach three or four. */
    private static final double EXCESS = 20;

    /** Share of the samples that lost ones have at least, and their number. */
    private static final double LEAST_SHARE = 1e-3;

    private static final int LEAST_COUNT = 10;

    /**
     * A value that ends the range may be that of clipped samples: when others lie close to it, within a fiftieth of the quartile range
     * more than this share of its own number, of which a Gaussian clipped at its median has .02, and more further out. Not so
     * when it is most of the band.
     */
    private static final double CLIPPED = 0.012;

    /**
     * Of clipped samples, whole regions read the same value; of scattered ones, neighbours do as often as others. This share of what
     * is left to certainty may come on top by chance.
     */
    private static final double CLUSTERED = 0.25;

    /**
     * Where a band has few values, a lost one has at least this share of the samples, and is alone in lying scattered: of neighbours
     * that do not read it, at least half of those that chance does not make equal are equal.
     */
    private static final double SHARE_OF_FEW = 0.05;

    private static final double TOGETHER = 0.5;

    /** A line that reads one value is dead unless chance would make one so this often, where that value is frequent everywhere. */
    private static final double CHANCE = 1e-9;

    private final int rows;
    private final int columns;
    private final double[] plane;
    private final BitSet inScene;
    private final BitSet lost = new BitSet();
    private final BitSet deadColumns = new BitSet();
    private final BitSet deadRows = new BitSet();
    private final Set<Double> values = new TreeSet<>();
    private boolean missing;
    private int scattered;

    private LostSamples(double[] plane, int rows, int columns, BitSet inScene) {
        this.plane = plane;
        this.rows = rows;
        this.columns = columns;
        this.inScene = inScene;
    }

    /** Looks at a band; NaN is what the reader knows to be no data. */
    static LostSamples of(double[] plane, int rows, int columns, BitSet inScene) {
        LostSamples found = new LostSamples(plane, rows, columns, inScene);
        found.find();
        return found;
    }

    /** Whether the band has no more than one value. */
    boolean missing() {
        return missing;
    }

    BitSet lost() {
        return lost;
    }

    BitSet deadColumns() {
        return deadColumns;
    }

    BitSet deadRows() {
        return deadRows;
    }

    /** Lost samples outside dead lines. */
    int scattered() {
        return scattered;
    }

    /** What scattered lost samples read, besides no data. */
    Set<Double> values() {
        return values;
    }

    private void find() {
        inScene.stream().filter(i -> Double.isNaN(plane[i])).forEach(lost::set);
        double[] sorted = sorted();
        missing = sorted.length == 0 || sorted[0] == sorted[sorted.length - 1];
        if (missing) {
            lost.or(inScene);
            return;
        }
        if (starts(sorted).length <= FINE) {
            findAmongFew(sorted); // a scene of few colours may have lines of one, so that no line is dead
            scattered = lost.cardinality();
            return;
        }
        for (int c = 0; c < columns; c++) {
            deadColumns.set(c, isDead(c, columns, rows, sorted));
        }
        for (int r = 0; r < rows; r++) {
            deadRows.set(r, isDead(r * columns, 1, columns, sorted));
        }
        int before = lost.cardinality();
        markLines();
        int inLines = lost.cardinality() - before;
        findFrequent(inLines == 0 ? sorted : sorted());
        scattered = lost.cardinality() - inLines;
    }

    /** Samples that are not lost so far. */
    private double[] sorted() {
        double[] sorted = inScene.stream()
                .filter(i -> !lost.get(i))
                .mapToDouble(i -> plane[i])
                .toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Whether the samples of a line read one value, or nothing. */
    private boolean isDead(int first, int step, int length, double[] sorted) {
        double value = Double.NaN;
        int in = 0;
        int read = 0;
        for (int i = first; i < first + length * step; i += step) {
            in += inScene.get(i) ? 1 : 0;
            if (inScene.get(i) && !Double.isNaN(plane[i])) {
                if (read++ > 0 && plane[i] != value) {
                    return false;
                }
                value = plane[i];
            }
        }
        double share = (lost.cardinality() + count(sorted, value)) / (double) inScene.cardinality();
        return in > 0 && in * Math.log(share) < Math.log(CHANCE);
    }

    private static int count(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        int from = at;
        int to = at;
        while (from > 0 && sorted[from - 1] == value) {
            from--;
        }
        while (to >= 0 && to < sorted.length && sorted[to] == value) {
            to++;
        }
        return to - from;
    }

    /** A dark side of the scene is no row of dead lines, so lines are dead only where fewer than half are. */
    private void markLines() {
        if (2 * deadColumns.cardinality() >= columns) {
            deadColumns.clear();
        }
        if (2 * deadRows.cardinality() >= rows) {
            deadRows.clear();
        }
        inScene.stream()
                .filter(i -> deadColumns.get(i % columns) || deadRows.get(i / columns))
                .forEach(lost::set);
    }

    private void findFrequent(double[] sorted) {
        int[] start = starts(sorted);
        int distinct = start.length - 1;
        int least = (int) Math.max(LEAST_COUNT, LEAST_SHARE * sorted.length);
        for (int k = 0; k < distinct; k++) {
            int count = start[k + 1] - start[k];
            if (count >= least
                    && count >= EXCESS * neighbours(start, k)
                    && !isClipped(sorted, start[k], start[k + 1])) {
                values.add(sorted[start[k]]);
            }
        }
        markValues();
    }

    private void markValues() {
        if (!values.isEmpty()) {
            inScene.stream().filter(i -> values.contains(plane[i])).forEach(lost::set);
        }
    }

    /** The most scattered value first: what it hides makes others look scattered, too. */
    private void findAmongFew(double[] sorted) {
        double[] left = sorted;
        while (true) {
            double found = mostScattered(left);
            if (Double.isNaN(found)) {
                return;
            }
            values.add(found);
            markValues();
            left = sorted();
        }
    }

    private double mostScattered(double[] sorted) {
        int[] start = starts(sorted);
        double best = Double.NaN;
        double least = CLUSTERED;
        for (int k = 0; k + 1 < start.length; k++) {
            double value = sorted[start[k]];
            double share = (start[k + 1] - start[k]) / (double) sorted.length;
            double clustering = share < SHARE_OF_FEW ? CLUSTERED : clustering(value, share);
            if (clustering < least && othersLieTogether(value, sorted, start)) {
                best = value;
                least = clustering;
            }
        }
        return best;
    }

    /** Whether samples that do not read a value have neighbours like themselves, more often than by chance. */
    private boolean othersLieTogether(double value, double[] sorted, int[] start) {
        double others = sorted.length - count(sorted, value);
        double chance = 0;
        for (int k = 0; k + 1 < start.length; k++) {
            double share = sorted[start[k]] == value ? 0 : (start[k + 1] - start[k]) / others;
            chance += share * share;
        }
        int pairs = 0;
        int equal = 0;
        for (int i = 0; i < plane.length; i++) {
            for (int next : new int[] {(i + 1) % columns == 0 ? plane.length : i + 1, i + columns}) {
                boolean pair =
                        next < plane.length && isKnown(i) && isKnown(next) && plane[i] != value && plane[next] != value;
                pairs += pair ? 1 : 0;
                equal += pair && plane[i] == plane[next] ? 1 : 0;
            }
        }
        return pairs >= LEAST_COUNT && chance < 1 && equal >= pairs * (chance + TOGETHER * (1 - chance));
    }

    /** Where runs of equal values begin, and the end of the last. */
    private static int[] starts(double[] sorted) {
        int[] start = new int[sorted.length + 1];
        int runs = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                start[runs++] = i;
            }
        }
        start[runs] = sorted.length;
        return Arrays.copyOf(start, runs + 1);
    }

    /** What nine of ten neighbours do not exceed: there may be other lost values among them. */
    private static double neighbours(int[] start, int k) {
        double[] counts = new double[2 * NEIGHBOURS];
        int n = 0;
        for (int j = Math.max(0, k - NEIGHBOURS); j <= Math.min(start.length - 2, k + NEIGHBOURS); j++) {
            if (j != k) {
                counts[n++] = start[j + 1] - start[j];
            }
        }
        return Medians.select(counts, n, n * 9 / 10);
    }

    private boolean isClipped(double[] sorted, int from, int to) {
        int n = sorted.length;
        int count = to - from;
        if (Math.min(from, n - to) >= LEAST_SHARE * n) {
            return false;
        }
        double value = sorted[from];
        double[] rest = new double[n - count];
        System.arraycopy(sorted, 0, rest, 0, from);
        System.arraycopy(sorted, to, rest, from, n - to);
        double reach = 0.02 * (rest[rest.length * 3 / 4] - rest[rest.length / 4]);
        long close =
                Arrays.stream(rest).filter(v -> Math.abs(v - value) < reach).count();
        boolean minority = 2 * count < n;
        return isClustered(value, (double) count / n) || (minority && close > CLIPPED * count);
    }

    private boolean isClustered(double value, double share) {
        return clustering(value, share) > CLUSTERED;
    }

    /** By how much the right neighbour of a sample of this value reads it, too, more often than by chance; one if it always does. */
    private double clustering(double value, double share) {
        int pairs = 0;
        int equal = 0;
        for (int i = 0; i + 1 < plane.length; i++) {
            if (plane[i] == value && (i + 1) % columns != 0 && isKnown(i) && isKnown(i + 1)) {
                pairs++;
                equal += plane[i + 1] == value ? 1 : 0;
            }
        }
        return pairs == 0 ? 0 : ((double) equal / pairs - share) / (1 - share);
    }

    private boolean isKnown(int i) {
        return inScene.get(i) && !lost.get(i);
    }
}
