package org.hsi4j.detection;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.simulate.AbsorptionSpectrum;

/**
 * Columns of radiance with a plume: bright and dark ground (albedo from .3 to 1.7 of the mean) of four materials, a gain a
 * column as push-broom sensors have it, noise of 1/1000 of the mean radiance, and a Gaussian plume of up to 2200 ppm m by
 * Beer's law over a twelfth of the lines. The field notes do not say how their columns were made, only four figures: 518 ppm m for
 * the plain filter, 207 with albedo correction, 97 after 5 and 95 after 30 iterations. They say enough: whatever the noise from a quarter to
 * three times this one, the first is within 493 and 510 here, so it is that of the plume's strength (940 and more with twice the
 * gas); given that, the other three are met together at this noise alone (198, 98, 98; half of it gives 224, 84, 83, twice 217, 153, 155).
 */
final class GasScenes {
    static final int BANDS = 50;
    private static final double REFERENCE = 1e4; // ppm m at which the transmittance is given

    /** A scene and the columns of gas over its pixels, ppm m. */
    record Plume(Cube radiance, Spectrum absorption, double[] truth) {}

    private GasScenes() {}

    static Wavelengths wavelengths() {
        double[] centres = new double[BANDS];
        for (int b = 0; b < BANDS; b++) {
            centres[b] = 2124 + 7.4 * b;
        }
        return Wavelengths.of(centres);
    }

    /** Some bands like those of methane about 2300 nm, by formula. */
    static Spectrum absorption() {
        AbsorptionSpectrum gas = AbsorptionSpectrum.named("gas")
                .withBand(2165, 20, 0.04)
                .withBand(2203, 22, 0.07)
                .withBand(2235, 18, 0.05)
                .withBand(2265, 20, 0.06)
                .withBand(2300, 18, 0.12)
                .withBand(2317, 16, 0.14)
                .withBand(2347, 20, 0.16)
                .withBand(2370, 16, 0.15)
                .withBand(2405, 22, 0.10)
                .withBand(2428, 20, 0.12)
                .withBand(2460, 20, 0.08);
        return GasDetector.unitAbsorption(gas.on(wavelengths()), REFERENCE);
    }

    static Plume plume(int lines, int columns, long seed) {
        Random random = new Random(seed);
        Spectrum k = absorption();
        double[][] planes = new double[BANDS][lines * columns];
        double[] truth = new double[lines * columns];
        double[] gains = new double[columns];
        for (int c = 0; c < columns; c++) {
            gains[c] = 1 + 0.02 * random.nextGaussian();
        }
        for (int r = 0; r < lines; r++) {
            for (int c = 0; c < columns; c++) {
                int pixel = r * columns + c;
                double albedo = 0.3 + 1.4 * random.nextDouble();
                double slope = 0.1 * random.nextGaussian();
                double curve = 0.05 * random.nextGaussian();
                double clay = 0.05 * random.nextDouble();
                double z = (r - lines / 3.0) / (lines / 60.0);
                double gas = 2200 * Math.exp(-0.5 * z * z);
                truth[pixel] = gas < 100 ? 0 : gas;
                for (int b = 0; b < BANDS; b++) {
                    double t = 2.0 * b / (BANDS - 1) - 1;
                    double light = 2 - 0.8 * t;
                    double d = (t - 0.1) / 0.3;
                    double ground = albedo * (1 + slope * t + curve * t * t - clay * Math.exp(-d * d));
                    double value = gains[c] * light * ground * Math.exp(k.value(b) * truth[pixel]);
                    planes[b][pixel] = value + 2.0 / 1000 * random.nextGaussian();
                }
            }
        }
        Cube.Builder builder =
                Cube.builder(lines, columns, BANDS, Precision.DOUBLE).wavelengths(wavelengths());
        for (int b = 0; b < BANDS; b++) {
            builder.plane(b, planes[b]);
        }
        return new Plume(builder.build(), k, truth);
    }

    /** Over the pixels of the plume. */
    static double rmse(GasResult result, Plume scene) {
        double[] found = result.enhancement().toArray();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (scene.truth()[i] > 0) {
                sum += Math.pow(found[i] - scene.truth()[i], 2);
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }
}
