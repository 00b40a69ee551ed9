package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
