package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Endmembers;

/**
 * The classes of a library by the names of its spectra: what stands before the first delimiter. A name without one is a class of
 * its own.
 *
 * @param names the classes in the order in which they first appear
 * @param of the class of each spectrum
 */
record LibraryClasses(List<String> names, List<Integer> of) {

    static LibraryClasses of(Endmembers library, String delimiter) {
        List<String> names = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        for (String spectrum : library.names()) {
            int at = spectrum.indexOf(delimiter);
            String name = at < 0 ? spectrum : spectrum.substring(0, at);
            if (!names.contains(name)) {
                names.add(name);
            }
            of.add(names.indexOf(name));
        }
        return new LibraryClasses(List.copyOf(names), List.copyOf(of));
    }

    static void checkDelimiter(String delimiter) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("the delimiter between class and spectrum must not be empty");
        }
    }
}
