package org.hsi4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ParallelTest {
    private static final ExecutorService POOL = Executors.newCachedThreadPool();
    private static final Executor NEVER = task -> {};
    private static final Executor CALLER = Runnable::run;
    private static final Executor FULL = task -> {
        throw new RejectedExecutionException("full");
    };

    @AfterAll
    static void stopPool() {
        POOL.shutdownNow();
    }

    @AfterEach
    void leaveNoInterrupt() {
        assertThat(Thread.interrupted()).as("no interrupt is left over").isFalse();
    }

    private static Stream<Arguments> settings() {
        List<Arguments> all = new ArrayList<>();
        for (int threads : new int[] {1, 2, 7}) {
            // Not the pools themselves: JUnit closes arguments, and from Java 19 on a pool can be closed.
            all.add(Arguments.of(threads, "pool", (Executor) POOL::execute));
            all.add(Arguments.of(threads, "common pool", (Executor) ForkJoinPool.commonPool()::execute));
            all.add(Arguments.of(threads, "never", NEVER));
            all.add(Arguments.of(threads, "caller", CALLER));
            all.add(Arguments.of(threads, "full", FULL));
        }
        return all.stream();
    }

    private static RunContext context(int threads, Executor executor) {
        return RunContext.defaults().withParallelism(threads).withExecutor(executor);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0} threads, {1}")
    @MethodSource("settings")
    void runsEachTaskOnceAndTellsHowFarItIs(int threads, String name, Executor executor) {
        for (int count : new int[] {0, 1, 2, 99, 1000}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, count));
            AtomicInteger workers = new AtomicInteger();
            List<Long> progress = new ArrayList<>();
            RunContext context = context(threads, executor).withProgress((stage, done, total) -> {
                assertThat(stage).isEqualTo("stage");
                assertThat(total).isEqualTo(count);
                progress.add(done);
            });
            int[] results = new int[count];

            Parallel.run(context, "stage", count, workers::incrementAndGet, (worker, index) -> {
                runs.incrementAndGet(index);
                results[index] = 3 * index;
            });

            for (int i = 0; i < count; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
                assertThat(results[i]).isEqualTo(3 * i);
            }
            assertThat(workers.get()).isLessThanOrEqualTo(Math.min(threads, count));
            if (count == 0) {
                assertThat(progress).isEmpty();
            } else {
                assertThat(progress).startsWith(0L).endsWith((long) count).hasSizeLessThanOrEqualTo(102);
                assertThat(progress).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aThreadKeepsItsWorker() {
        Set<Thread> owners = ConcurrentHashMap.newKeySet();
        Parallel.run(
                context(4, POOL),
                "stage",
                200,
                () -> {
                    assertThat(owners.add(Thread.currentThread())).isTrue();
                    return Thread.currentThread();
                },
                (worker, index) -> assertThat(worker).isSameAs(Thread.currentThread()));
        assertThat(owners).hasSizeBetween(1, 4);
    }

    @Test
    void tasksReallyRunAtTheSameTime() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(3);
        AtomicInteger met = new AtomicInteger();
        Parallel.run(context(3, POOL), "stage", 3, () -> 0, (worker, index) -> {
            try {
                meeting.await(30, TimeUnit.SECONDS);
                met.incrementAndGet();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(met).hasValue(3);
    }

    @ParameterizedTest(name = "{0} threads, {1}")
    @MethodSource("settings")
    void nothingStartsAfterATaskFailed(int threads, String name, Executor executor) {
        AtomicInteger started = new AtomicInteger();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parallel.run(context(threads, executor), "stage", 1000, () -> 0, (worker, index) -> {
                    started.incrementAndGet();
                    if (index == 5) {
                        throw new IllegalArgumentException("task " + index);
                    }
                    if (index > 5) {
                        pause(20); // so that task 5 fails long before the tasks run out, even on a busy machine
                    }
                }))
                .withMessage("task 5");
        int after = started.get();
        assertThat(after).isBetween(6, 500);
        pause(50);
        assertThat(started).hasValue(after);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFailureOfTheLowestTaskIsThrown() {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch laterFailed = new CountDownLatch(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> Parallel.run(context(2, POOL), "stage", 10, () -> 0, (worker, index) -> {
                    both.countDown();
                    await(both);
                    if (index == 1) {
                        laterFailed.countDown();
                        throw new IllegalStateException("task 1");
                    }
                    await(laterFailed);
                    pause(20); // until the failure of task 1 is on record
                    throw new IllegalStateException("task 0");
                }))
                .withMessage("task 0");
    }

    @Test
    void errorsAndCheckedExceptionsAreThrownToo() {
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> Parallel.run(context(2, POOL), "stage", 3, () -> 0, (worker, index) -> {
                    throw new StackOverflowError();
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> Parallel.run(context(2, POOL), "stage", 3, () -> 0, (worker, index) -> sneak()))
                .withCauseInstanceOf(java.io.IOException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parallel.run(
                        context(2, POOL),
                        "stage",
                        3,
                        () -> {
                            throw new IllegalArgumentException("no worker");
                        },
                        (worker, index) -> {}))
                .withMessage("no worker");
    }

    private static void sneak() {
        ParallelTest.<RuntimeException>sneak(new java.io.IOException("checked"));
    }

    @SuppressWarnings("unchecked") // the trick by which other languages throw checked exceptions
    private static <E extends Throwable> void sneak(Throwable e) throws E {
        throw (E) e;
    }

    @Test
    void whatTheListenerThrowsIsThrown() {
        for (long at : new long[] {0, 50}) {
            RunContext context = context(2, POOL).withProgress((stage, done, total) -> {
                if (done == at) {
                    throw new IllegalStateException("listener at " + done);
                }
            });
            assertThatIllegalStateException()
                    .isThrownBy(() -> Parallel.run(context, "stage", 100, () -> 0, (worker, index) -> {}))
                    .withMessage("listener at " + at);
        }
    }

    /** An executor that breaks after it has started a helper: the helper is stopped and waited for. */
    @Test
    void whatTheExecutorThrowsIsThrownWhenAllHelpersAreIdle() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        Executor broken = task -> {
            if (calls.getAndIncrement() > 0) {
                await(started);
                throw new UnsupportedOperationException("broken");
            }
            POOL.execute(task);
        };

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Parallel.run(context(3, broken), "stage", 100, () -> 0, (worker, index) -> {
                    running.incrementAndGet();
                    started.countDown();
                    pause(20);
                    running.decrementAndGet();
                }));
        assertThat(running).hasValue(0);
    }

    @Test
    void activeHelpersAreWaitedForAndTheirWorkIsSeen() {
        int[] plain = new int[2];
        CountDownLatch callerDone = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        Parallel.run(context(2, POOL), "stage", 2, () -> 0, (worker, index) -> {
            both.countDown();
            await(both);
            if (Thread.currentThread() == caller) {
                callerDone.countDown();
            } else {
                await(callerDone);
                pause(50);
            }
            plain[index] = 1;
        });
        assertThat(plain).containsExactly(1, 1);
    }

    @Test
    void aHelperThatComesLateDoesNothing() {
        List<Runnable> kept = new ArrayList<>();
        AtomicInteger runs = new AtomicInteger();
        Parallel.run(context(7, kept::add), "stage", 10, () -> 0, (worker, index) -> runs.incrementAndGet());

        assertThat(kept).hasSize(6);
        kept.forEach(Runnable::run);
        assertThat(runs).hasValue(10);
    }

    @ParameterizedTest(name = "{0} threads, {1}")
    @MethodSource("settings")
    void stopsWhenItIsCancelled(int threads, String name, Executor executor) {
        AtomicInteger started = new AtomicInteger();
        RunContext context = context(threads, executor).withCancellation(() -> started.get() >= 10);

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() ->
                        Parallel.run(context, "stage", 1000, () -> 0, (worker, index) -> started.incrementAndGet()))
                .withMessage("the computation was cancelled");
        assertThat(started.get()).isBetween(10, 10 + threads);
    }

    @Test
    void doesNotStartWhenItIsCancelledBefore() {
        AtomicInteger started = new AtomicInteger();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Parallel.run(
                        context(2, POOL).withCancellation(() -> true),
                        "stage",
                        10,
                        started::incrementAndGet,
                        (worker, index) -> {}));
        assertThat(started).hasValue(0);
    }

    @ParameterizedTest(name = "{0} threads, {1}")
    @MethodSource("settings")
    void anInterruptOfTheCallerCancelsAndStaysSet(int threads, String name, Executor executor) {
        Thread caller = Thread.currentThread();
        Set<Integer> started = Collections.synchronizedSet(new java.util.HashSet<>());
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() ->
                            Parallel.run(context(threads, executor), "stage", 1000, () -> 0, (worker, index) -> {
                                started.add(index);
                                if (index == 10) {
                                    caller.interrupt();
                                }
                            }));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(started).hasSizeLessThan(1000);
    }

    @Test
    void anInterruptBeforeTheStartCancels() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(
                            () -> Parallel.run(RunContext.sequential(), "stage", 1, () -> 0, (worker, index) -> {}));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anInterruptAfterTheLastTaskHasStartedIsKeptForTheCaller() {
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        int[] results = new int[2];
        try {
            Parallel.run(context(2, POOL), "stage", 2, () -> 0, (worker, index) -> {
                both.countDown();
                await(both);
                if (Thread.currentThread() != caller) {
                    pause(50); // the caller is waiting by now
                    caller.interrupt();
                    pause(50);
                }
                results[index] = 1;
            });
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(results).containsExactly(1, 1);
    }

    @Test
    void aCancelledRunIsNotBlamedOnALaterFailure() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger stop = new AtomicInteger();
        CountDownLatch firstLeft = new CountDownLatch(1);
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Parallel.run(
                        context(2, POOL).withCancellation(() -> {
                            if (stop.get() == 0) {
                                return false;
                            }
                            firstLeft.countDown();
                            return true;
                        }),
                        "stage",
                        10,
                        () -> 0,
                        (worker, index) -> {
                            both.countDown();
                            await(both);
                            if (index == 0) {
                                stop.set(1);
                                return;
                            }
                            await(firstLeft);
                            pause(300); // until the cancellation is on record, even on a busy machine
                            throw new IllegalStateException("too late");
                        }));
    }

    @Test
    void nestedRunsOnTheCommonPoolDoNotBlockEachOther() {
        RunContext context = RunContext.defaults().withParallelism(7);
        AtomicInteger leaves = new AtomicInteger();
        Parallel.run(
                context,
                "outer",
                8,
                () -> 0,
                (a, i) -> Parallel.run(
                        context,
                        "middle",
                        8,
                        () -> 0,
                        (b, j) -> Parallel.run(context, "inner", 8, () -> 0, (c, k) -> leaves.incrementAndGet())));
        assertThat(leaves).hasValue(512);
    }

    @Test
    void oneContextServesManyRunsAtOnce() throws Exception {
        RunContext context = RunContext.defaults().withParallelism(4);
        List<java.util.concurrent.Future<Integer>> sums = new ArrayList<>();
        for (int run = 0; run < 16; run++) {
            sums.add(POOL.submit(() -> {
                AtomicInteger sum = new AtomicInteger();
                Parallel.run(context, "stage", 100, () -> 0, (worker, index) -> sum.addAndGet(index));
                return sum.get();
            }));
        }
        for (java.util.concurrent.Future<Integer> sum : sums) {
            assertThat(sum.get(30, TimeUnit.SECONDS)).isEqualTo(4950);
        }
    }
}
