package org.hsi4j.view;

/**
 * How the pixels of an image become those of a picture: of every {@code step} x {@code step} pixels the middle one is taken, and
 * each that was taken becomes {@code zoom} x {@code zoom} pixels of the picture. One of the two numbers is 1.
 */
record Scaling(int rows, int columns, int step, int zoom) {

    static Scaling fit(int rows, int columns, int minimumSide, int maximumSide) {
        int longest = Math.max(rows, columns);
        int step = ceilDiv(longest, maximumSide);
        int zoom = step > 1 ? 1 : Math.max(1, Math.min(ceilDiv(minimumSide, longest), maximumSide / longest));
        return new Scaling(rows, columns, step, zoom);
    }

    static void check(int minimumSide, int maximumSide) {
        if (minimumSide < 1 || maximumSide < minimumSide) {
            throw new IllegalArgumentException(
                    "the longer side of a picture cannot be " + minimumSide + " to " + maximumSide + " pixels");
        }
    }

    private static int ceilDiv(int a, int b) {
        return (int) (((long) a + b - 1) / b);
    }

    /** Rows that are taken. */
    int sampledRows() {
        return ceilDiv(rows, step);
    }

    /** Columns that are taken. */
    int sampledColumns() {
        return ceilDiv(columns, step);
    }

    /** Row of the image that the i-th taken row is. */
    int sourceRow(int i) {
        return (int) Math.min(rows - 1, (long) i * step + step / 2);
    }

    /** Column of the image that the i-th taken column is. */
    int sourceColumn(int i) {
        return (int) Math.min(columns - 1, (long) i * step + step / 2);
    }

    /** Height of the picture. */
    int height() {
        return sampledRows() * zoom;
    }

    /** Width of the picture. */
    int width() {
        return sampledColumns() * zoom;
    }

    /** What was done, for a note under the picture; empty when every pixel is one pixel. */
    String note() {
        if (step > 1) {
            return "one pixel in " + step + " x " + step + " shown";
        }
        return "";
    }
}
