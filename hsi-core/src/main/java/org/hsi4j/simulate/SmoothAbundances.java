package org.hsi4j.simulate;

import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/** Abundances from random fields: the softmax of their values at each pixel, see {@link LinearMixingScene}. */
final class SmoothAbundances {
    /** Abundances below this share are cut off. */
    private static final double LEAST_SHARE = 0.02;

    /** Weight of the fine texture beside the coarse field, and its scale. */
    private static final double TEXTURE_WEIGHT = 0.4;

    private static final double TEXTURE_SCALE = 0.2;

    private final double smoothness;
    private final double sharpness;
    private final double maximumPurity;

    SmoothAbundances(double smoothness, double sharpness, double maximumPurity) {
        this.smoothness = smoothness;
        this.sharpness = sharpness;
        this.maximumPurity = maximumPurity;
    }

    double[][] make(int p, int rows, int columns, SplittableRandom random, RunContext context) {
        if (maximumPurity * p < 1) {
            throw new IllegalArgumentException(
                    "no mixture of " + p + " endmembers has all abundances below " + maximumPurity);
        }
        double[][] maps = fields(p, rows, columns, random, context);
        Parallel.run(context, "abundances", rows, () -> new double[p], (pixel, row) -> {
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                for (int k = 0; k < p; k++) {
                    pixel[k] = maps[k][i];
                }
                toShares(pixel);
                for (int k = 0; k < p; k++) {
                    maps[k][i] = pixel[k];
                }
            }
        });
        return maps;
    }

    private double[][] fields(int p, int rows, int columns, SplittableRandom random, RunContext context) {
        double[][] fields = new double[p][rows * columns];
        List<SplittableRandom> streams = LinearMixingScene.split(random, p);
        double scale = 1 / Math.sqrt(1 + TEXTURE_WEIGHT * TEXTURE_WEIGHT); // the sum keeps the variance one
        Parallel.run(context, "abundance fields", p, () -> "", (none, k) -> {
            RandomField.add(streams.get(k), smoothness, scale, fields[k], columns);
            RandomField.add(streams.get(k), smoothness * TEXTURE_SCALE, scale * TEXTURE_WEIGHT, fields[k], columns);
        });
        return fields;
    }

    private void toShares(double[] pixel) {
        softmax(pixel);
        cutOff(pixel);
        limit(pixel);
    }

    private void softmax(double[] pixel) {
        double largest = largest(pixel);
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = StrictMath.exp(sharpness * (pixel[k] - largest));
        }
        normalise(pixel);
    }

    private static void cutOff(double[] pixel) {
        double least = Math.min(LEAST_SHARE, 0.5 / pixel.length); // with many endmembers some must remain
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = Math.max(0, pixel[k] - least);
        }
        normalise(pixel);
    }

    /** Blends with the equal mixture of all until the largest share is the maximum purity. */
    private void limit(double[] pixel) {
        double largest = largest(pixel);
        if (largest <= maximumPurity) {
            return;
        }
        double equal = 1.0 / pixel.length;
        double keep = (maximumPurity - equal) / (largest - equal);
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = equal + keep * (pixel[k] - equal);
        }
        normalise(pixel);
    }

    private static double largest(double[] pixel) {
        double largest = pixel[0];
        for (double share : pixel) {
            largest = Math.max(largest, share);
        }
        return largest;
    }

    private static void normalise(double[] pixel) {
        double sum = 0;
        for (double share : pixel) {
            sum += share;
        }
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] /= sum;
        }
    }
}
