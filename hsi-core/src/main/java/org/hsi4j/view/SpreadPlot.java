package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Wavelengths;

/**
 * The spectra of regions of a scene, each as a line with a band around it that says how much they scatter.
 *
 * <p>By default the line is the mean and the band reaches one standard deviation (of the pixels, with n - 1) to either side;
 * {@link #withDeviations} widens it, {@link #withQuantiles} draws the median and two quantiles of each band in their place.
 * Bands that are marked bad are gaps, and so are steps over left-out bands as in {@link SpectraPlot}. Invalid pixels do not
 * count. Of a region with more than 10 000 pixels every n-th is read, so that there are at most as many; a region without valid
 * pixels has an empty line and its legend says so. The scene is read when the plot is drawn, once for each region. Memory:
 * 8 bytes a band for each pixel that counts. Immutable and thread-safe.
 *
 * <pre>{@code
 * SpreadPlot.of("water", scene, water).and("soil", soil).withDeviations(2).writePng(Path.of("classes.png"));
 * }</pre>
 */
public final class SpreadPlot implements Picture {
    private static final int MOST_PIXELS = 10_000;

    private final Cube cube;
    private final Map<String, Mask> regions;
    private final Spread spread;
    private final String title;
    private final String valueLabel;
    private final int width;
    private final int height;

    /** What is drawn: mean and deviations, or median and quantiles. */
    private record Spread(double deviations, double low, double high) {
        boolean quantiles() {
            return Double.isNaN(deviations);
        }

        String text() {
            return quantiles()
                    ? "median, band from " + Numbers.text(100 * low) + " % to " + Numbers.text(100 * high) + " %"
                    : "mean ± " + (deviations == 1 ? "" : Numbers.text(deviations) + " ") + "standard deviation"
                            + (deviations == 1 ? "" : "s");
        }
    }

    private SpreadPlot(
            Cube cube,
            Map<String, Mask> regions,
            Spread spread,
            String title,
            String valueLabel,
            int width,
            int height) {
        this.cube = cube;
        this.regions = regions;
        this.spread = spread;
        this.title = title;
        this.valueLabel = valueLabel;
        this.width = width;
        this.height = height;
    }

    /**
     * A plot of one region.
     *
     * @param name what the region is
     * @param cube the scene
     * @param region its pixels
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if the region is of an image of another shape
     */
    public static SpreadPlot of(String name, Cube cube, Mask region) {
        Objects.requireNonNull(cube, "cube");
        return new SpreadPlot(cube, Map.of(), new Spread(1, 0, 0), "Spectra of regions", "value", 1000, 560)
                .and(name, region);
    }

    /**
     * A plot of a whole scene.
     *
     * @param cube the scene
     * @return the plot, not drawn yet
     */
    public static SpreadPlot of(Cube cube) {
        return of("all pixels", cube, Mask.all(cube.rows(), cube.columns())).withTitle("Spectra of the scene");
    }

    /**
     * One more region of the scene.
     *
     * @param name what the region is; one of that name is replaced
     * @param region its pixels
     * @return new plot
     * @throws IllegalArgumentException if the region is of an image of another shape
     */
    public SpreadPlot and(String name, Mask region) {
        if (region.rows() != cube.rows() || region.columns() != cube.columns()) {
            throw new IllegalArgumentException("region '" + name + "' is of an image of " + region.rows() + "x"
                    + region.columns() + " pixels but the scene is " + cube.rows() + "x" + cube.columns());
        }
        Map<String, Mask> more = new LinkedHashMap<>(regions);
        more.put(Objects.requireNonNull(name, "name"), region);
        return new SpreadPlot(cube, more, spread, title, valueLabel, width, height);
    }

    /**
     * The mean, with a band of another width.
     *
     * @param count standard deviations to either side, above zero; 1 by default
     * @return new plot
     * @throws IllegalArgumentException if it is not a positive finite number
     */
    public SpreadPlot withDeviations(double count) {
        if (!(count > 0) || Double.isInfinite(count)) {
            throw new IllegalArgumentException("a band reaches a positive number of deviations, not " + count);
        }
        return new SpreadPlot(cube, regions, new Spread(count, 0, 0), title, valueLabel, width, height);
    }

    /**
     * The median, with a band between two quantiles of each band, interpolated linearly between order statistics.
     *
     * @param low lower edge, 0 to 1
     * @param high upper edge, greater than the lower one
     * @return new plot
     * @throws IllegalArgumentException if they do not rise or lie outside 0 to 1
     */
    public SpreadPlot withQuantiles(double low, double high) {
        ValueRange.checkPercentiles(100 * low, 100 * high);
        return new SpreadPlot(cube, regions, new Spread(Double.NaN, low, high), title, valueLabel, width, height);
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code Spectra of regions} by default
     * @return new plot
     */
    public SpreadPlot withTitle(String newTitle) {
        Objects.requireNonNull(newTitle, "newTitle");
        return new SpreadPlot(cube, regions, spread, newTitle, valueLabel, width, height);
    }

    /**
     * What the values are.
     *
     * @param label written along the upright axis; {@code value} by default
     * @return new plot
     */
    public SpreadPlot withValueLabel(String label) {
        Objects.requireNonNull(label, "label");
        return new SpreadPlot(cube, regions, spread, title, label, width, height);
    }

    /**
     * Another size. A plot grows in height when its legend needs it.
     *
     * @param newWidth in pixels, at least 300; 1000 by default
     * @param newHeight in pixels, at least 200; 560 by default
     * @return new plot
     * @throws IllegalArgumentException if a side is too short or longer than 10000
     */
    public SpreadPlot withSize(int newWidth, int newHeight) {
        LineChart.checkSize(newWidth, newHeight);
        return new SpreadPlot(cube, regions, spread, title, valueLabel, newWidth, newHeight);
    }

    @Override
    public String description() {
        return heading() + " of " + String.join(", ", regions.keySet()) + "; " + valueLabel + " against " + axis();
    }

    private String heading() {
        return (title.isEmpty() ? "Spectra" : title) + " (" + spread.text() + ")";
    }

    private String axis() {
        return cube.wavelengths().isPresent() ? "wavelength (nm)" : "band";
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        double[] position = cube.wavelengths()
                .map(Wavelengths::toArray)
                .orElseGet(
                        () -> IntStream.range(0, cube.bands()).asDoubleStream().toArray());
        List<Curve> lines = new ArrayList<>();
        regions.forEach((name, region) -> lines.add(curve(name, region, position, lines.size())));
        return LineChart.of(heading(), axis(), valueLabel, width, height).draw(lines, letters);
    }

    /** Mean or median, lower and upper edge in each band of a region; NaN in bad bands and without pixels. */
    private Curve curve(String name, Mask region, double[] position, int number) {
        double[][] samples = samples(region);
        double[][] lines = new double[3][position.length];
        for (int b = 0; b < position.length; b++) {
            double[] found = cube.isGoodBand(b) && samples[b].length > 0
                    ? ofBand(samples[b])
                    : new double[] {Double.NaN, Double.NaN, Double.NaN};
            for (int i = 0; i < 3; i++) {
                lines[i][b] = found[i];
            }
        }
        String label =
                LineChart.shorten(name, 30) + (samples[0].length == 0 ? " (no pixel)" : " (" + samples[0].length + ")");
        return Curve.ofBands(label, position, lines[0], lines[1], lines[2], number);
    }

    private double[] ofBand(double[] values) {
        if (spread.quantiles()) {
            Arrays.sort(values);
            return new double[] {
                ValueRange.quantile(values, 0.5),
                ValueRange.quantile(values, spread.low),
                ValueRange.quantile(values, spread.high)
            };
        }
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double reach = values.length < 2 ? 0 : spread.deviations * Math.sqrt(squares / (values.length - 1));
        return new double[] {mean, mean - reach, mean + reach};
    }

    /** Values of the valid pixels of a region, bands x pixels. */
    private double[][] samples(Mask region) {
        Cube inside = cube.masked(thinned(region));
        double[][] samples = new double[cube.bands()][Math.min(region.count(), MOST_PIXELS)];
        PixelTile tile = new PixelTile(cube.bands(), PixelTile.capacityFor(cube.bands()));
        int found = 0;
        for (int first = 0; first < cube.pixels(); first += tile.capacity()) {
            inside.read(first, Math.min(tile.capacity(), cube.pixels() - first), tile);
            for (int b = 0; b < samples.length; b++) {
                System.arraycopy(tile.planes()[b], 0, samples[b], found, tile.size());
            }
            found += tile.size();
        }
        for (int b = 0; b < samples.length; b++) {
            samples[b] = Arrays.copyOf(samples[b], found);
        }
        return samples;
    }

    /** Every n-th pixel of a region, from the first. */
    private static Mask thinned(Mask region) {
        int step = (region.count() + MOST_PIXELS - 1) / MOST_PIXELS;
        boolean[] kept = new boolean[region.rows() * region.columns()];
        int number = 0;
        for (int i = 0; i < kept.length; i++) {
            kept[i] = region.get(i) && number++ % step == 0;
        }
        return Mask.of(region.rows(), region.columns(), i -> kept[i]);
    }

    @Override
    public String toString() {
        return description();
    }
}
