package org.hsi4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;

/** Turns what went wrong into one line and an exit code. */
final class Failure {

    private Failure() {}

    static int report(Throwable thrown, CommandLine line, Session session) {
        Throwable e = unwrap(thrown);
        boolean debug = line.getCommand() instanceof ToolCommand command && command.debug();
        int code = code(e);
        session.message(Facts.oneLine(message(e, code, session)));
        if (debug) {
            thrown.printStackTrace(session.err());
        }
        if (code == Hsi.WRONG_USAGE) {
            session.err().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        session.err().flush();
        return code;
    }

    private static Throwable unwrap(Throwable thrown) {
        boolean wrapper = thrown instanceof UncheckedIOException || thrown instanceof UndeclaredThrowableException;
        Throwable cause = thrown.getCause();
        return wrapper && cause != null ? cause : thrown;
    }

    private static int code(Throwable e) {
        if (e instanceof UsageException) {
            return Hsi.WRONG_USAGE;
        }
        if (e instanceof CancellationException) {
            return Hsi.INTERRUPTED;
        }
        boolean data =
                e instanceof IOException || e instanceof IllegalArgumentException || e instanceof OutOfMemoryError;
        return data ? Hsi.BAD_DATA : Hsi.INTERNAL_ERROR;
    }

    private static String message(Throwable e, int code, Session session) {
        if (code == Hsi.INTERNAL_ERROR) {
            return "internal error: " + e + " (--debug says where)";
        }
        if (code == Hsi.INTERRUPTED) {
            return session.interruption();
        }
        if (e instanceof OutOfMemoryError) {
            return "this needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB Java may use; give it more, for example with java -Xmx8g -jar hsi.jar";
        }
        return e instanceof FileSystemException file && file.getReason() == null
                ? file.getFile() + ": " + reason(file)
                : e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** What the name of the exception alone says. */
    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of this name is in the way";
        }
        return e instanceof NotDirectoryException ? "is no directory" : e.toString();
    }
}
