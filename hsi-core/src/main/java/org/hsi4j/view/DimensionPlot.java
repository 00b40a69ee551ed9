package org.hsi4j.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.hsi4j.stats.DimensionEstimate;

/**
 * How many dimensions a scene has, as several methods see it: one bar a method, with its number. Immutable and thread-safe.
 *
 * <pre>{@code
 * DimensionPlot.of(List.of(hysime, hfc)).writePng(Path.of("dimensions.png"));
 * }</pre>
 */
public final class DimensionPlot implements Picture {
    private static final int WIDTH = 700;

    private final List<DimensionEstimate> estimates;

    private DimensionPlot(List<DimensionEstimate> estimates) {
        this.estimates = estimates;
    }

    /**
     * A plot of estimates.
     *
     * @param estimates at least one
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if there is none
     */
    public static DimensionPlot of(List<DimensionEstimate> estimates) {
        if (estimates.isEmpty()) {
            throw new IllegalArgumentException("there is no estimate to plot");
        }
        return new DimensionPlot(List.copyOf(estimates));
    }

    @Override
    public String description() {
        return "Dimensions of the scene: "
                + estimates.stream().map(e -> e.method() + " " + e.count()).collect(Collectors.joining(", "));
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        Lettering text = new Lettering(15, false, letters);
        Lettering heading = new Lettering(18, true, letters);
        int line = text.lineHeight();
        int slot = 2 * line;
        int top = 3 * line;
        int names =
                estimates.stream().mapToInt(e -> text.width(e.method())).max().orElse(0);
        int left = 2 * line + Math.min(names, WIDTH / 3);
        int most = Math.max(
                1, estimates.stream().mapToInt(DimensionEstimate::count).max().orElse(1));
        int room = WIDTH - left - 4 * line;
        BufferedImage image = Drawing.blank(WIDTH, top + estimates.size() * slot + line / 2);
        Graphics2D g = Drawing.graphics(image);
        heading.draw(g, "Dimensions of the scene", line, line * 3 / 4);
        for (int k = 0; k < estimates.size(); k++) {
            DimensionEstimate estimate = estimates.get(k);
            int y = top + k * slot;
            int length = (int) ((long) room * estimate.count() / most);
            text.draw(g, text.fit(estimate.method(), left - 2 * line), line, y + line / 4);
            g.setColor(Curve.color(0));
            g.fillRect(left, y, length, line * 3 / 2);
            text.draw(g, Integer.toString(estimate.count()), left + length + line / 2, y + line / 4);
        }
        g.setColor(new Color(Drawing.FRAME));
        g.drawLine(left - 1, top - line / 2, left - 1, top + estimates.size() * slot - line / 4);
        g.dispose();
        return image;
    }

    @Override
    public String toString() {
        return description();
    }
}
