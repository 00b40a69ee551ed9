package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path folder;

    @Test
    void theScriptIsAllThatIsPrinted() {
        Tool run = Tool.run("completion");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("#!").contains("complete -F _complete_hsi");
    }

    /** Asks Bash itself what it offers for the last word. */
    @ParameterizedTest
    @CsvSource({
        "hsi unm, unmix",
        "hsi unmix --abundances fc, fcls",
        "hsi unmix --extract vc, vca",
        "hsi unmix --blind edaa, edaa",
        "hsi restore --method ngm, ngmeet",
        "hsi fuse --method r-f, r-fuse",
        "hsi detect --method mag1, mag1c",
        "hsi convert --interleave BI, BIL",
        "hsi detect --fa, --far"
    })
    void bashCompletes(String words, String offered) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH), "there is no Bash");
        Path script = Files.writeString(
                folder.resolve("ask"),
                Tool.run("completion").out()
                        + "\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD="
                        + words.chars().filter(c -> c == ' ').count()
                        // Bash has this word only while a person types.
                        + "\nfunction compopt() { :; }"
                        + "\n_complete_hsi\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");

        Process bash = new ProcessBuilder(BASH.toString(), script.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.lines()).contains(offered);
    }

    /** Escape sequences are for a person's eyes: not in a file, and not when the session says no. */
    @Test
    void helpIsInColourOnlyWhereThatWasSaid() {
        assertThat(help(true)).contains("\u001B[");
        assertThat(help(false)).doesNotContain("\u001B");
        assertThat(Tool.run("unmix", "--help").out()).doesNotContain("\u001B");
        assertThat(Terminal.colours("1")).isFalse();
    }

    private static String help(boolean colours) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Hsi.run(List.of("unmix", "--help").toArray(String[]::new), new Session(stream, stream, false, colours));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
