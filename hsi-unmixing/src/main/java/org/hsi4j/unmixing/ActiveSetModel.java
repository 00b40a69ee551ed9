package org.hsi4j.unmixing;

import java.io.IOException;
import java.io.ObjectInputStream;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.ConstrainedProblem;
import org.hsi4j.unmixing.internal.EndmemberMatrix;
import org.hsi4j.unmixing.internal.TileSolver;

/** Abundances by an active set for each pixel, after one product that brings a whole tile to at most p numbers a pixel. */
final class ActiveSetModel implements PixelAbundanceModel {
    private static final long serialVersionUID = 1L;

    private final EndmemberMatrix.Reduced reduced;
    private final boolean sumToOne;
    private final int bands;
    private final Diagnostics diagnostics;
    private transient ConstrainedProblem problem;

    ActiveSetModel(EndmemberMatrix.Reduced reduced, boolean sumToOne, int bands, Diagnostics diagnostics) {
        this.reduced = reduced;
        this.sumToOne = sumToOne;
        this.bands = bands;
        this.diagnostics = diagnostics;
        this.problem = new ConstrainedProblem(reduced.columns(), sumToOne);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        problem = new ConstrainedProblem(reduced.columns(), sumToOne);
    }

    @Override
    public int bands() {
        return bands;
    }

    @Override
    public int outputs() {
        return reduced.columns().length;
    }

    @Override
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public Abundances solve(Cube scene, RunContext context) {
        // Less than that many are kept: z, the residual, the gradient and the result, and some sums.
        int planes = 4 * outputs() + 12;
        return Passes.abundances(scene, this, Passes.capacityForProduct(scene, planes), context);
    }

    @Override
    public Worker worker() {
        return new TileByTile(reduced, new TileSolver(problem));
    }

    private static final class TileByTile implements Worker {
        private final double[][] weights;
        private final double[] origin;
        private final TileSolver solver;
        private double[][] z;

        TileByTile(EndmemberMatrix.Reduced reduced, TileSolver solver) {
            this.weights = reduced.weights();
            this.origin = reduced.origin();
            this.solver = solver;
            this.z = new double[origin.length][0];
        }

        @Override
        public void apply(PixelTile tile, double[][] output) {
            if (z.length > 0 && z[0].length < tile.span()) {
                z = new double[z.length][tile.capacity()];
            }
            tile.multiply(weights, z);
            int n = tile.size();
            for (int k = 0; k < z.length; k++) {
                subtract(z[k], origin[k], n);
            }
            solver.solve(z, n, output);
        }

        private static void subtract(double[] plane, double constant, int n) {
            for (int i = 0; i < n; i++) {
                plane[i] -= constant;
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
    }
}
