package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusedTest {
    /** (1 + u)(1 - u) - 1 is -u^2 exactly, and nothing when the product is rounded to one first. */
    private static final double U = 0x1p-30;

    @Test
    void itIsTakenForFastWhereTheJvmHasAnInstructionForIt() {
        String flag = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("UseFMA")
                .getValue();

        assertThat(Fused.FAST).isEqualTo(Boolean.parseBoolean(flag));
    }

    @Test
    void productsAreRoundedOnceWhereItIsFast() {
        assertThat(Fused.fma(1 + U, 1 - U, -1)).isEqualTo(Fused.FAST ? -U * U : 0.0);
        assertThat(Fused.fma(1 + 0x1p-20f, 1 - 0x1p-20f, -1f)).isEqualTo(Fused.FAST ? -0x1p-40f : 0f);
    }

    /** What a program of another JVM prints. */
    public static final class Program {

        private Program() {}

        /**
         * Computes.
         *
         * @param arguments none
         */
        public static void main(String[] arguments) {
            System.out.println(Fused.FAST + " " + Fused.fma(1 + U, 1 - U, -1));
        }
    }

    @Test
    void aMachineWithoutTheInstructionMultipliesAndAddsApart(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("out.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UseFMA",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName()))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output, StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("false 0.0");
    }
}
