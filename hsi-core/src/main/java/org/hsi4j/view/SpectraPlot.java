package org.hsi4j.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Spectra as lines against the wavelength, with a legend.
 *
 * <p>The axis is the wavelength in nanometres when every spectrum has wavelengths, which need not be the same, and else the
 * number of the band from zero. A line has a gap where a value is missing (NaN) and goes through its bands in the order of
 * their wavelengths. Of more than 30 spectra the first 30 are drawn and the title says so. Spectra without a name are
 * called by their number, from one. On a machine without fonts the lines are drawn in a frame without axes and legend. Immutable and thread-safe.
 *
 * <pre>{@code
 * SpectraPlot.of(endmembers).withTitle("Endmembers").withValueLabel("reflectance").writePng(Path.of("endmembers.png"));
 * }</pre>
 */
public final class SpectraPlot implements Picture {
    private static final int LONGEST_NAME = 36;
    private static final int TITLE_SIZE = 18;

    private final List<Spectrum> spectra;
    private final String title;
    private final String valueLabel;
    private final int width;
    private final int height;
    private final int most;

    private SpectraPlot(List<Spectrum> spectra, String title, String valueLabel, int width, int height, int most) {
        this.spectra = spectra;
        this.title = title;
        this.valueLabel = valueLabel;
        this.width = width;
        this.height = height;
        this.most = most;
    }

    /**
     * A plot of spectra, which may have different bands.
     *
     * @param spectra at least one
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if there is none
     */
    public static SpectraPlot of(List<Spectrum> spectra) {
        if (spectra.isEmpty()) {
            throw new IllegalArgumentException("there is no spectrum to plot");
        }
        return new SpectraPlot(List.copyOf(spectra), "Spectra", "value", 1000, 560, 30);
    }

    /**
     * A plot of endmembers.
     *
     * @param endmembers the spectra
     * @return the plot, not drawn yet
     */
    public static SpectraPlot of(Endmembers endmembers) {
        return of(endmembers.spectra()).withTitle("Endmembers");
    }

    /**
     * A plot of a library.
     *
     * @param library the spectra
     * @return the plot, not drawn yet
     */
    public static SpectraPlot of(SpectralLibrary library) {
        List<Spectrum> all = new ArrayList<>();
        library.forEach(all::add);
        return of(all).withTitle("Spectral library");
    }

    /**
     * Another title.
     *
     * @param newTitle the title; {@code Spectra}, {@code Endmembers} or {@code Spectral library} by default
     * @return new plot
     */
    public SpectraPlot withTitle(String newTitle) {
        return new SpectraPlot(spectra, Objects.requireNonNull(newTitle, "newTitle"), valueLabel, width, height, most);
    }

    /**
     * What the values are.
     *
     * @param label written along the upright axis; {@code value} by default
     * @return new plot
     */
    public SpectraPlot withValueLabel(String label) {
        return new SpectraPlot(spectra, title, Objects.requireNonNull(label, "label"), width, height, most);
    }

    /**
     * Another size. A plot grows in height when its legend needs it.
     *
     * @param newWidth in pixels, at least 300; 1000 by default
     * @param newHeight in pixels, at least 200; 560 by default
     * @return new plot
     * @throws IllegalArgumentException if a side is too short or longer than 10000
     */
    public SpectraPlot withSize(int newWidth, int newHeight) {
        if (newWidth < 300 || newHeight < 200 || newWidth > 10_000 || newHeight > 10_000) {
            throw new IllegalArgumentException(
                    "a plot has 300x200 to 10000x10000 pixels, not " + newWidth + "x" + newHeight);
        }
        return new SpectraPlot(spectra, title, valueLabel, newWidth, newHeight, most);
    }

    /**
     * The largest number of spectra that are drawn.
     *
     * @param count at least one; 30 by default
     * @return new plot
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public SpectraPlot withMaximumSpectra(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one spectrum must be drawn, not " + count);
        }
        return new SpectraPlot(spectra, title, valueLabel, width, height, count);
    }

    @Override
    public String description() {
        return heading() + ": " + String.join(", ", names()) + "; " + valueLabel + " against " + axis();
    }

    private String heading() {
        String what = title.isEmpty() ? "Spectra" : title;
        return spectra.size() <= most ? what : what + " (the first " + most + " of " + spectra.size() + ")";
    }

    private String axis() {
        return overWavelength() ? "wavelength (nm)" : "band";
    }

    private boolean overWavelength() {
        return spectra.stream().allMatch(s -> s.wavelengths().isPresent());
    }

    /** One name a drawn spectrum, no two the same. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int k = 0; k < Math.min(most, spectra.size()); k++) {
            String own = spectra.get(k).name().strip();
            String base = own.isEmpty() ? "spectrum " + (k + 1) : shorten(own);
            String name = base;
            for (int i = 2; !taken.add(name); i++) {
                name = base + " (" + i + ")";
            }
            names.add(name);
        }
        return names;
    }

    private static String shorten(String name) {
        if (name.codePointCount(0, name.length()) <= LONGEST_NAME) {
            return name;
        }
        return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        List<SpectrumLine> lines = lines();
        int tall = Math.max(height, 24 * lines.size() + 120);
        return letters ? chart(lines, tall) : SpectrumLine.drawBare(lines, width, tall);
    }

    private List<SpectrumLine> lines() {
        List<String> names = names();
        boolean overWavelength = overWavelength();
        List<SpectrumLine> lines = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            lines.add(SpectrumLine.of(names.get(k), spectra.get(k), overWavelength, k));
        }
        return lines;
    }

    private BufferedImage chart(List<SpectrumLine> lines, int tall) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(tall)
                .title(new Lettering(TITLE_SIZE, true, true).fit(heading(), width - 2 * TITLE_SIZE))
                .xAxisTitle(axis())
                .yAxisTitle(valueLabel)
                .build();
        style(chart.getStyler());
        for (SpectrumLine line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            series.setLineColor(line.color());
            series.setMarkerColor(line.color());
            series.setLineStyle(line.stroke());
            series.setMarker(line.hasSegment() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
        spanAxis(chart.getStyler(), lines);
        return BitmapEncoder.getBufferedImage(chart);
    }

    /**
     * Lets the axis reach a little beyond the bands. XChart labels equally spaced values themselves (448.2258, 495.4516, ...)
     * when they fill the axis, and else takes round numbers.
     */
    private static void spanAxis(XYStyler style, List<SpectrumLine> lines) {
        ValueRange extent = SpectrumLine.extent(lines, SpectrumLine::x);
        if (!extent.isEmpty()) {
            double margin = 0.015 * (extent.high() - extent.low());
            style.setXAxisMin(extent.low() - margin).setXAxisMax(extent.high() + margin);
        }
    }

    private static void style(XYStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(new Color(Drawing.FRAME));
        style.setPlotGridLinesColor(new Color(0xDDDDDD));
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_SIZE));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setXAxisDecimalPattern("0.####"); // 2500 nm, without a comma
        style.setYAxisTickLabelsFormattingFunction(Numbers::text); // XChart's own labels lack the zero of 0.05
        style.setLocale(Locale.ROOT);
    }

    @Override
    public String toString() {
        return description();
    }
}
