package org.hsi4j.linalg;

/**
 * Multiplication and addition in one step, where the machine has an instruction for it. Elsewhere {@link Math#fma} computes with
 * decimal numbers, thousands of times slower. The JVM says which it is through {@code java.management} alone, which takes
 * tens of milliseconds to start; so a few are timed, once, in microseconds.
 */
final class Fused {
    /** Whether products and sums are rounded once. Constant, so that the JIT sees one of the two only. */
    static final boolean FAST = isFast();

    private static final int TRIES = 5;
    private static final int CALLS = 16;

    /** An instruction takes some 20 ns where it is interpreted, decimal numbers take 20000. */
    private static final long SLOWEST_NANOSECONDS = CALLS * 400L;

    private Fused() {}

    /** {@code a b + c}. */
    static double fma(double a, double b, double c) {
        return FAST ? Math.fma(a, b, c) : a * b + c;
    }

    /** {@code a b + c}. */
    static float fma(float a, float b, float c) {
        return FAST ? Math.fma(a, b, c) : a * b + c;
    }

    /** One fast try is enough, because what else the machine does can only make others slow. */
    private static boolean isFast() {
        for (int t = 0; t < TRIES; t++) {
            if (nanoseconds(1.1 + t) < SLOWEST_NANOSECONDS) {
                return true;
            }
        }
        return false;
    }

    private static long nanoseconds(double factor) {
        long start = System.nanoTime();
        double sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum = Math.fma(sum, factor, 0.1);
        }
        long time = System.nanoTime() - start;
        return sum > 0 ? time : Long.MAX_VALUE;
    }
}
