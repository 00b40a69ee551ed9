package org.hsi4j.benchmarks;

import java.util.SplittableRandom;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/**
 * A scene of noisy mixtures of smooth spectra, in float. Each endmember is absent from every other pixel, at random, so that
 * the pixels lie on as many faces of the simplex as there are; noise of .02 on spectra of about .5. The first
 * {@value #DISTINCT} pixels come again and again.
 */
final class Mixtures implements SampleSource {
    private static final int DISTINCT = 20_000;
    private static final double NOISE = 0.02;

    private final int rows;
    private final int columns;
    private final double[][] endmembers;
    private final float[][] planes;

    Mixtures(int bands, int p, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.endmembers = spectra(bands, p, new SplittableRandom(bands + 1000L * p));
        this.planes = mix(endmembers, (int) Math.min(DISTINCT, (long) rows * columns), new SplittableRandom(5));
    }

    /** Bands x p. */
    double[][] endmembers() {
        return endmembers;
    }

    private static double[][] spectra(int bands, int p, SplittableRandom random) {
        double[][] e = new double[bands][p];
        for (int k = 0; k < p; k++) {
            double centre = bands * (k + 0.5) / p;
            double width = bands * (0.1 + 0.2 * random.nextDouble());
            for (int b = 0; b < bands; b++) {
                double d = (b - centre) / width;
                e[b][k] = 0.2 + 0.6 * Math.exp(-d * d) + 0.1 * random.nextDouble();
            }
        }
        return e;
    }

    private static float[][] mix(double[][] e, int pixels, SplittableRandom random) {
        float[][] planes = new float[e.length][pixels];
        double[] a = new double[e[0].length];
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            int certain = random.nextInt(a.length);
            for (int k = 0; k < a.length; k++) {
                a[k] = k == certain || random.nextBoolean() ? -Math.log(1 - random.nextDouble()) : 0;
                sum += a[k];
            }
            for (int b = 0; b < e.length; b++) {
                double y = NOISE * random.nextGaussian();
                for (int k = 0; k < a.length; k++) {
                    y += e[b][k] * a[k] / sum;
                }
                planes[b][i] = (float) y;
            }
        }
        return planes;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int bands() {
        return planes.length;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int distinct = planes[0].length;
        for (int k = 0; k < bands.length; k++) {
            float[] from = planes[bands[k]];
            for (int i = 0; i < count; i++) {
                target[k][offset + i] = from[(int) ((firstPixel + i) % distinct)];
            }
        }
    }
}
