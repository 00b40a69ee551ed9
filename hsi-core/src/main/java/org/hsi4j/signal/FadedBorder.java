package org.hsi4j.signal;

/**
 * Makes a line periodic without a jump: n values are followed by a margin in which the mirror image of the end fades into the
 * mirror image of the beginning. With a margin of n both are the same, and the line is mirrored at both ends. Immutable.
 */
final class FadedBorder {
    private final int length;
    private final int margin;
    private final int[] fromEnd;
    private final int[] fromBeginning;

    FadedBorder(int length, int margin) {
        this.length = length;
        this.margin = margin;
        this.fromEnd = new int[margin];
        this.fromBeginning = new int[margin];
        for (int t = 0; t < margin; t++) {
            fromEnd[t] = mirrored(length + t, length);
            fromBeginning[t] = mirrored(t - margin, length);
        }
    }

    /** The border itself is the mirror: ... 1 0 | 0 1 2 | 2 1 ... */
    static int mirrored(int index, int n) {
        int turned = Math.floorMod(index, 2 * n);
        return turned < n ? turned : 2 * n - 1 - turned;
    }

    /** Length with the margin. */
    int total() {
        return length + margin;
    }

    /** Fills the margin of a line. */
    void extend(double[] line) {
        for (int t = 0; t < margin; t++) {
            double w = weight(t);
            line[length + t] = (1 - w) * line[fromEnd[t]] + w * line[fromBeginning[t]];
        }
    }

    /** Fills the rows of the margin. */
    void extendRows(double[][] rows, int columns) {
        for (int t = 0; t < margin; t++) {
            double w = weight(t);
            double[] end = rows[fromEnd[t]];
            double[] beginning = rows[fromBeginning[t]];
            double[] target = rows[length + t];
            for (int c = 0; c < columns; c++) {
                target[c] = (1 - w) * end[c] + w * beginning[c];
            }
        }
    }

    private double weight(int t) {
        return (t + 0.5) / margin;
    }
}
