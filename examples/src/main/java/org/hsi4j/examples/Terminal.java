package org.hsi4j.examples;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a person looks at standard error or standard output. */
final class Terminal {
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    static boolean onStandardError() {
        return on(2);
    }

    /** Whether what is printed may be in colour: to a person, who has not said no (no-color.org). */
    static boolean colours(@Nullable String refusal) {
        return (refusal == null || refusal.isEmpty()) && on(1);
    }

    private static boolean on(int stream) {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path descriptor = Path.of("/proc/self/fd/" + stream);
        if (Files.isSymbolicLink(descriptor)) {
            try {
                return isTerminal(Files.readSymbolicLink(descriptor).toString());
            } catch (IOException e) {
                return false;
            }
        }
        return isTerminal(System.console());
    }

    static boolean isTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }

    /** Since Java 22 there is a console object even where there is no terminal, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Columns of the terminal, as far as the shell says so. */
    static int width(@Nullable String columns) {
        try {
            return columns == null ? USUAL_WIDTH : Math.max(40, Integer.parseInt(columns.strip()));
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }
}
