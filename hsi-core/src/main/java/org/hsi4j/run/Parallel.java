package org.hsi4j.run;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs numbered tasks on the calling thread and its helpers. */
public final class Parallel {

    private Parallel() {}

    /**
     * One numbered task.
     *
     * @param <W> what a worker keeps to itself: buffers, mostly
     */
    @FunctionalInterface
    public interface Task<W> {

        /**
         * Does one task.
         *
         * @param worker what this thread keeps to itself
         * @param index the task, from zero
         */
        void run(W worker, int index);
    }

    /**
     * Runs the tasks 0, 1, ... {@code count - 1}, each once, in no particular order, and returns when all are done. Tasks are
     * claimed in rising order. The calling thread works as well; helpers that the executor never starts are not waited for.
     *
     * @param <W> what a worker keeps to itself
     * @param context threads, progress and cancellation
     * @param stage what is being done, for the listener
     * @param count number of tasks
     * @param workers makes what a thread keeps to itself; called once a thread
     * @param task does one task
     * @throws CancellationException if the run is cancelled; no task starts after that
     * @throws RuntimeException what a task threw: no task starts after that, and of several the one with the lowest number
     *     is thrown; also what the listener or the executor threw
     */
    public static <W> void run(RunContext context, String stage, int count, Supplier<W> workers, Task<W> task) {
        context.checkCancelled();
        if (count < 1) {
            return;
        }
        Job<W> job = new Job<>(context, stage, count, workers, task);
        context.progress(stage, 0, count);
        int helpers = Math.min(context.parallelism(), count) - 1;
        try {
            for (int h = 0; h < helpers; h++) {
                context.executor().execute(job::help);
            }
        } catch (RejectedExecutionException e) {
            // A full or closed executor leaves the work to the threads there are: slower, and still the same result.
            System.getLogger(Parallel.class.getName())
                    .log(System.Logger.Level.DEBUG, "helpers rejected by the executor", e);
        } catch (RuntimeException | Error e) {
            job.fail(e, -1); // helpers may be at work: they are stopped and waited for like after any other failure
        }
        job.work();
        job.finish();
    }

    private static final class Job<W> {
        private final RunContext context;
        private final String stage;
        private final int count;
        private final Supplier<W> workers;
        private final Task<W> task;
        private final Thread caller = Thread.currentThread();

        private int next;
        private int done;
        private int active;
        private boolean closed;
        private @Nullable Throwable failure;
        private int failedIndex = Integer.MAX_VALUE;

        Job(RunContext context, String stage, int count, Supplier<W> workers, Task<W> task) {
            this.context = context;
            this.stage = stage;
            this.count = count;
            this.workers = workers;
            this.task = task;
        }

        void help() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                active++;
            }
            try {
                work();
            } finally {
                synchronized (this) {
                    active--;
                    notifyAll();
                }
            }
        }

        void work() {
            int index = -1;
            try {
                W worker = null;
                while ((index = claim()) >= 0) {
                    if (worker == null) {
                        worker = workers.get();
                    }
                    task.run(worker, index);
                    completed();
                }
            } catch (Throwable e) { // other languages throw checked exceptions from anywhere
                fail(e, index);
            }
        }

        private int claim() {
            boolean stop = caller.isInterrupted() || context.isCancelled();
            synchronized (this) {
                if (stop && failure == null && next < count) {
                    failure = new CancellationException("the computation was cancelled");
                }
                return failure != null || next >= count ? -1 : next++;
            }
        }

        private synchronized void completed() {
            done++;
            if (done == count || done * 100L / count != (done - 1) * 100L / count) {
                context.progress(stage, done, count);
            }
        }

        synchronized void fail(Throwable e, int index) {
            boolean cancelled = failure instanceof CancellationException;
            if (failure == null || (!cancelled && index < failedIndex)) {
                failure = e;
                failedIndex = index;
            }
        }

        void finish() {
            boolean interrupted = false;
            synchronized (this) {
                closed = true;
                while (active > 0) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true; // nothing is left to cancel: every task was started, or the run has failed
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure != null) {
                throw new IllegalStateException("a task failed with a checked exception", failure);
            }
        }
    }
}
