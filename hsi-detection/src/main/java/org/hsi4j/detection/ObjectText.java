package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hsi4j.GeoReference;

/** Lists of objects as text. */
final class ObjectText {
    private static final String HEADER =
            "object,row,column,x,y,longitude,latitude,top,left,rows,columns,pixels,peak,mean,fraction";

    private ObjectText() {}

    static String csv(DetectedObjects objects) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int k = 0; k < objects.items().size(); k++) {
            DetectedObject object = objects.items().get(k);
            Optional<GeoReference> place = objects.geoReference();
            Optional<GeoReference.Geographic> point = point(objects, object);
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(k + 1),
                    Double.toString(object.row()),
                    Double.toString(object.column()),
                    place.map(g -> Double.toString(g.xAt(object.row() + 0.5, object.column() + 0.5)))
                            .orElse(""),
                    place.map(g -> Double.toString(g.yAt(object.row() + 0.5, object.column() + 0.5)))
                            .orElse(""),
                    point.map(p -> degrees(p.longitude())).orElse(""),
                    point.map(p -> degrees(p.latitude())).orElse("")));
            figures(object).values().forEach(value -> cells.add(value.toString()));
            if (object.fraction().isEmpty()) {
                cells.add("");
            }
            lines.add(String.join(",", cells));
        }
        return String.join("\n", lines) + "\n";
    }

    static String geoJson(DetectedObjects objects) {
        List<String> features = new ArrayList<>();
        for (int k = 0; k < objects.items().size(); k++) {
            DetectedObject object = objects.items().get(k);
            String geometry = point(objects, object)
                    .map(p -> "{\"type\": \"Point\", \"coordinates\": [" + degrees(p.longitude()) + ", "
                            + degrees(p.latitude()) + "]}")
                    .orElse("null");
            Map<String, Number> properties = new LinkedHashMap<>();
            properties.put("row", object.row());
            properties.put("column", object.column());
            properties.putAll(figures(object));
            features.add("    {\"type\": \"Feature\", \"id\": " + (k + 1) + ", \"geometry\": " + geometry
                    + ", \"properties\": {\"method\": " + quoted(objects.method()) + ", "
                    + properties.entrySet().stream()
                            .map(e -> quoted(e.getKey()) + ": " + number(e.getValue()))
                            .collect(Collectors.joining(", "))
                    + "}}");
        }
        String list = features.isEmpty() ? "[]" : "[\n" + String.join(",\n", features) + "\n  ]";
        return "{\n  \"type\": \"FeatureCollection\",\n  \"features\": " + list + "\n}\n";
    }

    private static Optional<GeoReference.Geographic> point(DetectedObjects objects, DetectedObject object) {
        return objects.geoReference().flatMap(g -> g.geographicAt(object.row() + 0.5, object.column() + 0.5));
    }

    private static Map<String, Number> figures(DetectedObject object) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("top", object.box().row());
        figures.put("left", object.box().column());
        figures.put("rows", object.box().rows());
        figures.put("columns", object.box().columns());
        figures.put("pixels", object.pixels());
        figures.put("peak", object.peak());
        figures.put("mean", object.mean());
        object.fraction().ifPresent(value -> figures.put("fraction", value));
        return figures;
    }

    /** A hundred-millionth of a degree is a millimetre. */
    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.8f", value);
    }

    /** JSON has no NaN and no infinity. */
    private static String number(Number value) {
        return Double.isFinite(value.doubleValue()) ? value.toString() : "null";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
