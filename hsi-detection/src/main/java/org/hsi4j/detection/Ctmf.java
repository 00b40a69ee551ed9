package org.hsi4j.detection;

import java.util.OptionalLong;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Class-wise (clustered tuned) matched filter: the {@linkplain SpectralMatchedFilter spectral matched filter} of the class of the
 * background that the pixel is of.
 *
 * <p>The background is divided by k-means, see {@link ClusterBackground}, which also says how few pixels of a class are helped. With the mean
 * m and the covariance C = L L' of the class whose centre is nearest to the pixel x, z = L<sup>-1</sup> (x - m) and s = L<sup>-1</sup> (t - m), the score
 * is s'z / |s|: signed, in standard deviations of that class. It helps where a scene is of several materials: each is whitened by what
 * varies in it, and brings a threshold of its own. Classes are cut off at their borders and so are not Gaussian: there is no threshold by the
 * model, and there are no p-values, unless one class is all that is left, where this is the spectral matched filter.
 *
 * <p><b>Defaults.</b> 8 classes to begin with, as {@link ClusterRx} has. Invalid pixels take no part and are NaN. Costs 2 K B flops a pixel and round
 * of k-means, twice B<sup>2</sup> for the covariances, and 2 B (K + 1) for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Ctmf.withDefaults().withClusters(5)).run();
 * }</pre>
 */
public final class Ctmf implements TargetDetector {
    private final int clusters;
    private final OptionalLong seed;

    private Ctmf(int clusters, OptionalLong seed) {
        this.clusters = clusters;
        this.seed = seed;
    }

    /**
     * With eight classes and the seed of the run.
     *
     * @return the method
     */
    public static Ctmf withDefaults() {
        return new Ctmf(8, OptionalLong.empty());
    }

    /**
     * Another number of classes.
     *
     * @param count K, from 1 to 1000
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Ctmf withClusters(int count) {
        return new Ctmf(ClusterBackground.requireClusters(count), seed);
    }

    /**
     * The number of classes to begin with.
     *
     * @return K
     */
    public int clusters() {
        return clusters;
    }

    /**
     * With a seed of its own for the first centres.
     *
     * @param newSeed any number
     * @return a changed copy
     */
    public Ctmf withSeed(long newSeed) {
        return new Ctmf(clusters, OptionalLong.of(newSeed));
    }

    /**
     * The seed for the first centres.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public String name() {
        return "ctmf";
    }

    @Override
    public String summary() {
        return "Spectral matched filter of the class of the background that the pixel is of.";
    }

    @Override
    public String reference() {
        return "Funk, Theiler, Roberts and Borel, Clustering to improve matched filter detection of weak gas plumes in"
                + " hyperspectral thermal imagery, 2001";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        long first = seed.orElse(context.seed());
        return SpectralMatchedFilter.withDefaults()
                .fit(ClusterBackground.of(background, clusters, first, context), target, context);
    }
}
