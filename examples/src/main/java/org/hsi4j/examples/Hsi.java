package org.hsi4j.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code hsi} tool: a hyperspectral scene goes in; maps, numbers and pictures come out.
 *
 * <p>Standard output carries {@code key=value} lines, or JSON, and nothing else; progress and messages go to standard error.
 * The exit code is 0, 2 when the command line is wrong, 3 when a file or its contents are, 1 when the tool itself is, and 130
 * when it was interrupted.
 */
@Command(
        name = "hsi",
        mixinStandardHelpOptions = true,
        versionProvider = Hsi.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A hyperspectral scene goes in; maps, numbers and pictures come out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hsi quickstart                          everything, on a scene made here",
            "  hsi info scene.hdr --picture scene.png  what is in a file, and a picture",
            "  hsi convert scene.h5 scene.hdr --interleave bip",
            "  hsi unmix scene.hdr --endmembers 4 --out results",
            "  hsi restore scene.hdr --out clean.hdr",
            "  hsi detect scene.hdr --target roof.sli --method ace --out results",
            "  hsi methods                             every method with its options",
            "  hsi benchmark unmixing --scenes data    every method against the truth",
            "  source <(hsi completion)                completes words in Bash and Zsh",
            "",
            "Standard output is key=value lines, or JSON with --json; everything else goes to",
            "standard error. Exit code: 0, 2 for wrong usage, 3 for bad data."
        })
public final class Hsi implements Runnable {
    /** Standard error is for what this tool has to say; kept here because a logger nobody holds is forgotten. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("org.hsi4j");

    /** Exit code when all went well. */
    public static final int OK = 0;

    /** Exit code when the tool itself is wrong. */
    public static final int INTERNAL_ERROR = 1;

    /** Exit code when the command line is wrong. */
    public static final int WRONG_USAGE = 2;

    /** Exit code when a file, or what it holds, is wrong. */
    public static final int BAD_DATA = 3;

    /** Exit code when the run was interrupted. */
    public static final int INTERRUPTED = 130;

    private Hsi() {}

    /**
     * Runs the tool and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        LIBRARY_LOG.setLevel(Level.WARNING);
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Session session =
                new Session(out, err, Terminal.onStandardError(), Terminal.colours(System.getenv("NO_COLOR")));
        Interrupt interrupt = Interrupt.install(session);
        int code = run(args, session);
        out.flush();
        err.flush();
        if (interrupt.finished()) {
            System.exit(code);
        }
    }

    /**
     * Runs the tool inside another program: without a progress bar, and without ending the process.
     *
     * @param args the command line
     * @param out receives the results
     * @param err receives the messages
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, new Session(out, err, false, false));
    }

    static int run(String[] args, Session session) {
        CommandLine line = new CommandLine(new Hsi());
        for (ToolCommand command : commands(session)) {
            line.addSubcommand(command);
        }
        return line.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(session.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> wrongUsage(e, session))
                .setExecutionExceptionHandler((e, command, parsed) -> Failure.report(e, command, session))
                .execute(args);
    }

    private static List<ToolCommand> commands(Session session) {
        return List.of(
                new InfoCommand(session),
                new ConvertCommand(session),
                new MethodsCommand(session),
                new UnmixCommand(session),
                new RestoreCommand(session),
                new FuseCommand(session),
                new DetectCommand(session),
                new BenchmarkCommand(session),
                new QuickstartCommand(session),
                new CompletionCommand(session));
    }

    private static int wrongUsage(ParameterException e, Session session) {
        session.message(Facts.oneLine(e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr())) {
            session.err().println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        }
        return WRONG_USAGE;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        throw new UsageException(
                "say what to do: info, convert, methods, unmix, restore, fuse, detect, benchmark, quickstart or completion");
    }

    /** The version written into the jar. */
    static final class Version implements IVersionProvider {

        static String text() {
            String version = Hsi.class.getPackage().getImplementationVersion();
            return "hsi " + (version == null ? "(unpackaged)" : version);
        }

        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
