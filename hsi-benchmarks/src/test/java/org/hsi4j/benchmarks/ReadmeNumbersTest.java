package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeNumbersTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void thoseOfTheReadmeAreThoseOfTheReport() throws IOException {
        List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
        List<String> report = Files.readAllLines(ROOT.resolve("docs/benchmarks.md"));
        assertThat(ReadmeNumbers.between(readme)).isEqualTo(ReadmeNumbers.of(report));
        assertThat(ReadmeNumbers.of(report)).hasSizeGreaterThan(5);
    }

    @Test
    void rowsAreFoundByTheirParameters() {
        assertThat(ReadmeNumbers.of(List.of(
                        "## Detector",
                        "",
                        "| method | bands | kernels | median | unit | faster than ejmlRx by | faster than statisticsAlone by |",
                        "|---|---|---|---|---|---|---|",
                        "| hsi4jRx | 50 |  | 1.00 | ns/op | 2.00 | 0.500 |",
                        "| hsi4jRx | 200 |  | 3.00 | ns/op | 4.00 | 0.500 |",
                        "| hsi4jRx | 200 | vector | 1.50 | ns/op | 8.00 | 0.500 |")))
                .containsExactly(
                        "| on one core | plain Java | Vector API | faster than |",
                        "|---|---|---|---|",
                        "| RX with its background, 200 bands, a pixel | 3.00 ns | 1.50 ns | EJML by 4.00 |");
    }

    @Test
    void whatIsBetweenTheMarksIsReplaced() {
        List<String> text = List.of("a", ReadmeNumbers.BEGIN, "", "old", "", ReadmeNumbers.END, "b");
        List<String> replaced = ReadmeNumbers.replace(text, List.of("new", "er"));
        assertThat(replaced).containsExactly("a", ReadmeNumbers.BEGIN, "", "new", "er", "", ReadmeNumbers.END, "b");
        assertThat(ReadmeNumbers.between(replaced)).containsExactly("new", "er");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadmeNumbers.replace(List.of("a"), List.of()))
                .withMessageStartingWith("there are no lines");
    }
}
