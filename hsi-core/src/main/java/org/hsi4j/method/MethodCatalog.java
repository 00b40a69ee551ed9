package org.hsi4j.method;

import java.util.List;

/**
 * The methods of one module with their default options: the table to which a new method adds one line. Found through
 * {@link java.util.ServiceLoader}; a caller's own module may provide one.
 */
public interface MethodCatalog {

    /**
     * The methods, in the order in which they are listed.
     *
     * @return the methods with their defaults
     */
    List<Method> methods();
}
