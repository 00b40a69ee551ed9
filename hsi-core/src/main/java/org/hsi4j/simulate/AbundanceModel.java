package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * How the abundances of a scene are drawn. A caller's own model plugs in beside those given here.
 */
@FunctionalInterface
public interface AbundanceModel {

    /**
     * Draws abundances.
     *
     * @param p number of endmembers, at least one
     * @param rows rows of the image
     * @param columns columns of the image
     * @param random where the draws come from; the same draws must follow on any number of threads
     * @param context threads, progress and cancellation
     * @return p x pixels, row by row; not negative, the sum over the endmembers is one in every pixel to 1e-12
     * @throws IllegalArgumentException if no abundances of p endmembers are as asked for
     */
    double[][] draw(int p, int rows, int columns, SplittableRandom random, RunContext context);

    /**
     * Blocks, mixed by a low-pass filter: the generator of the unmixing surveys (Miao and Qi, "Endmember extraction from highly
     * mixed data using minimum volume constrained NMF", IEEE TGRS 45(3), 2007; Zhu, "Hyperspectral unmixing: ground truth
     * labeling, datasets, benchmark performances and survey", arXiv 1708.05125).
     *
     * <p>The image is cut into square blocks, each of one endmember: every endmember gets as many blocks as any other, the
     * first what is left over, and the blocks are shuffled. A mean filter of {@code window} x {@code window} pixels mixes
     * them; it is cut off at the border of the image and rescaled there, so that the sum stays one. A pixel whose largest
     * abundance is above the purity then gets 1/p of every endmember.
     *
     * @param side side of a block in pixels, at least one; 8 in the publications
     * @param window side of the filter in pixels, odd; 7
     * @param purity the largest abundance that stays, from 1/p to 1; 0.8; with 1 nothing is replaced
     */
    record Blocks(int side, int window, double purity) implements AbundanceModel {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is not as described
         */
        public Blocks {
            if (side < 1 || window < 1 || window % 2 == 0) {
                throw new IllegalArgumentException(
                        "blocks need a side of at least one and an odd window, not " + side + " and " + window);
            }
            if (!(purity > 0 && purity <= 1)) {
                throw new IllegalArgumentException("the purity is more than 0 and at most 1, not " + purity);
            }
        }

        /**
         * Blocks of 8 pixels, a window of 7, a purity of 0.8.
         *
         * @return the model of the publications
         */
        public static Blocks standard() {
            return new Blocks(8, 7, 0.8);
        }

        @Override
        public double[][] draw(int p, int rows, int columns, SplittableRandom random, RunContext context) {
            if (purity * p < 1) {
                throw new IllegalArgumentException(
                        "no mixture of " + p + " endmembers has all abundances below " + purity);
            }
            int across = (columns + side - 1) / side;
            int cells = across * ((rows + side - 1) / side);
            int[] order = BandChanges.shuffled(random, cells, cells);
            int each = cells / p;
            double[][] maps = new double[p][rows * columns];
            for (int i = 0; i < rows * columns; i++) {
                int turn = order[i / columns / side * across + i % columns / side];
                maps[turn < each * p ? turn % p : 0][i] = 1;
            }
            Parallel.run(context, "low-pass filter", p, () -> "", (none, k) -> filter(maps[k], columns));
            limit(maps);
            return maps;
        }

        private void filter(double[] map, int columns) {
            int rows = map.length / columns;
            double[] turned = mean(map, rows, columns);
            System.arraycopy(mean(turned, columns, rows), 0, map, 0, map.length);
        }

        /** The mean along each row, turned, rows for columns. */
        private double[] mean(double[] map, int rows, int columns) {
            double[] out = new double[map.length];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int first = Math.max(0, c - window / 2);
                    int last = Math.min(columns - 1, c + window / 2);
                    double sum = 0;
                    for (int j = first; j <= last; j++) {
                        sum += map[r * columns + j];
                    }
                    out[c * rows + r] = sum / (last - first + 1);
                }
            }
            return out;
        }

        private void limit(double[][] maps) {
            for (int i = 0; i < maps[0].length; i++) {
                double largest = 0;
                for (double[] map : maps) {
                    largest = Math.max(largest, map[i]);
                }
                for (double[] map : maps) {
                    map[i] = largest > purity ? 1.0 / maps.length : map[i];
                }
            }
        }
    }

    /**
     * The softmax of smooth Gaussian random fields, as in {@link LinearMixingScene}.
     *
     * @param smoothness standard deviation of the filter that smooths the fields, 0 to 1000 pixels
     * @param sharpness factor inside the softmax, 0 to 1000
     * @param maximumPurity the largest abundance, from 1/p to 1
     */
    record GaussianFields(double smoothness, double sharpness, double maximumPurity) implements AbundanceModel {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public GaussianFields {
            LinearMixingScene.withDefaults()
                    .withSmoothness(smoothness)
                    .withSharpness(sharpness)
                    .withMaximumPurity(maximumPurity);
        }

        @Override
        public double[][] draw(int p, int rows, int columns, SplittableRandom random, RunContext context) {
            return new SmoothAbundances(smoothness, sharpness, maximumPurity).make(p, rows, columns, random, context);
        }
    }

    /**
     * The softmax of random polynomials: each endmember has the field g = &Sigma; c<sub>ij</sub> P<sub>i</sub>(y)
     * P<sub>j</sub>(x) over all i + j up to the degree, with Legendre polynomials over the image, scaled to a mean square of
     * one, and independent normal c of a common variance such that the mean square of g is one; a pixel has the softmax of
     * s g. Legendre fields are one of the choices of the synthesis toolbox of the University of the Basque Country.
     *
     * @param degree highest degree, 1 to 50
     * @param sharpness s, 0 to 1000
     */
    record Legendre(int degree, double sharpness) implements AbundanceModel {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public Legendre {
            if (degree < 1 || degree > 50 || !(sharpness >= 0 && sharpness <= 1000)) {
                throw new IllegalArgumentException(
                        "Legendre fields have a degree of 1 to 50 and a sharpness of 0 to 1000, not " + degree + " and "
                                + sharpness);
            }
        }

        @Override
        public double[][] draw(int p, int rows, int columns, SplittableRandom random, RunContext context) {
            double[][] maps = new double[p][rows * columns];
            double[][] down = polynomials(rows);
            double[][] along = polynomials(columns);
            List<SplittableRandom> streams = LinearMixingScene.split(random, p);
            double scale = sharpness / Math.sqrt((degree + 1) * (degree + 2) / 2.0);
            Parallel.run(context, "Legendre fields", p, () -> "", (none, k) -> {
                for (int i = 0; i <= degree; i++) {
                    for (int j = 0; i + j <= degree; j++) {
                        double c = scale * Normal.next(streams.get(k));
                        for (int at = 0; at < maps[k].length; at++) {
                            maps[k][at] += c * down[i][at / columns] * along[j][at % columns];
                        }
                    }
                }
            });
            softmax(maps);
            return maps;
        }

        /** P<sub>i</sub> at the centres of n pixels, times sqrt(2 i + 1). */
        private double[][] polynomials(int n) {
            double[][] values = new double[degree + 1][n];
            for (int at = 0; at < n; at++) {
                double x = (2.0 * at + 1) / n - 1;
                double before = 0;
                double p = 1;
                for (int i = 0; i <= degree; i++) {
                    values[i][at] = p * Math.sqrt(2 * i + 1.0);
                    double next = ((2 * i + 1) * x * p - i * before) / (i + 1);
                    before = p;
                    p = next;
                }
            }
            return values;
        }

        private static void softmax(double[][] maps) {
            for (int i = 0; i < maps[0].length; i++) {
                double largest = maps[0][i];
                for (double[] map : maps) {
                    largest = Math.max(largest, map[i]);
                }
                double sum = 0;
                for (double[] map : maps) {
                    map[i] = StrictMath.exp(map[i] - largest);
                    sum += map[i];
                }
                for (double[] map : maps) {
                    map[i] /= sum;
                }
            }
        }
    }

    /**
     * Abundances drawn for each pixel on its own from a symmetric Dirichlet law, whose density is proportional to &Pi;
     * a<sub>k</sub><sup>&alpha; - 1</sup> (Nascimento and Bioucas-Dias, "Hyperspectral unmixing based on mixtures of Dirichlet
     * components", IEEE TGRS 50(3), 2012); pixels purer than a limit are drawn again. Gamma deviates after Marsaglia and Tsang,
     * "A simple method for generating gamma variables", ACM TOMS 26(3), 2000.
     *
     * @param alpha concentration, 0.01 to 1000; 1 is even over the simplex, less gives purer pixels
     * @param maximumPurity the largest abundance, more than 1/p (p &gt; 1) and at most 1
     */
    record Dirichlet(double alpha, double maximumPurity) implements AbundanceModel {
        private static final int MOST_DRAWS = 100_000;

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public Dirichlet {
            if (!(alpha >= 0.01 && alpha <= 1000)) {
                throw new IllegalArgumentException("the concentration is 0.01 to 1000, not " + alpha);
            }
            if (!(maximumPurity > 0 && maximumPurity <= 1)) {
                throw new IllegalArgumentException(
                        "the maximum purity is more than 0 and at most 1, not " + maximumPurity);
            }
        }

        /**
         * Even over the simplex, without a limit.
         *
         * @return the usual choice
         */
        public static Dirichlet even() {
            return new Dirichlet(1, 1);
        }

        @Override
        public double[][] draw(int p, int rows, int columns, SplittableRandom random, RunContext context) {
            double[][] maps = new double[p][rows * columns];
            List<SplittableRandom> streams = LinearMixingScene.split(random, rows);
            Parallel.run(context, "Dirichlet abundances", rows, () -> new double[p], (pixel, row) -> {
                for (int i = row * columns; i < (row + 1) * columns; i++) {
                    drawPixel(streams.get(row), pixel);
                    for (int k = 0; k < p; k++) {
                        maps[k][i] = pixel[k];
                    }
                }
            });
            return maps;
        }

        private void drawPixel(SplittableRandom random, double[] pixel) {
            for (int draws = 0; draws < MOST_DRAWS; draws++) {
                double sum = 0;
                for (int k = 0; k < pixel.length; k++) {
                    pixel[k] = gamma(random);
                    sum += pixel[k];
                }
                double largest = 0;
                for (int k = 0; k < pixel.length; k++) {
                    pixel[k] /= sum;
                    largest = Math.max(largest, pixel[k]);
                }
                if (sum > 0 && largest <= maximumPurity) {
                    return;
                }
            }
            throw new IllegalArgumentException("none of " + MOST_DRAWS + " mixtures of " + pixel.length
                    + " endmembers has all abundances below " + maximumPurity);
        }

        private double gamma(SplittableRandom random) {
            double shape = alpha < 1 ? alpha + 1 : alpha;
            double d = shape - 1.0 / 3;
            double c = 1 / Math.sqrt(9 * d);
            while (true) {
                double x = Normal.next(random);
                double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
                double u = 1 - random.nextDouble(); // never zero
                if (v > 0 && StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                    double boost = alpha < 1 ? StrictMath.pow(1 - random.nextDouble(), 1 / alpha) : 1;
                    return d * v * boost;
                }
            }
        }
    }

    /**
     * Abundances that are given.
     *
     * @param maps p x pixels, row by row; not negative, with a sum of one
     * @return a model that always draws them, and refuses other shapes
     * @throws IllegalArgumentException if a sum differs from one by more than 1e-9, or an abundance is negative
     */
    static AbundanceModel of(AbundanceMaps maps) {
        double[][] given = maps.toMatrix();
        for (int i = 0; i < maps.pixels(); i++) {
            double sum = 0;
            for (double[] map : given) {
                sum += map[i] >= 0 ? map[i] : Double.NaN;
            }
            if (!(Math.abs(sum - 1) <= 1e-9)) {
                throw new IllegalArgumentException(
                        "the abundances of pixel " + i + " are negative or do not sum to one");
            }
            for (double[] map : given) {
                map[i] /= sum;
            }
        }
        return (p, rows, columns, random, context) -> {
            if (p != maps.count() || rows != maps.rows() || columns != maps.columns()) {
                throw new IllegalArgumentException("the abundances are of " + maps.count() + " endmembers and "
                        + maps.rows() + "x" + maps.columns() + " pixels, not of " + p + " and " + rows + "x" + columns);
            }
            return Arrays.stream(given).map(double[]::clone).toArray(double[][]::new);
        };
    }
}
