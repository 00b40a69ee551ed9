package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.jspecify.annotations.Nullable;

/**
 * One band of a scene before and after a change, and the difference: three maps that can be compared pixel by pixel.
 *
 * <p>Before and after are grey on the same scale, from the 1st to the 99th percentile of the band before. The difference, after
 * minus before, is coloured from blue (less) through white to red (more), as far below zero as above, to the 99th percentile of
 * its magnitude. By default the band is the one that changed most: where the mean square difference of 2500 pixels at most,
 * spread over the scene, is the largest part of the variance before. {@link #withBand} chooses another.
 *
 * <p>Invalid pixels are hatched, in the difference those that are invalid on either side. Maps are thinned out or enlarged to
 * a longer side of 300 to 700 pixels. Immutable and thread-safe.
 *
 * <pre>{@code
 * ComparisonPanel.of(noisy, clean).withUnit("reflectance").writePng(Path.of("restored.png"));
 * }</pre>
 */
public final class ComparisonPanel implements Picture {
    private static final int PROBES = 50;

    private final Cube before;
    private final Cube after;
    private final int band;
    private final String title;
    private final String unit;

    private ComparisonPanel(Cube before, Cube after, int band, String title, String unit) {
        this.before = before;
        this.after = after;
        this.band = band;
        this.title = title;
        this.unit = unit;
    }

    /**
     * A panel of the band that changed most, which some rows of both scenes are read for.
     *
     * @param before the scene as it was
     * @param after the scene as it is, of the same shape
     * @return the picture, not drawn yet
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ComparisonPanel of(Cube before, Cube after) {
        if (before.rows() != after.rows() || before.columns() != after.columns() || before.bands() != after.bands()) {
            throw new IllegalArgumentException("before is " + before.rows() + "x" + before.columns() + "x"
                    + before.bands() + " but after is " + after.rows() + "x" + after.columns() + "x" + after.bands());
        }
        return new ComparisonPanel(before, after, mostChanged(before, after), "Before and after", "");
    }

    /** The good band of the largest relative change; the first of equals. */
    private static int mostChanged(Cube before, Cube after) {
        Scaling probes = Scaling.fit(before.rows(), before.columns(), 1, PROBES);
        int best = 0;
        double most = -1;
        double[][] x = sample(before, probes);
        double[][] y = sample(after, probes);
        for (int b = 0; b < x.length; b++) {
            double change = before.isGoodBand(b) ? change(x[b], y[b]) : -1;
            if (change > most) {
                most = change;
                best = b;
            }
        }
        return best;
    }

    private static double[][] sample(Cube cube, Scaling probes) {
        double[][] samples = new double[cube.bands()][probes.sampledRows() * probes.sampledColumns()];
        for (int i = 0; i < probes.sampledRows(); i++) {
            for (int j = 0; j < probes.sampledColumns(); j++) {
                double[] pixel = cube.spectrum(probes.sourceRow(i), probes.sourceColumn(j))
                        .toArray();
                for (int b = 0; b < pixel.length; b++) {
                    samples[b][i * probes.sampledColumns() + j] = pixel[b];
                }
            }
        }
        return samples;
    }

    private static double change(double[] x, double[] y) {
        int n = 0;
        double sum = 0;
        double squares = 0;
        double changes = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i] - y[i])) {
                n++;
                sum += x[i];
                squares += x[i] * x[i];
                changes += (y[i] - x[i]) * (y[i] - x[i]);
            }
        }
        double variance = squares - sum * sum / Math.max(1, n);
        return variance > 1e-12 * squares ? changes / variance : 0;
    }

    /**
     * Another band.
     *
     * @param newBand from zero
     * @return new picture
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public ComparisonPanel withBand(int newBand) {
        Objects.checkIndex(newBand, before.bands());
        return new ComparisonPanel(before, after, newBand, title, unit);
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code Before and after} by default
     * @return new picture
     */
    public ComparisonPanel withTitle(String newTitle) {
        return new ComparisonPanel(before, after, band, Objects.requireNonNull(newTitle, "newTitle"), unit);
    }

    /**
     * The unit of the samples.
     *
     * @param newUnit written below the colour bars; nothing by default
     * @return new picture
     */
    public ComparisonPanel withUnit(String newUnit) {
        return new ComparisonPanel(before, after, band, title, Objects.requireNonNull(newUnit, "newUnit"));
    }

    /**
     * The band that is shown.
     *
     * @return from zero
     */
    public int band() {
        return band;
    }

    private String bandText() {
        return "band " + band
                + before.wavelengths()
                        .map(w -> " (" + Numbers.text(w.at(band)) + " nm)")
                        .orElse("");
    }

    @Override
    public String description() {
        return (title.isEmpty() ? "Before and after" : title) + ": " + bandText() + " before, after, and the difference"
                + (unit.isEmpty() ? "" : " in " + unit);
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        double[] x = before.plane(band);
        double[] y = after.plane(band);
        double[] difference = new double[x.length];
        Arrays.setAll(difference, i -> y[i] - x[i]);
        Scaling scaling = Scaling.fit(before.rows(), before.columns(), 300, 700);
        Sheet.Bar values = new Sheet.Bar(ColorMap.gray(), range(x.clone(), 1), unit);
        double[] magnitude = Arrays.stream(difference).map(Math::abs).toArray();
        Sheet.Bar change =
                new Sheet.Bar(ColorMap.diverging(), range(magnitude, 0).symmetric(), unit);
        List<Sheet.Panel> panels = List.of(
                panel("before", x, scaling, values, null),
                panel("after", y, scaling, values, values),
                panel("after minus before", difference, scaling, change, change));
        return new Sheet(scaling.width() + scaling.height(), letters)
                .draw((title.isEmpty() ? "" : title + ", ") + bandText(), panels, notes(difference, scaling));
    }

    private static ValueRange range(double[] values, double lowPercent) {
        return ValueRange.ofPercentiles(
                Arrays.stream(values).filter(Double::isFinite).toArray(), lowPercent, 99);
    }

    private static Sheet.Panel panel(
            String name, double[] values, Scaling scaling, Sheet.Bar colors, Sheet.@Nullable Bar shown) {
        return new Sheet.Panel(
                new Sheet.Cell(name, Drawing.map(i -> values[i], scaling, colors.colors(), colors.range())), shown);
    }

    private static String notes(double[] difference, Scaling scaling) {
        List<String> notes = new ArrayList<>();
        if (Arrays.stream(difference).anyMatch(Double::isNaN)) {
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
