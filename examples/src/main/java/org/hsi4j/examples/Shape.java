package org.hsi4j.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Rows and columns of an image.
 *
 * @param rows at least one
 * @param columns at least one
 */
record Shape(int rows, int columns) {

    /** For picocli: {@code 95,95} or {@code 95x95}. */
    static final class Converter implements ITypeConverter<Shape> {
        private static final Pattern SHAPE = Pattern.compile("\\s*([0-9]{1,9})\\s*[,x]\\s*([0-9]{1,9})\\s*");

        @Override
        public Shape convert(String text) {
            Matcher match = SHAPE.matcher(text);
            if (match.matches()) {
                Shape shape = new Shape(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
                if (shape.rows > 0 && shape.columns > 0) {
                    return shape;
                }
            }
            throw new TypeConversionException("'" + text + "' is not rows,columns such as 95,95");
        }
    }
}
