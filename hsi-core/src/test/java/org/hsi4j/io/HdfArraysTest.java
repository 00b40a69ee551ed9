package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfArraysTest {
    @TempDir
    Path folder;

    /** A scene of 4 rows, 3 columns and 2 bands as MATLAB keeps it; the sample is 100 band + 10 row + column. */
    private static float[][][] scene() {
        float[][][] scene = new float[2][3][4];
        for (int b = 0; b < 2; b++) {
            for (int c = 0; c < 3; c++) {
                for (int r = 0; r < 4; r++) {
                    scene[b][c][r] = 100 * b + 10 * r + c;
                }
            }
        }
        return scene;
    }

    private static void assertScene(Cube cube) {
        assertThat(new int[] {cube.rows(), cube.columns(), cube.bands()}).containsExactly(4, 3, 2);
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 3; c++) {
                for (int b = 0; b < 2; b++) {
                    assertThat(cube.value(r, c, b)).isEqualTo(100 * b + 10 * r + c);
                }
            }
        }
    }

    @Test
    void reversesTheAxes() throws IOException {
        Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> {
            f.putDataset("cube", scene()).putAttribute("MATLAB_class", "single");
            f.putDataset("wavelengths", new double[][] {{500, 600}}).putAttribute("MATLAB_class", "double");
        });

        Cube cube = Cubes.read(file);

        assertScene(cube);
        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
        assertThat(cube.wavelengths().orElseThrow().toArray()).containsExactly(500, 600);
        assertThat(cube.provenance())
                .startsWith(
                        "read from a.mat, variable cube (4 x 3 x 2 single)",
                        "MAT-file version 7.3: the axes of the HDF5 file are reversed");
    }

    @Test
    void readsChunksThatDoNotDivideTheArray() throws IOException {
        DatasetCreationOptions chunked = DatasetCreationOptions.builder()
                .chunkDimensions(2, 2, 3)
                .shuffle()
                .deflate()
                .build();
        Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> f.putDataset("cube", scene(), chunked));

        assertScene(Cubes.read(file));
    }

    @Test
    void readsEveryTypeOfNumber() throws IOException {
        DatasetCreationOptions unsigned =
                DatasetCreationOptions.builder().unsigned().build();
        Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> {
            f.putDataset("int8", new byte[][] {{-1, 2}});
            f.putDataset("uint8", new byte[][] {{-1, 2}}, unsigned);
            f.putDataset("int16", new short[][] {{-1, 2}});
            f.putDataset("uint16", new short[][] {{-1, 2}}, unsigned);
            f.putDataset("int32", new int[][] {{-1, 2}});
            f.putDataset("uint32", new int[][] {{-1, 2}}, unsigned);
            f.putDataset("int64", new long[][] {{-1, 2}});
            f.putDataset("single", new float[][] {{-1.5f, 2}});
            f.putDataset("double", new double[][] {{-1.5, 2}});
            f.putDataset("scalar", 7.25);
        });

        MatFile mat = MatFile.open(file);

        assertThat(mat.vector("int8")).containsExactly(-1, 2);
        assertThat(mat.vector("uint8")).containsExactly(255, 2);
        assertThat(mat.vector("int16")).containsExactly(-1, 2);
        assertThat(mat.vector("uint16")).containsExactly(65535, 2);
        assertThat(mat.vector("int32")).containsExactly(-1, 2);
        assertThat(mat.vector("uint32")).containsExactly(4294967295.0, 2);
        assertThat(mat.vector("int64")).containsExactly(-1, 2);
        assertThat(mat.vector("single")).containsExactly(-1.5, 2);
        assertThat(mat.vector("double")).containsExactly(-1.5, 2);
        assertThat(mat.vector("scalar")).containsExactly(7.25);
        assertThat(mat.variables())
                .allSatisfy(v -> assertThat(v.type()).isEqualTo(v.name().replace("scalar", "double")));
    }

    @Test
    void listsWhatIsNoArrayAndRefusesItByName() throws IOException {
        Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> {
            f.putGroup("#refs#").putDataset("a", 1.0);
            WritableGroup settings = f.putGroup("settings");
            settings.putAttribute("MATLAB_class", "struct");
            settings.putDataset("gain", 1.0);
            f.putDataset("title", new short[][] {{72}, {105}}).putAttribute("MATLAB_class", "char");
            f.putDataset("nothing", new long[] {0, 0}).putAttribute("MATLAB_empty", 1);
        });

        MatFile mat = MatFile.open(file);

        assertThat(mat.variables())
                .extracting(MatFile.Variable::toString)
                .containsExactlyInAnyOrder("settings (struct)", "title (1 x 2 char)", "nothing (0 x 0 int64)");
        assertThatThrownBy(() -> mat.vector("title"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("variable 'title': found a value of the type char");
        assertThatThrownBy(() -> mat.matrix("settings"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("type struct");
        assertThat(mat.matrix("nothing")).isEmpty();
        assertThatThrownBy(() -> mat.cube(ReadOptions.defaults()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("an array that could be a scene");
    }

    @Test
    void loadsMoreThanASlice() throws IOException {
        double[][] large = new double[1500][1000]; // 12 MB, read in two slices
        for (double[] row : large) {
            Arrays.setAll(row, i -> i);
        }
        large[1499][999] = -1;
        Path file = HdfFixture.writeMat(folder.resolve("a.mat"), f -> f.putDataset("m", large));

        double[][] read = MatFile.open(file).matrix("m");

        assertThat(read).hasDimensions(1000, 1500);
        assertThat(read[999][1499]).isEqualTo(-1);
        assertThat(read[42][7]).isEqualTo(42);
        assertThat(read[998][1499]).isEqualTo(998);
    }
}
