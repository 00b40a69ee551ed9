package org.hsi4j.view;

/** From CIELAB (D65, 2 degrees) to sRGB. */
final class CieLab {
    private static final double KNEE = 6.0 / 29;

    private CieLab() {}

    /** The colour as 0xRRGGBB; what lies outside sRGB is clipped. */
    static int toRgb(double lightness, double a, double b) {
        double fy = (lightness + 16) / 116;
        double x = 0.95047 * inverse(fy + a / 500);
        double y = inverse(fy);
        double z = 1.08883 * inverse(fy - b / 200);
        int red = channel(3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
        int green = channel(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
        int blue = channel(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
        return red << 16 | green << 8 | blue;
    }

    private static double inverse(double f) {
        return f > KNEE ? f * f * f : 3 * KNEE * KNEE * (f - 4.0 / 29);
    }

    private static int channel(double linear) {
        double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, encoded)));
    }
}
