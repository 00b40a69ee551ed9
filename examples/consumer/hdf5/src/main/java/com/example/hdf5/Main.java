package com.example.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MalformedFileException;

/** The core with HDF5: reads a file, and refuses one that ends after its signature. */
public final class Main {
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        try (WritableHdfFile file = HdfFile.write(folder.resolve("scene.h5"))) {
            file.putDataset("cube", new float[][][] {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}});
        }
        Cube scene = Cubes.read(folder.resolve("scene.h5"));
        System.out.println("read " + scene.rows() + " x " + scene.columns() + " x " + scene.bands());
        Path damaged = folder.resolve("damaged.h5");
        Files.write(damaged, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0});
        try {
            Cubes.read(damaged);
        } catch (MalformedFileException e) {
            System.out.println("malformed " + e.found());
        }
    }
}
