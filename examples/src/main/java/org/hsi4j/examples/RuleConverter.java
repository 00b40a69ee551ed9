package org.hsi4j.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hsi4j.detection.ThresholdRule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Rules of thresholds by their names on the command line. */
final class RuleConverter implements ITypeConverter<ThresholdRule> {

    @Override
    public ThresholdRule convert(String value) {
        for (ThresholdRule rule : ThresholdRule.values()) {
            if (name(rule).equals(value.toLowerCase(Locale.ROOT))) {
                return rule;
            }
        }
        throw new TypeConversionException("'" + value + "' is none of "
                + Arrays.stream(ThresholdRule.values()).map(RuleConverter::name).collect(Collectors.joining(", ")));
    }

    static String name(ThresholdRule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
