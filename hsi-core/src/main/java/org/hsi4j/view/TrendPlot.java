package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a figure changes with a parameter, one line for each of several methods: an error against the noise, a time against the
 * size of the image. Immutable and thread-safe.
 *
 * <pre>{@code
 * TrendPlot.of("Noise", "SNR in dB", "RMSE")
 *         .and("vca", new double[] {10, 20, 30}, new double[] {.21, .12, .08})
 *         .and("sisal", new double[] {10, 20, 30}, new double[] {.25, .10, .05})
 *         .writePng(Path.of("noise.png"));
 * }</pre>
 */
public final class TrendPlot implements Picture {
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final Map<String, Line> lines;

    /** One line. */
    @SuppressWarnings("ArrayRecordComponent") // never handed out
    private record Line(double[] x, double[] y) {}

    private TrendPlot(String title, String xLabel, String yLabel, Map<String, Line> lines) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.lines = lines;
    }

    /**
     * A plot without lines.
     *
     * @param title the title
     * @param xLabel the parameter, with its unit
     * @param yLabel the figure, with its unit
     * @return the plot
     */
    public static TrendPlot of(String title, String xLabel, String yLabel) {
        return new TrendPlot(
                Objects.requireNonNull(title, "title"),
                Objects.requireNonNull(xLabel, "xLabel"),
                Objects.requireNonNull(yLabel, "yLabel"),
                Map.of());
    }

    /**
     * One more line.
     *
     * @param name the method; one that is there already is replaced
     * @param x the parameter, in rising order and finite
     * @param y the figure, as many as x; NaN leaves a gap
     * @return new plot
     * @throws IllegalArgumentException if there is no point, there are more of one than of the other, or x does not rise
     */
    public TrendPlot and(String name, double[] x, double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    "a line needs as many values as points and at least one, not " + y.length + " for " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || (i > 0 && x[i] <= x[i - 1])) {
                throw new IllegalArgumentException("the points of a line must be finite and rise, not " + x[i]);
            }
        }
        Map<String, Line> more = new LinkedHashMap<>(lines);
        more.put(Objects.requireNonNull(name, "name"), new Line(x.clone(), y.clone()));
        return new TrendPlot(title, xLabel, yLabel, more);
    }

    @Override
    public String description() {
        return title + ": " + yLabel + " against " + xLabel + " of " + String.join(", ", lines.keySet());
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        List<Curve> curves = new ArrayList<>();
        lines.forEach((name, line) -> {
            if (Arrays.stream(line.y()).anyMatch(Double::isFinite)) {
                curves.add(Curve.of(name, line.x(), line.y(), curves.size()));
            }
        });
        // XChart draws no chart without a series
        return LineChart.of(title, xLabel, yLabel, 900, 560)
                .draw(Curve.withUniqueNames(curves), letters && !curves.isEmpty());
    }

    @Override
    public String toString() {
        return description();
    }
}
