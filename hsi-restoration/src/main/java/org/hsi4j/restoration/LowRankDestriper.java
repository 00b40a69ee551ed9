package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/**
 * Destriping by low rank and flatness: y = U z + s + n, where the spectra U z of the scene lie in a subspace of few dimensions, and the stripe s is the same along
 * the whole line, in each band another. Works on stripes that differ from band to band and on those that go through all bands, as a push-broom sensor's do.
 *
 * <p><b>Subspace.</b> The differences between neighbours <i>in</i> a line contain no stripe at all. From them come the noise of each band and the subspace, as
 * {@link WhitenedSvd} finds them.
 *
 * <p><b>Outside the subspace</b> there is no scene: what the mean spectrum of a line has there is stripe.
 *
 * <p><b>Inside the subspace</b> the coefficients m<sub>c</sub> of the lines (sums of their mean steps, over pixels where both lines have samples) are those of the scene,
 * x<sub>c</sub>, and stripe. The steps of the scene are taken to be of the size they have from row to row: with their covariance Q, from the means across the
 * stripes, and that of the steps of m, G = Q + 2 T, both are made diagonal at once, and in each direction
 * sum (m - x)<sup>2</sup> / t + sum (x<sub>c</sub> - x<sub>c-1</sub>)<sup>2</sup> / q is made least, the smoothing that is best for a random walk. The
 * weights follow from the scene, within a {@linkplain #withWidth bound}, and a scene without stripes has T near zero and stays.
 *
 * <p>A feature of the scene along a whole line, a road beside the flight line, adds to G and not to Q: it is dimmed by what its share of T demands. Scenes of one line, one pixel a line, or without noise to be found
 * in the differences are left as they are, with a note. The figures are {@code rank}, {@code stripe-rms}, the root mean square of what is taken away, and
 * {@code inside-rms}, its part inside the subspace. Four passes to learn; B<sup>2</sup> + 30 B flops a pixel; what is learnt takes B<sup>2</sup> and some B values a line. Immutable and
 * thread-safe.
 *
 * <p>The model is that of Chen, Huang, Deng and Huang, "Destriping of multispectral remote sensing image using low-rank tensor decomposition", IEEE J-STARS 11, 2018, with
 * the flatness of Takeyama and Ono, "Mixed noise removal for hyperspectral images using flatness constraint", 2022; the solution in closed form is ours.
 */
public final class LowRankDestriper implements Destriper, StreamingRestorer {
    /** Share of the variance of the steps that a direction of the scene has at least. */
    private static final double LEAST_SHARE = 1e-4;

    private final StripeDirection direction;
    private final double width;

    private LowRankDestriper(StripeDirection direction, double width) {
        this.direction = direction;
        this.width = width;
    }

    /**
     * Stripes along columns, smoothing over at most five lines.
     *
     * @return the method
     */
    public static LowRankDestriper withDefaults() {
        return new LowRankDestriper(StripeDirection.COLUMNS, 5);
    }

    /**
     * Along which lines the stripes run. Default: columns.
     *
     * @param newDirection columns or rows
     * @return a changed copy
     */
    public LowRankDestriper withDirection(StripeDirection newDirection) {
        return new LowRankDestriper(java.util.Objects.requireNonNull(newDirection, "direction"), width);
    }

    /**
     * Most lines over which the coefficients are smoothed, as the length in which the weights fall to 1/e. Default: 5. Without this bound, stripes that go through all bands
     * came out 1.5 dB better in a scene that looks the same in all directions, and an edge along a column was smeared over all the scene.
     *
     * @param lines positive, at most 1000
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public LowRankDestriper withWidth(double lines) {
        return new LowRankDestriper(direction, Destriping.requireWidth(lines));
    }

    /**
     * Most lines over which the coefficients are smoothed.
     *
     * @return in lines
     */
    public double width() {
        return width;
    }

    @Override
    public StripeDirection direction() {
        return direction;
    }

    @Override
    public String name() {
        return "low-rank-destriper";
    }

    @Override
    public String summary() {
        return "Takes out what is flat along a line and foreign to the scene's subspace or rougher than the scene.";
    }

    @Override
    public String reference() {
        return "Chen, Huang, Deng and Huang, Destriping of multispectral remote sensing image using low-rank tensor decomposition,"
                + " 2018";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        context.requireMemory(beside + bytes(cube), "the statistics of the lines" + Learnt.besideResult(beside));
        return Destriping.learnt(cube, direction, name(), fit(cube, context));
    }

    private static long bytes(Cube cube) {
        return LineMoments.bytes(cube.bands(), Math.max(cube.rows(), cube.columns()))
                + 40L * Double.BYTES * cube.bands() * cube.bands();
    }

    private Destriping.Correction fit(Cube cube, RunContext context) {
        int lines = Destriping.lines(cube, direction);
        LineMoments moments = LineMoments.of(cube, direction, context, "measuring lines");
        if (!moments.any() || lines == 1) {
            return Destriping.Correction.none(cube.bands(), lines, Destriping.nothingToDo(moments));
        }
        if (Destriping.length(cube, direction) == 1) {
            return Destriping.Correction.none(
                    cube.bands(),
                    lines,
                    Diagnostics.none().note("lines of one pixel cannot be told from stripes: left as they are"));
        }
        Cube along = Destriping.differencesAlong(cube, direction);
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(MeanScatter.of(along, context));
        Diagnostics diagnostics = model.diagnostics();
        if (model.isIdentity()) {
            return Destriping.Correction.none(cube.bands(), lines, diagnostics);
        }
        StripeDirection across = Destriping.across(direction);
        LineMoments rowSteps = LineMoments.of(along, across, context, "measuring rows");
        LineMoments steps =
                LineMoments.of(Destriping.differencesAcross(cube, direction), direction, context, "measuring steps");
        double averaging = (double) Destriping.lines(cube, direction) / Destriping.length(cube, direction);
        double[][] inside = inside(model.coefficients(steps.means()), model.coefficients(rowSteps.means()), averaging);
        return together(model, moments, model.spectra(inside), diagnostics);
    }

    /** What the lines have inside and outside of the subspace. */
    private static Destriping.Correction together(
            SubspaceModel model, LineMoments moments, double[][] inside, Diagnostics diagnostics) {
        double[][] means = moments.means();
        double[][] scene = model.spectra(model.coefficients(means));
        double sum = 0;
        double[][] stripes = new double[means.length][];
        for (int b = 0; b < means.length; b++) {
            stripes[b] = inside[b].clone();
            double mean = Arrays.stream(inside[b]).average().orElse(0);
            for (int line = 0; line < stripes[b].length; line++) {
                stripes[b][line] += moments.any(b, line) ? means[b][line] - scene[b][line] : 0;
                sum += (inside[b][line] - mean) * (inside[b][line] - mean);
            }
        }
        return Destriping.Correction.minus(
                stripes, diagnostics.with("inside-rms", Math.sqrt(sum / means.length / means[0].length)));
    }

    /**
     * The stripes in the subspace.
     *
     * @param steps mean steps between the lines: k x (lines - 1)
     * @param sceneSteps mean steps of the scene the other way
     * @param averaging how many more pixels these are means of
     */
    private double[][] inside(double[][] steps, double[][] sceneSteps, double averaging) {
        int k = steps.length;
        int lines = steps[0].length + 1;
        double[][] stripes = new double[k][lines];
        double[][] lower = factor(moment(steps, 1));
        if (lower == null) {
            return stripes;
        }
        double[][] whitened = whitened(lower, moment(sceneSteps, averaging));
        Dense.Eigen eigen = Dense.eigen(whitened);
        for (int j = 0; j < k; j++) {
            double scene = Math.max(LEAST_SHARE, Math.min(1, eigen.values()[j]));
            double[] reader = eigen.vectors()[j].clone();
            Dense.backward(lower, reader); // reads the coordinate: v' L^-1 m
            double[] profile = new double[lines];
            for (int c = 1; c < lines; c++) {
                double step = 0;
                for (int p = 0; p < k; p++) {
                    step += reader[p] * steps[p][c - 1];
                }
                profile[c] = profile[c - 1] + step;
            }
            double[] smooth = walk(profile, Math.min(width * width, (1 - scene) / 2 / scene));
            for (int p = 0; p < k; p++) {
                double weight = 0;
                for (int q = 0; q <= p; q++) {
                    weight += lower[p][q] * eigen.vectors()[j][q];
                }
                for (int c = 0; c < lines; c++) {
                    stripes[p][c] += weight * (profile[c] - smooth[c]);
                }
            }
        }
        return stripes;
    }

    /** Second moments of columns, times a factor. */
    private static double[][] moment(double[][] rows, double factor) {
        int k = rows.length;
        double[][] moment = new double[k][k];
        for (int p = 0; p < k; p++) {
            for (int q = 0; q < k; q++) {
                for (int c = 0; c < rows[p].length; c++) {
                    moment[p][q] += rows[p][c] * rows[q][c] * factor / rows[p].length;
                }
            }
        }
        return moment;
    }

    /** Of a matrix that may be singular: a millionth of its mean diagonal entry is added. */
    private static double @Nullable [][] factor(double[][] matrix) {
        double trace = 0;
        for (int p = 0; p < matrix.length; p++) {
            trace += matrix[p][p] / matrix.length;
        }
        for (int p = 0; p < matrix.length; p++) {
            matrix[p][p] += 1e-6 * trace;
        }
        return Dense.cholesky(matrix).orElse(null);
    }

    /** L<sup>-1</sup> Q L'<sup>-1</sup>. */
    private static double[][] whitened(double[][] lower, double[][] moment) {
        int k = lower.length;
        double[][] half = new double[k][];
        for (int p = 0; p < k; p++) {
            half[p] = moment[p].clone();
            Dense.forward(lower, half[p]);
        }
        double[][] result = new double[k][k];
        for (int q = 0; q < k; q++) {
            double[] column = new double[k];
            for (int p = 0; p < k; p++) {
                column[p] = half[p][q];
            }
            Dense.forward(lower, column);
            for (int p = 0; p < k; p++) {
                result[p][q] = column[p];
            }
        }
        for (int p = 0; p < k; p++) {
            for (int q = 0; q < p; q++) {
                result[p][q] = 0.5 * (result[p][q] + result[q][p]);
                result[q][p] = result[p][q];
            }
        }
        return result;
    }

    /** Minimises the sum of (m - x)^2 plus that of weight (x_c - x_c-1)^2: a tridiagonal system. */
    static double[] walk(double[] m, double weight) {
        int n = m.length;
        double[] upper = new double[n];
        double[] x = m.clone();
        for (int c = 0; c < n; c++) {
            double diagonal = 1 + weight * ((c > 0 ? 1 : 0) + (c + 1 < n ? 1 : 0));
            double pivot = c > 0 ? diagonal + weight * upper[c - 1] : diagonal;
            upper[c] = -weight / pivot;
            x[c] = (x[c] + (c > 0 ? weight * x[c - 1] : 0)) / pivot;
        }
        for (int c = n - 2; c >= 0; c--) {
            x[c] -= upper[c] * x[c + 1];
        }
        return x;
    }
}
