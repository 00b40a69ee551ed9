package org.hsi4j.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say, in order: printed as one {@code key=value} line each, or as one JSON object with the same keys.
 * Numbers are written in full precision and without regard to the language of the machine.
 */
final class Facts {
    private final Map<String, Object> facts = new LinkedHashMap<>();

    Facts put(String key, String value) {
        return set(key, value);
    }

    Facts put(String key, long value) {
        return set(key, value);
    }

    Facts put(String key, double value) {
        return set(key, value);
    }

    Facts put(String key, boolean value) {
        return set(key, value);
    }

    /** A list: commas between the values in text, an array in JSON. */
    Facts put(String key, List<?> values) {
        return set(key, List.copyOf(values));
    }

    /** A figure of a method under its own name, unless the command itself says something under that key. */
    Facts putFigure(String name, double value) {
        String key = keyOf(name);
        boolean whole = Math.rint(value) == value && Math.abs(value) < 1L << 53;
        if (!facts.containsKey(key)) {
            facts.put(key, whole ? (Object) (long) value : (Object) value);
        }
        return this;
    }

    private Facts set(String key, Object value) {
        facts.put(key, value);
        return this;
    }

    /** Turns what a method calls a figure into a key. */
    static String keyOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** The facts for people: lists as text, numbers as they are. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        facts.forEach((key, value) ->
                shown.put(key, value instanceof List<?> ? oneLine(value).replace(",", ", ") : value));
        return shown;
    }

    void print(PrintStream out, boolean json) {
        out.print(json ? toJson(List.of(facts), false) : toText());
        out.flush();
    }

    private String toText() {
        StringBuilder text = new StringBuilder();
        facts.forEach((key, value) ->
                text.append(key).append('=').append(oneLine(value)).append('\n'));
        return text.toString();
    }

    static String oneLine(@Nullable Object value) {
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
        return text.replaceAll("\\R", " ");
    }

    /** Several objects as an array, or the only one by itself. */
    static String toJson(List<? extends Map<String, ?>> objects, boolean array) {
        StringWriter text = new StringWriter();
        // ASCII alone, so that no terminal or pipe can spoil it.
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            if (array) {
                json.writeStartArray();
            }
            for (Map<String, ?> object : objects) {
                write(json, object);
            }
            if (array) {
                json.writeEndArray();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail", e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Double) {
            // JSON has no NaN and no infinity.
            json.writeNull();
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
