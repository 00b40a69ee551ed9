package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;

/** Divergence of a pixel from a target, see {@link Sid}. */
final class DivergenceModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    /** Least probability of a band. */
    private static final double FLOOR = 1e-12;

    private final double[] probability;
    private final Sid.AngleWeight weight;

    /** A target whose values are not negative and sum to one. */
    DivergenceModel(double[] probability, Sid.AngleWeight weight) {
        super(probability.length, null, Diagnostics.none());
        this.probability = probability;
        this.weight = weight;
    }

    @Override
    public Worker worker() {
        return new Divergence();
    }

    private final class Divergence implements Worker {
        private final double[] unit = Background.unit(probability);
        private double[] totals = new double[0];
        private double[] norms = new double[0];
        private double[] differences = new double[0];
        private double[] sums = new double[0];

        @Override
        public void apply(PixelTile tile, double[][] output) {
            int n = tile.size();
            double[][] planes = tile.planes();
            if (totals.length < n) {
                totals = new double[tile.capacity()];
                norms = new double[tile.capacity()];
                differences = new double[tile.capacity()];
                sums = new double[tile.capacity()];
            }
            toProbabilities(planes, n);
            double[] score = output[0];
            Arrays.fill(score, 0, n, 0.0);
            for (int b = 0; b < planes.length; b++) {
                addTerms(planes[b], probability[b], score, n);
            }
            if (weight != Sid.AngleWeight.NONE) {
                weigh(planes, score, n);
            }
            for (int i = 0; i < n; i++) {
                score[i] = totals[i] > 0 ? 0.0 - score[i] : 2 * Math.log(FLOOR) * weightOf(Math.PI / 2);
            }
        }

        /** Divides by the sum of the positive values and takes the negative ones for zero. */
        private void toProbabilities(double[][] planes, int n) {
            Arrays.fill(totals, 0, n, 0.0);
            for (double[] plane : planes) {
                for (int i = 0; i < n; i++) {
                    totals[i] += Math.max(plane[i], 0.0);
                }
            }
            for (double[] plane : planes) {
                for (int i = 0; i < n; i++) {
                    plane[i] = Math.max(plane[i], 0.0) / totals[i];
                }
            }
        }

        private void addTerms(double[] plane, double targetProbability, double[] score, int n) {
            double q = Math.max(targetProbability, FLOOR);
            for (int i = 0; i < n; i++) {
                double p = Math.max(plane[i], FLOOR);
                score[i] += (p - q) * Math.log(p / q);
            }
        }

        /** The angle by the lengths of the difference and of the sum of the unit vectors, which keeps small ones exact. */
        private void weigh(double[][] planes, double[] score, int n) {
            Arrays.fill(norms, 0, n, 0.0);
            Arrays.fill(differences, 0, n, 0.0);
            Arrays.fill(sums, 0, n, 0.0);
            for (double[] plane : planes) {
                for (int i = 0; i < n; i++) {
                    norms[i] += plane[i] * plane[i];
                }
            }
            for (int i = 0; i < n; i++) {
                norms[i] = 1 / Math.sqrt(norms[i]);
            }
            for (int b = 0; b < planes.length; b++) {
                double[] plane = planes[b];
                double v = unit[b];
                for (int i = 0; i < n; i++) {
                    double u = plane[i] * norms[i];
                    differences[i] += (u - v) * (u - v);
                    sums[i] += (u + v) * (u + v);
                }
            }
            for (int i = 0; i < n; i++) {
                score[i] *= weightOf(2 * Math.atan2(Math.sqrt(differences[i]), Math.sqrt(sums[i])));
            }
        }

        private double weightOf(double angle) {
            return switch (weight) {
                case NONE -> 1.0;
                case SINE -> Math.sin(angle);
                case TANGENT -> Math.sin(angle) / Math.max(FLOOR, Math.cos(angle));
            };
        }
    }
}
