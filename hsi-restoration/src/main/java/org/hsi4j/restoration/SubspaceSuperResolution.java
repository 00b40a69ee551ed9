package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * Super-resolution of a scene's components as images, with any denoiser of planes as prior: as in {@link SubspaceDenoiser} the scene
 * becomes k images Y with white noise of deviation one; each fine image X with Y = D X + noise, D blur and sampling of the sensor, is
 * found by half-quadratic splitting in eight steps,
 *
 * <blockquote>X = argmin 1/2 |D X - Y|<sup>2</sup> + m/2 |X - Z|<sup>2</sup>, Z = denoised(X, s), m = .23 / s<sup>2</sup>,</blockquote>
 *
 * <p>begun with cubic interpolation; the first step is solved for exactly, by the eigenvectors of the two small factors of DD'. D is that of
 * MATLAB's {@code imresize} (cubic convolution as wide as the large pixels) unless a Gaussian is given.
 *
 * <p>The figure {@code aliasing} of the diagnostics is the share of the result's variance at frequencies that the large pixels cannot hold
 * ({@link org.hsi4j.metrics.AliasingScore#variation}), which D loses or folds: the scene says little about it, the prior the rest.
 *
 * <p>The scene is mirrored at its border. A scene in which no noise can be found is taken for one with 1e-4 of its root mean square. Invalid pixels are
 * filled with what surrounds them, and NaN in the result. Holds k fine images in float64. Costs r<sup>3</sup> + s<sup>3</sup> flops once for r x s pixels, and
 * eight planes of the denoiser and 16 of D a component. Immutable and thread-safe.
 *
 * <p>Reference: Zhang et al., "Plug-and-play image restoration with deep denoiser prior", IEEE Trans. PAMI 44, 2022.
 *
 * <pre>{@code
 * Cube finer = Restoring.of(scene).with(SubspaceSuperResolution.withDefaults().withFactor(4)).run().cube();
 * }</pre>
 */
public final class SubspaceSuperResolution implements SuperResolver {
    private static final int STEPS = 8;

    private final PlaneDenoiser prior;
    private final int factor;
    private final OptionalDouble pointSpread;

    private SubspaceSuperResolution(PlaneDenoiser prior, int factor, OptionalDouble pointSpread) {
        this.prior = prior;
        this.factor = factor;
        this.pointSpread = pointSpread;
    }

    /**
     * Twice as fine, with {@link TotalVariation}.
     *
     * @return the method
     */
    public static SubspaceSuperResolution withDefaults() {
        return with(TotalVariation.withDefaults());
    }

    /**
     * Twice as fine, with any denoiser.
     *
     * @param prior what a fine image of the scene looks like
     * @return the method
     */
    public static SubspaceSuperResolution with(PlaneDenoiser prior) {
        return new SubspaceSuperResolution(Objects.requireNonNull(prior, "prior"), 2, OptionalDouble.empty());
    }

    /**
     * How many pixels a side each becomes. Default: 2.
     *
     * @param times 2 to 16
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public SubspaceSuperResolution withFactor(int times) {
        return new SubspaceSuperResolution(prior, Enlarged.requireFactor(times), pointSpread);
    }

    /**
     * The sensor blurs by a Gaussian. Default: cubic convolution as wide as the large pixels.
     *
     * @param sigma its standard deviation in small pixels, positive
     * @return new settings
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public SubspaceSuperResolution withPointSpread(double sigma) {
        return new SubspaceSuperResolution(
                prior, factor, OptionalDouble.of(NoisyScene.requirePositive("point spread", sigma)));
    }

    @Override
    public int factor() {
        return factor;
    }

    /**
     * Standard deviation of the Gaussian.
     *
     * @return in small pixels; empty for cubic convolution
     */
    public OptionalDouble pointSpread() {
        return pointSpread;
    }

    @Override
    public String name() {
        return "subspace-" + prior.name() + "-super-resolution";
    }

    @Override
    public String summary() {
        return "Smaller pixels from the images of the noise-whitened subspace, with " + prior.name() + " as prior.";
    }

    @Override
    public String reference() {
        return "Zhang et al., Plug-and-play image restoration with deep denoiser prior, 2022; images by "
                + prior.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        Enlarged.requireMemory(cube, factor, 2L * Math.min(cube.bands(), 16), context);
        WhiteImages images = WhiteImages.of(cube, context);
        int rows = cube.rows() * factor;
        int columns = cube.columns() * factor;
        CoarseSampling sampling = CoarseSampling.of(cube.rows(), cube.columns(), factor, pointSpread);
        CoarseSampling.Inverse inverse = sampling.inverse();
        HalfQuadraticSplitting.Data data = new Sampled(sampling, inverse);
        double[][] fine =
                new HalfQuadraticSplitting(prior, STEPS).restored(images.planes(), rows, columns, () -> data, context);
        Cube.Builder result = Enlarged.builder(
                cube, factor, "made " + factor + " times finer by " + name() + ", rank " + images.rank());
        Mask valid = images.valid();
        Mask where =
                Mask.of(rows, columns, i -> valid.get(i / columns / factor * cube.columns() + i % columns / factor));
        double[] nothing = new double[rows * columns];
        Arrays.fill(nothing, Double.NaN);
        for (int b = 0; b < cube.bands(); b++) {
            result.plane(b, nothing);
        }
        WhiteImages.join(result, fine, images.synthesis(), where, context);
        Cube restored = result.build();
        return new RestoredCube(
                restored,
                CoarseSampling.withAliasing(images.diagnostics(), restored, factor, context)
                        .since(start));
    }

    /** A sensor that sees blocks of pixels. */
    private record Sampled(CoarseSampling sampling, CoarseSampling.Inverse inverse)
            implements HalfQuadraticSplitting.Data {

        @Override
        public double[] start(double[] y) {
            return sampling.interpolated(y);
        }

        /** With c = D'y + m z it is (c - D'(m + DD')^-1 D c) / m. */
        @Override
        public double[] nearest(double[] y, double[] z, double m) {
            double[] c = sampling.spread(y);
            for (int i = 0; i < c.length; i++) {
                c[i] += m * z[i];
            }
            double[] seen = sampling.spread(inverse.solve(m, sampling.down(c)));
            for (int i = 0; i < c.length; i++) {
                c[i] = (c[i] - seen[i]) / m;
            }
            return c;
        }
    }
}
