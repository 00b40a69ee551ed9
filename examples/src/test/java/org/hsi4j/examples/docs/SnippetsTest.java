package org.hsi4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hsi4j.Cube;
import org.hsi4j.detection.Detection;
import org.hsi4j.examples.docs.Snippets.Program;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.unmixing.Unmixing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every fenced block of Java in the README, the guide and the page on adding a method compiles and runs, by the rules of {@link Snippets}. */
class SnippetsTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> everySnippetRuns() throws Exception {
        List<Page> pages = Page.all(Page.ROOT).stream()
                .filter(page -> page.name(Page.ROOT).matches("README\\.md|docs/adding-a-method\\.md|docs/guide/.*"))
                .toList();
        List<Program> programs = new ArrayList<>();
        for (Page page : pages) {
            String name = page.name(Page.ROOT);
            assertThat(Snippets.blocks(page)).as("blocks of Java in " + name).isEqualTo(Snippets.fences(page));
            programs.addAll(Snippets.of(page, name));
        }
        assertThat(programs).hasSizeGreaterThan(20);
        Scenes.write(folder);
        ClassLoader classes = compiled(programs);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            String className = "Snippet" + i;
            tests.add(DynamicTest.dynamicTest(programs.get(i).where(), () -> run(classes, className)));
        }
        return tests.stream();
    }

    @Test
    void theGuideTellsWhatItsSnippetsImport() throws Exception {
        Page page = Page.read(Page.ROOT.resolve("docs/guide/getting-started.md"));
        List<String> told = Snippets.of(page, "getting-started.md").stream()
                .filter(program -> program.where().endsWith(", Imports"))
                .flatMap(program -> program.code().stream())
                .map(line -> line.replaceAll("import (.*);.*", "$1"))
                .toList();
        assertThat(told).isEqualTo(Snippets.IMPORTS);
    }

    @Test
    void aWrongSnippetIsFoundAtItsLine() {
        Page page = Page.of(Path.of("page.md"), "# A\n\ntext\n\n```java\nint one = 1;\nint two = absent;\n```\n");
        assertThatThrownBy(() -> compiled(Snippets.of(page, "page.md")))
                .hasMessageContaining("page.md, A, line 7")
                .hasMessageContaining("absent");
    }

    @Test
    void aSnippetThatThrowsFails() throws Exception {
        Page page = Page.of(Path.of("page.md"), "```java\nList.of().get(3);\n```\n");
        ClassLoader classes = compiled(Snippets.of(page, "page.md"));
        assertThatThrownBy(() -> run(classes, "Snippet0")).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void blocksUnderOneHeadingAndHiddenLinesAreOneProgram() {
        Page page = Page.of(
                Path.of("page.md"),
                "# A\n\n<!-- java\nint a = 1;\n-->\n\n```java\nint b = a;\n```\n\n### B\n\n```java\nint c = b;\n```\n\n## C\n\n```java\nint a = 3;\n```\n");
        List<Program> programs = Snippets.of(page, "page.md");
        assertThat(programs).hasSize(2);
        assertThat(programs.get(0).code()).containsExactly("", "int a = 1;", "int b = a;", "int c = b;");
        assertThat(programs.get(0).lines()).containsExactly(3, 4, 8, 14);
    }

    private static void run(ClassLoader classes, String className) throws Exception {
        try {
            classes.loadClass(className).getMethod("run", Path.class).invoke(null, folder);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw (Error) e.getCause();
        }
    }

    private static ClassLoader compiled(List<Program> programs) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            sources.add(new Source("Snippet" + i, programs.get(i).source("Snippet" + i)));
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null);
                Memory memory = new Memory(standard)) {
            List<String> options = List.of("--release", "17", "-proc:none", "-classpath", classPath());
            boolean good = compiler.getTask(null, memory, problems, options, null, sources)
                    .call();
            List<String> told = new ArrayList<>();
            for (var problem : problems.getDiagnostics()) {
                if (problem.getKind() == javax.tools.Diagnostic.Kind.ERROR && problem.getSource() != null) {
                    Program program = programs.get(sources.indexOf(problem.getSource()));
                    told.add(program.where() + ", line " + program.line(problem.getLineNumber()) + ": "
                            + problem.getMessage(null));
                }
            }
            assertThat(told).isEmpty();
            assertThat(good).as(problems.getDiagnostics().toString()).isTrue();
            return memory.classes();
        }
    }

    /** A module a class, wherever the tests have it from. */
    private static String classPath() {
        return Stream.of(Cube.class, Unmixing.class, Restoring.class, Detection.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String className, String code) {
            super(URI.create("memory:///" + className + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }

        ClassLoader classes() {
            return new ClassLoader(SnippetsTest.class.getClassLoader()) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    ByteArrayOutputStream bytes = written.get(name);
                    if (bytes == null) {
                        throw new ClassNotFoundException(name);
                    }
                    return defineClass(name, bytes.toByteArray(), 0, bytes.size());
                }
            };
        }
    }
}
