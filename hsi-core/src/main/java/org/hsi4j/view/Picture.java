package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.hsi4j.internal.Replacement;

/**
 * Something that can be drawn. Implementations are immutable and thread-safe; drawing needs no display.
 *
 * <pre>{@code
 * QuickLook.of(scene).writePng(Path.of("scene.png"));
 * }</pre>
 */
public interface Picture {

    /**
     * Draws the picture.
     *
     * @return a new image, which belongs to the caller
     */
    BufferedImage image();

    /**
     * What is to be seen, in one sentence, for those who cannot see it.
     *
     * @return the sentence, never empty
     */
    String description();

    /**
     * Draws the picture into a PNG file. The file is written beside its target and moved into place, so a reader never meets
     * half of it.
     *
     * @param file the target, replaced when it exists; its folder must exist
     * @throws IOException if the file cannot be written; a file that was there before is then unchanged
     */
    default void writePng(Path file) throws IOException {
        BufferedImage image = image();
        Replacement.write(file, out -> Png.encode(image, out));
    }
}
