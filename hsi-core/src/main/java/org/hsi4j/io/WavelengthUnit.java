package org.hsi4j.io;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Units of wavelengths in files, and how they become nanometres. */
enum WavelengthUnit {
    NANOMETRES("nm", 1.0),
    MICROMETRES("um", 1e3),
    MILLIMETRES("mm", 1e6),
    CENTIMETRES("cm", 1e7),
    METRES("m", 1e9),
    ANGSTROMS("angstrom", 0.1);

    /** No sensor of reflected or emitted light has a band below 100 nm or above 100 um. */
    private static final double LARGEST_MICROMETRES = 100.0;

    private final String symbol;
    private final double nanometres;

    WavelengthUnit(String symbol, double nanometres) {
        this.symbol = symbol;
        this.nanometres = nanometres;
    }

    /** The unit a file names; empty for one that is unknown or is not a length. */
    static Optional<WavelengthUnit> named(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nanometers", "nanometer", "nanometres", "nanometre", "nm" -> Optional.of(NANOMETRES);
            case "micrometers",
                    "micrometer",
                    "micrometres",
                    "micrometre",
                    "microns",
                    "micron",
                    "um",
                    "\u00b5m",
                    "\u03bcm" -> Optional.of(MICROMETRES);
            case "millimeters", "millimeter", "millimetres", "mm" -> Optional.of(MILLIMETRES);
            case "centimeters", "centimeter", "centimetres", "cm" -> Optional.of(CENTIMETRES);
            case "meters", "meter", "metres", "m" -> Optional.of(METRES);
            case "angstroms", "angstrom" -> Optional.of(ANGSTROMS);
            default -> Optional.empty();
        };
    }

    /** The unit that makes sense of the values: micrometres when none is above 100, nanometres otherwise. */
    static WavelengthUnit guess(double[] values) {
        return DoubleStream.of(values).max().orElse(0) <= LARGEST_MICROMETRES ? MICROMETRES : NANOMETRES;
    }

    /** Values of this unit in nanometres. */
    double[] toNanometres(double[] values) {
        if (this == NANOMETRES) {
            return values.clone();
        }
        return DoubleStream.of(values).map(v -> v * nanometres).toArray();
    }

    String symbol() {
        return symbol;
    }
}
