package org.hsi4j.restoration;

/** What methods that work on planes have in common. */
final class Planes {

    private Planes() {}

    /** Refuses a plane of another size. */
    static void requireSize(double[] plane, int rows, int columns) {
        if (plane.length != rows * columns) {
            throw new IllegalArgumentException(
                    "a plane of " + rows + "x" + columns + " does not fit an array of " + plane.length);
        }
    }

    /** Where an index beyond a border lies, the border itself being the mirror: ... 1 0 | 0 1 2 | 2 1 ... */
    static int mirrored(int index, int n) {
        int turned = Math.floorMod(index, 2 * n);
        return turned < n ? turned : 2 * n - 1 - turned;
    }

    /** Adds a multiple of a plane to another. */
    static void add(double[] sum, double weight, double[] plane) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * plane[i];
        }
    }
}
