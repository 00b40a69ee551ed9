package org.hsi4j.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a benchmark that others of its class are compared with in the report. Where no method of a class is marked, those whose
 * names begin with {@code hsi4j} are ours and all others are their rivals.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface RivalOf {

    /** The names of the methods that are compared with it. */
    String[] value();
}
