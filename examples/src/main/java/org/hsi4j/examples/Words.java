package org.hsi4j.examples;

import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;

/** How things are called in reports. */
final class Words {

    private Words() {}

    /** The name of a constant as people write it. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What the samples of a scene measure. */
    static String unit(Cube cube) {
        return cube.quantity() == Quantity.UNKNOWN ? "value" : of(cube.quantity());
    }

    /** A heading with the name of the scene, when it has one. */
    static String titled(String what, Cube cube) {
        return cube.name().isEmpty() ? what : what + " of " + cube.name();
    }

    /** A note with a capital and a full stop. */
    static String sentence(String note) {
        return note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1) + ".";
    }
}
