package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

@RealData
class MatFileRealDataTest {

    /** Shapes as listed by another program; samples as shown by it. */
    @ParameterizedTest
    @CsvSource({
        "classification/salinasA/SalinasA_corrected.mat, 83, 86, 204",
        "detection/abu/abu-airport-1.mat, 100, 100, 205",
        "detection/abu/abu-beach-1.mat, 150, 150, 188",
        "detection/abu/abu-urban-1.mat, 100, 100, 204",
        "detection/abu/abu-urban-2.mat, 100, 100, 207",
        "detection/hydice/HYDICE_urban.mat, 80, 100, 175",
        "detection/hydice/HYDICE1_v73.mat, 80, 100, 162",
        "detection/muufl_chip/muufl_chip_with_target.mat, 36, 36, 72",
        "restoration/indian_pines_fusion/SRI.mat, 36, 36, 200",
        "restoration/paris/paris_data_hs_ms.mat, 72, 72, 128",
        "restoration/paviau_crop/paviaU_subimg.mat, 50, 50, 103",
        "restoration/reno/Reno150-150-100.mat, 150, 150, 100",
        "restoration/simu_indian/simu_indian.mat, 145, 145, 224",
        "unmixing/cuprite_crop/Rcuprite50x90x188.mat, 50, 90, 188",
        "unmixing/dc1/Y_clean.mat, 75, 75, 224",
        "unmixing/samson/samson_1.mat, 95, 95, 156",
        "unmixing/samson_fcls_exact/Y_clean.mat, 95, 95, 156",
        "unmixing/sim1/Y_clean.mat, 105, 105, 224",
        "unmixing/urban_crop/urban_crop_34x78_with_gt.mat, 34, 78, 162",
    })
    void findsTheScene(String file, int rows, int columns, int bands) throws IOException {
        Cube cube = Cubes.read(SharedFiles.data(file));

        assertThat(cube.rows()).isEqualTo(rows);
        assertThat(cube.columns()).isEqualTo(columns);
        assertThat(cube.bands()).isEqualTo(bands);
        assertThat(cube.validMask().count()).isEqualTo(rows * columns);
        assertThat(cube.provenance().get(0)).startsWith("read from " + cube.name() + ".mat, variable ");
    }

    @Test
    void turnsPixelsOfAMatrixFromColumnByColumn() throws IOException {
        Cube cube = Cubes.read(SharedFiles.data("unmixing/samson/samson_1.mat"));

        // V(4, 96) and V(156, 94 + 95 * 93 + 1) of the file, read with SciPy
        assertThat(cube.value(0, 1, 3)).isEqualTo(0.018544935805991442);
        assertThat(cube.value(94, 93, 155)).isEqualTo(0.5656205420827389);
        assertThat(cube.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(cube.provenance())
                .contains(
                        "took the shape of the image from 'nRow' and 'nCol'",
                        "bands x pixels, image of 95x95, pixels column by column");
    }

    @Test
    void takesWavelengthsFromTheFile() throws IOException {
        Cube chip = Cubes.read(SharedFiles.data("detection/muufl_chip/muufl_chip_with_target.mat"));
        Cube pure = Cubes.read(SharedFiles.oracle("unmixing_pure.mat"));

        assertThat(chip.wavelengths().orElseThrow().min()).isBetween(350.0, 420.0);
        assertThat(pure.wavelengths().orElseThrow().min()).isBetween(350.0, 420.0);
        assertThat(pure.wavelengths().orElseThrow().max()).isBetween(2400.0, 2600.0);
        assertThat(pure.provenance()).contains("took 'wl' for the wavelengths, in um by their size");
    }

    @Test
    void readsTruth() throws IOException {
        MatFile samson = MatFile.open(SharedFiles.data("unmixing/samson/end3.mat"));
        AbundanceMaps a = samson.abundances("A", ReadOptions.defaults().withShape(95, 95));
        double[][] matrix = samson.matrix("A");

        assertThat(a.count()).isEqualTo(3);
        assertThat(a.value(7, 11, 2)).isEqualTo(matrix[2][7 + 95 * 11]);
        assertThat(samson.endmembers("M").bands()).isEqualTo(156);
        assertThat(samson.endmembers("M").count()).isEqualTo(3);
        assertThat(MatFile.open(SharedFiles.data("detection/abu/abu-airport-1.mat"))
                        .mask("map")
                        .count())
                .isEqualTo(144);
        assertThat(MatFile.open(SharedFiles.data("detection/hydice/HYDICE_urban.mat"))
                        .mask("map")
                        .count())
                .isEqualTo(21);
    }

    /** Samples as jHDF gives the array whole; its axes are bands x columns x rows. */
    @Test
    void readsVersion73() throws IOException {
        MatFile file = MatFile.open(SharedFiles.data("detection/hydice/HYDICE1_v73.mat"));
        Cube cube = file.cube(ReadOptions.defaults());

        assertThat(file.variables()).hasToString("[image (80 x 100 x 162 double), mask (80 x 100 double)]");
        assertThat(file.mask("mask").count()).isEqualTo(17);
        try (HdfFile hdf = new HdfFile(SharedFiles.data("detection/hydice/HYDICE1_v73.mat"))) {
            double[][][] image = (double[][][]) hdf.getDatasetByPath("image").getData();
            for (int b = 0; b < image.length; b++) {
                double[] plane = cube.plane(b);
                for (int i = 0; i < plane.length; i++) {
                    assertThat(plane[i]).isEqualTo(image[b][i % 100][i / 100]);
                }
            }
        }
        assertThat(cube.provenance()).contains("MAT-file version 7.3: the axes of the HDF5 file are reversed");
    }

    /** Every array of real numbers in every file, against an independent reader. */
    @ParameterizedTest
    @MethodSource("files")
    void agreesWithAnotherReader(Path path) throws IOException {
        MatDirectory directory = MatDirectory.read(path);
        int compared = 0;
        try (Source source = Sources.openFile(path.toFile());
                us.hebi.matlab.mat.types.MatFile other = Mat5.newReader(source).readMat()) {
            for (ArrayEntry entry : directory.entries()) {
                if (entry.isNumeric() && !entry.isComplex()) {
                    Matrix expected = other.getMatrix(entry.name());
                    double[] numbers = directory.numbers(entry).toArray();
                    assertThat(entry.dimensions().stream().mapToInt(d -> d).toArray())
                            .isEqualTo(expected.getDimensions());
                    assertThat(entry.isLogical()).isEqualTo(expected.isLogical());
                    for (int i = 0; i < numbers.length; i++) {
                        if (Double.compare(numbers[i], expected.getDouble(i)) != 0) {
                            throw new AssertionError(entry.name() + "(" + i + ") is " + numbers[i]);
                        }
                    }
                    compared++;
                }
            }
        }
        // one file holds a structure and nothing else
        assertThat(compared).isGreaterThan(path.endsWith("tgt_img_spectra.mat") ? -1 : 0);
    }

    static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : List.of(SharedFiles.data("."), SharedFiles.oracle("."))) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(p -> p.toString().endsWith(".mat") && !p.toString().endsWith("_v73.mat"))
                        .map(Path::normalize)
                        .forEach(files::add);
            }
        }
        return files.stream();
    }
}
