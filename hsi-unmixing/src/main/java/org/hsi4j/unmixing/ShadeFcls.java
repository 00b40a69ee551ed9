package org.hsi4j.unmixing;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Fully constrained least squares with photometric shade: minimises ||y - E a||<sup>2</sup> subject to a &gt;= 0 (ANC) and
 * sum(a) &lt;= 1, exactly. What is missing from one is the fraction of shade, an endmember that is zero in every band.
 *
 * <p>It is {@link Fcls} with that endmember added, whose abundance is not reported: {@code 1 - sum(a)} is the shade, and
 * {@link org.hsi4j.AbundanceMaps#normalized()} takes it out (shade normalisation). The figure {@code sum_deviation} is the
 * largest fraction of shade. Accuracy, dependent endmembers (linearly dependent ones here), figures and cost are as in
 * {@link Fcls} with one endmember more. An all-zero pixel is all shade; invalid pixels are NaN; the abundances of a pixel depend
 * on that pixel alone. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances lit = ShadeFcls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class ShadeFcls implements AbundanceSolver {
    private static final ShadeFcls DEFAULTS = new ShadeFcls();

    private ShadeFcls() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static ShadeFcls withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        int p = endmembers.count();
        double[][] matrix = endmembers.toMatrix();
        for (int b = 0; b < matrix.length; b++) {
            matrix[b] = Arrays.copyOf(matrix[b], p + 1);
        }
        Diagnostics diagnostics =
                Conditions.of(new EndmemberMatrix(endmembers.toMatrix()), endmembers, "one of the minimisers is given");
        return new WithoutLast(new ActiveSetModel(
                new EndmemberMatrix(matrix).reducedDifferences(), true, endmembers.bands(), diagnostics));
    }

    @Override
    public String name() {
        return "shade-fcls";
    }

    @Override
    public String summary() {
        return "Least squares with abundances that are not negative and sum to at most one; the rest is shade.";
    }

    @Override
    public String reference() {
        return "Smith, Ustin, Adams and Gillespie, Vegetation in deserts: I. A regional measure of abundance from multispectral"
                + " images, Remote Sensing of Environment 31, 1990; "
                + Fcls.withDefaults().reference();
    }

    /** A model whose last output is left out. */
    private record WithoutLast(ActiveSetModel inner) implements PixelAbundanceModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int bands() {
            return inner.bands();
        }

        @Override
        public int outputs() {
            return inner.outputs() - 1;
        }

        @Override
        public Diagnostics diagnostics() {
            return inner.diagnostics();
        }

        @Override
        public Worker worker() {
            return new InnerWorker(inner.worker(), outputs());
        }
    }

    private static final class InnerWorker implements PixelAbundanceModel.Worker {
        private final PixelAbundanceModel.Worker inner;
        private final double[][] all;

        InnerWorker(PixelAbundanceModel.Worker inner, int outputs) {
            this.inner = inner;
            this.all = new double[outputs + 1][];
            all[outputs] = new double[0];
        }

        @Override
        public void apply(PixelTile tile, double[][] output) {
            int last = all.length - 1;
            System.arraycopy(output, 0, all, 0, last);
            if (all[last].length < tile.size()) {
                all[last] = new double[tile.capacity()];
            }
            inner.apply(tile, all);
        }

        @Override
        public long iterations() {
            return inner.iterations();
        }

        @Override
        public long fallbacks() {
            return inner.fallbacks();
        }

        @Override
        public long unconverged() {
            return inner.unconverged();
        }

        @Override
        public OptionalDouble optimality() {
            return inner.optimality();
        }
    }
}
