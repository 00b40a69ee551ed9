package org.hsi4j.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines against an axis, with a legend; what all plots share. A range that is not given is that of the lines, with a little
 * room left and right.
 */
record LineChart(
        String title,
        String xLabel,
        String yLabel,
        int width,
        int height,
        boolean logarithmic,
        @Nullable ValueRange across,
        @Nullable ValueRange up,
        boolean legendBelow) {
    private static final int TITLE_SIZE = 18;
    private static final int TEXT_SIZE = 14;
    private static final int LEGEND_SYMBOL = 70;
    private static final int AXIS_WIDTH = 60;
    private static final int LEGEND_LINE = 24;
    private static final int LONGEST_NAME = 48;

    static LineChart of(String title, String xLabel, String yLabel, int width, int height) {
        return new LineChart(title, xLabel, yLabel, width, height, false, null, null, false);
    }

    static void checkSize(int width, int height) {
        if (width < 300 || height < 200 || width > 10_000 || height > 10_000) {
            throw new IllegalArgumentException("a plot has 300x200 to 10000x10000 pixels, not " + width + "x" + height);
        }
    }

    /** A name for a legend, cut where it is too long. */
    static String shorten(String name, int longest) {
        return name.codePointCount(0, name.length()) <= longest
                ? name
                : name.substring(0, name.offsetByCodePoints(0, longest - 1)) + "…";
    }

    LineChart within(boolean logarithmicAcross, @Nullable ValueRange newAcross, @Nullable ValueRange newUp) {
        return new LineChart(title, xLabel, yLabel, width, height, logarithmicAcross, newAcross, newUp, legendBelow);
    }

    /** With the legend below, where the title has the whole width. */
    LineChart withLegendBelow() {
        return new LineChart(title, xLabel, yLabel, width, height, logarithmic, across, up, true);
    }

    /** A chart grows in height when its legend needs it. */
    BufferedImage draw(List<Curve> lines, boolean letters) {
        int tall = Math.max(height, LEGEND_LINE * lines.size() + 120);
        if (letters) {
            return BitmapEncoder.getBufferedImage(chart(lines, tall));
        }
        ValueRange x = across == null ? Curve.extent(lines, Curve::x) : across;
        List<Curve> placed =
                logarithmic ? lines.stream().map(LineChart::logarithms).toList() : lines;
        return Curve.drawBare(
                placed,
                width,
                tall,
                logarithmic ? new ValueRange(Math.log10(x.low()), Math.log10(x.high())) : x,
                up == null ? Curve.extent(lines, Curve::heights) : up);
    }

    private static Curve logarithms(Curve line) {
        double[] x = Arrays.stream(line.x()).map(Math::log10).toArray();
        return new Curve(line.name(), x, line.y(), line.low(), line.high(), line.color(), line.stroke());
    }

    private XYChart chart(List<Curve> lines, int tall) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(tall)
                .title(new Lettering(TITLE_SIZE, true, true)
                        .fit(title, width - AXIS_WIDTH - 2 * TITLE_SIZE - legendWidth(lines)))
                .xAxisTitle(xLabel)
                .yAxisTitle(yLabel)
                .build();
        style(chart.getStyler());
        for (Curve line : lines) {
            addBand(chart, line);
        }
        for (Curve line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            series.setLabel(shorten(line.name(), LONGEST_NAME));
            series.setLineColor(line.color());
            series.setMarkerColor(line.color());
            series.setLineStyle(line.stroke());
            series.setMarker(line.hasSegment() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
        spanAxes(chart.getStyler(), lines);
        return chart;
    }

    /** XChart centres the title over what the legend leaves. */
    private int legendWidth(List<Curve> lines) {
        Lettering text = new Lettering(TEXT_SIZE, false, true);
        return legendBelow
                ? 0
                : LEGEND_SYMBOL
                        + lines.stream()
                                .mapToInt(line -> text.width(shorten(line.name(), LONGEST_NAME)))
                                .max()
                                .orElse(0);
    }

    private static void addBand(XYChart chart, Curve line) {
        int number = 0;
        for (double[][] outline : line.outlines()) {
            XYSeries area = chart.addSeries("band " + ++number + " of " + line.name(), outline[0], outline[1]);
            area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
            area.setShowInLegend(false);
            area.setFillColor(line.bandColor());
            area.setLineStyle(SeriesLines.NONE);
            area.setMarker(SeriesMarkers.NONE);
        }
    }

    /**
     * Lets the axis reach a little beyond the bands. XChart labels equally spaced values themselves (448.2258, 495.4516, ...)
     * when they fill the axis, and else takes round numbers.
     */
    private void spanAxes(XYStyler style, List<Curve> lines) {
        ValueRange given = across;
        ValueRange x = given == null ? Curve.extent(lines, Curve::x) : given;
        if (!x.isEmpty()) {
            double margin = given == null ? 0.015 * (x.high() - x.low()) : 0;
            style.setXAxisMin(x.low() - margin).setXAxisMax(x.high() + margin);
        }
        ValueRange y = up;
        if (y != null) {
            style.setYAxisMin(y.low()).setYAxisMax(y.high());
        }
    }

    private void style(XYStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(new Color(Drawing.FRAME));
        style.setPlotGridLinesColor(new Color(0xDDDDDD));
        style.setLegendPosition(legendBelow ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE);
        if (legendBelow) {
            style.setLegendLayout(Styler.LegendLayout.Horizontal);
        }
        style.setLegendBorderColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_SIZE));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
        style.setXAxisDecimalPattern("0.####"); // 2500 nm, without a comma
        style.setYAxisTickLabelsFormattingFunction(Numbers::text); // XChart's own labels lack the zero of 0.05
        if (logarithmic) {
            style.setXAxisLogarithmic(true).setXAxisTickLabelsFormattingFunction(Numbers::text);
        }
        style.setLocale(Locale.ROOT);
    }
}
