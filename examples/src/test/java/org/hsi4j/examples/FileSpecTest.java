package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class FileSpecTest {

    @TempDir
    Path folder;

    private void check(String text, String path, String variable) {
        FileSpec spec = FileSpec.parse(text);
        assertThat(spec.path()).isEqualTo(Path.of(path));
        assertThat(spec.variable().orElse("-")).isEqualTo(variable);
        assertThat(spec).hasToString(text);
    }

    @Test
    void whatExistsIsAPath() throws IOException {
        Path plain = Files.createFile(folder.resolve("scene.mat"));
        Path colon = Files.createFile(folder.resolve("12:30.mat"));

        check(plain.toString(), plain.toString(), "-");
        check(colon.toString(), colon.toString(), "-");
        check(plain + ":Y", plain.toString(), "Y");
        check(colon + ":Y", colon.toString(), "Y");
        check(plain + ":grass: dry", plain.toString(), "grass: dry");
        check(folder + ":x", folder.toString(), "x");
    }

    @ParameterizedTest
    @CsvSource({
        "missing.mat,            missing.mat,        -",
        "missing.mat:Y,          missing.mat,        Y",
        "C:\\data\\missing.mat,  C:\\data\\missing.mat, -",
        "C:missing,              C:missing,          -",
        "a:b/missing.mat,        a:b/missing.mat,    -",
        "missing.mat:,           missing.mat:,       -",
        ":Y,                     :Y,                 -",
    })
    void whatIsMissingIsNamedInTheMessageThatFollows(String text, String path, String variable) {
        check(text, path, variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void whatIsNoFileNameIsWrongUsage(String text) {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> FileSpec.parse(text));
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new FileSpec.Converter().convert(text));
    }
}
