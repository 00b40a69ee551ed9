package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every denoiser of planes, those to come included: it goes through the table of methods. */
class PlaneDenoiserTest {
    private static final int[][] SHAPES = {{1, 1}, {1, 9}, {9, 1}, {2, 2}, {5, 3}, {16, 16}, {31, 47}, {64, 40}};

    static Stream<PlaneDenoiser> denoisers() {
        return new RestorationMethods()
                .methods().stream().filter(PlaneDenoiser.class::isInstance).map(PlaneDenoiser.class::cast);
    }

    /** Two smooth hills and an edge, between 0 and about 2. */
    static double[] picture(int rows, int columns) {
        double[] plane = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double y = (r + 0.5) / rows;
                double x = (c + 0.5) / columns;
                plane[r * columns + c] = Math.sin(3 * x) * Math.cos(2 * y) + (x + y > 1.1 ? 1 : 0);
            }
        }
        return plane;
    }

    static double[] noisy(double[] plane, double sigma, long seed) {
        Random random = new Random(seed);
        double[] noisy = plane.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += sigma * random.nextGaussian();
        }
        return noisy;
    }

    static double rms(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void takesMostOfTheNoiseOutOfAPicture(PlaneDenoiser denoiser) {
        double[] clean = picture(61, 90);
        double[] plane = noisy(clean, 0.2, 1);

        denoiser.worker(61, 90).denoise(plane, 0.2);

        assertThat(rms(plane, clean)).isLessThan(0.5 * 0.2);
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void aPlaneWithoutNoiseStays(PlaneDenoiser denoiser) {
        for (int[] shape : SHAPES) {
            double[] clean = picture(shape[0], shape[1]);
            double[] plane = clean.clone();

            denoiser.worker(shape[0], shape[1]).denoise(plane, 0);

            assertThat(plane).containsExactly(clean);
        }
    }

    /** Rounding grows with the constant: 1e-9 is some hundred units of the last place of 1000. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void aConstantIsKept(PlaneDenoiser denoiser) {
        for (int[] shape : SHAPES) {
            double[] plane = noisy(picture(shape[0], shape[1]), 0.3, 2);
            double[] higher = plane.clone();
            for (int i = 0; i < higher.length; i++) {
                higher[i] += 1000;
            }

            denoiser.worker(shape[0], shape[1]).denoise(plane, 0.3);
            denoiser.worker(shape[0], shape[1]).denoise(higher, 0.3);

            for (int i = 0; i < higher.length; i++) {
                assertThat(higher[i] - 1000)
                        .as("%dx%d pixel %d", shape[0], shape[1], i)
                        .isCloseTo(plane[i], within(1e-9));
            }
        }
    }

    /** A power of two changes exponents alone, so that the same steps give the same digits. */
    @ParameterizedTest
    @MethodSource("denoisers")
    void theUnitDoesNotMatter(PlaneDenoiser denoiser) {
        double[] plane = noisy(picture(20, 33), 0.1, 3);
        double[] larger = plane.clone();
        for (int i = 0; i < larger.length; i++) {
            larger[i] *= 1024;
        }

        denoiser.worker(20, 33).denoise(plane, 0.1);
        denoiser.worker(20, 33).denoise(larger, 0.1 * 1024);

        for (int i = 0; i < larger.length; i++) {
            assertThat(larger[i] / 1024).isCloseTo(plane[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void aWorkerKeepsNothingOfThePlaneBefore(PlaneDenoiser denoiser) {
        double[] first = noisy(picture(17, 23), 0.1, 4);
        double[] second = first.clone();
        PlaneDenoiser.Worker worker = denoiser.worker(17, 23);

        worker.denoise(first, 0.1);
        worker.denoise(noisy(picture(17, 23), 2, 5), 2);
        worker.denoise(second, 0.1);

        assertThat(second).containsExactly(first);
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void aPlaneOfAnotherSizeIsRefused(PlaneDenoiser denoiser) {
        PlaneDenoiser.Worker worker = denoiser.worker(8, 9);

        assertThatIllegalArgumentException().isThrownBy(() -> worker.denoise(new double[71], 1));
    }

    @ParameterizedTest
    @MethodSource("denoisers")
    void tellsItsName(PlaneDenoiser denoiser) {
        assertThat(denoiser.family()).isEqualTo("restoration");
        assertThat(denoiser.role()).isEqualTo("plane-denoiser");
        assertThat(denoiser.summary()).endsWith(".");
        assertThat(denoiser.reference()).matches(".*\\b(19|20)\\d\\d\\b.*");
        assertThat(denoiser.workerBytes(100, 80)).isNotNegative();
    }
}
