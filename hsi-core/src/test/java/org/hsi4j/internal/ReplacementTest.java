package org.hsi4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {

    @Test
    void aFailureLeavesTheOldFileAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("picture.png");
        Files.writeString(file, "older");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Replacement.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .withMessage("disk full");
        assertThat(file).hasContent("older");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writesToAnyFileSystem() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = memory.getPath("report.txt");
            Replacement.write(file, out -> out.write('a'));
            Replacement.write(file, out -> out.write('b'));
            assertThat(Files.readString(file)).isEqualTo("b");
        }
    }

    @Test
    void refusesTheRoot() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Replacement.write(Path.of("/"), out -> out.write(1)))
                .withMessageContaining("directory");
    }
}
