package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {

    @TempDir
    Path parent;

    @Test
    void filesAppearTogetherAndReplaceOlderOnes() throws IOException {
        Path target = parent.resolve("a/b");
        Files.createDirectories(target);
        Files.writeString(target.resolve("old.txt"), "kept");
        Files.writeString(target.resolve("x.txt"), "replaced");
        Facts facts = new Facts();

        try (OutFolder folder = OutFolder.open(target)) {
            Files.writeString(folder.file("x", "x.txt"), "new");
            Files.writeString(folder.file("y", "y.txt"), "new");
            assertThat(target.resolve("x.txt")).hasContent("replaced");
            folder.commit("out", facts);
        }

        assertThat(target.resolve("x.txt")).hasContent("new");
        assertThat(target.resolve("y.txt")).hasContent("new");
        assertThat(target.resolve("old.txt")).hasContent("kept");
        assertThat(target.toFile().list()).hasSize(3);
        assertThat(facts.shown())
                .containsEntry("out", target.toString())
                .containsEntry("out_y", target.resolve("y.txt").toString());
    }

    @Test
    void withoutACommitNothingIsLeft() throws IOException {
        Path target = parent.resolve("made/for/nothing");
        try (OutFolder folder = OutFolder.open(target)) {
            Files.writeString(folder.file("x", "x.txt"), "new");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFolderThatWasThereStays() throws IOException {
        try (OutFolder folder = OutFolder.open(parent)) {
            Files.writeString(folder.file("x", "x.txt"), "new");
        }
        assertThat(parent).isEmptyDirectory();

        Path target = parent.resolve("new");
        try (OutFolder folder = OutFolder.open(target)) {
            Files.writeString(folder.file("x", "x.txt"), "new");
            Files.writeString(target.resolve("of-someone-else"), "");
        }
        assertThat(target.toFile().list()).containsExactly("of-someone-else");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> OutFolder.open(file))
                .withMessageContaining("file");
    }

    @Test
    void anInterruptedSessionTidiesUp() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Session session = new Session(stream, stream, false, false);
        try (OutFolder folder = session.open(parent.resolve("out"))) {
            Files.writeString(folder.file("x", "x.txt"), "new");
            session.cancel();
            session.tidy();
            assertThat(parent).isEmptyDirectory();
        }
        assertThat(session.context().isCancelled()).isTrue();
        assertThat(err.size()).isZero();
    }
}
