package org.hsi4j.io;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** TIFF files of the writer of the JDK. */
final class TiffFixture {

    private TiffFixture() {}

    /** A small image in colours. */
    static byte[] compressed(String compression, boolean tiled) throws IOException {
        BufferedImage image = new BufferedImage(20, 18, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 360; i++) {
            image.setRGB(i % 20, i / 20, i < 100 ? 0x112233 : 977 * i);
        }
        return compressed(image, compression, tiled);
    }

    /** An image in tiles of 16 x 16 pixels, or in strips. */
    static byte[] compressed(RenderedImage image, String compression, boolean tiled) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(compression);
            if (tiled) {
                param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                param.setTiling(16, 16, 0, 0);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
