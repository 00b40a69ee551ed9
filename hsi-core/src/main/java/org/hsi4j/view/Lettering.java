package org.hsi4j.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;

/** Text on a picture in one size; draws nothing where the JVM has no font. */
final class Lettering {
    private static final boolean FONTS = probe();
    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    private final int size;
    private final boolean bold;
    private final boolean drawn;

    /**
     * Lettering of a size.
     *
     * @param size height of the font in pixels
     * @param bold whether it is bold
     * @param drawn false to leave the room and draw nothing
     */
    Lettering(int size, boolean bold, boolean drawn) {
        this.size = size;
        this.bold = bold;
        this.drawn = drawn;
    }

    /** Whether the JVM can draw text. */
    static boolean available() {
        return FONTS;
    }

    private static boolean probe() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("x", new FontRenderContext(null, true, true));
            return true;
        } catch (RuntimeException | Error e) { // the JDK throws a bare Error, among others, where it finds no font
            if (e instanceof VirtualMachineError && !(e instanceof InternalError)) {
                throw e;
            }
            System.getLogger(Lettering.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "pictures have no lettering, because Java finds no font; installing fontconfig and a font"
                                    + " helps (" + e + ")");
            return false;
        }
    }

    private Font font() {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size);
    }

    /** Distance of two lines. */
    int lineHeight() {
        return size + size / 3;
    }

    int width(String text) {
        return drawn ? (int) Math.ceil(font().getStringBounds(text, SMOOTH).getWidth()) : text.length() * size / 2;
    }

    /** Draws a line whose top left corner is given. */
    void draw(Graphics2D g, String text, int x, int top) {
        if (drawn && !text.isEmpty()) {
            g.setFont(font());
            g.setColor(Color.BLACK);
            g.drawString(text, x, top + size);
        }
    }

    /** The text, or its beginning and an ellipsis when it is wider than the room. */
    String fit(String text, int room) {
        if (width(text) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…") > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** The words of a text in lines no wider than the room. */
    List<String> wrap(String text, int room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || width(longer) <= room) {
                line = longer;
            } else {
                lines.add(fit(line, room));
                line = word;
            }
        }
        if (!line.isEmpty()) {
            lines.add(fit(line, room));
        }
        return lines;
    }
}
