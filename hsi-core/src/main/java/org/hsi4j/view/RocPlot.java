package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hsi4j.metrics.Roc;

/**
 * Receiver operating characteristics: the detection rate of each detector against its false alarm rate, with the area under
 * each curve (AUC) in the legend and the line of pure chance.
 *
 * <p>Between two thresholds a curve goes straight in both rates, as the AUC has it, whatever the axis. A logarithmic axis
 * begins at the power of ten at or below one false alarm among all pixels that are no targets; what a detector finds without any false
 * alarm is drawn there. Immutable and thread-safe.
 *
 * <pre>{@code
 * RocPlot.of("ACE", Roc.of(ace, truth)).and("SMF", Roc.of(smf, truth)).withLogarithmicAxis().writePng(Path.of("roc.png"));
 * }</pre>
 */
public final class RocPlot implements Picture {
    private static final double STEP = 1.1;

    private final Map<String, Roc> curves;
    private final String title;
    private final boolean logarithmic;
    private final int width;
    private final int height;

    private RocPlot(Map<String, Roc> curves, String title, boolean logarithmic, int width, int height) {
        this.curves = curves;
        this.title = title;
        this.logarithmic = logarithmic;
        this.width = width;
        this.height = height;
    }

    /**
     * A plot of one detector.
     *
     * @param name the detector
     * @param roc its characteristic
     * @return the plot, not drawn yet
     */
    public static RocPlot of(String name, Roc roc) {
        return new RocPlot(Map.of(), "ROC", false, 900, 560).and(name, roc);
    }

    /**
     * One more detector.
     *
     * @param name the detector; one that is there already is replaced
     * @param roc its characteristic
     * @return new plot
     */
    public RocPlot and(String name, Roc roc) {
        Map<String, Roc> more = new LinkedHashMap<>(curves);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(roc, "roc"));
        return new RocPlot(more, title, logarithmic, width, height);
    }

    /**
     * With a logarithmic axis of the false alarm rate, which shows what matters where targets are rare.
     *
     * @return new plot
     */
    public RocPlot withLogarithmicAxis() {
        return new RocPlot(curves, title, true, width, height);
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code ROC} by default
     * @return new plot
     */
    public RocPlot withTitle(String newTitle) {
        return new RocPlot(curves, Objects.requireNonNull(newTitle, "newTitle"), logarithmic, width, height);
    }

    /**
     * Another size. A plot grows in height when its legend needs it.
     *
     * @param newWidth in pixels, at least 300; 900 by default
     * @param newHeight in pixels, at least 200; 560 by default
     * @return new plot
     * @throws IllegalArgumentException if a side is too short or longer than 10000
     */
    public RocPlot withSize(int newWidth, int newHeight) {
        LineChart.checkSize(newWidth, newHeight);
        return new RocPlot(curves, title, logarithmic, newWidth, newHeight);
    }

    @Override
    public String description() {
        return (title.isEmpty() ? "ROC" : title) + ": detection rate against false alarm rate"
                + (logarithmic ? " (logarithmic)" : "") + " of "
                + curves.entrySet().stream()
                        .map(e -> label(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String label(String name, Roc roc) {
        return LineChart.shorten(name, 24) + ", AUC " + Numbers.text(roc.auc());
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        double first = logarithmic ? least() : 0;
        List<Curve> lines = new ArrayList<>();
        curves.forEach((name, roc) -> lines.add(curve(label(name, roc), roc, first, lines.size())));
        double[] chance = logarithmic ? decades(first) : new double[] {0, 1};
        lines.add(Curve.reference("chance", chance, chance));
        return LineChart.of(title, "false alarm rate", "detection rate", width, height)
                .within(logarithmic, new ValueRange(first, 1), new ValueRange(0, 1.0))
                .draw(Curve.withUniqueNames(lines), letters);
    }

    /** The power of ten at or below the smallest false alarm rate that a detector can have. */
    private double least() {
        int most = curves.values().stream().mapToInt(Roc::others).max().orElseThrow();
        return Math.pow(10, Math.min(-1, Math.floor(-Math.log10(most))));
    }

    private static double[] decades(double first) {
        return DoubleStream.concat(DoubleStream.iterate(first, x -> x < 1, x -> x * STEP), DoubleStream.of(1))
                .toArray();
    }

    private Curve curve(String label, Roc roc, double first, int number) {
        List<double[]> corners = corners(roc);
        List<double[]> points = logarithmic ? divided(corners, first) : corners;
        double[] x = points.stream().mapToDouble(p -> p[0]).toArray();
        double[] y = points.stream().mapToDouble(p -> p[1]).toArray();
        return Curve.of(label, x, y, number);
    }

    /** The points at which the curve turns. */
    private static List<double[]> corners(Roc roc) {
        List<double[]> corners = new ArrayList<>();
        for (Roc.Point p : roc.curve()) {
            double[] next = {p.falseAlarmRate(), p.detectionRate()};
            int n = corners.size();
            if (n > 1 && (inLine(corners, next, 0) || inLine(corners, next, 1))) {
                corners.remove(n - 1);
            }
            corners.add(next);
        }
        return corners;
    }

    private static boolean inLine(List<double[]> corners, double[] next, int axis) {
        int n = corners.size();
        return corners.get(n - 2)[axis] == corners.get(n - 1)[axis] && corners.get(n - 1)[axis] == next[axis];
    }

    /** Points so close that what is straight in the rates looks as it should on a logarithmic axis. */
    private static List<double[]> divided(List<double[]> corners, double first) {
        List<double[]> points = new ArrayList<>();
        for (int i = 1; i < corners.size(); i++) {
            double[] a = corners.get(i - 1);
            double[] b = corners.get(i);
            for (double x = Math.max(first, a[0]); x < b[0]; x *= STEP) {
                points.add(new double[] {x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])});
            }
            if (b[0] >= first) {
                points.add(b);
            }
        }
        return points;
    }

    @Override
    public String toString() {
        return description();
    }
}
