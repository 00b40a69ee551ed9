package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * A scene as a small core with an orthonormal basis along its rows, its columns and its bands (Tucker decomposition). The bases
 * are those of the call before, each made anew in turn for the other two: one round of higher-order orthogonal iteration, which
 * is enough for scenes that change little from call to call.
 */
final class TuckerProjection {
    /** Longer sides keep their full rank, as the decomposition of their square matrix would cost more than all the rest. */
    private static final int LONGEST_REDUCED = 512;

    private static final int CHUNKS = 4;

    private final int rows;
    private final int columns;
    private final int pixels;
    private final int bands;
    private final RunContext context;
    private final int coreRows;
    private final int coreColumns;
    private final int coreBands;
    private final double[][] small;
    private final double[][] core;
    private final double[][] coefficients;
    private final Reused<Plane> planes;
    private final Reused<SpectralBasis.Block> blocks;
    private double[][] down;
    private double[][] along;
    private double[][] across;

    /** The first bases are the leading directions of the scene along each axis. */
    TuckerProjection(
            double[][] scene, int rows, int columns, double spatialShare, int spectralRank, RunContext context) {
        this.rows = rows;
        this.columns = columns;
        this.pixels = rows * columns;
        this.bands = scene.length;
        this.context = context;
        coreRows = share(rows, spatialShare);
        coreColumns = share(columns, spatialShare);
        coreBands = Math.min(spectralRank, bands);
        small = new double[bands][coreRows * coreColumns];
        core = new double[coreBands][coreRows * coreColumns];
        coefficients = new double[coreBands][pixels];
        planes = new Reused<>(Plane::new);
        blocks = new Reused<>(() -> SpectralBasis.Block.of(bands, coreBands));
        across = SpectralBasis.leading(SpectralBasis.gram(scene, context), coreBands);
        down = new double[0][];
        along = new double[0][];
        analyse(scene);
        reduceSides();
    }

    private static int share(int side, double share) {
        return side > LONGEST_REDUCED ? side : Math.min(side, (int) Math.ceil(share * side));
    }

    static long bytes(int rows, int columns, int bands, double spatialShare, int spectralRank, int threads) {
        long pixels = (long) rows * columns;
        long core = (long) share(rows, spatialShare) * share(columns, spatialShare);
        long squares = square(rows, spatialShare) + square(columns, spatialShare);
        return Double.BYTES
                * (core * (bands + spectralRank)
                        + spectralRank * pixels
                        + (CHUNKS + 4) * squares
                        + threads * (6 * pixels + bands * 2L * SpectralBasis.BLOCK));
    }

    private static long square(int side, double share) {
        return share(side, share) == side ? 0 : (long) side * side;
    }

    /** Replaces the scene by the nearest one of the new bases. */
    void project(double[][] scene) {
        analyse(scene);
        reduceSides();
        Parallel.run(context, "factoring", bands, planes.anew(), (own, b) -> own.reduce(scene[b], small[b]));
        across = SpectralBasis.leading(SpectralBasis.gram(small, context), coreBands);
        Kernels.best().multiply(across, small, small[0].length, core);
        Parallel.run(context, "factoring", coreBands, planes.anew(), (own, k) -> own.expand(core[k], coefficients[k]));
        synthesise(scene);
    }

    /** The coefficients of the scene in the spectra. */
    private void analyse(double[][] scene) {
        Parallel.run(context, "factoring", SpectralBasis.blocks(pixels), blocks.anew(), (own, k) -> {
            int from = k * SpectralBasis.BLOCK;
            int n = Math.min(SpectralBasis.BLOCK, pixels - from);
            SpectralBasis.load(scene, from, n, own.spectra());
            Kernels.best().multiply(across, own.spectra(), n, own.coefficients());
            SpectralBasis.store(own.coefficients(), n, coefficients, from);
        });
    }

    private void synthesise(double[][] scene) {
        double[][] spectra = SpectralBasis.transposed(across);
        Parallel.run(context, "factoring", SpectralBasis.blocks(pixels), blocks.anew(), (own, k) -> {
            int from = k * SpectralBasis.BLOCK;
            int n = Math.min(SpectralBasis.BLOCK, pixels - from);
            SpectralBasis.load(coefficients, from, n, own.coefficients());
            Kernels.best().multiply(spectra, own.coefficients(), n, own.spectra());
            SpectralBasis.store(own.spectra(), n, scene, from);
        });
    }

    /** New bases of the sides; none where a side keeps its full rank. */
    private void reduceSides() {
        if (coreRows < rows) {
            down = SpectralBasis.leading(gram(rows, Plane::addGramOfRows), coreRows);
        }
        if (coreColumns < columns) {
            along = SpectralBasis.leading(gram(columns, Plane::addGramOfColumns), coreColumns);
        }
    }

    /** Sums over the planes of coefficients. */
    private double[][] gram(int side, PlaneGram gram) {
        double[][][] partial = new double[CHUNKS][side][side];
        Parallel.run(context, "factoring", CHUNKS, planes.anew(), (own, chunk) -> {
            for (int k = chunk; k < coreBands; k += CHUNKS) {
                gram.add(own, coefficients[k], partial[chunk]);
            }
        });
        return mirrored(SpectralBasis.sum(partial));
    }

    private interface PlaneGram {
        void add(Plane own, double[] values, double[][] sum);
    }

    private static double[][] mirrored(double[][] upper) {
        for (int a = 0; a < upper.length; a++) {
            for (int b = 0; b < a; b++) {
                upper[a][b] = upper[b][a];
            }
        }
        return upper;
    }

    /** One plane between the bases; the buffers of one thread. */
    private final class Plane {
        private final Kernels kernels = Kernels.best();
        private final double[][] plane = new double[rows][columns];
        private final double[][] rowsFirst = new double[rows][columns];
        private final double[][] columnsFirst = new double[columns][rows];
        private final double[][] turned = new double[columns][rows];
        private final double[][] rowScratch = kernels.scatterScratch(rows, columns);
        private final double[][] columnScratch = kernels.scatterScratch(columns, rows);

        /** Adds P V' V P' for a plane P and the basis V along its rows. */
        void addGramOfRows(double[] values, double[][] sum) {
            load(values, rows, columns);
            turn(plane, rows, columns, turned);
            multiply(along, turned, columns, rows, columnsFirst);
            turn(columnsFirst, coreColumns, rows, rowsFirst);
            kernels.addScatter(rowsFirst, coreColumns, new double[rows], rowScratch, sum);
        }

        /** Adds P' U' U P. */
        void addGramOfColumns(double[] values, double[][] sum) {
            load(values, rows, columns);
            multiply(down, plane, rows, columns, rowsFirst);
            turn(rowsFirst, coreRows, columns, turned);
            kernels.addScatter(turned, coreRows, new double[columns], columnScratch, sum);
        }

        /** U P V'. */
        void reduce(double[] values, double[] core) {
            load(values, rows, columns);
            multiply(down, plane, rows, columns, rowsFirst);
            turn(rowsFirst, coreRows, columns, turned);
            multiply(along, turned, columns, coreRows, columnsFirst);
            storeTurned(coreRows, coreColumns, core);
        }

        /** U' core V. */
        void expand(double[] core, double[] values) {
            load(core, coreRows, coreColumns);
            multiply(transposed(down), plane, coreRows, coreColumns, rowsFirst);
            turn(rowsFirst, rows, coreColumns, turned);
            multiply(transposed(along), turned, coreColumns, rows, columnsFirst);
            storeTurned(rows, columns, values);
        }

        private void load(double[] values, int high, int wide) {
            for (int r = 0; r < high; r++) {
                System.arraycopy(values, r * wide, plane[r], 0, wide);
            }
        }

        private void storeTurned(int high, int wide, double[] values) {
            for (int r = 0; r < high; r++) {
                for (int c = 0; c < wide; c++) {
                    values[r * wide + c] = columnsFirst[c][r];
                }
            }
        }

        /** The product of a basis and the first rows of a matrix, or the rows themselves where there is no basis. */
        private void multiply(double[][] basis, double[][] in, int high, int wide, double[][] out) {
            if (basis.length == 0) {
                SpectralBasis.load(Arrays.copyOf(in, high), 0, wide, out);
            } else {
                kernels.multiply(basis, Arrays.copyOf(in, high), wide, out);
            }
        }
    }

    private static double[][] transposed(double[][] basis) {
        return basis.length == 0 ? basis : SpectralBasis.transposed(basis);
    }

    private static void turn(double[][] in, int high, int wide, double[][] out) {
        for (int r = 0; r < high; r++) {
            for (int c = 0; c < wide; c++) {
                out[c][r] = in[r][c];
            }
        }
    }
}
