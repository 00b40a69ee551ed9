package org.hsi4j.view;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of numbers in colours, with its name above it, a colour bar beside it and what the colours mean below it.
 *
 * <p><b>Range.</b> By default the colours run from the 1st to the 99th percentile of the finite values; values beyond get the
 * first or last colour, and the note below tells how far they reach. {@link #withPercentiles} and {@link #withRange} change
 * that. With a diverging colour map the range is widened to as much below zero as above, unless it was given.
 *
 * <p>Invalid pixels (NaN) are hatched in light grey. A map whose longer side has more than 2000 pixels is thinned out (the
 * middle one of every n x n pixels), a small one is enlarged by a whole factor until its longer side has at least 400.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * MapPicture.of(scores).withColorMap(ColorMap.diverging()).writePng(Path.of("scores.png"));
 * }</pre>
 */
public final class MapPicture implements Picture {
    private final ScoreMap map;
    private final String unit;
    private final ColorMap colors;
    private final double lowPercent;
    private final double highPercent;
    private final @Nullable ValueRange given;
    private final List<Drawing.Mark> marks;

    private MapPicture(
            ScoreMap map,
            String unit,
            ColorMap colors,
            double lowPercent,
            double highPercent,
            @Nullable ValueRange given,
            List<Drawing.Mark> marks) {
        this.map = map;
        this.unit = unit;
        this.colors = colors;
        this.lowPercent = lowPercent;
        this.highPercent = highPercent;
        this.given = given;
        this.marks = marks;
    }

    /**
     * A picture of a map in sequential colours.
     *
     * @param map the numbers; its name becomes the title
     * @return the picture, not drawn yet
     */
    public static MapPicture of(ScoreMap map) {
        return new MapPicture(Objects.requireNonNull(map, "map"), "", ColorMap.sequential(), 1, 99, null, List.of());
    }

    /**
     * The unit of the numbers.
     *
     * @param newUnit written below the colour bar; nothing by default
     * @return new picture
     */
    public MapPicture withUnit(String newUnit) {
        Objects.requireNonNull(newUnit, "newUnit");
        return new MapPicture(map, newUnit, colors, lowPercent, highPercent, given, marks);
    }

    /**
     * Other colours; {@link ColorMap#sequential()} by default.
     *
     * @param newColors the colours
     * @return new picture
     */
    public MapPicture withColorMap(ColorMap newColors) {
        return new MapPicture(
                map, unit, Objects.requireNonNull(newColors, "newColors"), lowPercent, highPercent, given, marks);
    }

    /**
     * A range from percentiles of the finite values; 0 and 100 are the smallest and the largest value.
     *
     * @param low percentile of the first colour, from 0; 1 by default
     * @param high percentile of the last colour, to 100; 99 by default
     * @return new picture
     * @throws IllegalArgumentException if they do not rise or lie outside 0 to 100
     */
    public MapPicture withPercentiles(double low, double high) {
        ValueRange.checkPercentiles(low, high);
        return new MapPicture(map, unit, colors, low, high, null, marks);
    }

    /**
     * A given range: what makes two maps comparable.
     *
     * @param low value of the first colour, finite
     * @param high value of the last colour, finite
     * @return new picture
     * @throws IllegalArgumentException if they do not rise or one is not finite
     */
    public MapPicture withRange(double low, double high) {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("colours cannot range from " + low + " to " + high);
        }
        return new MapPicture(map, unit, colors, lowPercent, highPercent, new ValueRange(low, high), marks);
    }

    /**
     * Outlines pixels: detections, the truth. A picture may have several marks.
     *
     * @param pixels the pixels; none is lost when the map is thinned out
     * @param color of the line
     * @return new picture
     * @throws IllegalArgumentException if the mask has another shape than the map
     */
    public MapPicture withMarks(Mask pixels, Color color) {
        List<Drawing.Mark> more = Drawing.marked(marks, pixels, color, map.rows(), map.columns());
        return new MapPicture(map, unit, colors, lowPercent, highPercent, given, more);
    }

    /**
     * The value of the first colour.
     *
     * @return NaN when the map has no finite value and no range was given
     */
    public double low() {
        return range().low();
    }

    /**
     * The value of the last colour.
     *
     * @return NaN when the map has no finite value and no range was given
     */
    public double high() {
        return range().high();
    }

    private ValueRange range() {
        if (given != null) {
            return given;
        }
        DoubleBuffer values = map.asBuffer();
        double[] finite = IntStream.range(0, map.pixels())
                .mapToDouble(values::get)
                .filter(Double::isFinite)
                .toArray();
        ValueRange range = ValueRange.ofPercentiles(finite, lowPercent, highPercent);
        return colors.isDiverging() ? range.symmetric() : range;
    }

    @Override
    public String description() {
        ValueRange range = range();
        return "Map of " + (map.name().isEmpty() ? "values" : map.name()) + ", " + map.rows() + " rows by "
                + map.columns() + " columns, "
                + (Double.isNaN(range.low())
                        ? "without any finite value"
                        : "colours from " + Numbers.text(range.low()) + " to " + Numbers.text(range.high())
                                + (unit.isEmpty() ? "" : " " + unit));
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        ValueRange range = range();
        Scaling scaling = Scaling.fit(map.rows(), map.columns(), 400, 2000);
        BufferedImage picture = Drawing.map(map.asBuffer()::get, scaling, colors, range);
        Drawing.outline(picture, scaling, marks);
        Sheet sheet = new Sheet(Math.max(picture.getWidth(), picture.getHeight()), letters);
        Sheet.Bar bar = new Sheet.Bar(colors, range, unit);
        return sheet.draw(map.name(), List.of(new Sheet.Cell("", picture)), 1, bar, notes(range, scaling));
    }

    private String notes(ValueRange range, Scaling scaling) {
        List<String> notes = new ArrayList<>();
        double min = map.min();
        double max = map.max();
        if (Double.isNaN(min)) {
            notes.add("no valid pixel");
        } else if (min < range.low() || max > range.high()) {
            notes.add("values from " + Numbers.text(min) + " to " + Numbers.text(max)
                    + (given == null
                            ? ", colours from percentile " + Numbers.text(lowPercent) + " to "
                                    + Numbers.text(highPercent)
                            : ""));
        }
        if (map.valid().count() < map.pixels()) {
            notes.add("hatched: no data");
        }
        if (!scaling.note().isEmpty()) {
            notes.add(scaling.note());
        }
        return String.join("; ", notes);
    }

    @Override
    public String toString() {
        return description();
    }
}
