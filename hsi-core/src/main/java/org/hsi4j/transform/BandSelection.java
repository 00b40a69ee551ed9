package org.hsi4j.transform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.linalg.Dense;
import org.hsi4j.stats.MeanScatter;

/**
 * Chooses some bands of many. All answers are indices in rising order, for {@link org.hsi4j.Cube#selectBands}.
 *
 * <pre>{@code
 * Cube few = scene.selectBands(BandSelection.volume(MeanScatter.of(scene, context), 20));
 * }</pre>
 */
public final class BandSelection {
    /** Swaps go on while they enlarge a squared volume by more than this: rounding would make it endless. */
    private static final double ANY_GAIN = 1 + 1e-6;

    /** The bound f of strong rank-revealing QR, squared; f = 1.2 as its users choose it. */
    private static final double STRONG = 1.2 * 1.2;

    private BandSelection() {}

    /**
     * Bands at even distances, the first and the last among them; the middle one when one is wanted.
     *
     * @param bands number of bands
     * @param count how many to choose
     * @return {@code count} indices
     * @throws IllegalArgumentException if the count is smaller than one or larger than the number of bands
     */
    public static int[] uniform(int bands, int count) {
        requireCount(bands, count);
        if (count == 1) {
            return new int[] {bands / 2};
        }
        return IntStream.range(0, count)
                .map(i -> (int) ((2L * i * (bands - 1) + count - 1) / (2L * (count - 1))))
                .toArray();
    }

    /**
     * The bands of largest variance; the first of equals.
     *
     * @param statistics of a scene
     * @param count how many to choose
     * @return {@code count} indices
     * @throws IllegalArgumentException if the count is smaller than one or larger than the number of bands
     */
    public static int[] variance(MeanScatter statistics, int count) {
        requireCount(statistics.bands(), count);
        double[][] covariance = statistics.covariance();
        return IntStream.range(0, covariance.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer b) -> -covariance[b][b]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /**
     * The bands whose centred images span a large volume: the determinant of their covariance. Chosen one by one, each
     * time the band with the largest variance that the others do not explain, then exchanged one for one until no
     * exchange enlarges the volume. Finding the largest volume of all is a hard problem; this is a local maximum of it.
     * Reference: Sheffield, "Selecting band combinations from multispectral data", 1985. Costs k B<sup>2</sup> flops
     * for each exchange.
     *
     * @param statistics of a scene
     * @param count k, how many to choose
     * @return {@code count} indices
     * @throws IllegalArgumentException if the count is smaller than one or larger than the number of bands
     */
    public static int[] volume(MeanScatter statistics, int count) {
        requireCount(statistics.bands(), count);
        return exchanged(statistics.covariance(), count, ANY_GAIN);
    }

    /**
     * The bands that strong rank-revealing QR of the scene (pixels x bands, not centred) puts first: every other band
     * is a combination of them with coefficients of at most 1.2, and the error is near that of the best subspace of k
     * dimensions. It runs on the correlation matrix, which gives the same factors with half of the digits. Reference:
     * Gu and Eisenstat, "Efficient algorithms for computing a strong rank-revealing QR factorization", 1996. Costs as
     * {@link #volume}, with fewer exchanges.
     *
     * @param statistics of a scene
     * @param count k, how many to choose
     * @return {@code count} indices
     * @throws IllegalArgumentException if the count is smaller than one or larger than the number of bands
     */
    public static int[] rrqr(MeanScatter statistics, int count) {
        requireCount(statistics.bands(), count);
        return exchanged(statistics.correlation(), count, STRONG);
    }

    private static void requireCount(int bands, int count) {
        if (count < 1 || count > bands) {
            throw new IllegalArgumentException("cannot choose " + count + " of " + bands + " bands");
        }
    }

    private static int[] exchanged(double[][] gram, int count, double gain) {
        int[] chosen = pivots(gram, count);
        while (exchange(gram, chosen, gain)) {
            // each exchange enlarges the volume by a factor, and there are finitely many choices
        }
        Arrays.sort(chosen);
        return chosen;
    }

    /** The pivots of Cholesky with complete pivoting, which are those of QR with column pivoting. */
    private static int[] pivots(double[][] gram, int count) {
        int n = gram.length;
        double[] left = new double[n];
        boolean[] taken = new boolean[n];
        for (int b = 0; b < n; b++) {
            left[b] = gram[b][b];
        }
        double[][] factor = new double[count][n];
        int[] chosen = new int[count];
        for (int k = 0; k < count; k++) {
            int best = -1;
            for (int b = 0; b < n; b++) {
                if (!taken[b] && (best < 0 || left[b] > left[best])) {
                    best = b;
                }
            }
            chosen[k] = best;
            taken[best] = true;
            if (!(left[best] > 0)) {
                continue; // nothing is left to explain: any band is as good
            }
            double root = Math.sqrt(left[best]);
            for (int b = 0; b < n; b++) {
                double v = gram[best][b];
                for (int j = 0; j < k; j++) {
                    v -= factor[j][best] * factor[j][b];
                }
                factor[k][b] = v / root;
                left[b] -= factor[k][b] * factor[k][b];
            }
        }
        return chosen;
    }

    /**
     * Makes the one exchange that enlarges the squared volume most, by more than {@code gain}; false when there is
     * none.
     */
    private static boolean exchange(double[][] gram, int[] chosen, double gain) {
        int k = chosen.length;
        double[][] inner = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                inner[i][j] = gram[chosen[i]][chosen[j]];
            }
        }
        Optional<double[][]> lower = Dense.cholesky(inner);
        if (lower.isEmpty()) {
            return false; // the scene has a lower rank: no volume to enlarge
        }
        double[][] inverse = Dense.inverse(lower.get());
        double best = gain;
        int out = -1;
        int in = -1;
        double[] column = new double[k];
        for (int b = 0; b < gram.length; b++) {
            if (contains(chosen, b)) {
                continue;
            }
            double rest = gram[b][b];
            for (int i = 0; i < k; i++) {
                column[i] = gram[chosen[i]][b];
            }
            double[] coefficients = column.clone();
            Dense.solve(lower.get(), coefficients);
            for (int i = 0; i < k; i++) {
                rest -= column[i] * coefficients[i];
            }
            for (int i = 0; i < k; i++) {
                double ratio = coefficients[i] * coefficients[i] + Math.max(0, rest) * inverse[i][i];
                if (ratio > best) {
                    best = ratio;
                    out = i;
                    in = b;
                }
            }
        }
        if (out < 0) {
            return false;
        }
        chosen[out] = in;
        return true;
    }

    private static boolean contains(int[] chosen, int band) {
        for (int c : chosen) {
            if (c == band) {
                return true;
            }
        }
        return false;
    }
}
