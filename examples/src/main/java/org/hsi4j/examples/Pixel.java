package org.hsi4j.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A place in an image, counted from zero.
 *
 * @param row the row
 * @param column the column
 */
record Pixel(int row, int column) {

    /** For picocli: {@code 10,20}. */
    static final class Converter implements ITypeConverter<Pixel> {
        private static final Pattern PLACE = Pattern.compile("\\s*([0-9]{1,9})\\s*,\\s*([0-9]{1,9})\\s*");

        @Override
        public Pixel convert(String text) {
            Matcher match = PLACE.matcher(text);
            if (match.matches()) {
                return new Pixel(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
            }
            throw new TypeConversionException("'" + text + "' is not row,column such as 10,20");
        }
    }
}
