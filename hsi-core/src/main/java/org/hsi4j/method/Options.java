package org.hsi4j.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The options of a method, found by their names: for tools, reports and tests. Code that knows the class calls
 * {@code withXxx} itself.
 *
 * <p>An option is a public {@code withXxx} method with one parameter of type {@code boolean}, {@code int}, {@code long},
 * {@code double}, {@code String} or an enum, next to a method {@code xxx()} that gives its value. {@code withMaxIterations}
 * is the option {@code max-iterations}.
 */
public final class Options {

    private static final String AUTO = "auto";

    private Options() {}

    /**
     * One option.
     *
     * @param name lower case with hyphens
     * @param type what a value is: {@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, or the values
     *     of an enum with bars between them
     * @param value its present value, {@code auto} where the method decides for itself
     */
    public record Option(String name, String type, String value) {}

    /**
     * The options of a method with their present values.
     *
     * @param method the method
     * @return the options by name
     */
    public static List<Option> of(Method method) {
        List<Option> options = new ArrayList<>();
        for (java.lang.reflect.Method wither : withers(method)) {
            options.add(new Option(optionName(wither), typeName(wither.getParameterTypes()[0]), value(method, wither)));
        }
        return List.copyOf(options);
    }

    /**
     * A method with one option changed.
     *
     * @param <M> type of the method
     * @param method the method
     * @param name name of the option
     * @param value its new value as text; enum values in lower case with hyphens; {@code auto} where the method decides for
     *     itself already
     * @return a changed copy
     * @throws IllegalArgumentException if there is no such option, the text is no such value, or the method refuses it
     */
    public static <M extends Method> M with(M method, String name, String value) {
        List<java.lang.reflect.Method> withers = withers(method);
        for (java.lang.reflect.Method wither : withers) {
            if (optionName(wither).equals(name)) {
                if (value.equals(AUTO) && value(method, wither).equals(AUTO)) {
                    return method;
                }
                Object argument = parse(wither.getParameterTypes()[0], name, value);
                @SuppressWarnings("unchecked") // a wither returns its own class
                M changed = (M) invoke(method, wither, argument);
                return changed;
            }
        }
        throw new IllegalArgumentException("method '" + method.name() + "' has no option '" + name + "'"
                + (withers.isEmpty()
                        ? "; it has none"
                        : "; it has "
                                + String.join(
                                        ", ",
                                        withers.stream()
                                                .map(Options::optionName)
                                                .toList())));
    }

    private static List<java.lang.reflect.Method> withers(Method method) {
        List<java.lang.reflect.Method> withers = new ArrayList<>();
        for (java.lang.reflect.Method m : method.getClass().getMethods()) {
            boolean wither = m.getName().length() > 4
                    && m.getName().startsWith("with")
                    && Character.isUpperCase(m.getName().charAt(4))
                    && m.getParameterCount() == 1
                    && !Modifier.isStatic(m.getModifiers())
                    && !m.isBridge()
                    && m.getReturnType().isInstance(method)
                    && isSimple(m.getParameterTypes()[0]);
            if (wither) {
                withers.add(m);
            }
        }
        withers.sort(Comparator.comparing(java.lang.reflect.Method::getName));
        return withers;
    }

    private static boolean isSimple(Class<?> type) {
        return type == boolean.class
                || type == int.class
                || type == long.class
                || type == double.class
                || type == String.class
                || type.isEnum();
    }

    private static String typeName(Class<?> type) {
        if (!type.isEnum()) {
            return type.getSimpleName();
        }
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(constantName(constant));
        }
        return String.join("|", names);
    }

    private static String constantName(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String optionName(java.lang.reflect.Method wither) {
        return wither.getName().substring(4).replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String value(Method method, java.lang.reflect.Method wither) {
        String getter = Character.toLowerCase(wither.getName().charAt(4))
                + wither.getName().substring(5);
        Object value;
        try {
            value = invoke(method, method.getClass().getMethod(getter));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    method.getClass().getName() + " has " + wither.getName() + " but no " + getter + "()", e);
        }
        if (value instanceof OptionalInt o) {
            return o.isPresent() ? Integer.toString(o.getAsInt()) : AUTO;
        }
        if (value instanceof OptionalLong o) {
            return o.isPresent() ? Long.toString(o.getAsLong()) : AUTO;
        }
        if (value instanceof OptionalDouble o) {
            return o.isPresent() ? Double.toString(o.getAsDouble()) : AUTO;
        }
        if (value instanceof Optional<?> o) {
            return o.map(Options::text).orElse(AUTO);
        }
        return text(value);
    }

    private static String text(Object value) {
        return value instanceof Enum<?> ? constantName(value) : value.toString();
    }

    private static Object parse(Class<?> type, String name, String value) {
        try {
            if (type == int.class) {
                return Integer.valueOf(value);
            }
            if (type == long.class) {
                return Long.valueOf(value);
            }
            if (type == double.class) {
                return Double.valueOf(value);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option " + name + " needs a number, not '" + value + "'", e);
        }
        if (type == boolean.class) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("option " + name + " is true or false, not '" + value + "'");
            }
            return Boolean.valueOf(value);
        }
        if (type == String.class) {
            return value;
        }
        for (Object constant : type.getEnumConstants()) {
            if (constantName(constant).equals(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("option " + name + " is one of " + typeName(type) + ", not '" + value + "'");
    }

    private static Object invoke(Method method, java.lang.reflect.Method member, Object... arguments) {
        try {
            return member.invoke(method, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method.getClass().getName() + " must be public", e);
        }
    }
}
