package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes images as PNG. */
final class Png {

    private Png() {}

    static void encode(BufferedImage image, OutputStream out) throws IOException {
        // in memory, because ImageIO would else keep a cache file in the temporary folder
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException("this Java runtime cannot write PNG images");
            }
        }
    }
}
