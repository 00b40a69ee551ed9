package org.hsi4j.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.hsi4j.Mask;

/** The parts that pictures of maps share. */
final class Drawing {
    static final int FRAME = 0x808080;

    private Drawing() {}

    /** Pixels to be outlined. */
    record Mark(Mask pixels, Color color) {}

    static Graphics2D graphics(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        return g;
    }

    static BufferedImage blank(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }

    /** The hatching of invalid pixels at a place of the picture. */
    static int hatch(int x, int y) {
        return (x + y) / 4 % 2 == 0 ? 0xE6E6E6 : 0xC4C4C4;
    }

    /** A map without anything around it. */
    static BufferedImage map(IntToDoubleFunction valueOfPixel, Scaling scaling, ColorMap colors, ValueRange range) {
        BufferedImage image = new BufferedImage(scaling.width(), scaling.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < scaling.sampledRows(); i++) {
            for (int j = 0; j < scaling.sampledColumns(); j++) {
                double v =
                        valueOfPixel.applyAsDouble(scaling.sourceRow(i) * scaling.columns() + scaling.sourceColumn(j));
                boolean valid = !Double.isNaN(v);
                fill(image, scaling.zoom(), i, j, valid, valid ? colors.rgb(range.position(v)) : 0);
            }
        }
        return image;
    }

    /** Paints one sampled pixel. */
    static void fill(BufferedImage image, int zoom, int row, int column, boolean valid, int rgb) {
        for (int y = row * zoom; y < (row + 1) * zoom; y++) {
            for (int x = column * zoom; x < (column + 1) * zoom; x++) {
                image.setRGB(x, y, valid ? rgb : hatch(x, y));
            }
        }
    }

    static List<Mark> marked(List<Mark> marks, Mask pixels, Color color, int rows, int columns) {
        if (pixels.rows() != rows || pixels.columns() != columns) {
            throw new IllegalArgumentException("the marked pixels are of an image of " + pixels.rows() + "x"
                    + pixels.columns() + " but the picture is of " + rows + "x" + columns);
        }
        List<Mark> more = new ArrayList<>(marks);
        more.add(new Mark(pixels, color));
        return List.copyOf(more);
    }

    /** Draws a line of two pixels' width around the marked pixels, outside them so that they can still be seen. */
    static void outline(BufferedImage image, Scaling scaling, List<Mark> marks) {
        for (Mark mark : marks) {
            boolean[][] inside = sample(mark.pixels(), scaling);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    if (!inside[y / scaling.zoom()][x / scaling.zoom()] && near(inside, scaling, x, y)) {
                        image.setRGB(x, y, mark.color().getRGB());
                    }
                }
            }
        }
    }

    /** A sampled pixel is marked when any of those it stands for is, so that no mark is lost. */
    private static boolean[][] sample(Mask pixels, Scaling scaling) {
        boolean[][] inside = new boolean[scaling.sampledRows()][scaling.sampledColumns()];
        for (int r = 0; r < pixels.rows(); r++) {
            for (int c = 0; c < pixels.columns(); c++) {
                inside[r / scaling.step()][c / scaling.step()] |= pixels.get(r, c);
            }
        }
        return inside;
    }

    private static boolean near(boolean[][] inside, Scaling scaling, int x, int y) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                int v = y + dy;
                int u = x + dx;
                if (v >= 0
                        && u >= 0
                        && v < scaling.height()
                        && u < scaling.width()
                        && inside[v / scaling.zoom()][u / scaling.zoom()]) {
                    return true;
                }
            }
        }
        return false;
    }

    static void frame(Graphics2D g, int x, int y, int width, int height) {
        g.setColor(new Color(FRAME));
        g.drawRect(x - 1, y - 1, width + 1, height + 1);
    }

    /** What is written beside a colour bar. */
    static List<String> barLabels(ValueRange range) {
        return ticks(range).stream().map(Tick::label).toList();
    }

    /** A labelled place on the colour bar. */
    private record Tick(double position, String label) {}

    private static List<Tick> ticks(ValueRange range) {
        List<Tick> ticks = new ArrayList<>();
        if (Double.isNaN(range.low())) {
            return ticks;
        }
        if (range.isEmpty()) {
            ticks.add(new Tick(0.5, Numbers.text(range.low())));
            return ticks;
        }
        double fine = range.high() / 1000 - range.low() / 1000;
        ticks.add(new Tick(0, Numbers.text(range.low(), fine)));
        ticks.add(new Tick(1, Numbers.text(range.high(), fine)));
        double step = Numbers.tickStep(range.low(), range.high(), 5);
        for (double value : Numbers.ticks(range.low(), range.high(), step)) {
            double position = range.position(value);
            if (position > 0.08 && position < 0.92) { // not over the labels of the ends
                ticks.add(new Tick(position, Numbers.text(value, step)));
            }
        }
        return ticks;
    }

    /** Draws an upright colour bar with ticks on its right; nothing when there is no value. */
    static void bar(
            Graphics2D g, int x, int y, int width, int height, ColorMap colors, ValueRange range, Lettering letters) {
        if (Double.isNaN(range.low())) {
            return;
        }
        for (int i = 0; i < height; i++) {
            double t = height == 1 ? 0.5 : 1 - i / (height - 1.0);
            g.setColor(new Color(colors.rgb(range.isEmpty() ? 0.5 : t)));
            g.fillRect(x, y + i, width, 1);
        }
        frame(g, x, y, width, height);
        for (Tick tick : ticks(range)) {
            int at = y + (int) Math.round((1 - tick.position()) * (height - 1));
            g.setColor(new Color(FRAME));
            g.drawLine(x + width, at, x + width + 4, at);
            letters.draw(g, tick.label(), x + width + 8, at - letters.lineHeight() / 2);
        }
    }
}
