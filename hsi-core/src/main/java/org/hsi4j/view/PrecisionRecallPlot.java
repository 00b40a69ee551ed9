package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hsi4j.metrics.PrecisionRecall;

/**
 * The precision of each detector against its recall, with the average precision (AP) in the legend and, for each share of
 * targets, the line of scores that know nothing.
 *
 * <p>A curve is drawn as AP sums it: from one recall to the next, the precision is that of the next. Immutable and thread-safe.
 *
 * <pre>{@code
 * PrecisionRecallPlot.of("ACE", PrecisionRecall.of(ace, truth)).and("SMF", PrecisionRecall.of(smf, truth)).writePng(Path.of("pr.png"));
 * }</pre>
 */
public final class PrecisionRecallPlot implements Picture {
    private static final String KIND = "Precision and recall";

    private final Map<String, PrecisionRecall> curves;
    private final String title;
    private final int width;
    private final int height;

    private PrecisionRecallPlot(Map<String, PrecisionRecall> curves, String title, int width, int height) {
        this.curves = curves;
        this.title = title;
        this.width = width;
        this.height = height;
    }

    /**
     * A plot of one detector.
     *
     * @param name the detector
     * @param curve its precision and recall
     * @return the plot, not drawn yet
     */
    public static PrecisionRecallPlot of(String name, PrecisionRecall curve) {
        return new PrecisionRecallPlot(Map.of(), KIND, 900, 560).and(name, curve);
    }

    /**
     * One more detector.
     *
     * @param name the detector; one that is there already is replaced
     * @param curve its precision and recall
     * @return new plot
     */
    public PrecisionRecallPlot and(String name, PrecisionRecall curve) {
        Map<String, PrecisionRecall> more = new LinkedHashMap<>(curves);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(curve, "curve"));
        return new PrecisionRecallPlot(more, title, width, height);
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code Precision and recall} by default
     * @return new plot
     */
    public PrecisionRecallPlot withTitle(String newTitle) {
        return new PrecisionRecallPlot(curves, Objects.requireNonNull(newTitle, "newTitle"), width, height);
    }

    /**
     * Another size. A plot grows in height when its legend needs it.
     *
     * @param newWidth in pixels, at least 300; 900 by default
     * @param newHeight in pixels, at least 200; 560 by default
     * @return new plot
     * @throws IllegalArgumentException if a side is too short or longer than 10000
     */
    public PrecisionRecallPlot withSize(int newWidth, int newHeight) {
        LineChart.checkSize(newWidth, newHeight);
        return new PrecisionRecallPlot(curves, title, newWidth, newHeight);
    }

    @Override
    public String description() {
        return (title.isEmpty() ? KIND : title) + ": precision against recall of "
                + curves.entrySet().stream()
                        .map(e -> label(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String label(String name, PrecisionRecall curve) {
        return LineChart.shorten(name, 24) + ", AP " + Numbers.text(curve.averagePrecision());
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        List<Curve> lines = new ArrayList<>();
        curves.forEach((name, curve) -> lines.add(steps(label(name, curve), curve, lines.size())));
        curves.values().stream()
                .map(PrecisionRecall::prevalence)
                .distinct()
                .forEach(p -> lines.add(
                        Curve.reference("chance, " + Numbers.text(p), new double[] {0, 1}, new double[] {p, p})));
        return LineChart.of(title, "recall", "precision", width, height)
                .within(false, null, new ValueRange(0, 1)) // the line of chance goes from 0 to 1
                .draw(Curve.withUniqueNames(lines), letters);
    }

    private static Curve steps(String label, PrecisionRecall curve, int number) {
        List<PrecisionRecall.Point> points = curve.curve();
        double[] x = new double[2 * points.size()];
        double[] y = new double[2 * points.size()];
        double recall = 0;
        for (int i = 0; i < points.size(); i++) {
            x[2 * i] = recall;
            recall = points.get(i).recall();
            x[2 * i + 1] = recall;
            y[2 * i] = points.get(i).precision();
            y[2 * i + 1] = y[2 * i];
        }
        return Curve.of(label, x, y, number);
    }

    @Override
    public String toString() {
        return description();
    }
}
