package org.hsi4j.examples.benchmark;

/**
 * A figure of merit: one column of the table.
 *
 * @param name how it is called, with its unit
 * @param meaning what it is, in a sentence
 * @param digits digits after the point
 */
public record Measure(String name, String meaning, int digits) {}
