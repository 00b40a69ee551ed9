package org.hsi4j.detection;

import java.util.OptionalInt;

/**
 * An inner and an outer window, both square and centred on a pixel, and what they are where nothing is said: the inner one is 7
 * pixels wide, or half of the outer one if that is less; the outer one is the smallest whose ring has two pixels a band.
 *
 * @param inner pixels a side, or empty
 * @param outer pixels a side, or empty
 */
record Windows(OptionalInt inner, OptionalInt outer) {
    private static final int DEFAULT_INNER = 7;
    private static final int LARGEST = 32767;

    Windows {
        if (inner.isPresent() && outer.isPresent() && inner.getAsInt() >= outer.getAsInt()) {
            throw new IllegalArgumentException("the inner window of " + inner.getAsInt()
                    + " pixels does not leave a ring in the outer window of " + outer.getAsInt());
        }
    }

    static Windows byBands() {
        return new Windows(OptionalInt.empty(), OptionalInt.empty());
    }

    Windows withInner(int pixels) {
        return new Windows(OptionalInt.of(requireOdd("inner", pixels, 1)), outer);
    }

    Windows withOuter(int pixels) {
        return new Windows(inner, OptionalInt.of(requireOdd("outer", pixels, 3)));
    }

    private static int requireOdd(String which, int pixels, int least) {
        if (pixels < least || pixels > LARGEST || pixels % 2 == 0) {
            throw new IllegalArgumentException("the " + which + " window must be an odd number of pixels from " + least
                    + " to " + LARGEST + ", not " + pixels);
        }
        return pixels;
    }

    static double requireLoading(double part) {
        if (!(part >= 0) || Double.isInfinite(part)) {
            throw new IllegalArgumentException("the loading must be zero or more, not " + part);
        }
        return part;
    }

    int innerPixels() {
        return inner.orElseGet(() ->
                outer.isPresent() ? Math.min(DEFAULT_INNER, (outer.getAsInt() - 1) / 2 | 1) : DEFAULT_INNER);
    }

    int outerPixels(int bands) {
        return outer.orElseGet(() -> {
            int inside = innerPixels();
            int outside = inside + 2;
            while ((long) outside * outside - (long) inside * inside < 2L * bands) {
                outside += 2;
            }
            return outside;
        });
    }
}
