package org.hsi4j.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Region;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;

class SpectralResponseTest {
    private static final RunContext RUN = RunContext.defaults();
    private static final Wavelengths FINE = Wavelengths.of(
            IntStream.range(0, 841).mapToDouble(i -> 400 + 2.5 * i).toArray());

    private static double reflectance(double nanometres) {
        return 0.3 + 1e-4 * nanometres + 0.1 * Math.sin(nanometres / 40);
    }

    private static Spectrum spectrum(Wavelengths grid) {
        return Spectrum.of(DoubleStream.of(grid.toArray())
                        .map(SpectralResponseTest::reflectance)
                        .toArray())
                .withWavelengths(grid);
    }

    /** By hand: sigma = 6.99561 / 2.355, weights .6005146317 at 3 nm to both sides and 1 at the centre. */
    @Test
    void aHandIntegratedBand() {
        Wavelengths source = Wavelengths.of(415.24, 418.24, 421.24);
        Wavelengths target = Wavelengths.of(418.24).withFwhm(6.99561);
        double w = 0.6005146317138605;

        SpectralResponse response = SpectralResponse.gaussian(source, target);
        Spectrum resampled = response.apply(Spectrum.of(1, 2, 6).named("a").withWavelengths(source));

        // Rounding of a few operations.
        assertThat(resampled.value(0)).isCloseTo((w + 2 + 6 * w) / (1 + 2 * w), within(1e-14));
        assertThat(resampled.name()).isEqualTo("a");
        assertThat(resampled.wavelengths()).hasValue(target);
        assertThat(response.diagnostics().notes()).isEmpty();
        assertThat(response.source()).isEqualTo(source);
        assertThat(response.target()).isEqualTo(target);
    }

    /** The published bands of EnMAP from a grid of 2.5 nm; expected values from the same formula in NumPy. */
    @RealData
    @Test
    void theBandsOfEnmap() throws Exception {
        List<double[]> table =
                Files.readAllLines(SharedFiles.data("geotiff/enmap_potsdam/enmap_potsdam_srf.csv")).stream()
                        .skip(1)
                        .map(line -> Arrays.stream(line.split(","))
                                .mapToDouble(Double::parseDouble)
                                .toArray())
                        .toList();
        Wavelengths enmap = Wavelengths.of(table.stream().mapToDouble(r -> r[0]).toArray())
                .withFwhm(table.stream().mapToDouble(r -> r[1]).toArray());

        SpectralResponse response = SpectralResponse.gaussian(FINE, enmap);
        Spectrum resampled = response.apply(spectrum(FINE));

        assertThat(resampled.bands()).isEqualTo(224);
        assertThat(resampled.value(0)).isCloseTo(0.25626857306109097, within(1e-14));
        assertThat(resampled.value(1)).isCloseTo(0.2504617513809929, within(1e-14));
        assertThat(resampled.value(70)).isCloseTo(0.4756978396699775, within(1e-14));
        assertThat(resampled.value(112)).isCloseTo(0.4190550285572381, within(1e-14));
        assertThat(resampled.value(223)).isCloseTo(0.44559173691929793, within(1e-14));
        assertThat(response.diagnostics().figures()).containsEntry("least-support", 7.0);
        for (int b = 0; b < 224; b++) {
            // In closed form: a Gaussian damps the sine by exp(-(sigma / 40)^2 / 2), sigma being below 7 nm; the cut at
            // 1e-3 and
            // the grid leave less than 1e-4.
            double sigma = enmap.fwhm(b).orElseThrow() / 2.355;
            double centre = enmap.at(b);
            double damped = 0.1 * Math.exp(-0.5 * sigma * sigma / 1600) * Math.sin(centre / 40);
            assertThat(resampled.value(b)).isCloseTo(0.3 + 1e-4 * centre + damped, within(1e-4));
        }
    }

    @Test
    void rowsSumToOneAndSmallResponsesAreCut() {
        SpectralResponse response =
                SpectralResponse.gaussian(FINE, Wavelengths.of(800, 1000).withFwhm(10, 40));

        double[][] w = response.model().weights();
        for (int i = 0; i < 2; i++) {
            assertThat(Arrays.stream(w[i]).sum()).isCloseTo(1, within(1e-14));
            double sigma = (i == 0 ? 10 : 40) / 2.355;
            for (int j = 0; j < FINE.size(); j++) {
                double d = Math.abs(FINE.at(j) - response.target().at(i)) / sigma;
                assertThat(w[i][j] > 0).isEqualTo(d < Math.sqrt(2 * Math.log(1000)));
            }
        }
    }

    @Test
    void aBandWithoutSupportIsNamedAndFewBandsAreNoted() {
        Wavelengths gap = Wavelengths.of(1300, 1310, 1320, 1330, 1500, 1510);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralResponse.gaussian(
                        gap, Wavelengths.of(1310, 1400).withFwhm(10, 10)))
                .withMessage("target band 1 at 1400.0 nm has no support: the nearest source band is at 1330.0 nm");
        SpectralResponse thin =
                SpectralResponse.gaussian(gap, Wavelengths.of(1315, 1505).withFwhm(20, 10));
        assertThat(thin.diagnostics().notes())
                .containsExactly("target bands 1 (1505.0 nm) rest on fewer than 3 source bands");
        assertThat(thin.diagnostics().figures()).containsEntry("least-support", 2.0);
    }

    /** A triangle of 20 nm at the centres 5 nm apart: weights 0, 1/2, 1, 1/2, 0. */
    @Test
    void measuredResponsesAreInterpolated() {
        Wavelengths source = Wavelengths.of(490, 495, 500, 505, 510, 515);
        double[] table = {490, 500, 510};

        SpectralResponse response =
                SpectralResponse.measured(source, Wavelengths.of(500), table, new double[][] {{0, 7, 0}});

        assertThat(response.model().weights()[0]).containsExactly(new double[] {0, .25, .5, .25, 0, 0}, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralResponse.measured(source, Wavelengths.of(500), table, new double[0][]))
                .withMessage("0 measured responses given for 1 target bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralResponse.measured(
                        source, Wavelengths.of(500), new double[] {490, 490}, new double[][] {{1, 1}}))
                .withMessage("wavelengths of a response table must rise, but entry 1 is 490.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SpectralResponse.measured(source, Wavelengths.of(500), table, new double[][] {{1, -1, 0}}))
                .withMessage("the response of target band 0 holds -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SpectralResponse.measured(source, Wavelengths.of(500), table, new double[][] {{1, 1}}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralResponse.measured(
                        source, Wavelengths.of(500), new double[] {490}, new double[][] {{1}}));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SpectralResponse.measured(source, Wavelengths.of(500), table, new double[][] {{0, 0, 0}}))
                .withMessageContaining("has no support");
    }

    @Test
    void deletedChannelsSpoilTheirBandsOnly() {
        double[] values = spectrum(FINE).toArray();
        values[160] = Double.NaN; // 800 nm
        SpectralResponse response =
                SpectralResponse.gaussian(FINE, Wavelengths.of(790, 900).withFwhm(10, 10));
        SpectralLibrary library = response.apply(SpectralLibrary.of(
                List.of(Spectrum.of(values).named("holes"), spectrum(FINE).named("whole"))));

        assertThat(library.get(0).value(0)).isNaN();
        assertThat(library.get(0).value(1)).isEqualTo(library.get(1).value(1));
        assertThat(library.names()).containsExactly("holes", "whole");
        Endmembers e = response.apply(Endmembers.of(List.of(spectrum(FINE).named("whole"))));
        assertThat(e.get(0)).isEqualTo(library.get(1));
    }

    @Test
    void cubesAreResampledLazilyOrAtOnce() {
        int n = 90 * 70;
        double[][] planes = new double[30][n];
        for (int b = 0; b < 30; b++) {
            for (int i = 0; i < n; i++) {
                planes[b][i] = reflectance(500 + 10 * b + i % 97);
            }
        }
        Wavelengths grid = Wavelengths.of(
                IntStream.range(0, 30).mapToDouble(b -> 500 + 10 * b).toArray());
        Cube cube = described(planes, grid).masked(Mask.of(90, 70, i -> i % 11 != 4));
        SpectralResponse response = SpectralResponse.gaussian(
                grid, Wavelengths.of(700, 560, 620, 650).withFwhm(20, 25, 30, 22));

        Cube lazy = response.apply(cube);
        Cube heap = response.apply(cube, RUN.withParallelism(7));

        assertThat(lazy).isEqualTo(heap);
        assertThat(heap).isEqualTo(response.apply(cube, RunContext.sequential()));
        assertThat(heap.wavelengths()).hasValue(response.target());
        assertThat(heap.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(heap.name()).isEqualTo("scene");
        assertThat(heap.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(lazy.validMask()).isEqualTo(cube.validMask());
        assertThat(lazy.plane(2)).isEqualTo(heap.plane(2));
        assertThat(lazy.crop(new Region(3, 5, 40, 20)).selectBands(3, 1))
                .isEqualTo(heap.crop(new Region(3, 5, 40, 20)).selectBands(3, 1));
        double[] one = response.apply(cube.spectrum(40, 33)).toArray();
        for (int b = 0; b < 4; b++) {
            assertThat(heap.value(40, 33, b)).isCloseTo(one[b], within(1e-14));
        }
    }

    private static Cube described(double[][] planes, Wavelengths grid) {
        Cube.Builder builder = Cube.builder(90, 70, planes.length, Precision.DOUBLE)
                .wavelengths(grid)
                .quantity(Quantity.REFLECTANCE)
                .name("scene");
        for (int b = 0; b < planes.length; b++) {
            builder.plane(b, planes[b]);
        }
        return builder.build();
    }

    @Test
    void otherGridsAreRefused() {
        SpectralResponse response = SpectralResponse.gaussian(
                Wavelengths.of(500, 510, 520), Wavelengths.of(510).withFwhm(20));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> response.apply(Spectrum.of(1, 2)))
                .withMessage("spectrum '' has 2 bands but the resampling is from 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> response.apply(Spectrum.of(1, 2, 3).withWavelengths(Wavelengths.of(500, 511, 520))))
                .withMessage("spectrum '' has band 1 at 511.0 nm but the resampling is from 510.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> response.apply(Cube.of(1, 1, new double[2][1])))
                .withMessage("the cube has 2 bands but the resampling is from 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralResponse.gaussian(Wavelengths.of(1), Wavelengths.of(1)))
                .withMessage("the target bands need their FWHM for a Gaussian response");
    }
}
