package org.hsi4j.linalg;

import java.util.Optional;

/**
 * The loops in which the time goes: they work on the planes of a pixel tile, one array a band, of which the first
 * {@code n} entries count. Implementations are stateless and thread-safe. The same call gives the same bits on every thread,
 * and what comes out for a pixel does not depend on the others of its tile, nor one row of a product on the other rows. Sums run in float64, except where a method takes float arrays and states what that costs.
 *
 * <p>There are two implementations. {@link #plain()} is always there. {@link #vector()} is built on the Vector API, which the
 * JVM offers only when it is started with {@code --add-modules jdk.incubator.vector}; {@link #best()} then takes it.
 * The results of the two differ by rounding: they sum in another order. Both multiply and add in one step, plain Java
 * only where the machine has an instruction for it. For a sum of m terms each is within m + 4 rounding units (2<sup>-53</sup>, or 2<sup>-24</sup> in float32) times the sum of the
 * magnitudes of its terms, to first order.
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
     * The fastest implementation on this JVM. It is chosen once, and the choice is logged once, on the level INFO when
     * another start of the JVM would be faster and on DEBUG otherwise.
     *
     * @return the one on the Vector API, where that is present and its vectors have at least 256 bits, and the system property
     *     {@code org.hsi4j.kernels} is not {@code plain}; otherwise plain Java. The property {@code vector}
     *     asks for the Vector API on narrower vectors too
     */
    static Kernels best() {
        return KernelChoice.OF_THIS_JVM.best();
    }

    /**
     * The implementation in plain Java.
     *
     * @return always the same one
     */
    static Kernels plain() {
        return PlainKernels.INSTANCE;
    }

    /**
     * The implementation on the Vector API, whether it is the best or not.
     *
     * @return empty when this JVM was started without {@code --add-modules jdk.incubator.vector}
     */
    static Optional<Kernels> vector() {
        return KernelChoice.OF_THIS_JVM.vector();
    }

    /**
     * Name of the implementation, for reports.
     *
     * @return for example {@code plain} or {@code vector}
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
     * The same product from float32 samples. Each is widened before it is multiplied and the sums are in float64, so the result
     * has the bits that the same samples in float64 would give. Made for planes that lie in memory and are read once.
     *
     * @param weights rows x B
     * @param in B planes
     * @param at where the n pixels begin in each plane
     * @param n pixels
     * @param scratch four planes of at least n values; overwritten
     * @param out as many planes as weights has rows, written from the first entry on
     */
    void multiply(double[][] weights, float[][] in, int at, int n, double[][] scratch, double[][] out);

    /**
     * Pixels that the product from float32 samples should be asked for at a time, where the planes lie in memory: long runs come
     * faster from there, but plain Java cuts them.
     *
     * @return 512 or more
     */
    int pixelsOfRun();

    /**
     * The same product in float32, at twice the speed. To first order the error of an entry is at most
     * (B + 4) 2<sup>-24</sup> sum over b of |weights[k][b] in[b][i]|: enough to draw a map or to start an iteration, too much
     * for a solver that is to be exact.
     *
     * @param weights rows x B
     * @param in B planes
     * @param n pixels
     * @param out as many planes as weights has rows; none of them may be one of {@code in}
     */
    void multiply(float[][] weights, float[][] in, int n, float[][] out);

    /**
     * What {@link #addScatter} of this implementation needs to rearrange pixels. It may be used again and again, by one thread
     * at a time, and its contents are of no use to others.
     *
     * @param bands B
     * @param pixels most pixels of a call
     * @return about B x pixels values
     */
    double[][] scatterScratch(int bands, int pixels);

    /**
     * Adds the scatter of a tile about a centre to the upper triangle of a matrix:
     * {@code sum[a][b] += sum over i of (in[a][i] - centre[a]) (in[b][i] - centre[b])} for {@code b >= a}. Costs about
     * B<sup>2</sup> n flops.
     *
     * @param in B planes
     * @param n pixels
     * @param centre B values
     * @param scratch what {@link #scatterScratch} gave for B bands and n or more pixels
     * @param sum B x B
     */
    void addScatter(double[][] in, int n, double[] centre, double[][] scratch, double[][] sum);

    /**
     * The same from float32 samples: differences, products and sums are in float64, so nothing is lost.
     *
     * @param in B planes
     * @param at where the n pixels begin in each plane
     * @param n pixels
     * @param centre B values
     * @param scratch what {@link #scatterScratch} gave for B bands and n or more pixels
     * @param sum B x B
     */
    void addScatter(float[][] in, int at, int n, double[] centre, double[][] scratch, double[][] sum);

    /**
     * The same in mixed precision: differences, products and the sums over 64 pixels at a time are in float32, and the sums of
     * these blocks in float64. To first order the error of an entry is at most
     * 68 2<sup>-24</sup> sum over i of |(in[a][i] - centre[a]) (in[b][i] - centre[b])|, however many pixels there are: enough
     * for leading components, too much for the inverse of a covariance whose condition number is above some thousands.
     *
     * @param in B planes
     * @param n pixels
     * @param centre B values
     * @param scratch at least n rows of B values; overwritten
     * @param sum B x B
     */
    void addScatterMixed(float[][] in, int n, float[] centre, float[][] scratch, double[][] sum);

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
     * Squared Mahalanobis distances of a whole tile: {@code out[i]} is the squared length of L<sup>-1</sup> (x - m). The inverse
     * is given, so that this is a product, which no row has to wait for, and not a solve. Costs B<sup>2</sup> n flops.
     *
     * @param upper the transpose of L<sup>-1</sup>, B x B, zero below its diagonal
     * @param mean m, B values
     * @param inOut X on entry; overwritten
     * @param n pixels
     * @param out n values
     */
    void squaredDistances(double[][] upper, double[] mean, double[][] inOut, int n, double[] out);

    /**
     * Squared Euclidean norm of each pixel: {@code out[i] = sum over b of in[b][i]^2}. Costs 2 B n flops.
     *
     * @param in B planes
     * @param n pixels
     * @param out n values
     */
    void squaredNorms(double[][] in, int n, double[] out);

    /**
     * Dot product of each pixel with its partner in another tile: {@code out[i] = sum over b of first[b][i] second[b][i]}.
     * Costs 2 B n flops.
     *
     * @param first B planes
     * @param second B planes
     * @param n pixels
     * @param out n values
     */
    void dots(double[][] first, double[][] second, int n, double[] out);

    /**
     * Mean of each plane over the pixels, summed as differences to the first pixel: a constant plane has exactly its value
     * for a mean, and a large common value costs no digits. Costs 2 B n flops.
     *
     * @param in B planes
     * @param n pixels, at least one
     * @param out B values
     */
    void means(double[][] in, int n, double[] out);

    /**
     * The same from float32 samples, with the bits that the same samples in float64 would give.
     *
     * @param in B planes
     * @param at where the n pixels begin in each plane
     * @param n pixels, at least one
     * @param out B values
     */
    void means(float[][] in, int at, int n, double[] out);
}
