package org.hsi4j.examples;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hsi completion}: a script with which a shell completes commands, options, methods and files. */
@Command(
        name = "completion",
        description = {
            "Print a script for Bash and Zsh that completes commands, options, methods and files.",
            "",
            "It completes the word hsi: an alias, as below, or a script of that name."
        },
        footer = {
            "  alias hsi='java -jar /opt/hsi4j/hsi.jar'",
            "  source <(hsi completion)",
        })
final class CompletionCommand extends ToolCommand {

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) {
        session()
                .out()
                .print(AutoComplete.bash(
                        "hsi", Objects.requireNonNull(spec).root().commandLine()));
        session().out().flush();
    }

    @Override
    void print(Facts facts) {
        // The script is printed already.
    }
}
