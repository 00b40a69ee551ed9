package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.Spectrum;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.Interleave;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;

/**
 * The scene that all programs work on: smooth mixtures at 40 dB with a few targets. The noise makes unconstrained abundances
 * negative in many pixels, and keeps the covariance away from singular.
 *
 * @param rows rows
 * @param columns columns
 * @param bands bands
 * @param count endmembers
 * @param windowSide rows and columns of the part that local RX works on, from the top left corner
 * @param windowBands its bands, the first ones
 */
record PeerScene(int rows, int columns, int bands, int count, int windowSide, int windowBands) {
    private static final double SNR = 40;

    /** Writes what the programs read. */
    void write(Path folder) throws IOException {
        SimulatedScene simulated = LinearMixingScene.withDefaults()
                .withShape(rows, columns)
                .withBands(bands)
                .withEndmemberCount(count)
                .withSnr(SNR)
                .withTargets(Math.max(1, rows * columns / 1000), 0.01, 0.05)
                .generate();
        Cube scene = simulated.cube();
        write(scene, folder, "scene");
        int[] first = new int[windowBands];
        for (int b = 0; b < windowBands; b++) {
            first[b] = b;
        }
        write(scene.crop(new Region(0, 0, windowSide, windowSide)).selectBands(first), folder, "window");
        Endmembers endmembers = simulated.endmembers();
        double[] members = new double[count * bands];
        Cube.Builder image = Cube.builder(1, count, bands, Precision.DOUBLE);
        for (int k = 0; k < count; k++) {
            Spectrum spectrum = endmembers.get(k);
            System.arraycopy(spectrum.toArray(), 0, members, k * bands, bands);
            image.pixel(0, k, spectrum.toArray());
        }
        write(image.build(), folder, "endmembers");
        Numbers.write(folder.resolve("endmembers.f64"), members);
        Numbers.write(folder.resolve("target.f64"), simulated.target().toArray());
    }

    /** ENVI, pixel after pixel, as Spectral Python likes it best. */
    private static void write(Cube cube, Path folder, String name) throws IOException {
        Cubes.write(
                cube,
                folder.resolve(name + ".hdr"),
                WriteOptions.defaults().withInterleave(Interleave.BIP),
                RunContext.defaults());
        if (!Files.exists(folder.resolve(name + ".img"))) {
            throw new IOException("no " + name + ".img beside " + name + ".hdr");
        }
    }
}
