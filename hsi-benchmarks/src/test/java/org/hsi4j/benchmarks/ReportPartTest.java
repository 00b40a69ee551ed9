package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

class ReportPartTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noBenchmarkIsForgotten(boolean isLong) {
        List<String> names = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .toList();
        assertThat(names).isNotEmpty();
        assertThat(names)
                .allMatch(name -> ReportPart.all(isLong).stream()
                        .anyMatch(part ->
                                Pattern.compile(part.include()).matcher(name).find()));
    }

    @Test
    void everyPartHasBenchmarksExceptThatOfNd4jAndOptionsThatJmhUnderstands() throws Exception {
        for (ReportPart part : ReportPart.all(false)) {
            assertThat(part.isPresent()).isEqualTo(!part.include().contains("Nd4j"));
            CommandLineOptions options =
                    new CommandLineOptions(part.with(List.of()).toArray(String[]::new));
            assertThat(options.getIncludes()).containsExactly(part.include());
            assertThat(options.getForkCount().get()).isEqualTo(1);
        }
    }

    @Test
    void theCallersOptionsReplaceThoseOfThePart() {
        ReportPart part = new ReportPart("x", false, java.util.Map.of("-wi", "3"), java.util.Map.of("p", "5"));
        assertThat(part.with(List.of("-wi", "1", "-p", "p=7"))).containsExactly("-wi", "1", "-p", "p=7", "x");
        assertThat(part.with(List.of())).containsExactly("-wi", "3", "-p", "p=5", "x");
    }
}
