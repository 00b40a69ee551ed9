package org.hsi4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class RunContextTest {

    @Test
    void theDefaultsAreAsDocumented() {
        RunContext context = RunContext.defaults();

        assertThat(context.parallelism()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(context.executor()).isSameAs(ForkJoinPool.commonPool());
        assertThat(context.seed()).isZero();
        assertThat(context.memoryLimit()).isEqualTo(Runtime.getRuntime().maxMemory() / 5 * 4);
        assertThat(context.isCancelled()).isFalse();
        context.checkCancelled();
        context.progress("nobody hears", 1, 2);
        assertThat(RunContext.sequential().parallelism()).isEqualTo(1);
    }

    @Test
    void eachChangeKeepsTheOthers() {
        Executor executor = Runnable::run;
        List<String> heard = new ArrayList<>();
        RunContext context = RunContext.defaults()
                .withParallelism(3)
                .withExecutor(executor)
                .withProgress((stage, done, total) -> heard.add(stage + " " + done + "/" + total))
                .withCancellation(() -> true)
                .withSeed(42)
                .withMemoryLimit(1000)
                .withParallelism(5);

        assertThat(context.parallelism()).isEqualTo(5);
        assertThat(context.executor()).isSameAs(executor);
        assertThat(context.seed()).isEqualTo(42);
        assertThat(context.memoryLimit()).isEqualTo(1000);
        assertThat(context.isCancelled()).isTrue();
        context.progress("reading", 1, 2);
        assertThat(heard).containsExactly("reading 1/2");
        assertThatExceptionOfType(CancellationException.class).isThrownBy(context::checkCancelled);
    }

    @Test
    void anInterruptCountsAsCancelledAndStays() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> RunContext.defaults().checkCancelled());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        RunContext context = RunContext.defaults();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.withParallelism(0))
                .withMessage("parallelism must be at least 1, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> context.withMemoryLimit(0));
        assertThatNullPointerException().isThrownBy(() -> context.withExecutor(null));
        assertThatNullPointerException().isThrownBy(() -> context.withProgress(null));
        assertThatNullPointerException().isThrownBy(() -> context.withCancellation(null));
    }

    @Test
    void memoryIsRefusedBeforeItIsTaken() {
        long mebibyte = 1L << 20;
        RunContext small = RunContext.defaults().withMemoryLimit(100);
        RunContext large = RunContext.defaults().withMemoryLimit(5 * mebibyte / 2);

        small.requireMemory(100, "the map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.requireMemory(101, "the map"))
                .withMessage("the map would take 101 bytes but the memory limit of this run is 100 bytes");
        large.requireMemory(5 * mebibyte / 2, "the cube");
        // Rounded so that the numbers tell which one is larger.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> large.requireMemory(5 * mebibyte / 2 + 1, "the cube"))
                .withMessage("the cube would take 3 MiB but the memory limit of this run is 2 MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> large.requireMemory(3 * mebibyte, "the cube"))
                .withMessageContaining("take 3 MiB");
    }
}
