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
public final class SvdImputation implements Inpainter, StreamingRestorer {
    private static final String ONE_BAND = "one band has no other to be foretold from: left as it is";

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
                    return diagnostics.note(ONE_BAND);
                }
                FactorFit.Result fit = FactorFit.of(scene, rank.orElse(0), run);
                complete(scene, fit.model().withInterpolatedLoadings(positions), run);
                return fit.report(diagnostics);
            }
        });
    }

    /**
     * Fills a scene of any size: only the pixels that are learnt from are held, and the scene is passed three times. The samples are those of {@link #restore}, to rounding.
     */
    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        GappedScene.Census census = GappedScene.Census.of(cube, context);
        if (!census.isGapped()) {
            return GappedScene.filled(cube, name(), census, (planes, count) -> {}, census.report());
        }
        if (cube.bands() == 1) {
            return GappedScene.filled(
                    cube, name(), census, (planes, count) -> {}, census.report().note(ONE_BAND));
        }
        context.requireMemory(FactorFit.bytes(cube.bands(), context.parallelism()), "the spectra that are learnt from");
        int[] chosen = FactorFit.spread(census.seen());
        double[][] samples = GappedScene.spectra(cube, context, census, chosen);
        FactorFit.Result fit = FactorFit.of(samples, rank.orElse(0), context);
        FactorModel model = fit.model().withInterpolatedLoadings(FactorModel.positions(cube));
        GappedScene.SpectrumFiller filler = (planes, count) -> {
            FactorModel.Posterior posterior = new FactorModel.Posterior(model);
            for (int from = 0; from < count; from += FactorModel.BLOCK) {
                complete(planes, from, Math.min(FactorModel.BLOCK, count - from), model, posterior);
            }
        };
        return GappedScene.filled(cube, name(), census, filler, fit.report(census.report()));
    }

    /** Fills what is missing in pixels that have a sample. */
    private static void complete(GappedScene scene, FactorModel model, RunContext context) {
        int blocks = FactorModel.blocks(scene.pixels());
        Parallel.run(context, "filling", blocks, () -> new FactorModel.Posterior(model), (posterior, block) -> {
            int from = block * FactorModel.BLOCK;
            complete(scene.planes, from, Math.min(FactorModel.BLOCK, scene.pixels() - from), model, posterior);
        });
    }

    private static void complete(
            double[][] planes, int from, int n, FactorModel model, FactorModel.Posterior posterior) {
        posterior.load(planes, from, n);
        posterior.normalEquations();
        boolean[] seen = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (int b = 0; b < planes.length && !seen[i]; b++) {
                seen[i] = posterior.known[b][i] > 0;
            }
        }
        posterior.solve(model.prior());
        for (int b = 0; b < planes.length; b++) {
            double[] plane = planes[b];
            for (int i = 0; i < n; i++) {
                if (seen[i] && Double.isNaN(plane[from + i])) {
                    plane[from + i] = model.value(b, posterior.coefficients, i);
                }
            }
        }
    }
}
