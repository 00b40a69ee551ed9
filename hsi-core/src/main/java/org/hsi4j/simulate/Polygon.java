package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.ScoreMap;

/**
 * A region drawn on an image, and the exact share of each pixel that it covers. Coordinates are x along the columns and y down
 * the rows; the pixel of row r and column c is the square from (c, r) to (c + 1, r + 1).
 *
 * <p>A region consists of closed rings of straight edges. Inside is what a ray crosses an odd number of edges from
 * (<em>even-odd</em>): it does not matter which way a ring runs, a ring within a ring is a hole, and a ring that crosses
 * itself encloses the parts around which it winds an odd number of times. Rings may touch themselves and each other.
 *
 * <p>The plane is cut into horizontal slabs at every corner, every crossing of edges and every border of pixel rows. In a slab
 * the region is a row of trapezoids, whose area in each pixel is a closed form. Costs E<sup>2</sup> operations for the
 * crossings of E edges, and for each slab the pixels the region spans there. Immutable and thread-safe.
 *
 * <pre>{@code
 * Polygon pond = Polygon.circle(40, 30, 12.5, 64).and(Polygon.of(38, 28, 42, 28, 42, 32, 38, 32)); // with an island
 * ScoreMap share = pond.coverage(80, 100);
 * }</pre>
 */
public final class Polygon {
    /** Beyond so many standard deviations a Gaussian has less than 1e-18 of its mass. */
    private static final double REACH = 9;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Gauss-Legendre nodes and weights on [-1, 1], eight points, by symmetry. */
    private static final double[] NODES = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
    };

    private static final double[] WEIGHTS = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
    };

    private final List<double[]> rings;
    private final List<Edge> edges;

    private Polygon(List<double[]> rings) {
        this.rings = rings;
        this.edges = edges(rings);
    }

    /** An edge that is not horizontal, from its upper end to its lower one. */
    private record Edge(double x0, double y0, double x1, double y1) {
        double at(double y) {
            double f = (y - y0) / (y1 - y0);
            return y == y1 ? x1 : x0 + f * (x1 - x0);
        }
    }

    /** What a slab does with the places where the region begins and ends at its top and bottom. */
    private interface Slab {
        void trapezoid(Edge left, Edge right, double top, double bottom);
    }

    /**
     * A region of one ring.
     *
     * @param xy x and y of each corner in turn; three corners at least; the last is joined to the first
     * @return the region
     * @throws IllegalArgumentException if the numbers are odd in number, fewer than six or not finite
     */
    public static Polygon of(double... xy) {
        if (xy.length < 6 || xy.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a polygon has x and y of three corners at least, not " + xy.length + " numbers");
        }
        for (double coordinate : xy) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException("a corner of a polygon cannot be at " + coordinate);
            }
        }
        return new Polygon(List.of(xy.clone()));
    }

    /**
     * A regular polygon in place of a circle; its area is n/2 r<sup>2</sup> sin(2&pi;/n).
     *
     * @param x centre
     * @param y centre
     * @param radius of the circle around it, positive
     * @param corners n, three at least
     * @return the region
     * @throws IllegalArgumentException if there are fewer than three corners, or a number is not as described
     */
    public static Polygon circle(double x, double y, double radius, int corners) {
        BandChanges.requirePositive("the radius of a circle", radius);
        if (corners < 3) {
            throw new IllegalArgumentException("a polygon has three corners at least, not " + corners);
        }
        double[] xy = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            xy[2 * i] = x + radius * StrictMath.cos(angle);
            xy[2 * i + 1] = y + radius * StrictMath.sin(angle);
        }
        return of(xy);
    }

    /**
     * Both regions without what they have in common: a region and its holes, or several islands.
     *
     * @param other more rings
     * @return the region of all rings
     */
    public Polygon and(Polygon other) {
        List<double[]> all = new ArrayList<>(rings);
        all.addAll(other.rings);
        return new Polygon(List.copyOf(all));
    }

    private static List<Edge> edges(List<double[]> rings) {
        List<Edge> edges = new ArrayList<>();
        for (double[] ring : rings) {
            for (int i = 0; i < ring.length; i += 2) {
                int next = (i + 2) % ring.length;
                if (ring[i + 1] < ring[next + 1]) {
                    edges.add(new Edge(ring[i], ring[i + 1], ring[next], ring[next + 1]));
                } else if (ring[i + 1] > ring[next + 1]) {
                    edges.add(new Edge(ring[next], ring[next + 1], ring[i], ring[i + 1]));
                }
            }
        }
        return List.copyOf(edges);
    }

    /**
     * The share of each pixel that the region covers; what lies outside the image is cut off.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @return zero to one, exact to some roundings of the coordinates
     * @throws IllegalArgumentException if the image has no pixel or more than 2<sup>31</sup>-1
     */
    public ScoreMap coverage(int rows, int columns) {
        double[] area = new double[pixels(rows, columns)];
        double[] borders = new double[rows + 1];
        Arrays.setAll(borders, r -> r);
        slabs(borders, (left, right, top, bottom) -> {
            int row = (int) Math.floor(0.5 * (top + bottom));
            if (row >= 0 && row < rows) {
                addTrapezoid(left, right, top, bottom, area, row * columns, columns);
            }
        });
        for (int i = 0; i < area.length; i++) {
            area[i] = Math.max(0, Math.min(1, area[i])); // slabs of one pixel may sum to one and a rounding
        }
        return ScoreMap.of("coverage", rows, columns, area);
    }

    /**
     * The share of each pixel's signal that comes from the region when a Gaussian point spread function of the optics spreads
     * it before the pixels, which are squares without gaps, collect it: the coverage convolved with the Gaussian. The sum over
     * an image that is large enough is the area of the region. Along the rows a closed form, down the columns Gauss-Legendre
     * quadrature of eight points a third of a standard deviation: exact to about 1e-12.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param psfSigma standard deviation of the point spread function in pixels, positive
     * @return zero to one
     * @throws IllegalArgumentException if the image has no pixel or more than 2<sup>31</sup>-1, or sigma is not positive
     */
    public ScoreMap coverage(int rows, int columns, double psfSigma) {
        BandChanges.requirePositive("the standard deviation of the point spread function", psfSigma);
        double[] share = new double[pixels(rows, columns)];
        double[] profile = new double[columns];
        slabs(new double[0], (left, right, top, bottom) -> {
            double first = Math.max(top, -REACH * psfSigma);
            double last = Math.min(bottom, rows + REACH * psfSigma);
            int parts = (int) Math.max(1, Math.ceil(3 * (last - first) / psfSigma));
            double half = (last - first) / (2 * parts);
            for (int q = 0; half > 0 && q < 8 * parts; q++) {
                double node = q % 2 == 0 ? NODES[q % 8 / 2] : -NODES[q % 8 / 2];
                int part = q / 8;
                double y = first + half * (2 * part + 1 + node);
                spread(left.at(y), right.at(y), psfSigma, profile);
                addRows(y, half * WEIGHTS[q % 8 / 2], psfSigma, profile, share);
            }
        });
        for (int i = 0; i < share.length; i++) {
            share[i] = Math.max(0, Math.min(1, share[i]));
        }
        return ScoreMap.of("coverage", rows, columns, share);
    }

    private static int pixels(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an image cannot have " + rows + "x" + columns + " pixels");
        }
        return rows * columns;
    }

    private void slabs(double[] borders, Slab slab) {
        double[] cuts = cuts(borders);
        for (int i = 0; i + 1 < cuts.length; i++) {
            double top = cuts[i];
            double bottom = cuts[i + 1];
            double middle = 0.5 * (top + bottom);
            List<Edge> active = edges.stream()
                    .filter(e -> e.y0 <= top && e.y1 >= bottom)
                    .sorted((a, b) -> Double.compare(a.at(middle), b.at(middle)))
                    .toList();
            for (int k = 0; k + 1 < active.size(); k += 2) {
                slab.trapezoid(active.get(k), active.get(k + 1), top, bottom);
            }
        }
    }

    private double[] cuts(double[] borders) {
        List<Double> cuts = new ArrayList<>();
        for (double border : borders) {
            cuts.add(border);
        }
        for (int i = 0; i < edges.size(); i++) {
            cuts.add(edges.get(i).y0);
            cuts.add(edges.get(i).y1);
            for (int j = 0; j < i; j++) {
                addCrossing(edges.get(i), edges.get(j), cuts);
            }
        }
        return cuts.stream()
                .mapToDouble(Double::doubleValue)
                .map(y -> y + 0.0) // no negative zero
                .sorted()
                .distinct()
                .toArray();
    }

    private static void addCrossing(Edge a, Edge b, List<Double> cuts) {
        double top = Math.max(a.y0, b.y0);
        double bottom = Math.min(a.y1, b.y1);
        if (top < bottom) {
            double above = a.at(top) - b.at(top);
            double below = a.at(bottom) - b.at(bottom);
            if (above * below < 0) {
                cuts.add(top + (bottom - top) * (above / (above - below)));
            }
        }
    }

    private static void addTrapezoid(
            Edge left, Edge right, double top, double bottom, double[] area, int at, int columns) {
        double l0 = left.at(top);
        double l1 = left.at(bottom);
        double r0 = right.at(top);
        double r1 = right.at(bottom);
        int first = (int) Math.max(0, Math.floor(Math.min(l0, l1)));
        int last = (int) Math.min(columns - 1.0, Math.floor(Math.max(r0, r1)));
        for (int c = first; c <= last; c++) {
            area[at + c] += (bottom - top) * (rightOf(l0, l1, c) - rightOf(r0, r1, c));
        }
    }

    /** The mean share of the column from c to c + 1 that lies to the right of a straight edge from x0 to x1. */
    private static double rightOf(double x0, double x1, int c) {
        double low = Math.min(x0, x1);
        double high = Math.max(x0, x1);
        if (high <= c) {
            return 1;
        }
        if (low >= c + 1.0) {
            return 0;
        }
        if (low == high) {
            return c + 1 - low;
        }
        double from = Math.max(low, c);
        double to = Math.min(high, c + 1.0);
        double crossed = (to - from) / (high - low) * (c + 1 - 0.5 * (from + to));
        return crossed + Math.max(0, c - low) / (high - low);
    }

    /** What each column gets from a line from one x to another. */
    private static void spread(double from, double to, double sigma, double[] profile) {
        for (int c = 0; c < profile.length; c++) {
            double a = (c - from) / sigma;
            double b = (to - c - 1) / sigma;
            if (Math.min(a + 1 / sigma, b + 1 / sigma) < -REACH) {
                profile[c] = 0;
            } else {
                profile[c] =
                        sigma * (ramp(a + 1 / sigma) - ramp(a) - ramp((c + 1 - to) / sigma) + ramp((c - to) / sigma));
            }
        }
    }

    /** The integral of the normal distribution function. */
    private static double ramp(double t) {
        if (Math.abs(t) > REACH) {
            return Math.max(0, t);
        }
        return t * NORMAL.cumulativeProbability(t) + NORMAL.density(t);
    }

    private static void addRows(double y, double weight, double sigma, double[] profile, double[] share) {
        int columns = profile.length;
        int first = (int) Math.max(0, Math.floor(y - REACH * sigma));
        int rows = share.length / columns;
        int last = (int) Math.min(rows - 1.0, Math.floor(y + REACH * sigma));
        for (int r = first; r <= last; r++) {
            double w = weight * NORMAL.probability((r - y) / sigma, (r + 1 - y) / sigma);
            for (int c = 0; c < columns; c++) {
                share[r * columns + c] += w * profile[c];
            }
        }
    }

    /**
     * Abundance truth from regions drawn on a map: each region is one material, and what no region covers is another.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param names the material of each region
     * @param regions the regions, which do not overlap
     * @param rest name of the material of what is left, the last of the result
     * @return the abundances; they are not negative and sum to one to 1e-12
     * @throws IllegalArgumentException if there are more or fewer names than regions, or regions overlap in some pixel by
     *     more than 1e-9 of its area
     */
    public static AbundanceMaps abundances(
            int rows, int columns, List<String> names, List<Polygon> regions, String rest) {
        if (names.size() != regions.size()) {
            throw new IllegalArgumentException(names.size() + " names given for " + regions.size() + " regions");
        }
        int n = pixels(rows, columns);
        double[][] maps = new double[regions.size() + 1][];
        double[] left = new double[n];
        Arrays.fill(left, 1);
        for (int k = 0; k < regions.size(); k++) {
            maps[k] = regions.get(k).coverage(rows, columns).toArray();
            for (int i = 0; i < n; i++) {
                left[i] -= maps[k][i];
            }
        }
        for (int i = 0; i < n; i++) {
            if (left[i] < -1e-9) {
                throw new IllegalArgumentException(
                        "the regions overlap at row " + i / columns + ", column " + i % columns);
            }
            settle(maps, left, i);
        }
        maps[regions.size()] = left;
        List<String> all = new ArrayList<>(names);
        all.add(rest);
        return AbundanceMaps.of(rows, columns, all, maps);
    }

    /** Takes what rounding gave too much, in a pixel that is full, from the regions. */
    private static void settle(double[][] maps, double[] left, int pixel) {
        if (left[pixel] < 0) {
            double scale = 1 / (1 - left[pixel]);
            for (int k = 0; k + 1 < maps.length; k++) {
                maps[k][pixel] *= scale;
            }
            left[pixel] = 0;
        }
    }

    @Override
    public String toString() {
        return "polygon of " + rings.size() + " rings and " + edges.size() + " edges";
    }
}
