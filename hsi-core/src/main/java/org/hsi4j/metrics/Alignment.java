package org.hsi4j.metrics;

import java.util.Arrays;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;

/**
 * Which estimated endmember stands for which true one. Blind unmixing gives endmembers in no particular order; before
 * anything is scored they are matched one to one so that the sum of the costs of the pairs is the least of all matchings
 * (Hungarian method, exact). A greedy match, which some programs use, can only be worse.
 *
 * <p>There may be more estimated than true endmembers: those left over match none. Immutable and thread-safe.
 *
 * <pre>{@code
 * Alignment match = Alignment.ofEndmembers(estimated, truth);
 * double meanSad = match.meanCost();
 * AbundanceError error = AbundanceError.of(match.apply(abundances), trueAbundances);
 * }</pre>
 */
public final class Alignment {
    private final int estimated;
    private final int[] permutation;
    private final double[] costs;

    private Alignment(int estimated, int[] permutation, double[] costs) {
        this.estimated = estimated;
        this.permutation = permutation;
        this.costs = costs;
    }

    /**
     * Matches spectra: the cost of a pair is its spectral angle (SAD) in radians. A spectrum of zeros has no direction and
     * counts as orthogonal to all others, pi/2. Costs O(p q L + p<sup>2</sup> q) for p true and q estimated endmembers.
     *
     * @param estimate the estimated endmembers
     * @param truth the true ones, at most as many and with as many bands
     * @return the match
     * @throws IllegalArgumentException if the numbers of bands differ or fewer are estimated than true
     */
    public static Alignment ofEndmembers(Endmembers estimate, Endmembers truth) {
        if (estimate.bands() != truth.bands()) {
            throw new IllegalArgumentException("the estimated endmembers have " + estimate.bands()
                    + " bands but the true ones have " + truth.bands());
        }
        double[][] cost = new double[truth.count()][estimate.count()];
        for (int k = 0; k < truth.count(); k++) {
            for (int j = 0; j < estimate.count(); j++) {
                double angle = SpectralAngle.radians(truth.get(k), estimate.get(j));
                cost[k][j] = Double.isNaN(angle) ? Math.PI / 2 : angle;
            }
        }
        return of(cost);
    }

    /**
     * Matches abundance maps, for when no true endmembers are known: the cost of a pair is the root-mean-square difference
     * of its maps over the pixels that are valid in both results. Costs O(p q N).
     *
     * @param estimate the estimated abundances
     * @param truth the true ones, at most as many maps and of the same image
     * @return the match
     * @throws IllegalArgumentException if the images differ in shape, fewer are estimated than true, or no pixel is valid
     *     in both
     */
    public static Alignment ofAbundances(AbundanceMaps estimate, AbundanceMaps truth) {
        return of(AbundanceError.crossRmse(estimate, truth));
    }

    private static Alignment of(double[][] cost) {
        int estimated = cost[0].length;
        if (estimated < cost.length) {
            throw new IllegalArgumentException("only " + estimated + " endmembers are estimated for " + cost.length
                    + " true ones, so they cannot be matched one to one");
        }
        int[] permutation = Assignment.solve(cost);
        double[] costs = new double[cost.length];
        for (int k = 0; k < costs.length; k++) {
            costs[k] = cost[k][permutation[k]];
        }
        return new Alignment(estimated, permutation, costs);
    }

    /**
     * Number of pairs.
     *
     * @return as many as there are true endmembers
     */
    public int count() {
        return permutation.length;
    }

    /**
     * The estimated endmember that stands for a true one.
     *
     * @param k the true one, from zero
     * @return the estimated one, from zero
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public int estimatedFor(int k) {
        return permutation[java.util.Objects.checkIndex(k, permutation.length)];
    }

    /**
     * The estimated endmember of each true one, in the order of the true ones.
     *
     * @return a copy
     */
    public int[] permutation() {
        return permutation.clone();
    }

    /**
     * Cost of a pair: its SAD in radians, or the RMSE of its abundances.
     *
     * @param k the true one, from zero
     * @return zero or more
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public double cost(int k) {
        return costs[java.util.Objects.checkIndex(k, costs.length)];
    }

    /**
     * Mean of the costs of all pairs: mean SAD in radians, or the mean of the RMSE of each endmember's abundances.
     *
     * @return zero or more
     */
    public double meanCost() {
        return Arrays.stream(costs).sum() / costs.length;
    }

    /**
     * The estimated endmembers in the order of the true ones, without those left over.
     *
     * @param estimate the estimated endmembers
     * @return one for each true one
     * @throws IllegalArgumentException if there are not as many as were matched
     */
    public Endmembers apply(Endmembers estimate) {
        requireCount(estimate.count());
        return estimate.select(permutation);
    }

    /**
     * The estimated abundances in the order of the true endmembers, without those left over.
     *
     * @param estimate the estimated abundances
     * @return one map for each true endmember
     * @throws IllegalArgumentException if there are not as many maps as were matched
     */
    public AbundanceMaps apply(AbundanceMaps estimate) {
        requireCount(estimate.count());
        return estimate.select(permutation);
    }

    private void requireCount(int count) {
        if (count != estimated) {
            throw new IllegalArgumentException(
                    estimated + " estimated endmembers were matched, but " + count + " are given");
        }
    }

    @Override
    public String toString() {
        return "alignment " + Arrays.toString(permutation) + ", mean cost " + meanCost();
    }
}
