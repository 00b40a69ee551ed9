package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hsi4j.examples.Tool.facts;
import static org.hsi4j.examples.Tool.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.simulate.AbsorptionSpectrum;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code hsi detect --gas} on a scene with a plume of known columns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GasCommandTest {
    private static final int ROWS = 120;
    private static final int COLUMNS = 8;
    private static final int BANDS = 40;
    private static final double TABLE_COLUMN = 1e4;
    private static final double PLUME = 1500;

    private Path folder = Path.of("");
    private Path scene = Path.of("");
    private Path transmittance = Path.of("");
    private Path absorption = Path.of("");
    private Path clear = Path.of("");

    private static boolean isPlume(int pixel) {
        int row = pixel / COLUMNS;
        return row >= 50 && row < 58 && pixel % COLUMNS > 0;
    }

    private static AbsorptionSpectrum gas() {
        return AbsorptionSpectrum.named("methane")
                .withBand(2203, 30, 0.08)
                .withBand(2265, 30, 0.07)
                .withBand(2317, 26, 0.15)
                .withBand(2370, 30, 0.16)
                .withBand(2428, 30, 0.12);
    }

    private static double[] grid(double from, double step, int count) {
        return IntStream.range(0, count).mapToDouble(i -> from + step * i).toArray();
    }

    @BeforeAll
    void writeScene(@TempDir Path empty) throws IOException {
        folder = empty;
        Wavelengths bands = Wavelengths.of(grid(2126, 9, BANDS));
        double[] widths = new double[BANDS];
        Arrays.fill(widths, 9);
        bands = bands.withFwhm(widths);
        Spectrum t = gas().on(bands);
        Random random = new Random(1);
        double[][] planes = new double[BANDS][ROWS * COLUMNS];
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            double albedo = 0.5 + random.nextDouble();
            double slope = 0.05 * random.nextGaussian();
            for (int b = 0; b < BANDS; b++) {
                double light = albedo * (1 - 0.3 * b / BANDS) * (1 + slope * b / BANDS);
                double seen = isPlume(i) ? light * Math.pow(t.value(b), PLUME / TABLE_COLUMN) : light;
                planes[b][i] = seen + 1e-3 * random.nextGaussian();
            }
        }
        Cube.Builder builder =
                Cube.builder(ROWS, COLUMNS, BANDS, Precision.FLOAT).wavelengths(bands);
        for (int b = 0; b < BANDS; b++) {
            builder.plane(b, planes[b]);
        }
        scene = folder.resolve("radiance.hdr");
        Cubes.write(builder.build(), scene);
        transmittance = folder.resolve("transmittance.sli");
        SpectralLibraries.write(
                SpectralLibrary.of(List.of(gas().on(Wavelengths.of(grid(2000, 1, 600))))), transmittance);
        absorption = folder.resolve("absorption.sli");
        double[] k = t.toArray();
        for (int b = 0; b < k.length; b++) {
            k[b] = Math.log(k[b]) / TABLE_COLUMN;
        }
        SpectralLibraries.write(
                SpectralLibrary.of(List.of(Spectrum.of(k).named("k").withWavelengths(bands))), absorption);
        clear = folder.resolve("clear.hdr");
        double[] ground = new double[ROWS * COLUMNS];
        for (int i = 0; i < ground.length; i++) {
            ground[i] = i / COLUMNS < 100 ? 1 : 0;
        }
        Cubes.write(Cube.of(ROWS, COLUMNS, new double[][] {ground}), clear);
    }

    @Test
    void aPlumeIsFoundMeasuredAndWritten() throws IOException {
        Path out = folder.resolve("out");
        Map<String, String> facts =
                facts("detect", scene, "--gas", transmittance, "--gas-column", TABLE_COLUMN, "--out", out);

        assertThat(facts).containsEntry("method", "mag1c").containsEntry("plumes", "1");
        assertThat(number(facts, "plume_pixels")).isCloseTo(56, within(3.0));
        double[] found = Cubes.read(out.resolve("enhancement.hdr")).plane(0);
        double[] mask = Cubes.read(out.resolve("plumes.hdr")).plane(0);
        double sum = 0;
        int wrong = 0;
        for (int i = 0; i < found.length; i++) {
            sum += isPlume(i) ? found[i] / 56 : 0;
            wrong += mask[i] == 1 == isPlume(i) ? 0 : 1;
        }
        // Columns of 120 pixels with a plume over 8 of them: the mean of the plume is in the background, too.
        assertThat(sum).isCloseTo(PLUME, within(0.15 * PLUME));
        assertThat(wrong).isLessThan(4);
        assertThat(Files.readAllLines(out.resolve("plumes.csv"))).hasSize(2);
        assertThat(Files.readString(out.resolve("plumes.geojson"))).contains("FeatureCollection");
        assertThat(Files.readString(out.resolve("report.html"))).contains("ppm m");
        assertThat(out.resolve("uncertainty.hdr")).exists();
        assertThat(out.resolve("sensitivity.hdr")).exists();
    }

    @Test
    void aTableInTheBandsOfTheSceneIsTakenAsItIs() {
        Map<String, String> fine = facts("detect", scene, "--gas", transmittance, "--gas-column", TABLE_COLUMN);
        Map<String, String> own = facts("detect", scene, "--gas", absorption, "--option", "iterations=5");

        // Bands of 9 nm blunt the absorption a little.
        assertThat(number(own, "largest_column_ppm_m"))
                .isCloseTo(number(fine, "largest_column_ppm_m"), within(0.1 * PLUME));
    }

    @Test
    void masksKeepPixelsOutOfStatisticsAndPlumes() {
        Map<String, String> masked = facts("detect", scene, "--gas", absorption, "--background", clear);
        assertThat(masked)
                .containsEntry("background_pixels", Integer.toString(100 * COLUMNS))
                .containsEntry("plumes", "1");
        Map<String, String> bright = facts("detect", scene, "--gas", absorption, "--saturation", 0.1);
        assertThat(bright).containsEntry("background_pixels", "0").containsEntry("plumes", "0");
        Map<String, String> flares = facts("detect", scene, "--gas", absorption, "--flare", 9);
        assertThat(flares).containsEntry("background_pixels", Integer.toString(ROWS * COLUMNS));
        assertThat(facts("detect", scene, "--gas", absorption, "--least-pixels", 80))
                .containsEntry("plumes", "0");
        assertThat(facts("detect", scene, "--gas", absorption, "--plume-threshold", 1e6))
                .containsEntry("plumes", "0");
    }

    /** The first ten rows are cloud, the last five water; white has the radiance 2 under the sun at 60 degrees. */
    @Test
    void cloudsAndWaterAreToldByTheSunlight() throws IOException {
        double[] infrared = grid(2126, 9, BANDS);
        double[] all = new double[BANDS + 4];
        System.arraycopy(new double[] {450, 1000, 1250, 1650}, 0, all, 0, 4);
        System.arraycopy(infrared, 0, all, 4, BANDS);
        Wavelengths bands = Wavelengths.of(all);
        Cube seen = Cubes.read(scene);
        Cube.Builder wide =
                Cube.builder(ROWS, COLUMNS, BANDS + 4, Precision.FLOAT).wavelengths(bands);
        for (int b = 0; b < 4; b++) {
            double[] plane = new double[ROWS * COLUMNS];
            for (int i = 0; i < plane.length; i++) {
                int row = i / COLUMNS;
                plane[i] = 2 * (row < 10 ? 0.7 : row < ROWS - 5 ? 0.2 : 0.02);
            }
            wide.plane(b, plane);
        }
        for (int b = 0; b < BANDS; b++) {
            wide.plane(b + 4, seen.plane(b));
        }
        Path clouded = folder.resolve("clouded.hdr");
        Cubes.write(wide.build(), clouded);
        double[] light = new double[BANDS + 4];
        Arrays.fill(light, 4 * Math.PI);
        Path sun = folder.resolve("sun.sli");
        SpectralLibraries.write(
                SpectralLibrary.of(List.of(Spectrum.of(light).named("sun").withWavelengths(bands))), sun);

        Map<String, String> facts = facts(
                "detect",
                clouded,
                "--gas",
                transmittance,
                "--gas-column",
                TABLE_COLUMN,
                "--irradiance",
                sun,
                "--sun-zenith",
                60);

        assertThat(facts)
                .containsEntry("background_pixels", Integer.toString((ROWS - 15) * COLUMNS))
                .containsEntry("plumes", "1");
    }

    @Test
    void aTableThatDoesNotFitIsTold() throws IOException {
        Path far = folder.resolve("far.sli");
        SpectralLibraries.write(SpectralLibrary.of(List.of(gas().on(Wavelengths.of(400, 500, 600)))), far);
        Tool tool = Tool.run("detect", scene, "--gas", far);

        assertThat(tool.code()).isNotZero();
        assertThat(tool.err()).contains("goes from 400.0 to 600.0 nm, where the scene has no band");
    }
}
