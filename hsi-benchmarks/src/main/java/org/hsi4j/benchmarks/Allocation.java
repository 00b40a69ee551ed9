package org.hsi4j.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the memory that an operation of a benchmark class allocates is told in the report: divided by its pixels, less the
 * eight bytes of each value of its result. Numbers, or names of parameters.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Allocation {

    /** The pixels of an operation are the product of these. */
    String[] pixels();

    /** The values that the result of an operation holds for each pixel are the sum of these. */
    String[] values();
}
