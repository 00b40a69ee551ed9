package org.hsi4j.unmixing.internal;

/**
 * What {@link MultiplicativeUpdates} minimises, and when it stops.
 *
 * @param robust true for the sum of the norms of the channels' residuals, false for half the sum of their squares
 * @param sparsity weight of the sum over pixels and endmembers of abundance to the power q; zero for none
 * @param exponent q, above 0 and at most 1, where it is not learnt
 * @param refresh iterations after which each pixel's own q is learnt again from its abundances; zero for {@code exponent}
 * @param smoothness weight of the squared differences between neighbours; zero for none
 * @param width distance of two pixels, relative to the root mean square norm of a pixel, at which they hardly count as alike
 * @param maxIterations most iterations
 * @param tolerance relative decrease of the objective in one iteration that ends the search
 */
public record UpdateRules(
        boolean robust,
        double sparsity,
        double exponent,
        int refresh,
        double smoothness,
        double width,
        int maxIterations,
        double tolerance) {

    boolean isGuided() {
        return sparsity > 0 && refresh > 0;
    }
}
