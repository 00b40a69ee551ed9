package org.hsi4j.linalg;

/**
 * The loops in which the time goes: they work on the planes of a pixel tile, one array a band, of which the first
 * {@code n} entries count. Implementations are stateless and thread-safe; sums run in float64.
 *
 * <p>Costs are given in floating-point operations for B bands and n pixels.
 *
 * <pre>{@code
 * Kernels kernels = Kernels.best();
 * kernels.multiply(weights, tile.planes(), tile.size(), output);
 * }</pre>
 */
public interface Kernels {

    /**
     * The fastest implementation on this JVM.
     *
     * @return plain Java, for the time being
     */
    static Kernels best() {
        return PlainKernels.INSTANCE;
    }

    /**
     * Name of the implementation, for reports.
     *
     * @return for example {@code plain}
     */
    String name();

    /**
     * Product of a small matrix and a tile: {@code out[k][i] = sum over b of weights[k][b] in[b][i]}. Costs 2 B n flops a row
     * of weights.
     *
     * @param weights rows x B
     * @param in B planes
     * @param n pixels
     * @param out as many planes as weights has rows; none of them may be one of {@code in}
     */
    void multiply(double[][] weights, double[][] in, int n, double[][] out);

    /**
     * Adds the scatter of a tile about a centre to the upper triangle of a matrix:
     * {@code sum[a][b] += sum over i of (in[a][i] - centre[a]) (in[b][i] - centre[b])} for {@code b >= a}. Costs about
     * B<sup>2</sup> n flops.
     *
     * @param in B planes
     * @param n pixels
     * @param centre B values
     * @param scratch at least n rows of B values; overwritten
     * @param sum B x B
     */
    void addScatter(double[][] in, int n, double[] centre, double[][] scratch, double[][] sum);

    /**
     * Solves L Z = X - m for a whole tile, in place. Costs B<sup>2</sup> n flops.
     *
     * @param lower L, B x B, lower triangular with a diagonal free of zeros
     * @param mean m, B values
     * @param inOut X on entry, Z on return
     * @param n pixels
     */
    void whiten(double[][] lower, double[] mean, double[][] inOut, int n);

    /**
     * Squared Euclidean norm of each pixel: {@code out[i] = sum over b of in[b][i]^2}. Costs 2 B n flops.
     *
     * @param in B planes
     * @param n pixels
     * @param out n values
     */
    void squaredNorms(double[][] in, int n, double[] out);

    /**
     * Mean of each plane over the pixels, summed as differences to the first pixel: a constant plane has exactly its value
     * for a mean, and a large common value costs no digits. Costs 2 B n flops.
     *
     * @param in B planes
     * @param n pixels, at least one
     * @param out B values
     */
    void means(double[][] in, int n, double[] out);
}
