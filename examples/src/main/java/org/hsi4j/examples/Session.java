package org.hsi4j.examples;

import java.io.PrintStream;
import org.hsi4j.run.RunContext;

/** What all commands of one run of the tool share: where to print, and whether to stop. */
final class Session {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private volatile boolean cancelled;

    /**
     * A session.
     *
     * @param out receives the results
     * @param err receives the messages
     * @param terminal whether a person looks at the messages while they appear
     */
    Session(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean terminal() {
        return terminal;
    }

    void message(String line) {
        err.println("hsi: " + line);
        err.flush();
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** How computations of this session run when the command line says nothing else. */
    RunContext context() {
        return RunContext.defaults().withCancellation(this::cancelled);
    }
}
