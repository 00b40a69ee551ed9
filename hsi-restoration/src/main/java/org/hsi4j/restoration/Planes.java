package org.hsi4j.restoration;

/** What the denoisers of planes check alike. */
final class Planes {

    private Planes() {}

    /** Refuses a plane of another size. */
    static void requireSize(double[] plane, int rows, int columns) {
        if (plane.length != rows * columns) {
            throw new IllegalArgumentException(
                    "a plane of " + rows + "x" + columns + " does not fit an array of " + plane.length);
        }
    }
}
