package org.hsi4j.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hsi4j.Spectrum;

/** A spectrum as the points of a line, in rising order of x; NaN in y is a gap. */
@SuppressWarnings("ArrayRecordComponent") // lives for one drawing, never compared
record SpectrumLine(String name, double[] x, double[] y, Color color, BasicStroke stroke) {

    /** Eight hues that differ in lightness too, so that they can be told apart in print and by the colour-blind. */
    private static final int[] COLORS = {0x0B5FA5, 0xD1480F, 0x1B8A3D, 0x8A3FA0, 0xB8860B, 0x14A5B5, 0xC2185B, 0x4A4A4A
    };

    private static final List<BasicStroke> STROKES =
            List.of(new BasicStroke(2f), dashed(8, 4), dashed(2, 3), dashed(10, 3, 2, 3));

    private static BasicStroke dashed(float... dash) {
        return new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
    }

    static SpectrumLine of(String name, Spectrum spectrum, boolean overWavelength, int number) {
        double[] position = overWavelength
                ? spectrum.wavelengths().orElseThrow().toArray()
                : IntStream.range(0, spectrum.bands()).asDoubleStream().toArray();
        int[] order = IntStream.range(0, spectrum.bands())
                .boxed()
                .sorted(Comparator.comparingDouble(b -> position[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] x = IntStream.of(order).mapToDouble(b -> position[b]).toArray();
        double[] y = IntStream.of(order).mapToDouble(spectrum::value).toArray();
        Color color = new Color(COLORS[number % COLORS.length]);
        return new SpectrumLine(name, x, y, color, STROKES.get(number / COLORS.length % STROKES.size()));
    }

    /** Whether two neighbours have a value; where none do there is no line, and the values are drawn as dots. */
    boolean hasSegment() {
        return IntStream.range(1, y.length).anyMatch(i -> !Double.isNaN(y[i - 1] + y[i]));
    }

    /** Smallest and largest of the coordinates that are numbers; NaN when there is none. */
    static ValueRange extent(List<SpectrumLine> lines, Function<SpectrumLine, double[]> coordinate) {
        double[] values = lines.stream()
                .map(coordinate)
                .flatMapToDouble(DoubleStream::of)
                .filter(v -> !Double.isNaN(v))
                .toArray();
        return ValueRange.ofPercentiles(values, 0, 100);
    }

    /** Draws the lines in a frame, for a machine without fonts, on which XChart fails. */
    static BufferedImage drawBare(List<SpectrumLine> lines, int width, int height) {
        int margin = 20;
        BufferedImage image = Drawing.blank(width, height);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        ValueRange across = extent(lines, SpectrumLine::x);
        ValueRange up = extent(lines, SpectrumLine::y);
        for (SpectrumLine line : lines) {
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
