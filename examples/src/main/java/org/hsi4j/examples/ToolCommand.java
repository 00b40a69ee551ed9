package org.hsi4j.examples;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the commands have in common: how the results are printed, and what is said besides. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Hsi.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        footerHeading = "%nExamples:%n")
abstract class ToolCommand implements Callable<Integer> {
    private final Session session;
    private final List<String> remarks = new ArrayList<>();

    @Option(names = "--json", order = 90, description = "Print one JSON object in place of key=value lines.")
    private boolean json;

    @Option(names = "--quiet", order = 91, description = "No progress bar and no remarks on standard error.")
    private boolean quiet;

    @Option(names = "--debug", order = 92, description = "Say where in the program an error arose.")
    private boolean debug;

    ToolCommand(Session session) {
        this.session = session;
    }

    /**
     * Does the work.
     *
     * @param facts receives what is to be printed
     * @throws IOException if a file cannot be read or written
     */
    abstract void execute(Facts facts) throws IOException;

    @Override
    public final Integer call() throws Exception {
        Facts facts = new Facts();
        try {
            execute(facts);
        } catch (OutOfMemoryError e) {
            // picocli lets errors pass by the handler that gives them their line; exceptions reach it.
            throw new UndeclaredThrowableException(e);
        }
        remarks.forEach(session::message);
        print(facts);
        return Hsi.OK;
    }

    void print(Facts facts) {
        facts.print(session.out(), json);
    }

    /** Runs a computation with a progress bar, where there is someone to see it, and notes the seconds it took. */
    <T> T timed(Facts facts, RunContext context, Function<RunContext, T> computation) {
        long start = System.nanoTime();
        T result;
        if (session.terminal() && !quiet) {
            try (ProgressBars bars = new ProgressBars(session.err(), Terminal.width(System.getenv("COLUMNS")))) {
                result = computation.apply(context.withProgress(bars));
            }
        } else {
            result = computation.apply(context);
        }
        facts.put("seconds", (System.nanoTime() - start) / 1e9);
        return result;
    }

    /** Says how a computation went: its figures as facts, its notes as remarks. */
    void describe(Diagnostics diagnostics, Facts facts) {
        facts.put("converged", diagnostics.converged()).put("iterations", diagnostics.iterations());
        diagnostics.figures().forEach(facts::putFigure);
        diagnostics.notes().forEach(this::remark);
    }

    /** A remark for the person, on standard error once all went well: an error is the only line there. */
    void remark(String line) {
        if (!quiet) {
            remarks.add(line);
        }
    }

    Session session() {
        return session;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    boolean debug() {
        return debug;
    }
}
