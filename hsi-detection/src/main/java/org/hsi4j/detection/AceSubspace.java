package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Mahalanobis;
import org.hsi4j.stats.Shrinkage;

/**
 * Adaptive coherence estimator for a target that shows several spectra: the share of a whitened pixel that lies in the
 * subspace they span.
 *
 * <p>With the mean m and the covariance C = L L' of the background, z = L<sup>-1</sup> (x - m), and an orthonormal basis Q of
 * L<sup>-1</sup> (T - m), the score is |Q'z|<sup>2</sup> / |z|<sup>2</sup>, from 0 to 1: the squared cosine between the pixel and its nearest mixture of the
 * spectra, of any sign. With one spectrum it is {@link Ace#squared()}. It has no sign and so rewards the opposite of the
 * target too; where each spectrum is to be matched by itself, hand them to {@link Ace#signed()}. A pixel equal to the mean
 * has the score 0. For a Gaussian background and k independent spectra the score is beta distributed with the parameters k/2
 * and (B-k)/2, which gives thresholds and p-values when k is less than B.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the background and
 * B<sup>2</sup> + 2 B k for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).targets(List.of(dry, wet)).with(AceSubspace.withDefaults()).run();
 * }</pre>
 */
public final class AceSubspace implements TargetDetector {
    private final Shrinkage shrinkage;
    private final double loading;

    private AceSubspace(Shrinkage shrinkage, double loading) {
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * With the sample covariance, shrunk only where it must be.
     *
     * @return the method
     */
    public static AceSubspace withDefaults() {
        return new AceSubspace(Shrinkage.AUTO, 0);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public AceSubspace withShrinkage(Shrinkage newShrinkage) {
        return new AceSubspace(Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
    }

    /**
     * How the covariance is shrunk.
     *
     * @return the choice
     */
    public Shrinkage shrinkage() {
        return shrinkage;
    }

    /**
     * A fixed loading of the covariance's diagonal, besides the shrinkage.
     *
     * @param share in mean variances of the bands, zero or more; 0 by default. Production plume detectors use 10<sup>-10</sup>
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public AceSubspace withLoading(double share) {
        return new AceSubspace(shrinkage, Windows.requireLoading(share));
    }

    /**
     * What is added to the diagonal.
     *
     * @return in mean variances of the bands
     */
    public double loading() {
        return loading;
    }

    @Override
    public String name() {
        return "ace-subspace";
    }

    @Override
    public String summary() {
        return "Squared cosine between pixel and subspace of the targets where the background is white.";
    }

    @Override
    public String reference() {
        return "Kraut, Scharf and McWhorter, Adaptive subspace detectors, 2001";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        return fit(background, List.of(target), context);
    }

    /** {@inheritDoc} Together they span the target's subspace: several spectra of one thing. */
    @Override
    public DetectionModel fit(Cube background, List<Spectrum> targets, RunContext context) {
        Background.requireTargets(targets, background);
        Background estimate = Background.of(background, shrinkage, loading, context);
        double[][] directions = targets.stream().map(estimate::direction).toArray(double[][]::new);
        return new Model(estimate, StrongDirections.added(new double[0][], directions));
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final Mahalanobis mahalanobis;
        private final LinearFilter projection;
        private final int dimensions;

        Model(Background background, double[][] basis) {
            super(
                    background.bands(),
                    basis.length < background.bands()
                            ? new BackgroundLaw.SubspaceShare(basis.length, background.bands())
                            : null,
                    background.diagnostics().with("target-dimensions", basis.length));
            this.mahalanobis = background.mahalanobis();
            this.projection = LinearFilter.along(background, basis);
            this.dimensions = basis.length;
        }

        @Override
        public Worker worker() {
            return new Share();
        }

        private final class Share implements Worker {
            private double[][] components = new double[dimensions][0];
            private double[] squaredNorms = new double[0];

            @Override
            public void apply(PixelTile tile, double[][] output) {
                if (squaredNorms.length < tile.span()) {
                    components = new double[dimensions][tile.capacity()];
                    squaredNorms = new double[tile.capacity()];
                }
                projection.apply(tile, components);
                int n = tile.size();
                mahalanobis.squaredDistances(tile, squaredNorms);
                double[] score = output[0];
                for (int i = 0; i < n; i++) {
                    double inside = 0;
                    for (double[] component : components) {
                        inside += component[i] * component[i];
                    }
                    score[i] = squaredNorms[i] > 0 ? Math.min(1.0, inside / squaredNorms[i]) : 0.0;
                }
            }
        }
    }
}
