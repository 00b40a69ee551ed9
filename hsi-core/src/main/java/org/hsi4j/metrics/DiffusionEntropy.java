package org.hsi4j.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;

/**
 * Diffusion spectral entropy (DSE) of a set of points, such as spectra or features, and its mutual information with labels
 * (DSMI): how many states a random walk among the points can tell apart, and how many of them the labels explain. Liao et al.,
 * "Assessing neural network representations during training using data diffusion spectra", ICML workshop on Topology, Algebra
 * and Geometry in Machine Learning, 2023.
 *
 * <p><b>Definition.</b> With the distances d<sub>ij</sub> of n points, G<sub>ij</sub> = exp( -d<sub>ij</sub><sup>2</sup> / (2
 * &sigma;<sup>2</sup>) ), D = diag(G 1), K = D<sup>-1/2</sup> G D<sup>-1/2</sup>, its eigenvalues &lambda;<sub>i</sub> (those of
 * the random walk D<sup>-1</sup> G) and p<sub>i</sub> = |&lambda;<sub>i</sub>|<sup>t</sup> / sum
 * |&lambda;<sub>j</sub>|<sup>t</sup>: <b>DSE = - sum p<sub>i</sub> log<sub>2</sub> p<sub>i</sub></b>, in bits. Zero for equal
 * points, at most log<sub>2</sub> n, which points far apart come near to. <b>DSMI(X; labels) = sum over labels y of p(y) (
 * DSE(X*<sub>y</sub>) - DSE(X | y) )</b>, where X*<sub>y</sub> are as many points as have the label y, drawn from all without
 * replacement: the entropy grows with the number of points, so only sets of one size are compared. About zero for labels that
 * know nothing; it may be slightly negative by chance.
 *
 * <p><b>Bandwidth.</b> &sigma; is the median of the distances of all pairs of points times a scale, 1/4 unless told otherwise,
 * found once and used for every subset: with the fixed value of 10 in the authors' program, spectra in reflectance all look
 * alike. When the median is zero, only equal points are alike. The figure depends on &sigma; and n: compare figures of one
 * scale and one number of points. It is a measure of complexity, not a dimension.
 *
 * <p>Of a cube, at most {@link #samples()} valid pixels are drawn with the seed; invalid pixels, and for DSMI those without a
 * label, are never among them. Costs O(n<sup>2</sup> L + n<sup>3</sup>) and some 24 n<sup>2</sup> bytes. Immutable and
 * thread-safe; runs on the calling thread.
 *
 * <pre>{@code
 * double bits = DiffusionEntropy.withDefaults().of(scene, RunContext.defaults());
 * double explained = DiffusionEntropy.withDefaults().mutualInformation(scene, classes, RunContext.defaults());
 * }</pre>
 */
public final class DiffusionEntropy {
    private final double bandwidthScale;
    private final OptionalDouble bandwidth;
    private final double time;
    private final int samples;
    private final long seed;

    private DiffusionEntropy(double bandwidthScale, OptionalDouble bandwidth, double time, int samples, long seed) {
        this.bandwidthScale = bandwidthScale;
        this.bandwidth = bandwidth;
        this.time = time;
        this.samples = samples;
        this.seed = seed;
    }

    /**
     * A quarter of the median distance, t = 1 as in the paper, at most 500 pixels, seed 0.
     *
     * @return the measure
     */
    public static DiffusionEntropy withDefaults() {
        return new DiffusionEntropy(0.25, OptionalDouble.empty(), 1, 500, 0);
    }

    /**
     * Another bandwidth, as a share of the median distance.
     *
     * @param scale positive and finite; 0.25 by default
     * @return new measure
     * @throws IllegalArgumentException if it is not as described
     */
    public DiffusionEntropy withBandwidthScale(double scale) {
        requirePositive("the scale of the bandwidth", scale);
        return new DiffusionEntropy(scale, OptionalDouble.empty(), time, samples, seed);
    }

    /**
     * A fixed bandwidth, instead of a share of the median distance.
     *
     * @param sigma &sigma;, in the unit of the samples; positive and finite
     * @return new measure
     * @throws IllegalArgumentException if it is not as described
     */
    public DiffusionEntropy withBandwidth(double sigma) {
        requirePositive("the bandwidth", sigma);
        return new DiffusionEntropy(bandwidthScale, OptionalDouble.of(sigma), time, samples, seed);
    }

    /**
     * Another diffusion time: larger ones damp small eigenvalues, which are noise for the most part.
     *
     * @param t steps of the random walk, positive and finite; 1 by default
     * @return new measure
     * @throws IllegalArgumentException if it is not as described
     */
    public DiffusionEntropy withTime(double t) {
        requirePositive("the diffusion time", t);
        return new DiffusionEntropy(bandwidthScale, bandwidth, t, samples, seed);
    }

    /**
     * Another number of pixels.
     *
     * @param most how many pixels are drawn at most, at least one; 500 by default, which take seconds
     * @return new measure
     * @throws IllegalArgumentException if it is smaller than one
     */
    public DiffusionEntropy withSamples(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one pixel must be drawn, not " + most);
        }
        return new DiffusionEntropy(bandwidthScale, bandwidth, time, most, seed);
    }

    /**
     * Another seed for what is drawn: pixels, and the subsets X*.
     *
     * @param newSeed any number; 0 by default
     * @return new measure
     */
    public DiffusionEntropy withSeed(long newSeed) {
        return new DiffusionEntropy(bandwidthScale, bandwidth, time, samples, newSeed);
    }

    /**
     * The bandwidth as a share of the median distance.
     *
     * @return positive
     */
    public double bandwidthScale() {
        return bandwidthScale;
    }

    /**
     * The fixed bandwidth.
     *
     * @return empty when it is a share of the median distance
     */
    public OptionalDouble bandwidth() {
        return bandwidth;
    }

    /**
     * The diffusion time.
     *
     * @return positive
     */
    public double time() {
        return time;
    }

    /**
     * How many pixels are drawn at most.
     *
     * @return at least one
     */
    public int samples() {
        return samples;
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " is a positive finite number, not " + value);
        }
    }

    /**
     * Entropy of points.
     *
     * @param points {@code points[i]} is point i; at least one, all of one length, finite
     * @return bits, zero to log<sub>2</sub> of the number of points
     * @throws IllegalArgumentException if there is no point, their lengths differ, or a value is not finite
     */
    public double of(double[][] points) {
        double[][] squares = squaredDistances(points);
        return entropy(squares, all(points.length), sigma(squares));
    }

    /**
     * Entropy of the spectra of a cube.
     *
     * @param cube the scene
     * @param context cancellation and memory limit
     * @return bits
     * @throws IllegalArgumentException if no pixel is valid or the matrices exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public double of(Cube cube, RunContext context) {
        int[] drawn = draw(cube, cube.validMask(), context);
        return of(spectra(cube, drawn, context));
    }

    /**
     * Mutual information of points and labels.
     *
     * @param points {@code points[i]} is point i; at least one, all of one length, finite
     * @param labels one a point
     * @return bits
     * @throws IllegalArgumentException if there is no point, a number or length does not fit, or a value is not finite
     */
    public double mutualInformation(double[][] points, int[] labels) {
        if (points.length != labels.length) {
            throw new IllegalArgumentException(points.length + " points given but " + labels.length + " labels");
        }
        double[][] squares = squaredDistances(points);
        double sigma = sigma(squares);
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (int label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        double sum = 0;
        for (var entry : counts.entrySet()) {
            int label = entry.getKey();
            int[] own = Arrays.stream(all(labels.length))
                    .filter(i -> labels[i] == label)
                    .toArray();
            int[] any = choose(random, all(labels.length), own.length);
            double share = (double) own.length / labels.length;
            sum += share * (entropy(squares, any, sigma) - entropy(squares, own, sigma));
        }
        return sum;
    }

    /**
     * Mutual information of the spectra of a cube and the classes of its pixels.
     *
     * @param cube the scene
     * @param labels the class of each pixel, whole numbers; pixels with NaN are left out
     * @param context cancellation and memory limit
     * @return bits
     * @throws IllegalArgumentException if the images differ in shape, a label is not a whole number, no valid pixel has a label,
     *     or the matrices exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public double mutualInformation(Cube cube, ScoreMap labels, RunContext context) {
        if (labels.rows() != cube.rows() || labels.columns() != cube.columns()) {
            throw new IllegalArgumentException("the labels are " + labels.rows() + "x" + labels.columns()
                    + " pixels but the cube is " + cube.rows() + "x" + cube.columns());
        }
        int[] drawn = draw(cube, cube.validMask().and(labels.valid()), context);
        int[] classes = new int[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            double label = labels.value(drawn[i] / cube.columns(), drawn[i] % cube.columns());
            classes[i] = (int) label;
            if (classes[i] != label) {
                throw new IllegalArgumentException("a label is a whole number, not " + label);
            }
        }
        return mutualInformation(spectra(cube, drawn, context), classes);
    }

    private int[] draw(Cube cube, Mask usable, RunContext context) {
        int[] pixels = Arrays.stream(all(cube.pixels())).filter(usable::get).toArray();
        if (pixels.length == 0) {
            throw new IllegalArgumentException("no pixel of the cube can be used");
        }
        int n = Math.min(samples, pixels.length);
        context.requireMemory(24L * n * n, "the matrices of the diffusion");
        return choose(new SplittableRandom(seed), pixels, n);
    }

    private static double[][] spectra(Cube cube, int[] pixels, RunContext context) {
        double[][] spectra = new double[pixels.length][];
        for (int i = 0; i < pixels.length; i++) {
            context.checkCancelled();
            spectra[i] = cube.spectrum(pixels[i] / cube.columns(), pixels[i] % cube.columns())
                    .toArray();
        }
        return spectra;
    }

    private static int[] all(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** So many of the numbers, in rising order; all sets are equally likely. The argument is overwritten. */
    private static int[] choose(SplittableRandom random, int[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, numbers.length);
            int drawn = numbers[j];
            numbers[j] = numbers[i];
            numbers[i] = drawn;
        }
        int[] chosen = Arrays.copyOf(numbers, count);
        Arrays.sort(chosen);
        return chosen;
    }

    private static double[][] squaredDistances(double[][] points) {
        if (points.length == 0) {
            throw new IllegalArgumentException("an entropy needs at least one point");
        }
        double[][] squares = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            if (points[i].length != points[0].length) {
                throw new IllegalArgumentException(
                        "point " + i + " has " + points[i].length + " values but point 0 has " + points[0].length);
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int b = 0; b < points[i].length; b++) {
                    double d = points[i][b] - points[j][b];
                    sum += d * d;
                }
                if (!Double.isFinite(sum)) {
                    throw new IllegalArgumentException("the distance of points " + j + " and " + i + " is not finite");
                }
                squares[i][j] = sum;
                squares[j][i] = sum;
            }
        }
        return squares;
    }

    private double sigma(double[][] squares) {
        if (bandwidth.isPresent() || squares.length == 1) {
            return bandwidth.orElse(1);
        }
        int n = squares.length;
        double[] distances = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                distances[at++] = Math.sqrt(squares[i][j]);
            }
        }
        Arrays.sort(distances);
        double median = (distances[(at - 1) / 2] + distances[at / 2]) / 2;
        return bandwidthScale * median;
    }

    private double entropy(double[][] squares, int[] points, double sigma) {
        int n = points.length;
        double[][] walk = new double[n][n];
        double[] degree = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double square = squares[points[i]][points[j]];
                walk[i][j] = square == 0 ? 1 : StrictMath.exp(-square / (2 * sigma * sigma));
                degree[i] += walk[i][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                walk[i][j] /= Math.sqrt(degree[i]) * Math.sqrt(degree[j]);
            }
        }
        double[] shares = Dense.eigenvalues(walk);
        double total = 0;
        for (int k = 0; k < n; k++) {
            shares[k] = StrictMath.pow(Math.abs(shares[k]), time);
            total += shares[k];
        }
        double bits = 0;
        for (double share : shares) {
            double p = share / total;
            bits -= p == 0 ? 0 : p * StrictMath.log(p) / StrictMath.log(2);
        }
        return Math.max(0, bits);
    }

    @Override
    public String toString() {
        return "diffusion spectral entropy, bandwidth "
                + (bandwidth.isPresent() ? bandwidth.getAsDouble() : bandwidthScale + " of the median distance")
                + ", time "
                + time;
    }
}
