package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MarchenkoPastur;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * Truncation of the scene to its signal subspace, found where the noise is white.
 *
 * <p>With the noise deviation of each band in D = diag(s) (from {@link RegressionNoise}), the whitened scene D<sup>-1</sup> Y has
 * noise of unit variance in all directions. V holds the k leading eigenvectors of its correlation matrix
 * (1/N) D<sup>-1</sup> Y Y' D<sup>-1</sup>, and each pixel becomes x = D V V' D<sup>-1</sup> y: among all projections of rank k the one that
 * loses least in units of the noise.
 *
 * <p><b>Rank.</b> By default k is the number of eigenvalues above
 * (2 (r + 1) + 8 r / (r + 1 + sqrt(r<sup>2</sup> + 14 r + 1))) max(B, N) / N with r = min(B, N) / max(B, N), the cut that has the
 * smallest squared error of all for N pixels of white noise of unit variance in B bands as both grow: Gavish and Donoho, "The
 * optimal hard threshold for singular values is 4/sqrt(3)", 2014. It is little more than 2 for many pixels: a component is
 * worth keeping when it holds more signal than noise. Real and synthetic scenes with known noise came out within .1 dB of the
 * best of all ranks. The figure {@code detectable} counts the eigenvalues that noise alone would not reach: those above m + t w
 * with m = (sqrt(N-1) + sqrt(B))<sup>2</sup> / N, w = (sqrt(N-1) + sqrt(B)) (1/sqrt(N-1) + 1/sqrt(B))<sup>1/3</sup> / N, and t = 3.2724
 * from the Tracy-Widom law, which noise exceeds once in a thousand scenes (Johnstone, "On the distribution of the largest
 * eigenvalue in principal components analysis", 2001). Where these are more than k, the others hold some signal and more
 * noise; keeping them all cost up to 1.1 dB. At least one component is kept.
 *
 * <p><b>Rare pixels.</b> A material that covers few pixels adds little to the correlation: with an energy of e noise variances
 * a pixel outside the other materials' subspace it makes a component of its own only when its share of the scene exceeds
 * about 1 / e, and is drawn towards the others below that. Look for rare targets before denoising, or give a larger
 * {@linkplain #withRank rank}.
 *
 * <p>Bands without noise to be found (constant, empty, or combinations of others) are kept as they are. So is a scene of one
 * band, of fewer pixels than bands or of one colour; the notes of the diagnostics say so, and also where the pixels are too few
 * for a reliable estimate of the noise. Invalid pixels take no part and are NaN in the result. Costs B<sup>2</sup> flops a pixel
 * for the fit and 4 B k for the projection; the scene is passed twice. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(WhitenedSvd.withDefaults()).run();
 * }</pre>
 */
public final class WhitenedSvd implements Denoiser, StreamingRestorer {
    private final OptionalInt rank;
    private final boolean keepingDetectable;

    private WhitenedSvd(OptionalInt rank, boolean keepingDetectable) {
        this.rank = rank;
        this.keepingDetectable = keepingDetectable;
    }

    /**
     * With the rank chosen by the method itself.
     *
     * @return the method
     */
    public static WhitenedSvd withDefaults() {
        return new WhitenedSvd(OptionalInt.empty(), false);
    }

    /**
     * With a given rank.
     *
     * @param newRank dimension of the signal subspace, at least one and at most the number of bands
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public WhitenedSvd withRank(int newRank) {
        if (newRank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, not " + newRank);
        }
        return new WhitenedSvd(OptionalInt.of(newRank), keepingDetectable);
    }

    /**
     * The given rank.
     *
     * @return empty when the method chooses
     */
    public OptionalInt rank() {
        return rank;
    }

    /** With all components that noise alone would not reach, for methods that take the noise out of them. */
    WhitenedSvd keepingDetectable() {
        return new WhitenedSvd(rank, true);
    }

    @Override
    public String name() {
        return "whitened-svd";
    }

    @Override
    public String summary() {
        return "Projects the noise-whitened scene on the eigenvectors that stand above the noise.";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias and Nascimento, Hyperspectral subspace identification, 2008; rank by Gavish"
                + " and Donoho, The optimal hard threshold for singular values is 4/sqrt(3), 2014";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        SubspaceModel model = fit(cube, context);
        ModelSource source = new ModelSource(cube, model, cube.precision());
        return SubspaceImages.learnt(cube, source, name(), model.diagnostics().with("rank", model.rank()));
    }

    /**
     * Learns the signal subspace of a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the model
     * @throws IllegalArgumentException if the given rank is larger than the number of bands
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public SubspaceModel fit(Cube cube, RunContext context) {
        int bands = cube.bands();
        if (rank.isPresent() && rank.getAsInt() > bands) {
            throw new IllegalArgumentException("rank " + rank.getAsInt() + " but the cube has " + bands + " bands");
        }
        return fit(MeanScatter.of(cube, context));
    }

    /** Learns the signal subspace from the statistics of a scene. */
    SubspaceModel fit(MeanScatter statistics) {
        int bands = statistics.bands();
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        if (statistics.count() == 0) {
            return unchanged(bands, diagnostics.note("the scene has no valid pixel"));
        }
        if (bands == 1) {
            return unchanged(1, diagnostics.note("one band has no other to tell its noise from: left as it is"));
        }
        RegressionNoise noise = RegressionNoise.of(statistics);
        diagnostics = diagnostics.with("noise-rms", noise.rms());
        if (noise.rms() == 0) {
            return unchanged(bands, diagnostics.note("the scene is free of noise: left as it is"));
        }
        if (!noise.reliable()) {
            diagnostics = diagnostics.note("the noise of " + statistics.count() + " pixels in " + bands
                    + " bands cannot be estimated reliably: bands that are combinations of others, or fewer than two pixels a"
                    + " band");
        }
        double[][] correlation = statistics.correlation();
        double[] deviation = noise.divisors(correlation);
        Dense.Eigen eigen = Dense.eigen(whitened(correlation, deviation));
        int detectable = countAbove(MarchenkoPastur.noiseEdge(statistics.count(), bands), eigen.values());
        int worthKeeping = countAbove(bestCut(statistics.count(), bands), eigen.values());
        int k = rank.orElse(keepingDetectable ? Math.max(detectable, worthKeeping) : worthKeeping);
        if (k == 0) {
            k = 1;
            diagnostics = diagnostics.note("no component holds more signal than noise: the strongest is kept");
        }
        if (rank.isEmpty() && detectable > k) {
            diagnostics = diagnostics.note(detectable + " components stand above the noise; " + k
                    + " are kept, as the others hold more noise than signal");
        }
        diagnostics = diagnostics.with("rank", k).with("detectable", detectable);
        return projector(eigen.vectors(), deviation, k, diagnostics);
    }

    private static int countAbove(double limit, double[] values) {
        return (int) Arrays.stream(values).filter(v -> v > limit).count();
    }

    private static SubspaceModel unchanged(int bands, Diagnostics diagnostics) {
        return new SubspaceModel(new double[0][bands], new double[bands][0], diagnostics.with("rank", bands));
    }

    private static double[][] whitened(double[][] correlation, double[] deviation) {
        int bands = deviation.length;
        double[][] w = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                w[a][b] = correlation[a][b] / deviation[a] / deviation[b];
            }
        }
        return w;
    }

    /** Gavish and Donoho's threshold for singular values, squared, in terms of the eigenvalues of Y Y' / N. */
    static double bestCut(long pixels, int bands) {
        double larger = Math.max(pixels, bands);
        double r = Math.min(pixels, bands) / larger;
        double squared = 2 * (r + 1) + 8 * r / (r + 1 + Math.sqrt(r * r + 14 * r + 1));
        return squared * larger / pixels;
    }

    /** Onto the first k of orthonormal directions of the whitened scene. */
    static SubspaceModel projector(double[][] vectors, double[] deviation, int k, Diagnostics diagnostics) {
        int bands = deviation.length;
        double[][] analysis = new double[k][bands];
        double[][] synthesis = new double[bands][k];
        for (int j = 0; j < k; j++) {
            for (int b = 0; b < bands; b++) {
                analysis[j][b] = vectors[j][b] / deviation[b];
                synthesis[b][j] = vectors[j][b] * deviation[b];
            }
        }
        return new SubspaceModel(analysis, synthesis, diagnostics);
    }
}
