package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.Psnr;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.DownSampling;
import org.hsi4j.simulate.GaussianBlur;
import org.hsi4j.simulate.Haze;
import org.hsi4j.simulate.MotionBlur;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deblurring, super-resolution and dehazing of the clean scene of the oracle with noise of .01; nobody published figures for it. */
@RealData
class SharperFiguresTest {
    private static final RunContext RUN = RunContext.defaults();

    private static Cube clean() throws IOException {
        return Cubes.read(
                        SharedFiles.oracle("restoration_synthetic.mat"),
                        ReadOptions.defaults().withVariable("clean"))
                .crop(new Region(0, 0, 96, 96));
    }

    private static Cube noisy(Cube cube) {
        Random random = new Random(3);
        double[][] planes =
                IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] += 0.01 * random.nextGaussian();
            }
        }
        return Cube.of(cube.rows(), cube.columns(), planes);
    }

    private static double psnr(Cube cube, Cube truth) {
        return Psnr.of(cube, truth, 1, RUN).mean();
    }

    /** Gains in decibels over the blurred scene, which has 28 and 25.5 dB; the bounds lie just below what was measured. */
    @ParameterizedTest
    @CsvSource({
        "subspace-wiener-deblurring, false, 3.7",
        "subspace-total-variation-deblurring, false, 4.4",
        "subspace-cosine-shrinkage-deblurring, false, 4.0",
        "subspace-wiener-deblurring, true, 5",
        "subspace-total-variation-deblurring, true, 7",
        "subspace-cosine-shrinkage-deblurring, true, 7"
    })
    void takesBlurAway(String method, boolean motion, double gain) throws IOException {
        Cube clean = clean();
        Cube blurred;
        ScoreMap kernel;
        if (motion) {
            MotionBlur.Result result = MotionBlur.withDefaults().apply(clean, RUN);
            blurred = result.cube();
            kernel = result.kernel();
        } else {
            GaussianBlur.Result result = GaussianBlur.withDefaults().apply(clean, RUN);
            blurred = result.cube();
            kernel = result.kernel();
        }
        Cube seen = noisy(blurred);

        Cube sharp = Restoring.of(seen)
                .with(((SubspaceDeblurring) Methods.find(Deblurrer.class, method)).ofKernel(kernel))
                .run()
                .cube();

        assertThat(psnr(sharp, clean)).isGreaterThan(psnr(seen, clean) + gain);
    }

    /** Without noise, and with the wavelengths of an imaging spectrometer of the visible and near infrared; 21.8 and 16.7 dB hazy. */
    @ParameterizedTest
    @CsvSource({"false, 8.5", "true, 5.8"})
    void takesHazeAway(boolean pavia, double gain) throws IOException {
        Cube scene = pavia ? Cubes.read(SharedFiles.data("restoration/paviau_crop/paviaU_subimg.mat")) : clean();
        double peak = IntStream.range(0, scene.bands())
                .mapToDouble(b -> Arrays.stream(scene.plane(b)).max().orElse(0))
                .max()
                .orElse(1);
        Cube.Builder builder = Cube.builder(scene.rows(), scene.columns(), scene.bands(), Precision.DOUBLE);
        for (int b = 0; b < scene.bands(); b++) {
            builder.plane(b, Arrays.stream(scene.plane(b)).map(v -> v / peak).toArray());
        }
        Cube clear = builder.wavelengths(Wavelengths.of(IntStream.range(0, scene.bands())
                        .mapToDouble(b -> 400 + 600.0 * b / (scene.bands() - 1))
                        .toArray()))
                .build();
        Cube hazy = Haze.withDefaults().apply(clear, RUN).cube();

        Cube mended =
                Restoring.of(hazy).with(DarkObjectDehazing.withDefaults()).run().cube();

        assertThat(psnr(mended, clear)).isGreaterThan(psnr(hazy, clear) + gain);
    }

    /** Gains over cubic interpolation, which has 33.3, 28.1 and 25.2 dB: measured 3.9, .75 and .73, and .25, 0 and .4. */
    @ParameterizedTest
    @CsvSource({
        "subspace-total-variation-super-resolution, 2, 3.5",
        "subspace-total-variation-super-resolution, 4, 0.7",
        "subspace-total-variation-super-resolution, 8, 0.7",
        "iterative-back-projection, 2, 0.2",
        "iterative-back-projection, 4, -0.1",
        "iterative-back-projection, 8, 0.3"
    })
    void makesFinerPixels(String method, int factor, double gain) throws IOException {
        Cube clean = clean();
        Cube seen = noisy(
                DownSampling.withDefaults().withFactor(factor).apply(clean, RUN).cube());
        SuperResolver finer = Options.with(Methods.find(SuperResolver.class, method), "factor", String.valueOf(factor));

        Cube interpolated = Restoring.of(seen)
                .with(Interpolation.cubic().withFactor(factor))
                .run()
                .cube();

        assertThat(psnr(Restoring.of(seen).with(finer).run().cube(), clean))
                .isGreaterThan(psnr(interpolated, clean) + gain);
    }
}
