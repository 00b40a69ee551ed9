package org.hsi4j.restoration;

import java.util.List;
import org.hsi4j.method.Method;
import org.hsi4j.method.MethodCatalog;

/** The methods of this module. */
public final class RestorationMethods implements MethodCatalog {

    /** For {@link java.util.ServiceLoader}. */
    public RestorationMethods() {}

    @Override
    public List<Method> methods() {
        return List.of(
                AutoRestorer.withDefaults(),
                WhitenedSvd.withDefaults(),
                SubspaceDenoiser.withDefaults(),
                SubspaceDenoiser.with(CosineShrinkage.withDefaults()),
                SubspaceDenoiser.with(TotalVariation.withDefaults()),
                SubspaceDenoiser.with(NonLocalMeans.withDefaults()),
                SubspaceDenoiser.with(Bm3d.withDefaults()),
                SubspaceDenoiser.with(WeightedNuclearNorm.withDefaults()),
                NgMeet.withDefaults(),
                RarePixels.withDefaults(),
                ResidualDestriping.withDefaults(),
                EnhancedTotalVariation.withDefaults(),
                CoefficientTotalVariation.withDefaults(),
                Lrtdtv.withDefaults(),
                FastHyDe.withDefaults(),
                HyMiNoR.withDefaults(),
                L1HyMixDe.withDefaults(),
                Anscombe.withDefaults(),
                SavitzkyGolaySmoother.withDefaults(),
                HyRes.withDefaults(),
                Otvca.withDefaults(),
                Wsrrr.withDefaults(),
                Forpdn.withDefaults(),
                FastHyIn.withDefaults(),
                SvdImputation.withDefaults(),
                SpectralInterpolation.withDefaults(),
                HarmonicInpainting.withDefaults(),
                LowRankDestriper.withDefaults(),
                MomentMatching.withDefaults(),
                MedianGradient.withDefaults(),
                WaveletFft.withDefaults(),
                WaveletShrinkage.withDefaults(),
                CosineShrinkage.withDefaults(),
                TotalVariation.withDefaults(),
                NonLocalMeans.withDefaults(),
                Bm3d.withDefaults(),
                WeightedNuclearNorm.withDefaults(),
                SubspaceDeblurring.wiener(),
                SubspaceDeblurring.totalVariation(),
                SubspaceDeblurring.plugAndPlay(CosineShrinkage.withDefaults()),
                DarkObjectDehazing.withDefaults(),
                Interpolation.cubic(),
                Interpolation.lanczos(),
                IterativeBackProjection.withDefaults(),
                SubspaceSuperResolution.withDefaults(),
                RFuse.withDefaults(),
                MtfGlp.withDefaults(),
                GramSchmidtAdaptive.withDefaults(),
                Cnmf.withDefaults());
    }
}
