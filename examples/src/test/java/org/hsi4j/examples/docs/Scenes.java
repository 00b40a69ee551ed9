package org.hsi4j.examples.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.simulate.AbsorptionSpectrum;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;
import org.hsi4j.simulate.Stripes;

/** The files that the snippets of the pages read: small stand-ins with the names and the nature of what a user has. */
final class Scenes {
    private static final double METHANE_COLUMN = 1e4;

    private Scenes() {}

    static void write(Path folder) throws IOException {
        SimulatedScene made = LinearMixingScene.withDefaults()
                .withShape(40, 50)
                .withBands(60)
                .withEndmemberCount(4)
                .withSmoothness(4)
                .withTargets(6, 0.4, 0.6)
                .withSeed(3)
                .generate();
        Cubes.write(made.cube(), folder.resolve("jasper.hdr"));
        Cubes.write(made.cube(), folder.resolve("strip.hdr"));
        Cubes.write(made.clean(), folder.resolve("truth.hdr"));
        SpectralLibraries.write(SpectralLibrary.of(List.of(made.target())), folder.resolve("target.sli"));
        Cubes.write(
                Stripes.withDefaults()
                        .withCoherence(true)
                        .withBandShare(1)
                        .withAmplitude(0.05)
                        .apply(made.cube())
                        .cube(),
                folder.resolve("cubesat.hdr"));
        writeMinerals(folder);
        writeMethane(folder);
    }

    private static void writeMinerals(Path folder) throws IOException {
        Wavelengths sensor = grid(2000, 10, 50);
        Wavelengths laboratory = grid(1950, 2, 320);
        List<AbsorptionSpectrum> minerals = List.of(
                mineral("Kaolinite CM9").withBand(2205, 40, 0.35).withBand(2165, 30, 0.2),
                mineral("Alunite GDS84").withBand(2170, 60, 0.4).withBand(2320, 50, 0.15),
                mineral("Calcite WS272").withBand(2340, 60, 0.35),
                mineral("Muscovite GDS107").withBand(2200, 50, 0.25).withBand(2350, 60, 0.15));
        SpectralLibraries.write(
                SpectralLibrary.of(minerals.stream().map(m -> m.on(laboratory)).toList()),
                folder.resolve("usgs_minerals.sli"));
        SimulatedScene made = LinearMixingScene.withDefaults()
                .withEndmembers(Endmembers.of(
                        minerals.stream().limit(3).map(m -> m.on(sensor)).toList()))
                .withShape(40, 50)
                .withSmoothness(4)
                .generate();
        Cubes.write(made.cube(), folder.resolve("cuprite_reflectance.hdr"));
    }

    private static AbsorptionSpectrum mineral(String name) {
        return AbsorptionSpectrum.named(name).withContinuum(1900, 0.7).withContinuum(2600, 0.6);
    }

    private static void writeMethane(Path folder) throws IOException {
        int rows = 120;
        int columns = 8;
        Wavelengths bands = grid(2120, 7.5, 50);
        AbsorptionSpectrum gas = AbsorptionSpectrum.named("methane")
                .withContinuum(2000, 1)
                .withBand(2203, 30, 0.08)
                .withBand(2265, 30, 0.07)
                .withBand(2317, 26, 0.15)
                .withBand(2370, 30, 0.16)
                .withBand(2428, 30, 0.12);
        Spectrum transmittance = gas.on(bands);
        Random random = new Random(1);
        Cube.Builder radiance = Cube.builder(rows, columns, bands.size(), Precision.FLOAT)
                .wavelengths(bands)
                .quantity(Quantity.RADIANCE);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double light = 0.5 + random.nextDouble();
                double column = r >= 50 && r < 60 && c > 1 ? 2000 : 0;
                double[] pixel = IntStream.range(0, bands.size())
                        .mapToDouble(b -> light * Math.pow(transmittance.value(b), column / METHANE_COLUMN)
                                + 1e-3 * random.nextGaussian())
                        .toArray();
                radiance.pixel(r, c, pixel);
            }
        }
        Cubes.write(radiance.build(), folder.resolve("emit_radiance.hdr"));
        SpectralLibraries.write(
                SpectralLibrary.of(List.of(gas.on(grid(2000, 1, 600)))), folder.resolve("methane_transmittance.sli"));
    }

    private static Wavelengths grid(double from, double step, int count) {
        double[] centres =
                DoubleStream.iterate(from, w -> w + step).limit(count).toArray();
        return Wavelengths.of(centres)
                .withFwhm(DoubleStream.generate(() -> step).limit(count).toArray());
    }
}
