package org.hsi4j.method;

import java.util.List;

/** The catalogue that {@link MethodsTest} registers. */
public final class PolishCatalog implements MethodCatalog {

    @Override
    public List<Method> methods() {
        return List.of(Polish.withDefaults());
    }
}
