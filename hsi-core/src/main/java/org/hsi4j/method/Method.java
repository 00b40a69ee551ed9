package org.hsi4j.method;

/**
 * A method of some family: one final immutable class named after what the field calls it.
 *
 * <p>Each option is a pair of public methods: {@code name()} gives the value and {@code withName(value)} gives a copy with
 * another one, checked there and then. {@link Options} finds them, so a method needs no list of its options.
 */
public interface Method {

    /**
     * The name under which the tool and the reports know it: lower case with hyphens, unique within its {@link #role()}.
     *
     * @return for example {@code whitened-svd}
     */
    String name();

    /**
     * What it does, for the table of methods.
     *
     * @return one sentence
     */
    String summary();

    /**
     * Where the method was published.
     *
     * @return authors, title, year
     */
    String reference();

    /**
     * The family.
     *
     * @return {@code unmixing}, {@code restoration} or {@code detection}
     */
    String family();

    /**
     * What it can be used as within the family.
     *
     * @return for example {@code endmember extractor}
     */
    String role();
}
