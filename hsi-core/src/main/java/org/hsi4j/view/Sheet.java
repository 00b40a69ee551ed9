package org.hsi4j.view;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Puts maps of one size in a grid, with a title above, one colour bar on the right and notes below. */
final class Sheet {
    private final Lettering text;
    private final Lettering heading;

    /** A map and the line above it. */
    record Cell(String title, BufferedImage map) {}

    /**
     * A sheet whose lettering suits its size.
     *
     * @param side longer side of all maps together in pixels
     * @param letters whether text is drawn
     */
    Sheet(int side, boolean letters) {
        int size = Math.max(13, Math.min(30, side / 38));
        this.text = new Lettering(size, false, letters);
        this.heading = new Lettering(size + size / 4, true, letters);
    }

    BufferedImage draw(String title, List<Cell> cells, int columns, ColorMap colors, ValueRange range, String notes) {
        int line = text.lineHeight();
        int mapWidth = cells.get(0).map().getWidth();
        int mapHeight = cells.get(0).map().getHeight();
        boolean named = cells.stream().anyMatch(c -> !c.title().isEmpty());
        int cellTitle = named ? line + line / 4 : 0;
        int rows = (cells.size() + columns - 1) / columns;
        int gridWidth = columns * mapWidth + (columns - 1) * line;
        int gridHeight = rows * (mapHeight + cellTitle) + (rows - 1) * line;
        int bodyHeight = Math.max(gridHeight, cellTitle + 10 * line);
        int barLeft = line + gridWidth + line;
        int labels =
                Drawing.barLabels(range).stream().mapToInt(text::width).max().orElse(0);
        int width = Math.max(barLeft + line + 8 + labels + line, 22 * line);
        int top = line + (title.isEmpty() ? 0 : heading.lineHeight() + line / 2);
        List<String> lines = text.wrap(notes, width - 2 * line);
        int height = top + bodyHeight + line + (lines.isEmpty() ? 0 : lines.size() * line + line / 2);

        BufferedImage sheet = Drawing.blank(width, height);
        Graphics2D g = Drawing.graphics(sheet);
        heading.draw(g, heading.fit(title, width - 2 * line), line, line * 3 / 4);
        for (int k = 0; k < cells.size(); k++) {
            int x = line + k % columns * (mapWidth + line);
            int y = top + k / columns * (mapHeight + cellTitle + line);
            text.draw(g, text.fit(cells.get(k).title(), mapWidth), x, y);
            g.drawImage(cells.get(k).map(), x, y + cellTitle, null);
            Drawing.frame(g, x, y + cellTitle, mapWidth, mapHeight);
        }
        int barHeight = Math.min(bodyHeight - cellTitle, Math.max(10 * line, Math.min(gridHeight, 30 * line)));
        Drawing.bar(g, barLeft, top + cellTitle, line, barHeight, colors, range, text);
        for (int i = 0; i < lines.size(); i++) {
            text.draw(g, lines.get(i), line, top + bodyHeight + line / 2 + i * line);
        }
        g.dispose();
        return sheet;
    }
}
