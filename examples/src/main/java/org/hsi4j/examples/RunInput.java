package org.hsi4j.examples;

import org.hsi4j.run.RunContext;
import picocli.CommandLine.Option;

/** How a computation runs, as the command line says it. */
final class RunInput {

    @Option(
            names = "--seed",
            paramLabel = "N",
            order = 80,
            description = "Seed of methods that draw random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", order = 81, description = "Number of threads (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Checks what can be checked without a file. */
    void check() {
        if (threads < 1) {
            throw new UsageException("--threads must be at least 1, not " + threads);
        }
    }

    RunContext context(Session session) {
        return RunContext.defaults().withSeed(seed).withParallelism(threads).withCancellation(session::cancelled);
    }
}
