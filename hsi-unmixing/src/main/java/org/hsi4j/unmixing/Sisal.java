package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Simplex identification via split augmented Lagrangian (SISAL): the corners of a small simplex that holds most pixels, which
 * need not be pixels themselves,
 *
 * <pre>  min over Q of -log|det Q| + w sum over pixels, corners of max(0, -(Q X)),  1'Q = h',</pre>
 *
 * <p>X being the pixels in p coordinates, Q<sup>-1</sup> the corners, Q X the abundances and h'x their sum, one on average. For
 * scenes without pure pixels, with noise and odd pixels.
 *
 * <p>At the minimum the pixels outside each facet weigh (p - 1) / w and a little more, each counting h'x. So the weight is
 * given as the share of the scene that may be outside a facet: w = (p - 1) / (share N). With a share of zero this would be
 * {@link Mvsa}. The default of .001 suits simulated scenes; real ones have more odd pixels. Mean spectral angle to the truth
 * in degrees:
 *
 * <table>
 * <caption>Shares and angles</caption>
 * <tr><th>share</th><th>pure, 30 dB</th><th>mixed, 30 dB</th><th>Samson</th><th>Urban 4</th><th>Urban 5</th><th>Urban 6</th></tr>
 * <tr><td>.001</td><td>1.07</td><td>1.42</td><td>7.7</td><td>17.3</td><td>21.8</td><td>24.9</td></tr>
 * <tr><td>.01</td><td>2.64</td><td>2.65</td><td>5.3</td><td>14.4</td><td>18.4</td><td>21.9</td></tr>
 * <tr><td>.05</td><td>4.92</td><td>4.98</td><td>3.0</td><td>12.3</td><td>15.1</td><td>18.1</td></tr>
 * <tr><td>.01, affine</td><td>.41</td><td>.46</td><td>34.5</td><td>37.3</td><td>38.7</td><td>35.0</td></tr>
 * </table>
 *
 * <p>The paper solves a sequence of quadratic approximations by an augmented Lagrangian, and stops after a number of them;
 * here the hinge is rounded off over [-e, e] by (e - a)<sup>2</sup> / (4 e) and e led from .1 to 10<sup>-5</sup> by Newton's
 * method, to a local minimum. The problem is not convex; the start is the simplex of {@link Spa} ({@link Sivm} for the affine
 * form). No chance is involved.
 *
 * <p>{@link Extraction#projected()} holds the corners. They have the brightness at which all pixels together come nearest to
 * abundances that sum to one. {@link Extraction#positions()} and {@link Extraction#pixels()} tell the pixel with the largest
 * share of each, none twice. The figure {@code outside} is the share of pixels outside the simplex. For p = 1, or when the
 * pixels span no simplex (a note says so), the answer is that of {@link Atgp} inside the subspace or of the start. Invalid
 * pixels are not looked at, and black ones, whose brightness is not above 10<sup>-6</sup> of the mean's, have no place in the
 * projective simplex.
 *
 * <p>Costs B<sup>2</sup> + 4 B p flops a pixel in two or three passes over the scene, then about 2 p<sup>2</sup> a pixel and
 * step (p<sup>3</sup> more for pixels near a facet), with 20 to 140 steps, and 8 p bytes a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Sisal.withDefaults().withOutside(0.05).extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Sisal implements EndmemberExtractor {
    private static final Sisal DEFAULTS = new Sisal(0.001, SimplexProjection.PROJECTIVE);

    private final double outside;
    private final SimplexProjection projection;

    private Sisal(double outside, SimplexProjection projection) {
        this.outside = outside;
        this.projection = projection;
    }

    /**
     * The method on projective coordinates with a thousandth of the scene outside each facet.
     *
     * @return the method
     */
    public static Sisal withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another share of the scene outside.
     *
     * @param share of the pixels, weighed by their brightness, that may be outside each facet of the simplex; above zero and
     *     below one; .001 by default, from the table above
     * @return new method
     * @throws IllegalArgumentException if the share is not between zero and one
     */
    public Sisal withOutside(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of pixels outside must be above 0 and below 1, not " + share);
        }
        return new Sisal(share, projection);
    }

    /**
     * With other coordinates.
     *
     * @param newProjection {@link SimplexProjection#PROJECTIVE} by default; {@link SimplexProjection#AFFINE} as published
     * @return new method
     */
    public Sisal withProjection(SimplexProjection newProjection) {
        return new Sisal(outside, Objects.requireNonNull(newProjection, "projection"));
    }

    /**
     * The share of the scene that may be outside each facet.
     *
     * @return above zero and below one
     */
    public double outside() {
        return outside;
    }

    /**
     * The coordinates of the pixels.
     *
     * @return the projection
     */
    public SimplexProjection projection() {
        return projection;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        return MinimumVolume.extract(cube, count, projection, this::path, false, context);
    }

    private List<Hinge> path(int count, long pixels) {
        double weight = (count - 1) / (outside * pixels);
        List<Hinge> path = new ArrayList<>();
        for (double e = 0.1; e > 0.5e-5; e *= 0.1) {
            path.add(new Hinge(weight, e));
        }
        return path;
    }

    /** max(0, -a) times a weight, rounded off over [-e, e]. */
    private record Hinge(double weight, double e) implements MinimumVolume.Penalty {
        @Override
        public double value(double a) {
            return weight * (a < -e ? -a : (e - a) * (e - a) / (4 * e));
        }

        @Override
        public double slope(double a) {
            return weight * (a < -e ? -1 : (a - e) / (2 * e));
        }

        @Override
        public double curvature(double a) {
            return a < -e ? 0 : weight / (2 * e);
        }

        @Override
        public double end() {
            return e;
        }
    }

    @Override
    public String name() {
        return "sisal";
    }

    @Override
    public String summary() {
        return "SISAL: a small simplex around most pixels, the others at a cost; needs no pure pixel.";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias, A variable splitting augmented Lagrangian approach to linear spectral unmixing, WHISPERS 2009";
    }
}
