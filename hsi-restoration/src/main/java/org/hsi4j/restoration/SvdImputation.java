package org.hsi4j.restoration;

import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Completion of a scene by its low rank: what is missing of a pixel follows from what is there, because a scene is made of few
 * components. What is there stays as it is.
 *
 * <p><b>Model.</b> y = U a + n with U bands x k, a of unit variance, and noise n of its own variance in each band; the loadings U and
 * the variances are those of most likelihood given the samples that are there (probabilistic principal components with gaps,
 * expectation-maximisation). A missing sample becomes u<sub>b</sub>' a with the posterior mean
 * a = (I + U' W U)<sup>-1</sup> U' W y, where W has 1 / variance for a known sample and zero for a missing one. As the noise goes to zero this
 * is the rank-k matrix that is nearest to the known samples (<i>hard imputation</i>); with noise the coefficients are drawn towards
 * zero as much as the noise demands, which <i>soft imputation</i> does with a weight that somebody has to choose.
 *
 * <p><b>Rank.</b> By default one known sample of twenty is hidden, and components are added as long as each takes at least 1 % off the
 * squared error there; thirty at most.
 *
 * <p><b>Missing bands.</b> Of a band without samples (or with fewer than sixty, where other bands have more) low rank knows
 * nothing. Its loadings are interpolated between those of the other bands, by a natural cubic spline over the wavelengths (the band numbers where
 * there are none); beyond the first and the last band they are those of the nearest. The figure {@code interpolated-bands} counts such bands.
 *
 * <p>Learns from at most 8192 pixels that have any sample, spread over the scene, and applies to all. Pixels without a sample and
 * masked ones stay NaN. One band is its own component: what is missing there becomes the value that is most likely a priori, zero, and so
 * such scenes are left as they are, with a note. Costs k<sup>2</sup> B flops a pixel, and some hundred steps of twice that for
 * each pixel that is learnt from. Holds the scene in float64. Immutable and thread-safe.
 *
 * <p>References: Tipping and Bishop, "Probabilistic principal component analysis", J. R. Stat. Soc. B 61, 1999; Ilin and Raiko, "Practical
 * approaches to principal component analysis in the presence of missing values", JMLR 11, 2010; Mazumder, Hastie and Tibshirani, "Spectral regularization
 * algorithms for learning large incomplete matrices", JMLR 11, 2010.
 *
 * <pre>{@code
 * RestoredCube whole = Restoring.of(gapped).with(SvdImputation.withDefaults()).run();
 * }</pre>
 */
public final class SvdImputation implements Inpainter {
    private final OptionalInt rank;

    private SvdImputation(OptionalInt rank) {
        this.rank = rank;
    }

    /**
     * With the rank found by the method.
     *
     * @return the method
     */
    public static SvdImputation withDefaults() {
        return new SvdImputation(OptionalInt.empty());
    }

    /**
     * With a given rank. Default: found by the method.
     *
     * @param newRank number of components, at least one; more than there are bands with samples are cut to that
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public SvdImputation withRank(int newRank) {
        return new SvdImputation(OptionalInt.of(NoisyScene.requireCount("rank", newRank)));
    }

    /**
     * The given rank.
     *
     * @return empty when the method finds it
     */
    public OptionalInt rank() {
        return rank;
    }

    @Override
    public String name() {
        return "svd-imputation";
    }

    @Override
    public String summary() {
        return "Fills what is missing from the components that explain what is there.";
    }

    @Override
    public String reference() {
        return "Tipping and Bishop, Probabilistic principal component analysis, 1999; Mazumder, Hastie and Tibshirani, Spectral"
                + " regularization algorithms for learning large incomplete matrices, 2010";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        double[] positions = FactorModel.positions(cube);
        return GappedScene.inpaint(cube, context, name(), new GappedScene.Filler() {
            @Override
            public long bytes(int rows, int columns, int bands, int threads) {
                return FactorFit.bytes(bands, threads);
            }

            @Override
            public Diagnostics fill(GappedScene scene, RunContext run, Diagnostics diagnostics) {
                if (scene.bands() == 1) {
                    return diagnostics.note("one band has no other to be foretold from: left as it is");
                }
                FactorFit.Result fit = FactorFit.of(scene, rank.orElse(0), run);
                complete(scene, fit.model().withInterpolatedLoadings(positions), run);
                return fit.report(diagnostics);
            }
        });
    }

    /** Fills what is missing in pixels that have a sample. */
    static void complete(GappedScene scene, FactorModel model, RunContext context) {
        int blocks = FactorModel.blocks(scene.pixels());
        Parallel.run(context, "filling", blocks, () -> new FactorModel.Posterior(model), (posterior, block) -> {
            int from = block * FactorModel.BLOCK;
            int n = Math.min(FactorModel.BLOCK, scene.pixels() - from);
            posterior.load(scene.planes, from, n);
            posterior.normalEquations();
            posterior.solve(model.prior());
            for (int b = 0; b < model.bands(); b++) {
                double[] plane = scene.planes[b];
                for (int i = 0; i < n; i++) {
                    if (scene.seen[from + i] && Double.isNaN(plane[from + i])) {
                        plane[from + i] = model.value(b, posterior.coefficients, i);
                    }
                }
            }
        });
    }
}
