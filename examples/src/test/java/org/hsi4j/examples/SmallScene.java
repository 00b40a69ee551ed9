package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;

/** A small scene with its truth, as objects and as files. */
final class SmallScene {
    static final int ROWS = 50;
    static final int COLUMNS = 40;
    static final int BANDS = 30;
    static final int ENDMEMBERS = 4;

    /** Three of the bands in the file {@link #badBands} are marked bad. */
    static final int BAD_BANDS = 3;

    final SimulatedScene made = LinearMixingScene.withDefaults()
            .withShape(ROWS, COLUMNS)
            .withBands(BANDS)
            .withEndmemberCount(ENDMEMBERS)
            .withSmoothness(4)
            .withTargets(6, 0.4, 0.6)
            .withMissingCorner(5)
            .withSeed(3)
            .generate();

    final Path scene;
    final Path clean;
    final Path badBands;
    final Path abundances;
    final Path endmembers;
    final Path target;
    final Path targets;

    SmallScene(Path folder) throws IOException {
        scene = folder.resolve("scene.hdr");
        clean = folder.resolve("clean.hdr");
        badBands = folder.resolve("bad.hdr");
        abundances = folder.resolve("abundances.hdr");
        endmembers = folder.resolve("endmembers.sli");
        target = folder.resolve("target.sli");
        targets = folder.resolve("targets.hdr");
        Cubes.write(made.cube(), scene);
        Cubes.write(made.clean(), clean);
        Cubes.write(withBadBands(made.cube()), badBands);
        RunContext context = RunContext.defaults();
        Cubes.write(made.abundances(), abundances, WriteOptions.defaults(), context);
        Cubes.write(made.targetFill(), targets, WriteOptions.defaults(), context);
        SpectralLibraries.write(SpectralLibrary.of(made.endmembers().spectra()), endmembers);
        SpectralLibraries.write(SpectralLibrary.of(List.of(made.target())), target);
    }

    private static Cube withBadBands(Cube cube) {
        boolean[] good = new boolean[BANDS];
        Cube.Builder builder = Cube.builder(ROWS, COLUMNS, BANDS, Precision.DOUBLE);
        for (int b = 0; b < BANDS; b++) {
            good[b] = b >= BAD_BANDS;
            builder.plane(b, cube.plane(b));
        }
        return builder.goodBands(good)
                .wavelengths(cube.wavelengths().orElseThrow())
                .build();
    }
}
