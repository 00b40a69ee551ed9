package org.hsi4j.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hsi4j.GeoReference;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code map info} of an ENVI header: projection, reference pixel (1, 1 being the upper left corner of the first
 * pixel), its map coordinates, the size of a pixel, for UTM zone and hemisphere, the datum, {@code units=...} and
 * {@code rotation=...}.
 */
final class EnviMapInfo {

    private EnviMapInfo() {}

    /** The reference, or null with a note when there is none that makes sense. */
    static @Nullable GeoReference read(EnviHeader header, List<String> notes) throws IOException {
        List<String> items = header.list("map info");
        if (items.isEmpty()) {
            return null;
        }
        try {
            return parse(items, header.text("coordinate system string").orElse(""));
        } catch (IllegalArgumentException e) {
            notes.add("did not use 'map info': " + e.getMessage());
            return null;
        }
    }

    private static GeoReference parse(List<String> items, String coordinateSystem) {
        List<String> plain = new ArrayList<>();
        String units = "";
        double rotation = 0;
        for (String item : items) {
            String lower = item.toLowerCase(Locale.ROOT);
            int equals = item.indexOf('=');
            if (equals > 0 && lower.substring(0, equals).strip().equals("units")) {
                units = item.substring(equals + 1).strip();
            } else if (equals > 0 && lower.substring(0, equals).strip().equals("rotation")) {
                rotation = Double.parseDouble(item.substring(equals + 1));
            } else {
                plain.add(item);
            }
        }
        if (plain.size() < 7) {
            throw new IllegalArgumentException("it has " + plain.size() + " of the 7 items that are needed");
        }
        double column = Double.parseDouble(plain.get(1)) - 1;
        double row = Double.parseDouble(plain.get(2)) - 1;
        boolean utm = plain.get(0).equalsIgnoreCase("UTM") && plain.size() >= 9;
        GeoReference atReference = new GeoReference(
                plain.get(0),
                Double.parseDouble(plain.get(3)),
                Double.parseDouble(plain.get(4)),
                Double.parseDouble(plain.get(5)),
                Double.parseDouble(plain.get(6)),
                rotation,
                utm ? Integer.parseInt(plain.get(7)) : 0,
                !utm || !plain.get(8).equalsIgnoreCase("South"),
                plain.size() > (utm ? 9 : 7) ? plain.get(utm ? 9 : 7) : "",
                units,
                coordinateSystem);
        return new GeoReference(
                atReference.projection(),
                atReference.xAt(-row, -column),
                atReference.yAt(-row, -column),
                atReference.pixelWidth(),
                atReference.pixelHeight(),
                rotation,
                atReference.zone(),
                atReference.north(),
                atReference.datum(),
                units,
                coordinateSystem);
    }
}
