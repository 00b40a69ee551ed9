package org.hsi4j.metrics;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Reconstruction error (RE) of an unmixing: how far E A is from the scene Y it explains, in the unit of the samples. Zero to
 * infinity; it needs no truth, and so it says nothing about right or wrong endmembers: more of them always make it smaller.
 *
 * <p>Two conventions are in use and both are given:
 * <ul>
 *   <li>RE = sqrt( ||Y - E A||<sup>2</sup> / (L N) ), over all entries, the form of Rasti et al., "HySUPP", IEEE TGRS 2024;
 *   <li>mean over pixels of sqrt( ||y<sub>n</sub> - E a<sub>n</sub>||<sup>2</sup> / L ), the mean of a map of residuals, the
 *       form of Plaza et al., "A quantitative and comparative analysis of endmember extraction algorithms from hyperspectral
 *       data", IEEE TGRS 42, 2004.
 * </ul>
 * The first is never smaller than the second. Pixels that are invalid in the scene, or NaN in any map, are left out.
 *
 * <pre>{@code
 * double re = ReconstructionError.of(scene, endmembers, abundances, RunContext.defaults()).rmse();
 * }</pre>
 *
 * @param rmse root of the mean squared residual over all entries
 * @param meanPixelRmse mean over pixels of their RMSE
 * @param bandRmse RMSE of each band
 * @param pixels number of pixels
 */
public record ReconstructionError(double rmse, double meanPixelRmse, List<Double> bandRmse, long pixels) {

    /** Copies the list. */
    public ReconstructionError {
        bandRmse = List.copyOf(bandRmse);
    }

    /**
     * Compares a scene with its reconstruction, which is never held as a whole. Costs 2 p L + 5 L flops a pixel.
     *
     * @param scene Y, bands x pixels
     * @param endmembers E, bands x p
     * @param abundances A, p x pixels, of the scene's image
     * @param context threads, progress and cancellation
     * @return the errors; the same for any number of threads
     * @throws IllegalArgumentException if the bands, images or numbers of endmembers differ, or no pixel is left
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static ReconstructionError of(
            Cube scene, Endmembers endmembers, AbundanceMaps abundances, RunContext context) {
        requireFit(scene, endmembers, abundances);
        double[][] matrix = endmembers.toMatrix();
        List<DoubleBuffer> maps = new ArrayList<>();
        for (int k = 0; k < abundances.count(); k++) {
            maps.add(abundances.asBuffer(k));
        }
        Sum sum = Tiles.reduce(
                scene,
                context,
                "reconstruction error",
                () -> new Sum(matrix, maps, PixelTile.capacityFor(scene.bands())),
                Sum::add,
                Sum::merge);
        if (sum.pixels == 0) {
            throw new IllegalArgumentException("no pixel is valid in both the scene and the abundances");
        }
        return sum.result();
    }

    private static void requireFit(Cube scene, Endmembers endmembers, AbundanceMaps abundances) {
        if (endmembers.bands() != scene.bands()) {
            throw new IllegalArgumentException(
                    "endmembers have " + endmembers.bands() + " bands but the cube has " + scene.bands());
        }
        if (endmembers.count() != abundances.count()) {
            throw new IllegalArgumentException(
                    endmembers.count() + " endmembers given but " + abundances.count() + " abundance maps");
        }
        if (abundances.rows() != scene.rows() || abundances.columns() != scene.columns()) {
            throw new IllegalArgumentException("the abundances are " + abundances.rows() + "x" + abundances.columns()
                    + " pixels but the cube is " + scene.rows() + "x" + scene.columns());
        }
    }

    private static final class Sum {
        private final double[][] matrix;
        private final List<DoubleBuffer> maps;
        private final double[][] weights;
        private final double[][] rebuilt;
        private final double[] own;
        private final int[] kept;
        private final double[] bandSquares;
        private double roots;
        private long pixels;

        Sum(double[][] matrix, List<DoubleBuffer> maps, int capacity) {
            this.matrix = matrix;
            this.maps = maps;
            this.weights = new double[maps.size()][capacity];
            this.rebuilt = new double[matrix.length][capacity];
            this.own = new double[capacity];
            this.kept = new int[capacity];
            this.bandSquares = new double[matrix.length];
        }

        void add(PixelTile tile) {
            int n = gather(tile);
            Kernels.best().multiply(matrix, weights, n, rebuilt);
            Arrays.fill(own, 0, n, 0.0);
            for (int b = 0; b < bandSquares.length; b++) {
                double[] plane = tile.planes()[b];
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double d = plane[kept[i]] - rebuilt[b][i];
                    sum += d * d;
                    own[i] += d * d;
                }
                bandSquares[b] += sum;
            }
            for (int i = 0; i < n; i++) {
                roots += Math.sqrt(own[i] / bandSquares.length);
            }
            pixels += n;
        }

        /** Packs the abundances of the tile's pixels that have them; returns how many. */
        private int gather(PixelTile tile) {
            int n = 0;
            for (int i = 0; i < tile.size(); i++) {
                boolean complete = true;
                for (int k = 0; k < weights.length; k++) {
                    weights[k][n] = maps.get(k).get(tile.pixel(i));
                    complete &= !Double.isNaN(weights[k][n]);
                }
                kept[n] = i;
                n += complete ? 1 : 0;
            }
            return n;
        }

        Sum merge(Sum later) {
            for (int b = 0; b < bandSquares.length; b++) {
                bandSquares[b] += later.bandSquares[b];
            }
            roots += later.roots;
            pixels += later.pixels;
            return this;
        }

        ReconstructionError result() {
            List<Double> bands = new ArrayList<>();
            double sum = 0;
            for (double squares : bandSquares) {
                bands.add(Math.sqrt(squares / pixels));
                sum += squares / pixels;
            }
            return new ReconstructionError(Math.sqrt(sum / bandSquares.length), roots / pixels, bands, pixels);
        }
    }
}
