package org.hsi4j.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Spectrum;
import org.jspecify.annotations.Nullable;

/**
 * The points of a line, in rising order of x; NaN in y is a gap. {@code low} and {@code high} are the edges of a band around
 * it, both there or neither.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one drawing, never compared
record Curve(
        String name,
        double[] x,
        double[] y,
        double @Nullable [] low,
        double @Nullable [] high,
        Color color,
        BasicStroke stroke) {

    /** Eight hues that differ in lightness too, so that they can be told apart in print and by the colour-blind. */
    private static final int[] COLORS = {0x0B5FA5, 0xD1480F, 0x1B8A3D, 0x8A3FA0, 0xB8860B, 0x14A5B5, 0xC2185B, 0x4A4A4A
    };

    private static final List<BasicStroke> STROKES =
            List.of(new BasicStroke(2f), dashed(8, 4), dashed(2, 3), dashed(10, 3, 2, 3));

    /** A step between neighbouring bands is a gap when it is so many times the usual one. */
    private static final double GAP = 4;

    /** Fewer bands have no usual step. */
    private static final int BANDS_WITH_A_STEP = 20;

    private static BasicStroke dashed(float... dash) {
        return new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
    }

    /** The colour of the n-th of several lines. */
    static Color color(int number) {
        return new Color(COLORS[number % COLORS.length]);
    }

    /** A thin broken line in grey, for what others are compared with. */
    static Curve reference(String name, double[] x, double[] y) {
        return new Curve(name, x, y, null, null, new Color(Drawing.FRAME), dashed(4, 4));
    }

    static Curve of(String name, double[] x, double[] y, int number) {
        BasicStroke stroke = STROKES.get(number / COLORS.length % STROKES.size());
        return new Curve(name, x, y, null, null, color(number), stroke);
    }

    static Curve of(String name, Spectrum spectrum, boolean overWavelength, int number) {
        double[] position = overWavelength
                ? spectrum.wavelengths().orElseThrow().toArray()
                : IntStream.range(0, spectrum.bands()).asDoubleStream().toArray();
        return ofBands(name, position, spectrum.toArray(), number);
    }

    /** A line through bands in any order, with a gap where many bands are left out. */
    static Curve ofBands(String name, double[] position, double[] values, int number) {
        int[] order = order(position);
        int[] gaps = gaps(select(position, order));
        return of(
                name, spaced(select(position, order), gaps, true), spaced(select(values, order), gaps, false), number);
    }

    /** The same with a band around it, whose edges are in the order of the values. */
    static Curve ofBands(String name, double[] position, double[] values, double[] lower, double[] upper, int number) {
        int[] order = order(position);
        int[] gaps = gaps(select(position, order));
        Curve line = ofBands(name, position, values, number);
        return new Curve(
                name,
                line.x,
                line.y,
                spaced(select(lower, order), gaps, false),
                spaced(select(upper, order), gaps, false),
                line.color,
                line.stroke);
    }

    private static int[] order(double[] position) {
        return IntStream.range(0, position.length)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> position[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] select(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(b -> values[b]).toArray();
    }

    /** The same lines, those of a name that an earlier one has with their number behind it: a legend tells them apart by name. */
    static List<Curve> withUniqueNames(List<Curve> lines) {
        List<Curve> unique = new ArrayList<>();
        for (Curve c : lines) {
            boolean taken = unique.stream().anyMatch(before -> before.name.equals(c.name));
            String name = taken ? c.name + " (" + (unique.size() + 1) + ")" : c.name;
            unique.add(new Curve(name, c.x, c.y, c.low, c.high, c.color, c.stroke));
        }
        return unique;
    }

    /** The places after which a gap is due. */
    private static int[] gaps(double[] x) {
        if (x.length < BANDS_WITH_A_STEP) {
            return new int[0];
        }
        double[] steps =
                IntStream.range(1, x.length).mapToDouble(i -> x[i] - x[i - 1]).toArray();
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double usual = sorted[sorted.length / 2];
        return IntStream.range(0, steps.length)
                .filter(i -> steps[i] > GAP * usual)
                .toArray();
    }

    /** Puts one more point into each gap: halfway in x, and NaN in y. */
    private static double[] spaced(double[] values, int[] gaps, boolean positions) {
        double[] more = new double[values.length + gaps.length];
        int g = 0;
        for (int i = 0; i < values.length; i++) {
            more[i + g] = values[i];
            if (g < gaps.length && gaps[g] == i) {
                more[i + ++g] = positions ? (values[i] + values[i + 1]) / 2 : Double.NaN;
            }
        }
        return more;
    }

    /** Whether two neighbours have a value; where none do there is no line, and the values are drawn as dots. */
    boolean hasSegment() {
        return IntStream.range(1, y.length).anyMatch(i -> !Double.isNaN(y[i - 1] + y[i]));
    }

    /** The outlines of the band around the line, one for each run of points that have it. */
    List<double[][]> outlines() {
        List<double[][]> outlines = new ArrayList<>();
        double[] bottom = low;
        double[] top = high;
        if (bottom == null || top == null) {
            return outlines;
        }
        int from = 0;
        for (int i = 0; i <= x.length; i++) {
            if (i == x.length || Double.isNaN(bottom[i] + top[i])) {
                if (i - from > 1) {
                    outlines.add(outline(from, i, bottom, top));
                }
                from = i + 1;
            }
        }
        return outlines;
    }

    private double[][] outline(int from, int to, double[] bottom, double[] top) {
        int n = to - from;
        double[][] points = new double[2][2 * n];
        for (int i = 0; i < n; i++) {
            points[0][i] = x[from + i];
            points[1][i] = bottom[from + i];
            points[0][2 * n - 1 - i] = x[from + i];
            points[1][2 * n - 1 - i] = top[from + i];
        }
        return points;
    }

    Color bandColor() {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 56);
    }

    /** All values that the upright axis must reach. */
    double[] heights() {
        double[] bottom = low;
        double[] top = high;
        return bottom == null || top == null
                ? y
                : DoubleStream.concat(
                                DoubleStream.of(y), DoubleStream.concat(DoubleStream.of(bottom), DoubleStream.of(top)))
                        .toArray();
    }

    /** Smallest and largest of the coordinates that are numbers; NaN when there is none. */
    static ValueRange extent(List<Curve> lines, Function<Curve, double[]> coordinate) {
        double[] values = lines.stream()
                .map(coordinate)
                .flatMapToDouble(DoubleStream::of)
                .filter(Double::isFinite)
                .toArray();
        return ValueRange.ofPercentiles(values, 0, 100);
    }

    /** Draws the lines in a frame, for a machine without fonts, on which XChart fails. */
    static BufferedImage drawBare(List<Curve> lines, int width, int height, ValueRange across, ValueRange up) {
        int margin = 20;
        BufferedImage image = Drawing.blank(width, height);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (Curve line : lines) {
            g.setColor(line.bandColor());
            for (double[][] outline : line.outlines()) {
                Path2D path = new Path2D.Double();
                for (int i = 0; i < outline[0].length; i++) {
                    double u = margin + across.position(outline[0][i]) * (width - 2 * margin);
                    double v = height - margin - up.position(outline[1][i]) * (height - 2 * margin);
                    if (i == 0) {
                        path.moveTo(u, v);
                    } else {
                        path.lineTo(u, v);
                    }
                }
                path.closePath();
                g.fill(path);
            }
            g.setColor(line.color);
            g.setStroke(
                    line.hasSegment()
                            ? line.stroke
                            : new BasicStroke(6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            for (int i = 0; i < line.x.length; i++) {
                int from = line.hasSegment() ? Math.max(0, i - 1) : i;
                if (!Double.isNaN(line.y[from] + line.y[i])) {
                    g.draw(new Line2D.Double(
                            margin + across.position(line.x[from]) * (width - 2 * margin),
                            height - margin - up.position(line.y[from]) * (height - 2 * margin),
                            margin + across.position(line.x[i]) * (width - 2 * margin),
                            height - margin - up.position(line.y[i]) * (height - 2 * margin)));
                }
            }
        }
        g.setStroke(new BasicStroke(1f));
        Drawing.frame(g, margin / 2, margin / 2, width - margin, height - margin);
        g.dispose();
        return image;
    }
}
