package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/**
 * Vertex component analysis (VCA): takes as endmembers the pixels at the corners of the scene, seen from p random directions
 * one after the other. Each direction is orthogonal to the endmembers found so far, and the pixel with the farthest
 * projection on it is the next one. Assumes that each material has at least one pure pixel.
 *
 * <p>The signal-to-noise ratio, estimated from the share of the power inside the first p principal directions, decides how
 * pixels are brought to p numbers: from 15 + 10 log<sub>10</sub> p dB on, x = U'y with the first p eigenvectors U of
 * (1/N) sum y y', scaled to the plane x'u = 1 with u the mean of x (projective); below it, U'(y - m) with the first p - 1
 * eigenvectors of the covariance and one constant. Pixels whose x'u is below 10<sup>-6</sup> of the mean's (black ones) have
 * no place in that plane and are taken only when nothing else is left. {@link Extraction#projected()} holds the pixels
 * projected back from these coordinates, which is the published result; {@link Extraction#pixels()} the pixels themselves.
 *
 * <p>Pixels are never taken twice. Of equally far ones the first in row order is taken. In a scene of a rank below p
 * (constant, noiseless with fewer materials) the surplus endmembers are dependent on the others, and a note says so. For
 * p = 1 the pixel farthest along the first eigenvector is taken.
 *
 * <p>Costs B<sup>2</sup> + 4 B p flops a pixel in p + 1 or p + 2 passes over the scene and keeps no copy of it. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Vca.withDefaults().withSeed(7).extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Vca implements EndmemberExtractor {
    private static final Vca DEFAULTS = new Vca(OptionalLong.empty(), Projection.AUTO);

    private final OptionalLong seed;
    private final Projection projection;

    private Vca(OptionalLong seed, Projection projection) {
        this.seed = seed;
        this.projection = projection;
    }

    /** How pixels are brought to p numbers. */
    public enum Projection {
        /** By the signal-to-noise ratio, as published. */
        AUTO,
        /** Scaled to a plane: takes differences of brightness out, and is lost where there are dark pixels full of noise. */
        PROJECTIVE,
        /** Shifted by the mean; the projective one all the same for one endmember, which leaves no direction. */
        MEAN_REMOVED
    }

    /**
     * The method with the seed of the run, and the projection that the signal-to-noise ratio asks for.
     *
     * @return the method
     */
    public static Vca withDefaults() {
        return DEFAULTS;
    }

    /**
     * With a seed of its own for the random directions.
     *
     * @param newSeed any number; by default that of the run is used
     * @return new method
     */
    public Vca withSeed(long newSeed) {
        return new Vca(OptionalLong.of(newSeed), projection);
    }

    /**
     * With another projection.
     *
     * @param newProjection {@link Projection#AUTO} by default, which is what was published
     * @return new method
     */
    public Vca withProjection(Projection newProjection) {
        return new Vca(seed, Objects.requireNonNull(newProjection, "projection"));
    }

    /**
     * How pixels are brought to p numbers.
     *
     * @return the projection
     */
    public Projection projection() {
        return projection;
    }

    /**
     * The seed.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        return extract(cube, count, Found.statistics(cube, count, context), start, context);
    }

    /** For who has the statistics of the scene already. */
    Extraction extract(Cube cube, int count, MeanScatter statistics, long start, RunContext context) {
        Found.requireCount(count, cube.bands(), "bands");
        Found.requireCount(count, statistics.count(), "valid pixels");
        double snr = signalToNoise(statistics, count);
        boolean projective = count == 1
                || switch (projection) {
                    case AUTO -> snr >= threshold(count);
                    case PROJECTIVE -> true;
                    case MEAN_REMOVED -> false;
                };
        Plane plane = projective ? Plane.projective(statistics, count) : Plane.meanRemoved(statistics, count);
        if (!projective) {
            plane = plane.withConstant(farthest(cube, plane, context));
        }
        long usedSeed = seed.orElse(context.seed());
        List<Integer> positions = search(cube, plane, count, new Random(usedSeed), context);
        Diagnostics diagnostics = new Diagnostics(true, count, java.time.Duration.ZERO, java.util.Map.of(), List.of())
                .with("snr_db", snr)
                .note(String.format(
                        Locale.ROOT,
                        "VCA with seed %d used the %s projection (signal to noise %.1f dB, threshold %.1f dB)",
                        usedSeed,
                        projective ? "projective" : "mean-removed",
                        snr,
                        threshold(count)));
        return Found.pixels(
                cube,
                positions,
                plane::project,
                Found.noteRank(diagnostics, statistics, count).since(start));
    }

    private static double threshold(int count) {
        return 15 + 10 * Math.log10(count);
    }

    /** 10 log10((Px - (p/B) Py) / (Py - Px)), Py the mean power of a pixel and Px that of its projection on p directions. */
    private static double signalToNoise(MeanScatter statistics, int count) {
        double[] mean = statistics.mean();
        double[] variances = Dense.eigen(statistics.covariance()).values();
        double biased = (statistics.count() - 1.0) / statistics.count();
        double power = 0;
        double inside = 0;
        for (int b = 0; b < mean.length; b++) {
            double variance = biased * Math.max(0, variances[b]);
            power += variance + mean[b] * mean[b];
            inside += (b < count ? variance : 0) + mean[b] * mean[b];
        }
        double noise = power - inside;
        double signal = inside - power * count / mean.length;
        if (noise <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        return signal <= 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(signal / noise);
    }

    /** Largest distance of a pixel from the mean inside the subspace. */
    private static double farthest(Cube cube, Plane plane, RunContext context) {
        Search largest = Tiles.reduce(
                cube, context, "spread of the scene", () -> Search.ofDistance(plane), Search::add, Search::join);
        return Math.sqrt(largest.best);
    }

    private static List<Integer> search(Cube cube, Plane plane, int count, Random random, RunContext context) {
        List<Integer> positions = new ArrayList<>();
        List<double[]> orthonormal = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] direction = direction(count, k == 0 ? List.of(last(count)) : orthonormal, random);
            Search farthest = Tiles.reduce(
                    cube,
                    context,
                    "endmember " + (k + 1) + " of " + count,
                    () -> Search.along(plane, direction, positions),
                    Search::add,
                    Search::join);
            positions.add(farthest.pixel);
            double[] corner = plane.coordinates(Found.spectrum(cube, farthest.pixel));
            double before = Vectors.norm(corner);
            Vectors.removeParts(corner, orthonormal);
            double after = Vectors.norm(corner);
            if (after > 1e-12 * before) {
                Vectors.scale(corner, 1 / after);
                orthonormal.add(corner);
            }
        }
        return positions;
    }

    /** The last axis, to which the first direction is orthogonal. */
    private static double[] last(int count) {
        double[] axis = new double[count];
        axis[count - 1] = 1;
        return axis;
    }

    /** A random direction orthogonal to what was found; any direction for one endmember, which leaves no choice. */
    private static double[] direction(int count, List<double[]> orthonormal, Random random) {
        if (count == 1) {
            return new double[] {1};
        }
        double[] direction = new double[count];
        for (int i = 0; i < count; i++) {
            direction[i] = random.nextGaussian();
        }
        Vectors.removeParts(direction, orthonormal);
        Vectors.scale(direction, 1 / Vectors.norm(direction));
        return direction;
    }

    @Override
    public String name() {
        return "vca";
    }

    @Override
    public String summary() {
        return "Vertex component analysis: pure pixels at the corners of the scene, along random directions.";
    }

    @Override
    public String reference() {
        return "Nascimento and Bioucas-Dias, Vertex component analysis: a fast algorithm to unmix hyperspectral data, "
                + "IEEE TGRS 43(4), 2005";
    }

    /**
     * How a pixel y is brought to p coordinates: x = U'(y - m), then x / (h'y) or x with a constant after it.
     *
     * @param dimension p
     * @param basis U', one row a direction: p of them, or p - 1 in the mean-removed case
     * @param mean m; zeros in the projective case
     * @param height h; null when nothing is divided by
     * @param floor values of h'y up to this are not divided by
     * @param constant last coordinate in the mean-removed case
     */
    @SuppressWarnings("ArrayRecordComponent") // never handed out and never compared
    private record Plane(
            int dimension, double[][] basis, double[] mean, double @Nullable [] height, double floor, double constant) {

        static Plane projective(MeanScatter statistics, int count) {
            double[][] basis =
                    Arrays.copyOf(Dense.eigen(statistics.correlation()).vectors(), count);
            double[] zeros = new double[statistics.bands()];
            if (count == 1) {
                return new Plane(count, basis, zeros, null, 0, 0);
            }
            double[] height = new double[statistics.bands()];
            double floor = 0;
            for (double[] direction : basis) {
                double u = Vectors.dot(direction, statistics.mean());
                floor += 1e-6 * u * u;
                for (int b = 0; b < height.length; b++) {
                    height[b] += u * direction[b];
                }
            }
            return new Plane(count, basis, zeros, height, floor, 0);
        }

        static Plane meanRemoved(MeanScatter statistics, int count) {
            double[][] basis =
                    Arrays.copyOf(Dense.eigen(statistics.covariance()).vectors(), count - 1);
            return new Plane(count, basis, statistics.mean(), null, 0, 0);
        }

        Plane withConstant(double newConstant) {
            return new Plane(dimension, basis, mean, height, floor, newConstant);
        }

        /** One over h'y, or zero where that is not a number to divide by. */
        private double inverseHeight(double h) {
            return h > floor ? 1 / h : 0;
        }

        double[] coordinates(double[] y) {
            double[] x = new double[dimension];
            double factor = height == null ? 1 : inverseHeight(Vectors.dot(height, y));
            for (int k = 0; k < basis.length; k++) {
                x[k] = factor * (Vectors.dot(basis[k], y) - Vectors.dot(basis[k], mean));
            }
            if (dimension > basis.length) {
                x[basis.length] = constant;
            }
            return x;
        }

        /** U f, which takes a pixel straight to its place along the direction f. */
        double[] weights(double[] direction) {
            double[] weights = new double[mean.length];
            for (int k = 0; k < basis.length; k++) {
                for (int b = 0; b < weights.length; b++) {
                    weights[b] += direction[k] * basis[k][b];
                }
            }
            return weights;
        }

        double offset(double[] direction, double[] weights) {
            return (dimension > basis.length ? direction[basis.length] * constant : 0) - Vectors.dot(weights, mean);
        }

        double[] project(double[] y) {
            double[] projection = mean.clone();
            for (double[] direction : basis) {
                double x = Vectors.dot(direction, y) - Vectors.dot(direction, mean);
                for (int b = 0; b < projection.length; b++) {
                    projection[b] += x * direction[b];
                }
            }
            return projection;
        }
    }

    /** The pixel with the largest score so far. */
    private static final class Search {
        private final Plane plane;
        private final double[][] weights;
        private final double[] offsets;
        private final boolean distance;
        private final List<Integer> taken;
        private final double[][] products;
        private double best = -1;
        private int pixel = -1;

        private Search(Plane plane, double[][] weights, double[] offsets, boolean distance, List<Integer> taken) {
            this.plane = plane;
            this.weights = weights;
            this.offsets = offsets;
            this.distance = distance;
            this.taken = taken;
            this.products = new double[weights.length][PixelTile.capacityFor(plane.mean().length)];
        }

        static Search ofDistance(Plane plane) {
            double[] offsets = new double[plane.basis().length];
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] = -Vectors.dot(plane.basis()[k], plane.mean());
            }
            return new Search(plane, plane.basis(), offsets, true, List.of());
        }

        static Search along(Plane plane, double[] direction, List<Integer> taken) {
            double[] w = plane.weights(direction);
            double offset = plane.offset(direction, w);
            double[] h = plane.height();
            return h == null
                    ? new Search(plane, new double[][] {w}, new double[] {offset}, false, taken)
                    : new Search(plane, new double[][] {w, h}, new double[] {offset, 0}, false, taken);
        }

        void add(PixelTile tile) {
            tile.multiply(weights, products);
            for (int i = 0; i < tile.size(); i++) {
                offer(distance ? squaredDistance(i) : farness(i), tile.pixel(i));
            }
        }

        private double squaredDistance(int i) {
            double sum = 0;
            for (int k = 0; k < products.length; k++) {
                double x = products[k][i] + offsets[k];
                sum += x * x;
            }
            return sum;
        }

        private double farness(int i) {
            double along = Math.abs(products[0][i] + offsets[0]);
            return products.length == 1 ? along : along * plane.inverseHeight(products[1][i]);
        }

        private void offer(double score, int candidate) {
            if (score > best && !taken.contains(candidate)) {
                best = score;
                pixel = candidate;
            }
        }

        Search join(Search later) {
            offer(later.best, later.pixel);
            return this;
        }
    }
}
