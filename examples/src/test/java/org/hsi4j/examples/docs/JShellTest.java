package org.hsi4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.hsi4j.examples.docs.Snippets.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentences of the README run in JShell as they stand there. */
class JShellTest {
    @TempDir
    Path folder;

    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void writeTheFilesOfTheReader() throws Exception {
        Scenes.write(folder);
    }

    @Test
    void theSentencesOfTheReadmeRun() throws Exception {
        List<Program> programs = Snippets.of(Page.read(Page.ROOT.resolve("README.md")), "README.md");

        assertThat(programs).isNotEmpty();
        for (Program program : programs) {
            run(program.shellScript(folder));
        }

        assertThat(faults).isEmpty();
        assertThat(folder.resolve("first.png")).isNotEmptyFile();
    }

    @Test
    void whatDoesNotCompileOrThrowsOrHasNoEndIsFound() {
        run("int one = absent;\nint two = List.of(2).get(3);\nint three = (3;");

        assertThat(faults).hasSize(3);
        assertThat(faults.get(0)).contains("absent");
        assertThat(faults.get(1)).contains("List.of(2).get(3)");
        assertThat(faults.get(2)).contains("no end");
    }

    private void run(String script) {
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        // In this process: no second JVM has to start.
        try (JShell shell = JShell.builder()
                .executionEngine(new LocalExecutionControlProvider(), Map.of())
                .build()) {
            for (String entry : classPath()) {
                shell.addToClasspath(entry);
            }
            // What the tool imports by itself, among others.
            List.of("import java.util.*;", "import java.nio.file.*;").forEach(shell::eval);
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(script);
            while (next.completeness().isComplete()) {
                shell.eval(next.source()).forEach(event -> judge(shell, event));
                next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
            }
            if (!next.remaining().isBlank()) {
                faults.add("no end: " + next.remaining());
            }
        } finally {
            Thread.currentThread().setContextClassLoader(ours); // the shell leaves its own
        }
    }

    private void judge(JShell shell, SnippetEvent event) {
        Snippet.Status status = event.status();
        if (status != Snippet.Status.VALID && status != Snippet.Status.OVERWRITTEN) {
            String why = shell.diagnostics(event.snippet())
                    .map(problem -> problem.getMessage(Locale.ROOT))
                    .collect(Collectors.joining("; "));
            faults.add(event.snippet().source() + ": " + status + " " + why);
        } else if (event.exception() != null) {
            faults.add(event.snippet().source() + ": " + event.exception());
        }
    }

    /** All that the tests have, whoever started them. */
    private static List<String> classPath() {
        if (JShellTest.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .toList();
        }
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
