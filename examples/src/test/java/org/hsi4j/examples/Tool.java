package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the tool inside the test.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said
 */
record Tool(int code, String out, String err) {

    static Tool run(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
        int code = Hsi.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Tool(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A run that must succeed; its lines by their keys. */
    static Map<String, String> facts(Object... words) {
        Tool run = run(words);
        assertThat(run.code()).as(run.err()).isZero();
        return run.facts();
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String line : out.lines().toList()) {
            int equals = line.indexOf('=');
            assertThat(equals).as(line).isPositive();
            String key = line.substring(0, equals);
            assertThat(key).matches("[a-z][a-z0-9_]*");
            assertThat(facts.put(key, line.substring(equals + 1))).as(key).isNull();
        }
        return facts;
    }

    static double number(Map<String, String> facts, String key) {
        assertThat(facts).containsKey(key);
        return Double.parseDouble(facts.get(key));
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
