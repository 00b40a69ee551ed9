package org.hsi4j.examples.benchmark;

import java.util.List;

/**
 * A table of its own that a report ends with.
 *
 * @param title its heading
 * @param about what was done, in sentences
 * @param header names of the columns
 * @param rows the cells
 */
public record Study(String title, String about, List<String> header, List<List<String>> rows) {

    /** Copies the lists. */
    public Study {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }
}
