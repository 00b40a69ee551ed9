package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class FailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UsageException("no such option"), 2, "no such option"),
                Arguments.of(new NoSuchFileException("x.hdr"), 3, "x.hdr: there is no such file"),
                Arguments.of(new NoSuchFileException("x", null, "gone"), 3, "x: gone"),
                Arguments.of(new AccessDeniedException("x.hdr"), 3, "x.hdr: access denied"),
                Arguments.of(new FileAlreadyExistsException("x"), 3, "x: a file of this name is in the way"),
                Arguments.of(new NotDirectoryException("x"), 3, "x: is no directory"),
                Arguments.of(new DirectoryNotEmptyException("x"), 3, "x: "),
                Arguments.of(new IOException("disk\nfull"), 3, "disk full"),
                Arguments.of(new UncheckedIOException(new IOException("gone")), 3, "gone"),
                Arguments.of(new IllegalArgumentException("198 bands"), 3, "198 bands"),
                Arguments.of(new IllegalArgumentException(), 3, "IllegalArgumentException"),
                Arguments.of(new UndeclaredThrowableException(new OutOfMemoryError("heap")), 3, "more memory than the"),
                Arguments.of(new CancellationException(), 130, "interrupted"),
                Arguments.of(new IllegalStateException("oops"), 1, "internal error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneLineAndACode(Exception thrown, int code, String says) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Session session = new Session(stream, stream, false, false);

        int answer = Failure.report(thrown, new CommandLine(new MethodsCommand(session)), session);

        assertThat(answer).isEqualTo(code);
        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().findFirst().orElseThrow()).startsWith("hsi: ").contains(says);
        assertThat(text.lines()).hasSize(code == 2 ? 2 : 1);
    }
}
