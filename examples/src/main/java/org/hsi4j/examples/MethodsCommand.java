package org.hsi4j.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hsi methods}: the table of methods, generated from the methods. */
@Command(
        name = "methods",
        description = {
            "List the methods: a line each.",
            "A line holds the name, the family, the role, the options with their defaults",
            "('auto' where the method decides), what the method does, and who published it."
        },
        footer = {
            "  hsi methods",
            "  hsi methods --family unmixing",
            "  hsi methods --json",
        })
final class MethodsCommand extends ToolCommand {

    @Option(names = "--family", paramLabel = "F", description = "Only one family: unmixing, restoration or detection.")
    private @Nullable String family;

    MethodsCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) {
        List<Method> methods = chosen(Methods.all());
        String text = json() ? asJson(methods) : asTable(methods);
        session().out().print(text);
        session().out().flush();
    }

    @Override
    void print(Facts facts) {
        // The table is printed already.
    }

    private List<Method> chosen(List<Method> all) {
        String wanted = family;
        if (wanted == null) {
            return all;
        }
        List<Method> methods =
                all.stream().filter(m -> m.family().equals(wanted)).toList();
        if (methods.isEmpty()) {
            List<String> known = all.stream().map(Method::family).distinct().toList();
            throw new UsageException("there is no family '" + wanted + "'; known are " + String.join(", ", known));
        }
        return methods;
    }

    private static String asTable(List<Method> methods) {
        int name = widest(methods, Method::name);
        int family = widest(methods, Method::family);
        int role = widest(methods, MethodsCommand::role);
        StringBuilder text = new StringBuilder();
        for (Method m : methods) {
            text.append(padded(m.name(), name))
                    .append(padded(m.family(), family))
                    .append(padded(role(m), role))
                    .append(options(m))
                    .append(" | ")
                    .append(Facts.oneLine(m.summary()))
                    .append(" | ")
                    .append(Facts.oneLine(m.reference()))
                    .append('\n');
        }
        return text.toString();
    }

    /** The role as one word. */
    private static String role(Method method) {
        return method.role().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static int widest(List<Method> methods, Function<Method, String> column) {
        return methods.stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }

    private static String options(Method method) {
        List<String> options = new ArrayList<>();
        for (Options.Option option : Options.of(method)) {
            options.add(option.name() + "=" + option.value());
        }
        return options.isEmpty() ? "-" : String.join(" ", options);
    }

    private static String asJson(List<Method> methods) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Method m : methods) {
            List<Map<String, Object>> options = new ArrayList<>();
            for (Options.Option o : Options.of(m)) {
                Map<String, Object> option = new LinkedHashMap<>();
                option.put("name", o.name());
                option.put("type", o.type());
                option.put("default", o.value());
                options.add(option);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", m.name());
            row.put("family", m.family());
            row.put("role", m.role());
            row.put("options", options);
            row.put("summary", m.summary());
            row.put("reference", m.reference());
            rows.add(row);
        }
        return Facts.toJson(rows, true);
    }
}
