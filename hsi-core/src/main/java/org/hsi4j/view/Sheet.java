package org.hsi4j.view;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts maps of one size together, with a title above, colour bars on their right and notes below. */
final class Sheet {
    private final Lettering text;
    private final Lettering heading;

    /** A map and the line above it. */
    record Cell(String title, BufferedImage map) {}

    /** What a colour bar shows. */
    record Bar(ColorMap colors, ValueRange range, String unit) {}

    /** A map with a colour bar of its own, or none. */
    record Panel(Cell cell, @Nullable Bar bar) {}

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

    /** Maps in a grid with one bar for all. */
    BufferedImage draw(String title, List<Cell> cells, int columns, Bar bar, String notes) {
        int line = text.lineHeight();
        int mapWidth = cells.get(0).map().getWidth();
        int mapHeight = cells.get(0).map().getHeight();
        boolean named = cells.stream().anyMatch(c -> !c.title().isEmpty());
        int cellTitle = named ? line + line / 4 : 0;
        int rows = (cells.size() + columns - 1) / columns;
        int gridWidth = columns * mapWidth + (columns - 1) * line;
        int gridHeight = rows * (mapHeight + cellTitle) + (rows - 1) * line;
        int bodyHeight = Math.max(gridHeight, cellTitle + barRoom(bar));
        int barLeft = line + gridWidth + line;
        int width = Math.max(barLeft + barWidth(bar) + line, 22 * line);
        Frame frame = new Frame(title, notes, width, bodyHeight);
        for (int k = 0; k < cells.size(); k++) {
            int x = line + k % columns * (mapWidth + line);
            int y = frame.top + k / columns * (mapHeight + cellTitle + line);
            Cell cell = cells.get(k);
            frame.cell(new Cell(text.fit(cell.title(), mapWidth), cell.map()), x, y, cellTitle);
        }
        frame.bar(bar, barLeft, frame.top + cellTitle, bodyHeight - cellTitle, gridHeight);
        return frame.finish();
    }

    /** Maps with bars of their own: in a row, or one below the other where they are much wider than high. */
    BufferedImage draw(String title, List<Panel> panels, String notes) {
        int line = text.lineHeight();
        int cellTitle = line + line / 4;
        int mapWidth = panels.get(0).cell().map().getWidth();
        int mapHeight = panels.get(0).cell().map().getHeight();
        boolean row = mapWidth <= 2 * mapHeight;
        int width = line;
        int bodyHeight = 0;
        for (Panel p : panels) {
            int own = panelWidth(p);
            width = row ? width + own : Math.max(width, line + own);
            bodyHeight = row ? Math.max(bodyHeight, panelHeight(p)) : bodyHeight + panelHeight(p) + line;
        }
        int least = Math.min(30 * line, heading.width(title) + 2 * line);
        Frame frame = new Frame(title, notes, Math.max(width, least), bodyHeight);
        int x = line;
        int y = frame.top;
        for (Panel p : panels) {
            frame.cell(p.cell(), x, y, cellTitle);
            frame.bar(p.bar(), x + mapWidth + line, y + cellTitle, panelHeight(p) - cellTitle, mapHeight);
            x += row ? panelWidth(p) : 0;
            y += row ? 0 : panelHeight(p) + line;
        }
        return frame.finish();
    }

    /** With the space to the next one. */
    private int panelWidth(Panel p) {
        int line = text.lineHeight();
        int map = p.cell().map().getWidth() + line + (p.bar() == null ? 0 : barWidth(p.bar()) + line);
        return Math.max(map, text.width(p.cell().title()) + line);
    }

    private int panelHeight(Panel p) {
        int line = text.lineHeight();
        return line + line / 4 + Math.max(p.cell().map().getHeight(), barRoom(p.bar()));
    }

    /** Width of a bar with its labels. */
    private int barWidth(@Nullable Bar bar) {
        if (bar == null) {
            return 0;
        }
        int labels = Drawing.barLabels(bar.range).stream()
                .mapToInt(text::width)
                .max()
                .orElse(0);
        int line = text.lineHeight();
        return Math.max(line + 8 + labels, bar.unit.isEmpty() ? 0 : text.width(unit(bar)));
    }

    /** The least height of a bar with its unit. */
    private int barRoom(@Nullable Bar bar) {
        int line = text.lineHeight();
        return bar == null ? 0 : 10 * line + (bar.unit.isEmpty() ? 0 : line * 3 / 2);
    }

    private String unit(Bar bar) {
        return text.fit(bar.unit, 10 * text.lineHeight());
    }

    /** The paper with its title and notes, ready for maps. */
    private final class Frame {
        private final BufferedImage sheet;
        private final Graphics2D g;
        private final int top;

        Frame(String title, String notes, int width, int bodyHeight) {
            int line = text.lineHeight();
            top = line + (title.isEmpty() ? 0 : heading.lineHeight() + line / 2);
            List<String> lines = text.wrap(notes, width - 2 * line);
            sheet = Drawing.blank(
                    width, top + bodyHeight + line + (lines.isEmpty() ? 0 : lines.size() * line + line / 2));
            g = Drawing.graphics(sheet);
            heading.draw(g, heading.fit(title, width - 2 * line), line, line * 3 / 4);
            for (int i = 0; i < lines.size(); i++) {
                text.draw(g, lines.get(i), line, top + bodyHeight + line / 2 + i * line);
            }
        }

        void cell(Cell cell, int x, int y, int cellTitle) {
            text.draw(g, cell.title(), x, y);
            g.drawImage(cell.map(), x, y + cellTitle, null);
            Drawing.frame(g, x, y + cellTitle, cell.map().getWidth(), cell.map().getHeight());
        }

        void bar(@Nullable Bar bar, int x, int y, int room, int mapHeight) {
            if (bar == null || Double.isNaN(bar.range.low())) {
                return;
            }
            int line = text.lineHeight();
            int below = bar.unit.isEmpty() ? 0 : line * 3 / 2;
            int height = Math.min(room, Math.max(10 * line + below, Math.min(mapHeight, 30 * line))) - below;
            Drawing.bar(g, x, y, line, height, bar.colors, bar.range, text);
            text.draw(g, unit(bar), x, y + height + line / 2);
        }

        BufferedImage finish() {
            g.dispose();
            return sheet;
        }
    }
}
