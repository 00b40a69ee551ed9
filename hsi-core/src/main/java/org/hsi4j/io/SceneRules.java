package org.hsi4j.io;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hsi4j.Wavelengths;

/** How the scene, its axes and its wavelengths are found in a file of named arrays. */
final class SceneRules {
    /** What scenes are called in published files, the surest name first. */
    private static final List<String> CUBE_NAMES = List.of(
            "cube",
            "data",
            "hsi",
            "y",
            "v",
            "image",
            "img",
            "hsi_sub",
            "hsi_img",
            "hsim",
            "im",
            "x",
            "scene",
            "y_clean",
            "hyperspectral",
            "r",
            "c");

    private static final List<String> WAVELENGTH_NAMES =
            List.of("wavelengths", "wavelength", "wl", "lambda", "waves", "wave", "wave_length");

    private SceneRules() {}

    /** The one whose name scenes are known by. */
    static Optional<ArrayEntry> named(List<ArrayEntry> candidates, List<String> notes) {
        for (String name : CUBE_NAMES) {
            for (ArrayEntry e : candidates) {
                if (lastName(e).equals(name)) {
                    notes.add("took variable '" + e.name() + "' for the scene because of its name");
                    return Optional.of(e);
                }
            }
        }
        return Optional.empty();
    }

    /** What the three axes of a scene are, after the wavelengths of the file or by custom. */
    static AxisOrder axes(List<ArrayEntry> entries, List<Integer> dimensions, String custom, List<String> notes) {
        for (ArrayEntry e : entries) {
            if (!isWavelengths(e) || Integer.valueOf((int) e.count()).equals(dimensions.get(2))) {
                continue;
            }
            int bands = (int) e.count();
            String why = " because '" + e.name() + "' has " + bands + " values";
            if (dimensions.get(0) == bands && dimensions.get(1) != bands) {
                notes.add("took the axes for bands x rows x columns" + why);
                return AxisOrder.BANDS_ROWS_COLUMNS;
            }
            if (dimensions.get(1) == bands && dimensions.get(0) != bands) {
                notes.add("took the axes for rows x bands x columns" + why);
                return AxisOrder.ROWS_BANDS_COLUMNS;
            }
        }
        notes.add("took the axes for rows x columns x bands, " + custom);
        return AxisOrder.ROWS_COLUMNS_BANDS;
    }

    /** Whether an array is a vector named after wavelengths. */
    static boolean isWavelengths(ArrayEntry e) {
        return WAVELENGTH_NAMES.contains(lastName(e))
                && e.isNumeric()
                && !e.isComplex()
                && isVector(e)
                && e.count() > 1;
    }

    /** Whether at most one dimension is not one. */
    static boolean isVector(ArrayEntry entry) {
        return entry.dimensions().stream().filter(d -> d != 1).count() <= 1;
    }

    /** The numbers of an array as wavelengths; empty when they make no sense. */
    static Optional<Wavelengths> wavelengths(String name, double[] values, List<String> notes) {
        if (Arrays.stream(values).anyMatch(v -> !(v > 0) || Double.isInfinite(v))) {
            notes.add("did not use '" + name + "': not all of its values are positive");
            return Optional.empty();
        }
        WavelengthUnit unit = WavelengthUnit.guess(values);
        notes.add("took '" + name + "' for the wavelengths, in " + unit.symbol() + " by their size");
        return Optional.of(Wavelengths.of(unit.toNanometres(values)));
    }

    /** The name without the groups it lies in, in lower case. */
    private static String lastName(ArrayEntry e) {
        return e.name().substring(e.name().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
