package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

class MatFileWriterTest {
    @TempDir
    Path folder;

    @Test
    void everyKindOfResult() throws IOException {
        AbundanceMaps maps =
                AbundanceMaps.of(2, 3, List.of("em1", "em2"), new double[][] {{1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1}});
        Endmembers endmembers = Endmembers.ofMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        ScoreMap map = ScoreMap.of("score", 2, 3, new double[] {1, 2, 3, Double.NaN, 5, 6});
        Mask mask = Mask.of(2, 3, i -> i == 1 || i == 5);
        Cube cube = Cube.builder(2, 3, 4, Precision.FLOAT)
                .set(1, 2, 3, 7)
                .wavelengths(Wavelengths.of(400, 500, 600, 700.5))
                .build();
        Path file = folder.resolve("results.mat");

        new MatFileWriter()
                .cube("cube", cube)
                .wavelengths("wavelengths", cube.wavelengths().orElseThrow())
                .abundances("A", maps)
                .endmembers("E", endmembers)
                .map("score_of_one_or_two", map)
                .mask("mask", mask)
                .write(file, RunContext.sequential());

        MatFile read = MatFile.open(file);
        assertThat(read.abundances("A", ReadOptions.defaults())).isEqualTo(maps);
        assertThat(read.endmembers("E").toMatrix()).isDeepEqualTo(endmembers.toMatrix());
        assertThat(read.map("score_of_one_or_two").toArray()).containsExactly(map.toArray());
        assertThat(read.mask("mask")).isEqualTo(mask);
        Cube again = read.cube(ReadOptions.defaults().withVariable("cube"));
        assertThat(again.precision()).isEqualTo(Precision.FLOAT);
        assertThat(again.wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(again.value(1, 2, 3)).isEqualTo(7);
        assertThat(read.variables().toString()).contains("mask (2 x 3 logical)");
        assertThat(folder.toFile().list()).containsExactly("results.mat");

        // another reader
        us.hebi.matlab.mat.types.MatFile other = Mat5.readFromFile(file.toFile());
        Matrix e = other.getMatrix("E");
        assertThat(e.getDimensions()).containsExactly(3, 2);
        assertThat(e.getDouble(2, 1)).isEqualTo(6);
        assertThat(other.getMatrix("score_of_one_or_two").getDouble(0, 2)).isEqualTo(3);
        assertThat(other.getMatrix("mask").isLogical()).isTrue();
        assertThat(other.getMatrix("cube").getDouble(new int[] {1, 2, 3})).isEqualTo(7);
    }

    @Test
    void namesAreMatlabs() {
        MatFileWriter writer = new MatFileWriter();
        Mask mask = Mask.all(1, 1);
        for (String name : List.of("", "1a", "a b", "_x", "a".repeat(64))) {
            assertThatThrownBy(() -> writer.mask(name, mask))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MATLAB allows");
        }
        writer.mask("a", mask);
        assertThatThrownBy(() -> writer.mask("a", mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a variable 'a' already");
    }

    @Test
    void whatATypeCannotHoldLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("x.mat"), "old");
        Cube cube = Cube.of(2, 1, new double[][] {{1, 300}});

        assertThatThrownBy(() -> Cubes.write(
                        cube, file, WriteOptions.defaults().withSampleType(SampleType.UINT8), RunContext.sequential()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample at row 1, column 0, band 0 300.0 is beyond the range of UINT8");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("x.mat");
    }
}
