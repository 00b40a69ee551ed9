package org.hsi4j.run;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;

/**
 * How a computation runs. Immutable and thread-safe; one value may serve many computations at once.
 *
 * <p>Defaults: as many threads as the machine has processors, taken from the common pool; seed 0; a memory limit of four
 * fifths of the largest heap the JVM may grow to; no listener; never cancelled. The calling thread always works too, so a
 * busy pool delays a computation but cannot stop it. A computation polls for cancellation once a tile or iteration; it
 * counts an interrupt of the calling thread as one, and then throws {@link CancellationException} with the interrupt
 * still set.
 *
 * <pre>{@code
 * RunContext run = RunContext.defaults().withParallelism(4).withSeed(7).withCancellation(() -> stopped);
 * var result = Unmixing.of(scene).endmembers(4).run(run);
 * }</pre>
 */
public final class RunContext {
    private final int parallelism;
    private final Executor executor;
    private final ProgressListener listener;
    private final BooleanSupplier cancelled;
    private final long seed;
    private final long memoryLimit;

    private RunContext(
            int parallelism,
            Executor executor,
            ProgressListener listener,
            BooleanSupplier cancelled,
            long seed,
            long memoryLimit) {
        this.parallelism = parallelism;
        this.executor = executor;
        this.listener = listener;
        this.cancelled = cancelled;
        this.seed = seed;
        this.memoryLimit = memoryLimit;
    }

    /**
     * The defaults described above.
     *
     * @return the context
     */
    public static RunContext defaults() {
        return new RunContext(
                Runtime.getRuntime().availableProcessors(),
                ForkJoinPool.commonPool(),
                (stage, done, total) -> {},
                () -> false,
                0L,
                Runtime.getRuntime().maxMemory() / 5 * 4);
    }

    /**
     * The defaults on the calling thread alone.
     *
     * @return the context
     */
    public static RunContext sequential() {
        return defaults().withParallelism(1);
    }

    /**
     * Another number of threads; it changes the time, never the result.
     *
     * @param threads at least one, the calling thread among them
     * @return new context
     * @throws IllegalArgumentException if it is smaller than one
     */
    public RunContext withParallelism(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1, not " + threads);
        }
        return new RunContext(threads, executor, listener, cancelled, seed, memoryLimit);
    }

    /**
     * Another source of threads.
     *
     * @param newExecutor runs the helpers of the calling thread; it is never shut down here
     * @return new context
     */
    public RunContext withExecutor(Executor newExecutor) {
        return new RunContext(
                parallelism, Objects.requireNonNull(newExecutor, "executor"), listener, cancelled, seed, memoryLimit);
    }

    /**
     * Someone who hears of the progress.
     *
     * @param newListener the listener
     * @return new context
     */
    public RunContext withProgress(ProgressListener newListener) {
        return new RunContext(
                parallelism, executor, Objects.requireNonNull(newListener, "listener"), cancelled, seed, memoryLimit);
    }

    /**
     * Someone who may stop the computation.
     *
     * @param stop says true once the computation shall stop; called often and from several threads
     * @return new context
     */
    public RunContext withCancellation(BooleanSupplier stop) {
        return new RunContext(
                parallelism, executor, listener, Objects.requireNonNull(stop, "cancellation"), seed, memoryLimit);
    }

    /**
     * Another seed for every method that draws random numbers and has no seed of its own.
     *
     * @param newSeed any number
     * @return new context
     */
    public RunContext withSeed(long newSeed) {
        return new RunContext(parallelism, executor, listener, cancelled, newSeed, memoryLimit);
    }

    /**
     * Another limit for the arrays a computation may take.
     *
     * @param bytes at least one
     * @return new context
     * @throws IllegalArgumentException if it is smaller than one
     */
    public RunContext withMemoryLimit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the memory limit must be at least one byte, not " + bytes);
        }
        return new RunContext(parallelism, executor, listener, cancelled, seed, bytes);
    }

    /**
     * Number of threads.
     *
     * @return at least one
     */
    public int parallelism() {
        return parallelism;
    }

    /**
     * Where helpers of the calling thread come from.
     *
     * @return the executor
     */
    public Executor executor() {
        return executor;
    }

    /**
     * Seed for methods without one of their own.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * Most bytes a computation may take for its arrays.
     *
     * @return bytes
     */
    public long memoryLimit() {
        return memoryLimit;
    }

    /**
     * Whether the computation shall stop.
     *
     * @return true when it was cancelled
     */
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    /**
     * Stops the computation if that was asked for.
     *
     * @throws CancellationException if it was cancelled or the calling thread is interrupted; the interrupt stays set
     */
    public void checkCancelled() {
        if (Thread.currentThread().isInterrupted() || isCancelled()) {
            throw new CancellationException("the computation was cancelled");
        }
    }

    /**
     * Tells the listener how far a stage is.
     *
     * @param stage what is being done
     * @param done units finished
     * @param total units in the stage
     */
    public void progress(String stage, long done, long total) {
        listener.progress(stage, done, total);
    }

    /**
     * Makes sure that arrays fit before they are taken.
     *
     * @param bytes how much they take
     * @param what what they are, for the message
     * @throws IllegalArgumentException if they are larger than the memory limit
     */
    public void requireMemory(long bytes, String what) {
        if (bytes > memoryLimit) {
            boolean large = memoryLimit >= 1L << 20;
            // Rounded up and down, so that the first is always seen to be the larger one.
            String need = large ? (((bytes - 1) >> 20) + 1) + " MiB" : bytes + " bytes";
            String limit = large ? (memoryLimit >> 20) + " MiB" : memoryLimit + " bytes";
            throw new IllegalArgumentException(
                    what + " would take " + need + " but the memory limit of this run is " + limit);
        }
    }
}
