package org.hsi4j.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;

/** Finds methods by name and hands {@code --option key=value} to those that have the option. */
final class Chosen {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final List<String> known = new ArrayList<>();

    /**
     * Starts with what the command line says.
     *
     * @param keysAndValues {@code key=value} each; of equal keys the last one counts
     * @throws UsageException if one of them is not of this form
     */
    Chosen(List<String> keysAndValues) {
        for (String text : keysAndValues) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--option needs KEY=VALUE, not '" + text + "'");
            }
            options.put(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
    }

    /**
     * A method with the options it has.
     *
     * @throws UsageException if there is no such method or it refuses a value
     */
    <M extends Method> M find(Class<M> role, String name) {
        try {
            M method = Methods.find(role, name);
            Set<String> names = new TreeSet<>();
            for (Options.Option option : Options.of(method)) {
                names.add(option.name());
            }
            known.add(method.role() + " '" + name + "' has " + (names.isEmpty() ? "none" : String.join(", ", names)));
            for (Map.Entry<String, String> option : options.entrySet()) {
                if (names.contains(option.getKey())) {
                    method = Options.with(method, option.getKey(), option.getValue());
                    taken.add(option.getKey());
                }
            }
            return method;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes sure that every option reached a method.
     *
     * @throws UsageException if one did not; the message lists the options there are
     */
    void requireAllTaken() {
        for (String option : options.keySet()) {
            if (!taken.contains(option)) {
                throw new UsageException("there is no option '" + option + "'; " + String.join("; ", known));
            }
        }
    }
}
