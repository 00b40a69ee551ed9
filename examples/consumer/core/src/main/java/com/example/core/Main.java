package com.example.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.io.Cubes;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.method.Methods;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.HySime;
import org.hsi4j.view.QuickLook;

/** The core alone: makes, writes, reads, counts and draws; says what it would need for a file of HDF5. */
public final class Main {
    public static void main(String[] words) throws IOException {
        Cube made = LinearMixingScene.withDefaults().withShape(24, 30).withBands(40).generate().cube();
        Path folder = Path.of(words[0]);
        Cubes.write(made, folder.resolve("scene.hdr"));
        Cube scene = Cubes.read(folder.resolve("scene.hdr"));
        QuickLook.of(scene).writePng(folder.resolve("look.png"));
        System.out.println("read " + scene.rows() + " x " + scene.columns() + " x " + scene.bands());
        System.out.println("dimension " + HySime.withDefaults().estimate(scene, RunContext.defaults()).count());
        System.out.println("methods " + Methods.all().size());
        System.out.println("kernels " + Kernels.best().name());
        Path hdf5 = folder.resolve("scene.h5");
        Files.write(hdf5, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0});
        try {
            Cubes.read(hdf5);
        } catch (IOException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
