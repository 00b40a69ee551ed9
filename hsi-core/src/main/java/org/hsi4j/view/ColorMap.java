package org.hsi4j.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Colours for the numbers from 0 to 1, spaced so that equal steps of the number look about equally large.
 *
 * <p>The maps are computed, not copied. In CIELAB (D65) the lightness L* is a straight line in the number t, so a map reads
 * the same in grey print and to people who confuse hues; (a*, b*) is a Bézier curve in t whose control points were chosen
 * for an even step length inside the sRGB gamut. {@link #sequential()} runs from dark blue (L* 12) through purple, red and orange to
 * light yellow-green (L* 93); {@link #diverging()} from blue (L* 32) through almost white (L* 96) to red (L* 32), each arm with
 * a straight L*; {@link #gray()} from black to white. Each map has 256 colours. Immutable and thread-safe.
 *
 * <pre>{@code
 * int rgb = ColorMap.sequential().rgb(0.5); // 0xRRGGBB
 * }</pre>
 */
public final class ColorMap {
    private static final int SIZE = 256;

    private final String name;
    private final int[] table;

    private ColorMap(String name, int[] table) {
        this.name = name;
        this.table = table;
    }

    /**
     * For numbers that grow from little to much: abundances, scores.
     *
     * @return dark is little, light is much
     */
    public static ColorMap sequential() {
        double[] a = {33, 58, 72, 93, -17, -41};
        double[] b = {-51, -36, 15, 81, 100, 55};
        int[] table = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double t = i / (SIZE - 1.0);
            table[i] = CieLab.toRgb(12 + 81 * t, bezier(a, t), bezier(b, t));
        }
        return new ColorMap("sequential", table);
    }

    /**
     * For signed numbers, zero being in the middle at 0.5: signed scores, differences.
     *
     * @return blue is negative, red is positive
     */
    public static ColorMap diverging() {
        int[] table = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double t = 2 * i / (SIZE - 1.0) - 1; // -1 to 1
            double[] a = t < 0 ? new double[] {0, -8, 6} : new double[] {0, 38, 48};
            double[] b = t < 0 ? new double[] {0, -36, -40} : new double[] {0, 22, 32};
            double arm = Math.abs(t);
            table[i] = CieLab.toRgb(96 - 64 * arm, bezier(a, arm), bezier(b, arm));
        }
        return new ColorMap("diverging", table);
    }

    /**
     * Shades of grey with even lightness.
     *
     * @return black is little, white is much
     */
    public static ColorMap gray() {
        int[] table = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            table[i] = CieLab.toRgb(100 * i / (SIZE - 1.0), 0, 0);
        }
        return new ColorMap("gray", table);
    }

    /** De Casteljau's scheme. */
    private static double bezier(double[] points, double t) {
        double[] p = points.clone();
        for (int left = p.length - 1; left > 0; left--) {
            for (int i = 0; i < left; i++) {
                p[i] += t * (p[i + 1] - p[i]);
            }
        }
        return p[0];
    }

    /**
     * The colour of a number.
     *
     * @param t the number; below 0 it has the colour of 0, above 1 that of 1
     * @return {@code 0xRRGGBB}
     * @throws IllegalArgumentException if it is NaN, which has no colour
     */
    public int rgb(double t) {
        if (Double.isNaN(t)) {
            throw new IllegalArgumentException("NaN has no colour");
        }
        return table[(int) Math.round(Math.max(0, Math.min(1, t)) * (SIZE - 1))];
    }

    /**
     * What the map is called.
     *
     * @return {@code sequential}, {@code diverging} or {@code gray}
     */
    public String name() {
        return name;
    }

    /**
     * Whether the middle of the map means zero, so that a range should have as much below as above.
     *
     * @return true for {@link #diverging()}
     */
    public boolean isDiverging() {
        return name.equals("diverging");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColorMap that && Arrays.equals(table, that.table);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(table);
    }

    @Override
    public String toString() {
        return name + " colour map";
    }
}
