package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, true",
        "/dev/tty1, true",
        "/dev/console, true",
        "/dev/null, false",
        "pipe:[12345], false",
        "/tmp/log, false"
    })
    void devicesOfPeopleAreKnown(String device, boolean terminal) {
        assertThat(Terminal.isTerminal(device)).isEqualTo(terminal);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "' 100 ', 100", "7, 40", "wide, 80", ", 80"})
    void theWidthIsWhatTheShellSays(String columns, int width) {
        assertThat(Terminal.width(columns)).isEqualTo(width);
    }

    @Test
    void barsShowEveryStageAndWipeThemselvesAway() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ProgressBars bars = new ProgressBars(new PrintStream(bytes, true, StandardCharsets.UTF_8), 60)) {
            bars.progress("statistics", 0, 10);
            bars.progress("statistics", 10, 10);
            bars.progress("abundances", 0, 5);
            bars.progress("abundances", 5, 5);
            bars.progress("abundances", 0, 5);
        }
        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertThat(shown).contains("statistics", "abundances", "100%").endsWith("\r");
        assertThat(shown.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }
}
