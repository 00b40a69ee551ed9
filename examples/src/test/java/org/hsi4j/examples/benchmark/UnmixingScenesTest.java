package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmixingScenesTest {
    @TempDir
    private Path folder;

    @Test
    void findsScenesInAFolderBelowAndBehindALink() throws IOException {
        Path real = Files.createDirectories(folder.resolve("real/below"));
        for (String name : List.of("scene.hdr", "true_endmembers.sli", "true_abundances.hdr")) {
            Files.createFile(real.resolve(name));
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(UnmixingScenes.in(folder.resolve("real"))).hasSize(1);
        assertThat(UnmixingScenes.in(link)).hasSize(1);
    }
}
