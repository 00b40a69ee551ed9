package org.hsi4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hsi4j.run.RunContext;

/** What all commands of one run of the tool share: where to print, and whether to stop. */
final class Session {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colours;
    private final Queue<OutFolder> open = new ConcurrentLinkedQueue<>();
    private volatile boolean cancelled;
    private volatile String kept = "";

    /**
     * A session.
     *
     * @param out receives the results
     * @param err receives the messages
     * @param terminal whether a person looks at the messages while they appear
     * @param colours whether the help may be in colour
     */
    Session(PrintStream out, PrintStream err, boolean terminal, boolean colours) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colours = colours;
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

    boolean colours() {
        return colours;
    }

    void message(String line) {
        err.println("hsi: " + line);
        err.flush();
    }

    /** Opens a folder for results, which {@link #tidy} takes back if the process ends before it is closed. */
    OutFolder open(Path folder) throws IOException {
        OutFolder opened = OutFolder.open(folder);
        open.add(opened);
        return opened;
    }

    /** Takes back the folders of results that were not completed. */
    void tidy() {
        for (OutFolder folder : open) {
            try {
                folder.close();
            } catch (IOException e) {
                message("could not tidy up: " + e.getMessage());
            }
        }
    }

    /** Notes what is in place already and stays if the run is interrupted; empty for nothing. */
    void kept(String results) {
        kept = results;
    }

    /** What to say of a run that was interrupted. */
    String interruption() {
        return kept.isEmpty() ? "interrupted; nothing was written" : "interrupted; what was written holds " + kept;
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
