package org.hsi4j.unmixing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

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
 * <p>Costs B<sup>2</sup> + 2 B p + 2 p<sup>2</sup> flops a pixel in two passes over the scene, of which the p coordinates of
 * each pixel are kept (8 p + 4 bytes). Where the memory limit of the run is below that, they are computed anew for each
 * endmember, with the same answer, in p + 1 or p + 2 passes. Immutable and thread-safe.
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
        return prepared(cube, count, Found.statistics(cube, count, context), context)
                .extract(seed.orElse(context.seed()), start, context);
    }

    /** What the searches from all seeds have in common, for who has the statistics of the scene already. */
    Prepared prepared(Cube cube, int count, MeanScatter statistics, RunContext context) {
        Found.requireCount(count, cube.bands(), "bands");
        Found.requireCount(count, statistics.count(), "valid pixels");
        double snr = signalToNoise(statistics, count);
        boolean projective = count == 1
                || switch (projection) {
                    case AUTO -> snr >= threshold(count);
                    case PROJECTIVE -> true;
                    case MEAN_REMOVED -> false;
                };
        Reduction reduction = reduction(statistics, count, projective);
        PixelBlocks pixels = Cloud.orTiles(cube, reduction, context);
        double constant = projective ? 0 : farthest(pixels, context);
        String how = String.format(
                Locale.ROOT,
                "used the %s projection (signal to noise %.1f dB, threshold %.1f dB)",
                projective ? "projective" : "mean-removed",
                snr,
                threshold(count));
        Diagnostics diagnostics = new Diagnostics(true, count, Duration.ZERO, Map.of(), List.of()).with("snr_db", snr);
        return new Prepared(
                cube, count, reduction, pixels, constant, how, Found.noteRank(diagnostics, statistics, count));
    }

    private static Reduction reduction(MeanScatter statistics, int count, boolean projective) {
        if (!projective) {
            return Reduction.affine(statistics, count - 1);
        }
        return count == 1 ? Reduction.linear(statistics, 1) : Reduction.projective(statistics, count);
    }

    private static double threshold(int count) {
        return 15 + 10 * Math.log10(count);
    }

    /** 10 log10((Px - (p/B) Py) / (Py - Px)), Py the mean power of a pixel and Px that of its projection on p directions. */
    private static double signalToNoise(MeanScatter statistics, int count) {
        double[] mean = statistics.mean();
        double[] variances = Dense.eigenvalues(statistics.covariance());
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
    private static double farthest(PixelBlocks pixels, RunContext context) {
        double[] largest = new double[pixels.count()];
        pixels.forEach(
                context,
                "spread of the scene",
                () -> new double[pixels.capacity()],
                (squares, index, planes, numbers, size) -> {
                    Kernels.best().squaredNorms(planes, size, squares);
                    largest[index] = Arrays.stream(squares, 0, size).max().orElse(0);
                });
        return Math.sqrt(Arrays.stream(largest).max().orElse(0));
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
     * The pixels of a scene in p coordinates, before the first direction is drawn.
     *
     * @param pixels in the coordinates of the reduction: p of them, or p - 1 in the mean-removed case
     * @param constant last coordinate in the mean-removed case
     * @param how the pixels were brought to these coordinates, in words
     */
    record Prepared(
            Cube cube,
            int count,
            Reduction reduction,
            PixelBlocks pixels,
            double constant,
            String how,
            Diagnostics diagnostics) {

        Extraction extract(long seed, long start, RunContext context) {
            List<Integer> positions = search(new Random(seed), context);
            return Found.pixels(
                    cube,
                    positions,
                    reduction::project,
                    diagnostics.note("VCA with seed " + seed + " " + how).since(start));
        }

        private List<Integer> search(Random random, RunContext context) {
            List<Integer> positions = new ArrayList<>();
            List<double[]> orthonormal = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                double[] direction = direction(count, k == 0 ? List.of(last(count)) : orthonormal, random);
                int pixel = farthest(direction, positions, "endmember " + (k + 1) + " of " + count, context);
                positions.add(pixel);
                double[] corner = coordinates(Found.spectrum(cube, pixel));
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

        private int farthest(double[] direction, List<Integer> taken, String stage, RunContext context) {
            int dimension = reduction.dimension();
            double offset = dimension < count ? direction[dimension] * constant : 0;
            return pixels.farthest(
                            new double[][] {Arrays.copyOf(direction, dimension)},
                            new double[] {offset},
                            taken,
                            context,
                            stage)
                    .pixel();
        }

        private double[] coordinates(double[] y) {
            double[] x = Arrays.copyOf(reduction.coordinates(y), count);
            if (reduction.dimension() < count) {
                x[reduction.dimension()] = constant;
            }
            return x;
        }
    }
}
