package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SampleType;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.run.RunContext;

/** Writes results as ENVI files. */
final class Written {
    private final RunContext context;

    Written(RunContext context) {
        this.context = context;
    }

    void cube(Cube cube, Path file) throws IOException {
        Cubes.write(cube, file, WriteOptions.defaults(), context);
    }

    void maps(AbundanceMaps maps, Path file) throws IOException {
        Cubes.write(maps, file, WriteOptions.defaults(), context);
    }

    void map(ScoreMap map, Path file) throws IOException {
        Cubes.write(map, file, WriteOptions.defaults(), context);
    }

    /** One where the mask is set and zero elsewhere, in a byte each. */
    void mask(String name, Mask mask, Cube scene, Path file) throws IOException {
        double[] values = new double[mask.rows() * mask.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = mask.get(i) ? 1 : 0;
        }
        ScoreMap map = ScoreMap.of(name, mask.rows(), mask.columns(), values)
                .withGeoReference(scene.geoReference().orElse(null));
        Cubes.write(map, file, WriteOptions.defaults().withSampleType(SampleType.UINT8), context);
    }

    void spectra(Endmembers endmembers, Path file) throws IOException {
        SpectralLibraries.write(SpectralLibrary.of(endmembers.spectra()), file);
    }

    void spectrum(Spectrum spectrum, Path file) throws IOException {
        SpectralLibraries.write(SpectralLibrary.of(List.of(spectrum)), file);
    }
}
