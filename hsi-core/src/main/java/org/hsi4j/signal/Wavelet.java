package org.hsi4j.signal;

import java.util.Arrays;

/**
 * An orthogonal wavelet with compact support: a scaling filter h of 2 N taps with sum over k of h[k] h[k + 2 m] = 1 for m = 0
 * and 0 for any other m, sum of h = sqrt(2), and N vanishing moments: the detail filter g[k] = (-1)<sup>k</sup> h[2 N - 1 - k]
 * answers nothing to polynomials of degree below N.
 *
 * <p>The filters are computed from this definition. |H|<sup>2</sup> is ((1 + cos w) / 2)<sup>N</sup> times a polynomial of
 * degree N - 1 in sin<sup>2</sup>(w / 2), each of whose roots stands for a pair z, 1 / z, and h takes one of each pair. The family
 * of Daubechies takes the one inside the unit circle; symlets take those for which the phase is nearest to a
 * straight line, which makes h nearly symmetric (it may be the mirror image of another program's). The equations hold to 1e-13.
 *
 * <p>Reference: Daubechies, "Ten lectures on wavelets", SIAM 1992, chapters 6 and 8. Immutable and thread-safe.
 */
public final class Wavelet {
    private static final int MOST_MOMENTS = 10;

    private final String name;
    private final double[] scaling;

    private Wavelet(String name, double[] scaling) {
        this.name = name;
        this.scaling = scaling;
    }

    /**
     * The Daubechies family of extremal phase; one vanishing moment is the wavelet of Haar.
     *
     * @param vanishingMoments N, 1 to 10; db5 of other programs, or D10 by its taps, is 5
     * @return the wavelet
     * @throws IllegalArgumentException if it is out of this range
     */
    public static Wavelet daubechies(int vanishingMoments) {
        Complex[] roots = rootsInside(vanishingMoments);
        return new Wavelet("Daubechies " + vanishingMoments, filter(vanishingMoments, roots));
    }

    /**
     * The least asymmetric wavelets. Up to three vanishing moments there is no choice, and they are those of Daubechies.
     *
     * @param vanishingMoments N, 1 to 10; sym4 of other programs is 4
     * @return the wavelet
     * @throws IllegalArgumentException if it is out of this range
     */
    public static Wavelet symlet(int vanishingMoments) {
        Complex[] inside = rootsInside(vanishingMoments);
        Complex[] best = inside;
        double least = Double.POSITIVE_INFINITY;
        // the last root stays inside: with all of them turned over, the filter is the same one backwards
        for (int choice = 0; choice < 1 << Math.max(0, inside.length - 1); choice++) {
            Complex[] roots = inside.clone();
            for (int i = 0; i < roots.length; i++) {
                roots[i] = ((choice >> i) & 1) == 0 ? inside[i] : inside[i].inverse();
            }
            double bend = isReal(roots) ? bend(roots) : Double.POSITIVE_INFINITY;
            if (bend < least * (1 - 1e-9)) {
                least = bend;
                best = roots;
            }
        }
        return new Wavelet("symlet " + vanishingMoments, filter(vanishingMoments, best));
    }

    /**
     * The taps of the scaling filter h.
     *
     * @return a copy
     */
    public double[] scaling() {
        return scaling.clone();
    }

    /**
     * The taps of the detail filter g.
     *
     * @return as many as those of the scaling filter
     */
    public double[] detail() {
        double[] detail = new double[scaling.length];
        for (int k = 0; k < detail.length; k++) {
            detail[k] = (k % 2 == 0 ? 1 : -1) * scaling[scaling.length - 1 - k];
        }
        return detail;
    }

    /**
     * Length of the filters.
     *
     * @return 2 N taps
     */
    public int taps() {
        return scaling.length;
    }

    /** For each root y of the polynomial, the root z of z + 1 / z = 2 - 4 y in the unit circle. */
    private static Complex[] rootsInside(int moments) {
        if (moments < 1 || moments > MOST_MOMENTS) {
            throw new IllegalArgumentException(
                    "a wavelet has 1 to " + MOST_MOMENTS + " vanishing moments, not " + moments);
        }
        double[] polynomial = new double[moments];
        polynomial[0] = 1;
        for (int k = 1; k < moments; k++) {
            polynomial[k] = polynomial[k - 1] * (moments - 1 + k) / k;
        }
        Complex[] roots = roots(polynomial);
        for (int i = 0; i < roots.length; i++) {
            Complex half = new Complex(1 - 2 * roots[i].re, -2 * roots[i].im);
            Complex root = half.times(half).minus(Complex.ONE).squareRoot();
            Complex z = half.minus(root);
            roots[i] = z.norm() < 1 ? z : half.minus(root.times(new Complex(-1, 0)));
        }
        return roots;
    }

    /** Durand and Kerner: every estimate is moved by what the product of its distances to the others leaves. */
    private static Complex[] roots(double[] polynomial) {
        int degree = polynomial.length - 1;
        Complex[] roots = new Complex[degree];
        Complex start = new Complex(0.2, 0.45);
        for (int i = 0; i < degree; i++) {
            roots[i] = i == 0 ? start : roots[i - 1].times(start);
        }
        for (int pass = 0; pass < 500; pass++) {
            for (int i = 0; i < degree; i++) {
                Complex value = Complex.ONE;
                Complex rest = Complex.ONE;
                for (int k = degree - 1; k >= 0; k--) {
                    value = value.times(roots[i]).plus(new Complex(polynomial[k] / polynomial[degree], 0));
                }
                for (int j = 0; j < degree; j++) {
                    rest = j == i ? rest : rest.times(roots[i].minus(roots[j]));
                }
                roots[i] = roots[i].minus(value.times(rest.inverse()));
            }
        }
        return roots;
    }

    /** Whether conjugates of all roots are among them. */
    private static boolean isReal(Complex[] roots) {
        for (Complex root : roots) {
            boolean found = false;
            for (Complex other : roots) {
                found |= other.minus(new Complex(root.re, -root.im)).norm() < 1e-12 * root.norm();
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** Mean square of what the phase of the filter has beside its linear part; the zeros at -1 have a linear phase. */
    private static double bend(Complex[] roots) {
        int steps = 256;
        double[] phase = new double[steps + 1];
        for (int i = 1; i <= steps; i++) {
            double w = Math.PI * i / steps;
            phase[i] = phase[i - 1];
            for (Complex root : roots) {
                Complex now = new Complex(StrictMath.cos(w), StrictMath.sin(w)).minus(root);
                double before = w - Math.PI / steps;
                Complex then = new Complex(StrictMath.cos(before), StrictMath.sin(before)).minus(root);
                Complex turn = now.times(then.inverse());
                phase[i] += StrictMath.atan2(turn.im, turn.re);
            }
        }
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double bend = phase[i] - phase[steps] * i / steps;
            sum += bend * bend;
        }
        return sum / steps;
    }

    /** The coefficients of (1 + z)^N times the product of (z - root), scaled to the sum sqrt(2). */
    private static double[] filter(int moments, Complex[] roots) {
        Complex[] taps = new Complex[2 * moments];
        Arrays.fill(taps, new Complex(0, 0));
        taps[0] = Complex.ONE;
        int degree = 0;
        for (Complex root : roots) {
            multiply(taps, degree++, root);
        }
        for (int i = 0; i < moments; i++) {
            multiply(taps, degree++, new Complex(-1, 0));
        }
        double[] real = new double[taps.length];
        double sum = 0;
        for (int k = 0; k < real.length; k++) {
            // by falling powers, so that the roots inside the circle put the weight on the first taps
            real[k] = taps[real.length - 1 - k].re;
            sum += real[k];
        }
        for (int k = 0; k < real.length; k++) {
            real[k] *= Math.sqrt(2) / sum;
        }
        return real;
    }

    /** Multiplies a polynomial by z - root. */
    private static void multiply(Complex[] polynomial, int degree, Complex root) {
        for (int k = degree + 1; k > 0; k--) {
            polynomial[k] = polynomial[k - 1].minus(polynomial[k].times(root));
        }
        polynomial[0] = new Complex(0, 0).minus(polynomial[0].times(root));
    }

    @Override
    public String toString() {
        return name;
    }

    private record Complex(double re, double im) {
        static final Complex ONE = new Complex(1, 0);

        Complex plus(Complex other) {
            return new Complex(re + other.re, im + other.im);
        }

        Complex minus(Complex other) {
            return new Complex(re - other.re, im - other.im);
        }

        Complex times(Complex other) {
            return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
        }

        Complex inverse() {
            double square = re * re + im * im;
            return new Complex(re / square, -im / square);
        }

        double norm() {
            return StrictMath.hypot(re, im);
        }

        Complex squareRoot() {
            double norm = norm();
            return new Complex(Math.sqrt((norm + re) / 2), Math.copySign(Math.sqrt((norm - re) / 2), im));
        }
    }
}
