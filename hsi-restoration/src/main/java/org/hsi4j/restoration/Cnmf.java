package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Coupled non-negative matrix factorisation (CNMF): endmembers E from the coarse scene, abundances A from the sharp one, all
 * non-negative,
 *
 * <blockquote>Y &asymp; E A D', Z &asymp; W A, W &asymp; the sharp sensor's view of E; X = E A,</blockquote>
 *
 * <p>by the multiplicative rules of Lee and Seung, A &larr; A (W'Z) / (W'W A) and so on, in turns: abundances and endmembers of the
 * coarse scene; the sharp bands' view W of the endmembers by least squares on D Z, or from the spectral response where it is given; the sharp abundances, begun with the
 * interpolated ones; back to the coarse scene with their means D A. A sum of one is asked for by one more band, as in FCLS, whose
 * weight is the root mean square of a band.
 *
 * <p>The coarse scene enters as its projection on its signal subspace, so an iteration costs 4 k (k + r) flops a coarse pixel whatever
 * the number of bands; one of the sharp scene costs 4 k<sup>2</sup> flops a sharp pixel. The endmembers begin with the pixels
 * that successive projections pick from the components. Samples are taken for non-negative: what noise has
 * made negative counts as zero. Pixels invalid in either scene are NaN and enter no statistics. Immutable and thread-safe.
 *
 * <p>N. Yokoya, T. Yairi, A. Iwasaki, "Coupled nonnegative matrix factorization unmixing for hyperspectral and multispectral data
 * fusion", IEEE Trans. Geoscience and Remote Sensing 50(2), 2012.
 *
 * <pre>{@code
 * RestoredCube fused = Fusion.of(hyperspectral, multispectral).with(Cnmf.withDefaults()).run();
 * }</pre>
 */
public final class Cnmf implements Fuser {
    private static final int BLOCK = 512;
    private static final double TINY = 1e-300;

    private final OptionalInt endmembers;
    private final int turns;
    private final int iterations;

    private Cnmf(OptionalInt endmembers, int turns, int iterations) {
        this.endmembers = endmembers;
        this.turns = turns;
        this.iterations = iterations;
    }

    /**
     * As many endmembers as the coarse scene has components above its noise, two turns of 70 iterations.
     *
     * @return the method
     */
    public static Cnmf withDefaults() {
        return new Cnmf(OptionalInt.empty(), 2, 70);
    }

    /**
     * Number of endmembers. Default: as many as the coarse scene has components above its noise.
     *
     * @param count at least one; no more than there are components are used
     * @return new settings
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Cnmf withEndmembers(int count) {
        return new Cnmf(OptionalInt.of(NoisyScene.requireCount("endmembers", count)), turns, iterations);
    }

    /**
     * Turns between the two scenes. Default: 2; the paper stops after 1 to 3.
     *
     * @param count at least one
     * @return new settings
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Cnmf withTurns(int count) {
        return new Cnmf(endmembers, NoisyScene.requireCount("turns", count), iterations);
    }

    /**
     * Iterations of each factorisation. Default: 70, from which on a scene of known truth gained less than .5 dB by twice as many.
     *
     * @param count at least one
     * @return new settings
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Cnmf withIterations(int count) {
        return new Cnmf(endmembers, turns, NoisyScene.requireCount("iterations", count));
    }

    /**
     * Number of endmembers.
     *
     * @return empty when the noise decides
     */
    public OptionalInt endmembers() {
        return endmembers;
    }

    /**
     * Turns between the two scenes.
     *
     * @return at least one
     */
    public int turns() {
        return turns;
    }

    /**
     * Iterations of each factorisation.
     *
     * @return at least one
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String name() {
        return "cnmf";
    }

    @Override
    public String summary() {
        return "Endmembers from the coarse scene, abundances from the sharp one, in turns.";
    }

    @Override
    public String reference() {
        return "Yokoya, Yairi, Iwasaki, Coupled nonnegative matrix factorization unmixing for hyperspectral and multispectral data"
                + " fusion, 2012";
    }

    @Override
    public RestoredCube fuse(Cube coarse, Cube sharp, FusedSensors sensors, RunContext context) {
        FusionScene scene = new FusionScene(coarse, sharp, sensors, context);
        double[][] images = scene.images();
        int k = Math.min(endmembers.orElse(images.length), images.length);
        double[][] synthesis = scene.synthesis(); // bands x rank
        double[][] e = started(synthesis, images, k);
        double[][] coarseAbundances = constant(k, scene.coarsePixels(), 1.0 / k);
        double[][] fine = new double[k][scene.pixels()];
        for (int turn = 0; turn < turns; turn++) {
            context.checkCancelled();
            if (turn > 0) {
                for (int a = 0; a < k; a++) {
                    coarseAbundances[a] = scene.sampling().down(fine[a]);
                }
                updateEndmembers(e, synthesis, images, coarseAbundances, iterations);
            }
            for (int i = 0; i < iterations; i++) {
                updateAbundances(e, synthesis, images, coarseAbundances);
                if (turn > 0 || i > iterations / 4) {
                    updateEndmembers(e, synthesis, images, coarseAbundances, 1);
                }
            }
            double[][] view = scene.seenSharply(e).orElseGet(() -> view(scene.sharpLow(), coarseAbundances));
            if (turn == 0) {
                for (int a = 0; a < k; a++) {
                    fine[a] = scene.sampling().interpolated(coarseAbundances[a]);
                }
            }
            factorSharp(view, scene.sharpPlanes(), fine, context);
        }
        return scene.fused(name(), fine, e, context);
    }

    private static double[][] constant(int rows, int columns, double value) {
        double[][] result = new double[rows][columns];
        for (double[] row : result) {
            Arrays.fill(row, value);
        }
        return result;
    }

    /** The spectra of the pixels that successive projections pick: bands x k. */
    private static double[][] started(double[][] synthesis, double[][] images, int k) {
        double[][] left = new double[images.length][];
        for (int r = 0; r < left.length; r++) {
            left[r] = images[r].clone();
        }
        double[][] e = new double[synthesis.length][k];
        for (int a = 0; a < k; a++) {
            int far = farthest(left);
            for (int b = 0; b < e.length; b++) {
                for (int r = 0; r < images.length; r++) {
                    e[b][a] += synthesis[b][r] * images[r][far];
                }
                e[b][a] = Math.max(e[b][a], 1e-6);
            }
            project(left, far);
        }
        return e;
    }

    private static int farthest(double[][] planes) {
        int far = 0;
        double most = -1;
        for (int i = 0; i < planes[0].length; i++) {
            double square = 0;
            for (double[] plane : planes) {
                square += plane[i] * plane[i];
            }
            if (square > most) {
                most = square;
                far = i;
            }
        }
        return far;
    }

    private static void project(double[][] planes, int pixel) {
        double[] u = new double[planes.length];
        double square = TINY;
        for (int r = 0; r < u.length; r++) {
            u[r] = planes[r][pixel];
            square += u[r] * u[r];
        }
        for (int i = 0; i < planes[0].length; i++) {
            double along = 0;
            for (int r = 0; r < u.length; r++) {
                along += u[r] * planes[r][i];
            }
            for (int r = 0; r < u.length; r++) {
                planes[r][i] -= along / square * u[r];
            }
        }
    }

    /** A times (E'Y + s) / (E'E A + s 1'1 A), Y the projected coarse scene. */
    private static void updateAbundances(double[][] e, double[][] synthesis, double[][] images, double[][] abundances) {
        int k = abundances.length;
        double[][] left = product(e, synthesis, k); // k x rank
        double[][] gram = product(e, e, k);
        double sum = sumWeight(gram);
        int pixels = images[0].length;
        double[] top = new double[k];
        double[] old = new double[k];
        double[] next = new double[k];
        for (int i = 0; i < pixels; i++) {
            for (int a = 0; a < k; a++) {
                double value = 0;
                for (int r = 0; r < images.length; r++) {
                    value += left[a][r] * images[r][i];
                }
                top[a] = Math.max(value, 0) + sum;
                old[a] = abundances[a][i];
            }
            step(old, top, gram, sum, next);
            for (int a = 0; a < k; a++) {
                abundances[a][i] = old[a];
            }
        }
    }

    /** One multiplicative step of one pixel. */
    private static void step(double[] abundances, double[] top, double[][] gram, double sum, double[] next) {
        double total = 0;
        for (double a : abundances) {
            total += a;
        }
        for (int a = 0; a < abundances.length; a++) {
            double bottom = sum * total + TINY;
            for (int b = 0; b < abundances.length; b++) {
                bottom += gram[a][b] * abundances[b];
            }
            next[a] = abundances[a] * top[a] / bottom;
        }
        System.arraycopy(next, 0, abundances, 0, next.length);
    }

    private static double sumWeight(double[][] gram) {
        double trace = 0;
        for (int a = 0; a < gram.length; a++) {
            trace += gram[a][a];
        }
        return trace / gram.length;
    }

    /** E times (Y A') / (E A A'). */
    private static void updateEndmembers(
            double[][] e, double[][] synthesis, double[][] images, double[][] abundances, int count) {
        int k = abundances.length;
        double[][] cross = rowProduct(images, abundances); // rank x k
        double[][] gram = rowProduct(abundances, abundances);
        double[] next = new double[k];
        for (int b = 0; b < e.length; b++) {
            double[] top = new double[k];
            for (int a = 0; a < k; a++) {
                for (int r = 0; r < images.length; r++) {
                    top[a] += synthesis[b][r] * cross[r][a];
                }
                top[a] = Math.max(top[a], 0);
            }
            for (int n = 0; n < count; n++) {
                step(e[b], top, gram, 0, next);
            }
        }
    }

    /** The sharp sensor's view of the endmembers: W times (Z A') / (W A A'), run to its end. */
    private static double[][] view(double[][] sharpLow, double[][] abundances) {
        double[][] cross = rowProduct(sharpLow, abundances);
        double[][] gram = rowProduct(abundances, abundances);
        double[][] view = constant(sharpLow.length, abundances.length, 1);
        double[] next = new double[abundances.length];
        for (int j = 0; j < view.length; j++) {
            double[] top = Arrays.stream(cross[j]).map(v -> Math.max(v, 0)).toArray();
            for (int n = 0; n < 2000; n++) {
                step(view[j], top, gram, 0, next);
            }
        }
        return view;
    }

    private void factorSharp(double[][] view, double[][] sharp, double[][] fine, RunContext context) {
        int k = fine.length;
        double[][] gram = product(view, view, k);
        double sum = sumWeight(gram);
        int pixels = fine[0].length;
        Parallel.run(
                context, "sharp abundances", (pixels + BLOCK - 1) / BLOCK, () -> new double[3][k], (own, block) -> {
                    double[] top = own[0];
                    double[] old = own[1];
                    double[] next = own[2];
                    for (int i = block * BLOCK; i < Math.min(pixels, (block + 1) * BLOCK); i++) {
                        for (int a = 0; a < k; a++) {
                            double value = 0;
                            for (int j = 0; j < sharp.length; j++) {
                                value += view[j][a] * sharp[j][i];
                            }
                            top[a] = Math.max(value, 0) + sum;
                            old[a] = Math.max(fine[a][i], 1e-6);
                        }
                        for (int n = 0; n < iterations; n++) {
                            step(old, top, gram, sum, next);
                        }
                        for (int a = 0; a < k; a++) {
                            fine[a][i] = old[a];
                        }
                    }
                });
    }

    /** X'Y of matrices with as many rows; of the first, k columns. */
    private static double[][] product(double[][] x, double[][] y, int k) {
        double[][] result = new double[k][y[0].length];
        for (int b = 0; b < x.length; b++) {
            for (int a = 0; a < k; a++) {
                for (int r = 0; r < result[a].length; r++) {
                    result[a][r] += x[b][a] * y[b][r];
                }
            }
        }
        return result;
    }

    /** X Y'. */
    private static double[][] rowProduct(double[][] x, double[][] y) {
        double[][] result = new double[x.length][y.length];
        for (int r = 0; r < x.length; r++) {
            for (int a = 0; a < y.length; a++) {
                double total = 0;
                for (int i = 0; i < x[r].length; i++) {
                    total += x[r][i] * y[a][i];
                }
                result[r][a] = total;
            }
        }
        return result;
    }
}
