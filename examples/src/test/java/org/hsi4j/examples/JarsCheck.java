package org.hsi4j.examples;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars as they are published; runs after packaging. */
class JarsCheck {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NO_LIBRARY = Set.of("sources", "javadoc", "tests");

    private static List<Path> jars(String module) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(module + "/target"))) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-.*\\.jar"))
                    .toList();
        }
    }

    private static Path library(String module) throws IOException {
        return jars(module).stream()
                .filter(jar ->
                        NO_LIBRARY.stream().noneMatch(kind -> jar.toString().endsWith("-" + kind + ".jar")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "hdf5", "unmixing", "restoration", "detection"})
    void everyPackageButTheInternalOnesIsExported(String name) throws IOException {
        Path jar = library("hsi-" + name);
        ModuleDescriptor module =
                ModuleFinder.of(jar).findAll().iterator().next().descriptor();

        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.name()).isEqualTo("org.hsi4j." + name);
        assertThat(module.exports())
                .noneMatch(ModuleDescriptor.Exports::isQualified)
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrderElementsOf(module.packages().stream()
                        .filter(found -> !found.endsWith(".internal"))
                        .collect(toSet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "hdf5", "unmixing", "restoration", "detection", "nd4j"})
    void everyEntryHasTheTimeOfTheVersionAndNotOfTheBuild(String name) throws IOException {
        Set<LocalDateTime> times = new HashSet<>();
        for (Path jar : jars("hsi-" + name)) {
            try (JarFile opened = new JarFile(jar.toFile())) {
                opened.stream().forEach(entry -> times.add(entry.getTimeLocal()));
            }
        }

        assertThat(times).hasSize(1);
    }

    @Test
    void theSourcesHoldAllThatIsCompiled() throws IOException {
        Path sources = jars("hsi-core").stream()
                .filter(jar -> jar.toString().endsWith("-sources.jar"))
                .findFirst()
                .orElseThrow();
        try (JarFile opened = new JarFile(sources.toFile())) {
            assertThat(opened.getEntry("module-info.java")).isNotNull();
            assertThat(opened.getEntry("org/hsi4j/linalg/VectorKernels.java")).isNotNull();
            assertThat(opened.getEntry("org/hsi4j/Cube.java")).isNotNull();
        }
    }
}
