package org.hsi4j.transform;

import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.PixelModel;

/**
 * A linear map of spectra with an offset: y = W x + c. Immutable, serialisable, thread-safe. Costs 2 flops a pixel and
 * weight; where rows have few weights in a run (resampling, smoothing) only those.
 *
 * <pre>{@code
 * LinearModel meanOfTwo = LinearModel.of(new double[][] {{0.5, 0.5}}, new double[] {0});
 * ScoreMap map = Tiles.map(scene, meanOfTwo, context, "mean").toScores("mean");
 * }</pre>
 *
 * @serial exclude
 */
public final class LinearModel implements PixelModel {
    private static final long serialVersionUID = 1L;

    private final double[][] weights;
    private final double[] offset;
    private final int[] from;
    private final int[] to;
    private final boolean sparse;

    private LinearModel(double[][] weights, double[] offset, int[] from, int[] to, boolean sparse) {
        this.weights = weights;
        this.offset = offset;
        this.from = from;
        this.to = to;
        this.sparse = sparse;
    }

    private static LinearModel trusted(double[][] weights, double[] offset) {
        int[] from = new int[weights.length];
        int[] to = new int[weights.length];
        long used = 0;
        for (int k = 0; k < weights.length; k++) {
            double[] row = weights[k];
            to[k] = row.length;
            while (from[k] < to[k] && row[from[k]] == 0) {
                from[k]++;
            }
            while (to[k] > from[k] && row[to[k] - 1] == 0) {
                to[k]--;
            }
            used += to[k] - from[k];
        }
        return new LinearModel(weights, offset, from, to, 4 * used < (long) weights.length * weights[0].length);
    }

    /**
     * A map; the arrays are copied.
     *
     * @param weights W, outputs x bands
     * @param offset c, one value an output
     * @return the model
     * @throws IllegalArgumentException if W is empty or ragged, c does not fit, or a number is not finite
     */
    public static LinearModel of(double[][] weights, double[] offset) {
        if (weights.length == 0 || weights[0].length == 0) {
            throw new IllegalArgumentException("a linear map has at least one output and one band");
        }
        if (offset.length != weights.length) {
            throw new IllegalArgumentException(offset.length + " offsets given for " + weights.length + " outputs");
        }
        double[][] copy = new double[weights.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = weights[k].clone();
            if (copy[k].length != weights[0].length) {
                throw new IllegalArgumentException(
                        "output " + k + " has " + copy[k].length + " weights but output 0 has " + weights[0].length);
            }
            for (double w : copy[k]) {
                requireFinite(w, k);
            }
            requireFinite(offset[k], k);
        }
        return trusted(copy, offset.clone());
    }

    private static void requireFinite(double value, int output) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a weight or the offset of output " + output + " is not finite");
        }
    }

    @Override
    public int bands() {
        return weights[0].length;
    }

    @Override
    public int outputs() {
        return weights.length;
    }

    /**
     * A copy of W.
     *
     * @return outputs x bands
     */
    public double[][] weights() {
        double[][] copy = new double[weights.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = weights[k].clone();
        }
        return copy;
    }

    /**
     * A copy of c.
     *
     * @return one value an output
     */
    public double[] offset() {
        return offset.clone();
    }

    /** Some outputs, computed the way the whole model is, so that they are the same to the last bit. */
    LinearModel select(int... outputs) {
        double[][] rows = new double[outputs.length][];
        double[] c = new double[outputs.length];
        int[] first = new int[outputs.length];
        int[] end = new int[outputs.length];
        for (int k = 0; k < outputs.length; k++) {
            rows[k] = weights[outputs[k]];
            c[k] = offset[outputs[k]];
            first[k] = from[outputs[k]];
            end[k] = to[outputs[k]];
        }
        return new LinearModel(rows, c, first, end, sparse);
    }

    /**
     * Maps one spectrum. A band without data (NaN) spoils the outputs that have a weight for it, and no other.
     *
     * @param spectrum one value a band
     * @return one value an output
     * @throws IllegalArgumentException if the number of bands differs
     */
    public double[] apply(double[] spectrum) {
        if (spectrum.length != bands()) {
            throw new IllegalArgumentException(
                    "spectrum has " + spectrum.length + " bands but the model is for " + bands());
        }
        double[] mapped = offset.clone();
        for (int k = 0; k < mapped.length; k++) {
            for (int b = from[k]; b < to[k]; b++) {
                if (weights[k][b] != 0) {
                    mapped[k] += weights[k][b] * spectrum[b];
                }
            }
        }
        return mapped;
    }

    @Override
    public Worker worker() {
        return this::applyTo;
    }

    private void applyTo(PixelTile tile, double[][] output) {
        if (!sparse && output[0].length >= tile.span()) {
            tile.multiply(weights, output);
        } else if (!sparse) {
            Kernels.best().multiply(weights, tile.planes(), tile.size(), output);
        }
        int n = tile.size(); // found on the way by the product, which is why it is not asked for earlier
        for (int k = 0; k < weights.length; k++) {
            double[] out = output[k];
            if (sparse) {
                java.util.Arrays.fill(out, 0, n, 0.0);
                addRow(k, tile, n, out);
            }
            double c = offset[k];
            for (int i = 0; i < n; i++) {
                out[i] += c;
            }
        }
    }

    private void addRow(int k, PixelTile tile, int n, double[] out) {
        for (int b = from[k]; b < to[k]; b++) {
            double w = weights[k][b];
            double[] in = tile.planes()[b];
            for (int i = 0; i < n; i++) {
                out[i] += w * in[i];
            }
        }
    }
}
