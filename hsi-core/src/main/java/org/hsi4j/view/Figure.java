package org.hsi4j.view;

import java.util.Objects;

/**
 * A picture of a result with what it needs to be shown: a name for a file and a sentence for the reader.
 *
 * @param name lower case with hyphens, unique within a result; {@code abundances} for example
 * @param caption a sentence
 * @param picture the picture, not drawn yet
 */
public record Figure(String name, String caption, Picture picture) {

    /**
     * Checks that all parts are there.
     *
     * @throws IllegalArgumentException if the name is no name of a file
     */
    public Figure {
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(picture, "picture");
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a figure");
        }
    }
}
