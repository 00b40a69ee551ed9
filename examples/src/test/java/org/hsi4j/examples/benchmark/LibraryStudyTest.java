package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hsi4j.Cube;
import org.hsi4j.io.AxisOrder;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.hsi4j.unmixing.Sunsal;
import org.junit.jupiter.api.Test;

@RealData
class LibraryStudyTest {

    @Test
    void sunsalFindsTheFiveOfTwoHundredAndFortySpectra() throws IOException {
        Cube clean = MatFile.open(SharedFiles.data("unmixing/dc1/Y_clean.mat")).cube(ReadOptions.defaults());
        LibraryStudy study = new LibraryStudy(
                clean,
                MatFile.open(SharedFiles.data("unmixing/dc1/EE.mat")).endmembers("EE"),
                MatFile.open(SharedFiles.data("unmixing/dc1/XT.mat"))
                        .abundances("XT", ReadOptions.defaults().withAxisOrder(AxisOrder.BANDS_ROWS_COLUMNS)));
        RunContext run = RunContext.defaults();
        Cube scene = LibraryStudy.projected(study.noisy(30, 1, run), run);
        LibraryStudy.Row row = study.row(Sunsal.withDefaults(), "defaults", scene, true, 30, run);
        assertThat(row.held()).isEqualTo(5);
        assertThat(row.found()).isEqualTo(5);
        assertThat(row.sre()).isGreaterThan(15);
    }
}
