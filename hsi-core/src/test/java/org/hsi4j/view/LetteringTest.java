package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cutsWhatDoesNotFit(boolean drawn) {
        Lettering text = new Lettering(13, false, drawn && Lettering.available());
        assertThat(text.fit("short", 500)).isEqualTo("short");
        String cut = text.fit("a name that is much too long \uD83C\uDF33\uD83C\uDF33\uD83C\uDF33\uD83C\uDF33", 170);
        assertThat(text.width(cut)).isLessThanOrEqualTo(170);
        assertThat(cut).endsWith("…").startsWith("a name that is");
        assertThat(text.fit("anything", 0)).isEqualTo("…");
    }

    @Test
    void neverCutsACharacterInTwo() {
        Lettering text = new Lettering(13, false, false);
        String trees = "\uD83C\uDF33".repeat(20);
        for (int room = 0; room < 200; room++) {
            String cut = text.fit(trees, room);
            assertThat(cut.substring(0, cut.length() - 1).length() % 2).isZero();
        }
    }

    @Test
    void wrapsAtSpaces() {
        Lettering text = new Lettering(10, false, false); // 5 pixels a character
        assertThat(text.wrap("one two three four", 40)).containsExactly("one two", "three", "four");
        assertThat(text.wrap("extraordinarily", 40)).containsExactly("extraor…");
        assertThat(text.wrap("", 40)).isEmpty();
    }

    @Test
    void drawsOnlyWhereThereAreFonts() {
        BufferedImage image = Drawing.blank(60, 30);
        Graphics2D g = Drawing.graphics(image);
        new Lettering(13, false, false).draw(g, "text", 2, 2);
        assertThat(dark(image)).isZero();
        new Lettering(13, false, Lettering.available()).draw(g, "text", 2, 2);
        assertThat(dark(image) > 0).isEqualTo(Lettering.available());
        g.dispose();
    }

    private static int dark(BufferedImage image) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 255) < 128 ? 1 : 0;
            }
        }
        return count;
    }
}
