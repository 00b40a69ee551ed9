package org.hsi4j.restoration;

import org.hsi4j.signal.CosineTransform;

/**
 * Power of an image without its noise, by frequency alone: a f<sup>-b</sup>, fitted to the rings of its cosine transform that stand above
 * white noise of variance one.
 */
final class RadialSpectrum {
    /** Deviations of a ring's mean power by which it must exceed that of the noise. */
    private static final double ABOVE = 4;

    private static final int RINGS = 32;
    private static final int DIRECTIONS = 16;

    private final double logPower;
    private final double slope;

    private RadialSpectrum(double logPower, double slope) {
        this.logPower = logPower;
        this.slope = slope;
    }

    /** From an image that was blurred by a transfer function. */
    static RadialSpectrum of(double[] image, int rows, int columns, Blur blur) {
        double[] power = image.clone();
        CosineTransform.of(rows, columns).worker().forward(power);
        double[] sum = new double[RINGS];
        int[] count = new int[RINGS];
        for (int i = 1; i < power.length; i++) {
            int u = i / columns;
            double down = u / (2.0 * rows);
            double along = i % columns / (2.0 * columns);
            int ring = Math.min(RINGS - 1, (int) (2 * RINGS * Math.hypot(down, along)));
            sum[ring] += power[i] * power[i];
            count[ring]++;
        }
        double weights = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int ring = 0; ring < RINGS; ring++) {
            double excess = count[ring] == 0 ? 0 : sum[ring] / count[ring] - 1;
            if (count[ring] > 0 && excess > ABOVE * Math.sqrt(2.0 / count[ring])) {
                double f = Math.log((ring + 0.5) / (2 * RINGS));
                double level = Math.log(excess / Math.max(transfer(blur, ring), 1e-12));
                weights += 1;
                x += f;
                y += level;
                xx += f * f;
                xy += f * level;
            }
        }
        double spread = weights * xx - x * x;
        double slope = spread > 0 ? Math.min(0, (weights * xy - x * y) / spread) : -2;
        return new RadialSpectrum(weights > 0 ? (y - slope * x) / weights : Math.log(1e-6), slope);
    }

    /** Mean power of the transfer function in the directions of a quarter and its mirror image. */
    private static double transfer(Blur blur, int ring) {
        double f = (ring + 0.5) / (2 * RINGS);
        double sum = 0;
        for (int n = 0; n < DIRECTIONS; n++) {
            double angle = Math.PI * (n + 0.5) / DIRECTIONS;
            sum += blur.power(f * Math.sin(angle), f * Math.cos(angle));
        }
        return sum / DIRECTIONS;
    }

    /** One over the power at a frequency in cycles a pixel down and along; zero for the mean, which is left alone. */
    double inverse(double down, double along) {
        double f = Math.hypot(down, along);
        return f == 0 ? 0 : Math.exp(-logPower - slope * Math.log(f));
    }
}
