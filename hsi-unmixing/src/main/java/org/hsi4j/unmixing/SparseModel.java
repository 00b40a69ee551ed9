package org.hsi4j.unmixing;

import java.util.OptionalDouble;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.unmixing.internal.EndmemberMatrix;
import org.hsi4j.unmixing.internal.SparseTileSolver;

/** Abundances with a price on the sum of their magnitudes, or a bound on the residual with the least such sum. */
final class SparseModel implements PixelAbundanceModel {
    private static final long serialVersionUID = 1L;

    private final double[][] weights;
    private final double[][] columns;
    private final double scale;
    private final int bands;
    private final boolean positive;
    private final boolean bounded;
    private final double limit;
    private final Diagnostics diagnostics;

    private SparseModel(
            Endmembers endmembers, boolean positive, boolean bounded, double limit, Diagnostics diagnostics) {
        double[][] matrix = endmembers.toMatrix();
        this.bands = endmembers.bands();
        this.positive = positive;
        this.bounded = bounded;
        this.limit = limit;
        this.diagnostics = diagnostics;
        if (endmembers.count() < bands) {
            EndmemberMatrix.Reduced reduced = new EndmemberMatrix(matrix).reduced();
            this.weights = reduced.weights();
            this.columns = reduced.columns();
            this.scale = lengthOfFirst(weights);
        } else {
            this.weights = new double[0][];
            this.columns = new double[endmembers.count()][];
            for (int k = 0; k < columns.length; k++) {
                columns[k] = endmembers.get(k).toArray();
            }
            this.scale = 1;
        }
    }

    /** Minimises ||y - E a||^2 / 2 + price sum |a|. */
    static SparseModel priced(Endmembers endmembers, boolean positive, double price) {
        return new SparseModel(endmembers, positive, false, price, diagnostics(endmembers));
    }

    /** Minimises sum |a| under ||y - E a|| <= bound. */
    static SparseModel bounded(Endmembers endmembers, boolean positive, double bound) {
        return new SparseModel(endmembers, positive, true, bound, diagnostics(endmembers));
    }

    static Diagnostics diagnostics(Endmembers endmembers) {
        EndmemberMatrix matrix = new EndmemberMatrix(endmembers.toMatrix());
        return Conditions.of(matrix, endmembers, "where several minimise, one of them is given");
    }

    /** The rows of the reduction are orthonormal but for one power of two. */
    private static double lengthOfFirst(double[][] rows) {
        double square = 0;
        for (double v : rows[0]) {
            square += v * v;
        }
        return Math.scalb(1.0, (int) Math.rint(Math.log(square) / Math.log(4)));
    }

    @Override
    public int bands() {
        return bands;
    }

    @Override
    public int outputs() {
        return columns.length;
    }

    @Override
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public Worker worker() {
        return new TileByTile();
    }

    private final class TileByTile implements Worker {
        private final SparseTileSolver solver = new SparseTileSolver(columns, positive);
        private double[][] reduced = new double[weights.length][0];
        private double[] beyond = new double[0];
        private double[] inside = new double[0];

        @Override
        public void apply(PixelTile tile, double[][] output) {
            if (beyond.length < tile.capacity()) {
                reduced = new double[weights.length][tile.capacity()];
                beyond = new double[tile.capacity()];
                inside = new double[tile.capacity()];
            }
            if (weights.length > 0) {
                tile.multiply(weights, reduced);
            }
            int n = tile.size();
            if (n == 0) {
                return;
            }
            double[][] in = weights.length == 0 ? tile.planes() : reduced;
            if (bounded) {
                takeBeyond(tile, n);
                solver.solveWithin(in, beyond, n, limit * scale, output);
            } else {
                solver.solve(in, n, limit * scale * scale, output);
            }
        }

        /** What of the squared length of the pixels no abundances can reach. */
        private void takeBeyond(PixelTile tile, int n) {
            if (weights.length == 0) {
                return;
            }
            Kernels.best().squaredNorms(tile.planes(), n, beyond);
            Kernels.best().squaredNorms(reduced, n, inside);
            for (int i = 0; i < n; i++) {
                beyond[i] = Math.max(0.0, beyond[i] * scale * scale - inside[i]);
            }
        }

        @Override
        public long iterations() {
            return solver.iterations();
        }

        @Override
        public long fallbacks() {
            return solver.fallbacks();
        }

        @Override
        public long unconverged() {
            return solver.unconverged();
        }

        @Override
        public OptionalDouble optimality() {
            return OptionalDouble.of(solver.optimality());
        }
    }
}
