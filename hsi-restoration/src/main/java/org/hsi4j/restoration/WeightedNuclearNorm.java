package org.hsi4j.restoration;

import java.util.Arrays;

/**
 * WNNM, weighted nuclear norm minimisation: patches that look alike form a matrix of low rank, whose large singular values shrink less
 * than its small ones.
 *
 * <p>For a reference patch every few pixels the patches most like it in a window around it are the columns of a matrix G of n columns;
 * its mean column is kept. Of the rest, whose noise has variance v, the matrix X with least
 * |G - X|<sup>2</sup> / v + sum of w<sub>i</sub> s<sub>i</sub>(X), w<sub>i</sub> = c sqrt(n) v / s<sub>i</sub>(X), has the singular vectors of G
 * and in place of each singular value s
 * (s + sqrt(s<sup>2</sup> - 4 C)) / 2 with C = 2 c sqrt(n) v, or zero where s<sup>2</sup> &lt; 4 C. A pixel is the mean of what all patches say of
 * it. The result x goes round again as x + f (y - x), y the noisy plane; the noise that is left there has, for each reference
 * patch, the deviation l sqrt(|sigma<sup>2</sup> - mean (y - x)<sup>2</sup>|) over its pixels.
 *
 * <p>Of the paper are: patches of 6 x 6, 70 in a group, a window of 61 x 61 positions, c = 2 sqrt(2), f = .1 and l = .54. Other than in
 * the paper, reference patches are four pixels apart (two there; .01 dB for a fourth of the time), and there is one round: on the images of
 * the scenes of {@code OracleTest} a second gained nothing, and eight (as in the paper) lost .4 dB.
 * Planes with a side of less than 6 pixels have patches of that side. A plane without noise stays as it is. Costs some 200 kflops a
 * pixel and round. Immutable and thread-safe.
 *
 * <p>Reference: Gu, Xie, Meng, Zuo, Feng and Zhang, "Weighted nuclear norm minimization and its applications to low level vision",
 * International Journal of Computer Vision 121, 2017.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(WeightedNuclearNorm.withDefaults())).run();
 * }</pre>
 */
public final class WeightedNuclearNorm implements PlaneDenoiser {
    private static final int SIDE = 6;
    private static final int RADIUS = 30;
    private static final int MATES = 70;
    private static final double CONSTANT = 2 * Math.sqrt(2);
    private static final double FEEDBACK = 0.1;
    private static final double NOISE_SCALE = 0.54;

    private final int iterations;
    private final int step;

    private WeightedNuclearNorm(int iterations, int step) {
        this.iterations = iterations;
        this.step = step;
    }

    /**
     * One round, with a reference patch every fourth pixel.
     *
     * @return the method
     */
    public static WeightedNuclearNorm withDefaults() {
        return new WeightedNuclearNorm(1, 4);
    }

    /**
     * With another number of rounds.
     *
     * @param rounds 1 to 20; time goes with it
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public WeightedNuclearNorm withIterations(int rounds) {
        if (rounds < 1 || rounds > 20) {
            throw new IllegalArgumentException("iterations must be 1 to 20, not " + rounds);
        }
        return new WeightedNuclearNorm(rounds, step);
    }

    /**
     * How often the plane goes round.
     *
     * @return 1 to 20
     */
    public int iterations() {
        return iterations;
    }

    /**
     * With reference patches nearer to or further from one another.
     *
     * @param pixels from one reference patch to the next, 1 to 6; time goes with the inverse square
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public WeightedNuclearNorm withStep(int pixels) {
        if (pixels < 1 || pixels > SIDE) {
            throw new IllegalArgumentException("step must be 1 to " + SIDE + ", not " + pixels);
        }
        return new WeightedNuclearNorm(iterations, pixels);
    }

    /**
     * Pixels from one reference patch to the next.
     *
     * @return 1 to 6
     */
    public int step() {
        return step;
    }

    @Override
    public String name() {
        return "wnnm";
    }

    @Override
    public String summary() {
        return "Shrinks the singular values of groups of similar patches, the small ones more than the large ones.";
    }

    @Override
    public String reference() {
        return "Gu et al., Weighted nuclear norm minimization and its applications to low level vision, 2017";
    }

    @Override
    public long workerBytes(int rows, int columns) {
        return Double.BYTES * (5L * rows * columns + 3L * SIDE * SIDE * MATES + 3L * SIDE * SIDE * SIDE * SIDE);
    }

    @Override
    public Worker worker(int rows, int columns) {
        return new Rounds(rows, columns);
    }

    /** By what a singular value s is multiplied, given its square: the larger root of x x - s x + C = 0, over s. */
    static double factor(double squared, int n, double variance) {
        double limit = 8 * CONSTANT * Math.sqrt(n) * variance;
        return squared > limit ? (1 + Math.sqrt(1 - limit / squared)) / 2 : 0;
    }

    private final class Rounds implements Worker {
        private final int rows;
        private final int columns;
        private final int high;
        private final int wide;
        private final PatchGroups groups;
        private final PatchGroups.Strip[] strip;
        private final double[][] current;
        private final double[] variances;

        Rounds(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            high = Math.min(SIDE, rows);
            wide = Math.min(SIDE, columns);
            groups = new PatchGroups(1, rows, columns, SIDE, step, MATES, RADIUS);
            strip = new PatchGroups.Strip[] {groups.strip(0, rows - high)};
            current = new double[1][rows * columns];
            variances = new double[rows * columns];
        }

        @Override
        public void denoise(double[] plane, double sigma) {
            Planes.requireSize(plane, rows, columns);
            if (!(sigma > 0)) {
                return;
            }
            System.arraycopy(plane, 0, current[0], 0, plane.length);
            Arrays.fill(variances, sigma * sigma);
            for (int round = 0; round < iterations; round++) {
                if (round > 0) {
                    feedBack(plane, sigma);
                }
                strip[0].clear();
                groups.denoise(current, current, this::factor, 0, rows - high, strip[0]);
                PatchGroups.join(strip, current, columns);
            }
            System.arraycopy(current[0], 0, plane, 0, plane.length);
        }

        private double factor(double squared, int m, int n, int position) {
            return WeightedNuclearNorm.factor(squared, n, variances[position]);
        }

        /** Gives a part of what was taken out back, and finds what noise is left. */
        private void feedBack(double[] noisy, double sigma) {
            double[] x = current[0];
            for (int i = 0; i < x.length; i++) {
                x[i] += FEEDBACK * (noisy[i] - x[i]);
            }
            for (int r = 0; r <= rows - high; r++) {
                for (int c = 0; c <= columns - wide; c++) {
                    double sum = 0;
                    for (int i = 0; i < high; i++) {
                        int at = (r + i) * columns + c;
                        for (int j = 0; j < wide; j++) {
                            double gone = noisy[at + j] - x[at + j];
                            sum += gone * gone;
                        }
                    }
                    variances[r * columns + c] =
                            NOISE_SCALE * NOISE_SCALE * Math.abs(sigma * sigma - sum / (high * wide));
                }
            }
        }
    }
}
