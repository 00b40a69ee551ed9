package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Psnr;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.DeadLines;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.MissingBands;
import org.hsi4j.simulate.MissingVoxels;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rank-5 scene of other programs with gaps of the simulators. Those who measured 43.44 dB (voxels), 48.16 dB (dead columns), 33.99 dB
 * (voxels with noise) and 46.5 dB (bands) drew their gaps by other seeds and do not say which noise the bands and columns had; per-pixel interpolation
 * of the voxels gives their 35.99 and 26.73 dB within .1 dB, so these scenes are as hard.
 */
@RealData
class InpaintingOracleTest {

    private static Cube clean() throws IOException {
        return Cubes.read(
                SharedFiles.oracle("restoration_synthetic.mat"),
                ReadOptions.defaults().withVariable("clean"));
    }

    private static Cube noisy(Cube clean, double sigma) {
        return sigma == 0
                ? clean
                : GaussianNoise.withDefaults().withSigma(sigma).apply(clean).cube();
    }

    private static double psnr(Cube gapped, String method, Cube clean, int... bands) {
        Cube restored = Restoring.of(gapped)
                .with(Methods.find(Inpainter.class, method))
                .run()
                .cube();
        return bands.length == 0
                ? Psnr.of(restored, clean, 1, RunContext.defaults()).mean()
                : Psnr.of(restored.selectBands(bands), clean.selectBands(bands), 1, RunContext.defaults())
                        .mean();
    }

    @ParameterizedTest
    @CsvSource({
        "spectral-interpolation, 0, 35.8",
        "spectral-interpolation, .05, 26.6",
        "svd-imputation, 0, 100",
        "fasthyin, 0, 80",
        "fasthyin, .05, 36.7"
    })
    void fourVoxelsOfFiveMissing(String method, double sigma, double bound) throws IOException {
        Cube clean = clean();
        Cube noisy = noisy(clean, sigma);
        List<Mask> missing = MissingVoxels.withDefaults().apply(noisy).missing();

        assertThat(psnr(noisy.withMissingSamples(missing), method, clean)).isGreaterThanOrEqualTo(bound);
    }

    /** Dead columns over the whole height in 40 of 100 bands, 30 of 100 columns in each. */
    @ParameterizedTest
    @CsvSource({"svd-imputation, 0, 100", "fasthyin, 0, 100", "fasthyin, .01, 53.5"})
    void threeColumnsOfTenDead(String method, double sigma, double bound) throws IOException {
        Cube clean = clean();
        Cube noisy = noisy(clean, sigma);
        List<Mask> dead = DeadLines.withDefaults()
                .withBandShare(0.4)
                .withColumnShare(0.3, 0.3)
                .apply(noisy)
                .dead();

        assertThat(psnr(noisy.withMissingSamples(dead), method, clean)).isGreaterThanOrEqualTo(bound);
    }

    /** Measured on the missing bands alone. */
    @ParameterizedTest
    @CsvSource({
        "svd-imputation, 0, .1, 100",
        "svd-imputation, 0, .3, 100",
        "svd-imputation, .01, .1, 51.5",
        "svd-imputation, .01, .3, 50.5",
        "fasthyin, .05, .3, 40.5"
    })
    void wholeBandsMissing(String method, double sigma, double share, double bound) throws IOException {
        Cube clean = clean();
        Cube noisy = noisy(clean, sigma);
        List<Integer> lost =
                MissingBands.withDefaults().withShare(share).apply(noisy).bands();
        Mask all = Mask.all(clean.rows(), clean.columns());
        List<Mask> missing = IntStream.range(0, clean.bands())
                .mapToObj(b -> lost.contains(b) ? all : all.not())
                .toList();

        assertThat(psnr(
                        noisy.withMissingSamples(missing),
                        method,
                        clean,
                        lost.stream().mapToInt(b -> b).toArray()))
                .isGreaterThanOrEqualTo(bound);
    }
}
