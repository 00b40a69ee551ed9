package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kernels are chosen, and what is said about it. The tests of this module run with the Vector API present. */
class KernelChoiceTest {

    /** Keeps what is logged. */
    private static final class Lines implements Logger {
        private final List<String> lines = new ArrayList<>();

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            lines.add(level + " " + MessageFormat.format(format, values));
        }
    }

    private final Lines log = new Lines();

    /** Fails when the class is missing, does not load, or the tests run without the module: never silently. */
    @Test
    void theVectorApiIsThereAndUsed() {
        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector"))
                .as("the tests of hsi-core run with --add-modules jdk.incubator.vector, see its pom.xml")
                .isPresent();
        assertThat(Kernels.vector())
                .as("src/main/vector is compiled by Maven: run mvn -pl hsi-core compile")
                .isPresent();
        KernelChoice forced = KernelChoice.choose(true, "vector", log);

        assertThat(forced.best().name()).isEqualTo("vector");
        assertThat(Kernels.vector().orElseThrow().name()).isEqualTo("vector");
        assertThat(Kernels.plain().name()).isEqualTo("plain");
    }

    @Test
    void theChoiceIsMadeOnce() {
        assertThat(Kernels.best()).isSameAs(Kernels.best());
        assertThat(Kernels.vector()).isEqualTo(Kernels.vector());
    }

    @Test
    void onePropertyForcesPlainJava() {
        KernelChoice choice = KernelChoice.choose(true, "plain", log);

        assertThat(choice.best()).isSameAs(Kernels.plain());
        assertThat(choice.vector()).isPresent();
        assertThat(log.lines).singleElement().asString().startsWith("DEBUG kernels in plain Java");
    }

    @Test
    void withoutTheModuleItSaysHowToBeFaster() {
        KernelChoice choice = KernelChoice.choose(false, null, log);

        assertThat(choice.best()).isSameAs(Kernels.plain());
        assertThat(choice.vector()).isEmpty();
        assertThat(log.lines)
                .containsExactly(
                        "INFO kernels in plain Java; start the JVM with --add-modules jdk.incubator.vector for faster ones");
    }

    @Test
    void whoWishesPlainJavaIsNotToldOfOthers() {
        KernelChoice.choose(false, "plain", log);

        assertThat(log.lines).singleElement().asString().startsWith("DEBUG");
    }

    @Test
    void aWishThatIsNotKnownIsIgnoredAloud() {
        KernelChoice choice = KernelChoice.choose(true, "fastest", log);

        assertThat(choice.vector()).isPresent();
        assertThat(log.lines).first().asString().contains("WARNING", "fastest", "org.hsi4j.kernels");
    }

    /** What a program of another JVM prints: the name of the kernels, and a product computed by them. */
    public static final class Program {

        private Program() {}

        /**
         * Multiplies.
         *
         * @param arguments none
         */
        public static void main(String[] arguments) {
            double[][] out = new double[1][100];
            double[][] in = new double[2][100];
            in[1][99] = 3;
            Kernels.best().multiply(new double[][] {{1, 2}}, in, 100, out);
            System.out.println(Kernels.best().name() + " " + Kernels.vector().isPresent() + " " + out[0][99]);
        }
    }

    private static List<String> run(Path folder, String... options) throws Exception {
        Path output = Files.createTempFile(folder, "out", ".txt");
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(options),
                        Stream.of("-cp", System.getProperty("java.class.path"), Program.class.getName()))
                .flatMap(s -> s)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(output);
    }

    @Test
    void aJvmWithoutTheModuleUsesPlainJava(@TempDir Path folder) throws Exception {
        assertThat(run(folder)).containsExactly("plain false 6.0");
    }

    @Test
    void aJvmWithTheModuleHasBoth(@TempDir Path folder) throws Exception {
        assertThat(run(folder, "--add-modules", "jdk.incubator.vector", "-Dorg.hsi4j.kernels=vector"))
                .containsExactly("vector true 6.0");
        assertThat(run(folder, "--add-modules", "jdk.incubator.vector", "-Dorg.hsi4j.kernels=plain"))
                .containsExactly("plain true 6.0");
    }
}
