package org.hsi4j.unmixing;

import java.util.Arrays;
import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Least squares with a weighted sum to one: minimises ||y - E a||<sup>2</sup> + w<sup>2</sup> (sum(a) - 1)<sup>2</sup>, that is, one more
 * band in which every endmember and every pixel has the value w. Abundances may be negative.
 *
 * <p>This is what ENVI calls a unit-sum constraint with a weight, and is here to compare with it: the weight has the unit of the
 * scene, so the result depends on that unit. Zero gives {@link Ucls}; as w grows the result goes to that of {@link Scls}, which
 * has the sum exactly and needs no weight. The default, one, is ENVI's.
 *
 * <p>Solved like {@link Ucls} on the matrix with the additional row, at the same cost and with what is said there on dependent
 * endmembers; an all-zero pixel does not get zeros, because the row asks for a sum. Invalid pixels are NaN; the abundances of
 * a pixel depend on that pixel alone. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = WeightedScls.withDefaults().withWeight(10).solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class WeightedScls implements AbundanceSolver {
    private static final WeightedScls DEFAULTS = new WeightedScls(1);

    private final double weight;

    private WeightedScls(double weight) {
        this.weight = weight;
    }

    /**
     * With the weight one.
     *
     * @return the method
     */
    public static WeightedScls withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another weight of the sum.
     *
     * @param w in the unit of the scene, zero or more; 1 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public WeightedScls withWeight(double w) {
        return new WeightedScls(SparseOptions.requireNotNegative("the weight", w));
    }

    /**
     * The weight of the sum.
     *
     * @return w
     */
    public double weight() {
        return weight;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        int bands = endmembers.bands();
        double[][] matrix = Arrays.copyOf(endmembers.toMatrix(), bands + 1);
        double[] row = new double[endmembers.count()];
        Arrays.fill(row, weight);
        matrix[bands] = row;
        EndmemberMatrix.Affine map = new EndmemberMatrix(matrix).leastSquares();
        double[][] reduce = new double[map.reduce().length][];
        double[] origin = new double[reduce.length];
        for (int i = 0; i < reduce.length; i++) {
            reduce[i] = Arrays.copyOf(map.reduce()[i], bands);
            origin[i] = -weight * map.reduce()[i][bands];
        }
        EndmemberMatrix own = new EndmemberMatrix(endmembers.toMatrix());
        return new LinearModel(
                new EndmemberMatrix.Affine(reduce, origin, map.expand(), map.constants(), -1),
                bands,
                Conditions.of(own, endmembers, "of several solutions that of least norm is given"));
    }

    @Override
    public String name() {
        return "weighted-scls";
    }

    @Override
    public String summary() {
        return "Least squares with the sum to one as a weighted additional band, as in ENVI.";
    }

    @Override
    public String reference() {
        return "Boardman, Inversion of imaging spectrometry data using singular value decomposition, IGARSS 1989; the weighted"
                + " unit-sum constraint of ENVI's linear spectral unmixing";
    }
}
