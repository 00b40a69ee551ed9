package org.hsi4j.method;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds methods by name among the modules on the class path.
 *
 * <pre>{@code
 * AbundanceSolver solver = Methods.find(AbundanceSolver.class, "fcls");
 * }</pre>
 */
public final class Methods {

    private Methods() {}

    /**
     * Every method there is, family by family as the modules are found.
     *
     * @return the methods with their defaults
     */
    public static List<Method> all() {
        List<Method> methods = new ArrayList<>();
        for (MethodCatalog catalog : ServiceLoader.load(MethodCatalog.class, Methods.class.getClassLoader())) {
            methods.addAll(catalog.methods());
        }
        return List.copyOf(methods);
    }

    /**
     * Every method that can be used as something.
     *
     * @param <M> the interface of the role
     * @param role the interface of the role
     * @return the methods with their defaults
     */
    public static <M extends Method> List<M> all(Class<M> role) {
        return all().stream().filter(role::isInstance).map(role::cast).toList();
    }

    /**
     * The method of a name.
     *
     * @param <M> the interface of the role
     * @param role the interface of the role
     * @param name the name, in lower case with hyphens
     * @return the method with its defaults
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static <M extends Method> M find(Class<M> role, String name) {
        List<M> methods = all(role);
        return methods.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no method '" + name + "'; known are "
                        + String.join(", ", methods.stream().map(Method::name).toList())));
    }
}
