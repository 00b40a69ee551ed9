package org.hsi4j.examples;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;

/** Finds methods by name and hands {@code --option key=value} to those that have the option. */
final class Chosen {
    private final Map<String, String> options;
    private final Set<String> taken = new LinkedHashSet<>();
    private final Map<String, Set<String>> known = new LinkedHashMap<>();

    Chosen(Map<String, String> options) {
        this.options = options;
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
            known.put(name, names);
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
                StringBuilder text = new StringBuilder("there is no option '" + option + "';");
                known.forEach((method, names) -> text.append(" method '")
                        .append(method)
                        .append(names.isEmpty() ? "' has none" : "' has " + String.join(", ", names))
                        .append(';'));
                throw new UsageException(text.substring(0, text.length() - 1));
            }
        }
    }
}
