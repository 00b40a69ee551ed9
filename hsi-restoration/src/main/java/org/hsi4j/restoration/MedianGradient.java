package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Destriping by the median step between neighbouring lines: half of the pixels may see an edge of the scene there and the step is that of the detectors
 * still.
 *
 * <p>In each band d<sub>c</sub> is the median over the line of the differences between a pixel of line c and its neighbour in line c - 1, and
 * the sum of d a profile. The stripe is what the profile has beside its trend, the mean in a Gaussian window of {@link #width} lines. Compared with
 * {@link MomentMatching} it stands outliers, clouds and objects, and is a little worse where there are none, as a median is noisier than a mean (33.7 and 34.1 dB).
 *
 * <p>Takes for a stripe whatever is narrower than the window and longer than half of the image. Scenes of one line are left as they are, with a
 * note. The scene is read in groups of bands that take 64 MiB at most, or one band a thread, and once more; costs some fifty flops a sample. The
 * figure {@code stripe-rms} is the root mean square of the offsets. Immutable and thread-safe.
 *
 * <p>Reference: Fischer, Thomas and Kasper, "Destriping of hyperspectral image data: an evaluation of different algorithms using EO-1 Hyperion data",
 * J. Applied Remote Sensing 6, 2012, compares such column statistics.
 */
public final class MedianGradient implements Destriper, StreamingRestorer {
    /** Of a group of bands. */
    private static final long MOST_BYTES = 64L << 20;

    private final StripeDirection direction;
    private final double width;

    private MedianGradient(StripeDirection direction, double width) {
        this.direction = direction;
        this.width = width;
    }

    /**
     * Columns, trends over four lines.
     *
     * @return the method
     */
    public static MedianGradient withDefaults() {
        return new MedianGradient(StripeDirection.COLUMNS, 4);
    }

    /**
     * Along which lines the stripes run. Default: columns.
     *
     * @param newDirection columns or rows
     * @return a changed copy
     */
    public MedianGradient withDirection(StripeDirection newDirection) {
        return new MedianGradient(java.util.Objects.requireNonNull(newDirection, "direction"), width);
    }

    /**
     * Deviation of the Gaussian window in which lines have a trend. Default: 4, the best of 2 to 20 for stripes in all lines and bands.
     *
     * @param lines positive, at most 1000
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public MedianGradient withWidth(double lines) {
        return new MedianGradient(direction, Destriping.requireWidth(lines));
    }

    @Override
    public StripeDirection direction() {
        return direction;
    }

    /**
     * Deviation of the window in which lines have a trend.
     *
     * @return in lines
     */
    public double width() {
        return width;
    }

    @Override
    public String name() {
        return "median-gradient";
    }

    @Override
    public String summary() {
        return "Takes the median steps between neighbouring lines out of each band.";
    }

    @Override
    public String reference() {
        return "Fischer, Thomas and Kasper, Destriping of hyperspectral image data: an evaluation of different algorithms using"
                + " EO-1 Hyperion data, 2012";
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
        long half = (context.memoryLimit() - beside) / 2;
        int group = BandGroups.size(cube, context, Math.min(MOST_BYTES, half));
        context.requireMemory(
                beside + (long) Double.BYTES * cube.pixels() * group, "a group of bands" + Learnt.besideResult(beside));
        return Destriping.learnt(cube, direction, name(), fit(cube, context, group));
    }

    private Destriping.Correction fit(Cube cube, RunContext context, int group) {
        int lines = Destriping.lines(cube, direction);
        double[][] stripes = new double[cube.bands()][];
        boolean[] any = new boolean[cube.bands()];
        BandGroups.forEach(
                cube,
                context,
                group,
                "reading",
                (bands, planes) -> Parallel.run(context, "measuring steps", bands.length, () -> planes, (own, k) -> {
                    any[bands[k]] = Arrays.stream(own[k]).anyMatch(v -> !Double.isNaN(v));
                    stripes[bands[k]] = stripes(own[k], cube.rows(), cube.columns());
                }));
        boolean some = IntStream.range(0, any.length).anyMatch(b -> any[b]);
        return some && lines > 1
                ? Destriping.Correction.minus(stripes, Diagnostics.none())
                : Destriping.Correction.none(cube.bands(), lines, Destriping.nothingToDo(some));
    }

    private double[] stripes(double[] plane, int rows, int columns) {
        boolean down = direction == StripeDirection.COLUMNS;
        int lines = down ? columns : rows;
        int length = down ? rows : columns;
        int next = down ? 1 : columns;
        int along = down ? columns : 1;
        double[] steps = new double[lines - 1];
        double[] differences = new double[length];
        for (int line = 1; line < lines; line++) {
            int n = 0;
            for (int i = 0; i < length; i++) {
                int pixel = line * next + i * along;
                double d = plane[pixel] - plane[pixel - next];
                if (!Double.isNaN(d)) {
                    differences[n++] = d;
                }
            }
            steps[line - 1] = median(differences, n);
        }
        return Destriping.withoutTrend(Destriping.summed(steps), width);
    }

    /** Of the first n values, which are sorted; zero of none. */
    private static double median(double[] values, int n) {
        if (n == 0) {
            return 0;
        }
        Arrays.sort(values, 0, n);
        return n % 2 == 1 ? values[n / 2] : 0.5 * values[n / 2 - 1] + 0.5 * values[n / 2];
    }
}
