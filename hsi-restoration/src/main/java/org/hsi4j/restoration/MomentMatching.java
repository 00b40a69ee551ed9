package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Destriping by moment matching: each line of each band is given the mean that its neighbourhood has, and on request the deviation.
 *
 * <p><b>Offsets.</b> The mean difference between a line and the one before it, over the pixels where both have a sample, is summed up to the
 * profile m<sub>c</sub>, so a mask makes no stripes. With the mean of m over a Gaussian window of {@link #width} lines for a trend, the stripe is what m has beside it.
 * The classical method takes the mean of the whole band for the trend, which flattens every gradient of the scene
 * (27.6 dB where the window of four lines left 34.1 dB).
 *
 * <p><b>Gains.</b> With {@link #withGain} a line of deviation s<sub>c</sub> is scaled about its mean by the trend of s divided by s<sub>c</sub>, for
 * detectors that differ in sensitivity. Off by default: where they do not, it makes what lines of a scene differ in into stripes (1 dB).
 *
 * <p>Takes for a stripe whatever is narrower than the window and as long as the image; a bright line of the scene along a column is dimmed. Scenes of one line
 * are left as they are, with a note. Two passes to learn (one more with gains), some ten flops a sample; what is learnt takes 24 bytes a line and band.
 * The figure {@code stripe-rms} is the root mean square of the offsets. Immutable and thread-safe.
 *
 * <p>Reference: Gadallah, Csillag and Smith, "Destriping multisensor imagery with moment matching", Int. J. Remote Sensing 21, 2000.
 */
public final class MomentMatching implements Destriper, StreamingRestorer {
    private final StripeDirection direction;
    private final double width;
    private final boolean gain;

    private MomentMatching(StripeDirection direction, double width, boolean gain) {
        this.direction = direction;
        this.width = width;
        this.gain = gain;
    }

    /**
     * Columns, trends over four lines, offsets only.
     *
     * @return the method
     */
    public static MomentMatching withDefaults() {
        return new MomentMatching(StripeDirection.COLUMNS, 4, false);
    }

    /**
     * Along which lines the stripes run. Default: columns.
     *
     * @param newDirection columns or rows
     * @return a changed copy
     */
    public MomentMatching withDirection(StripeDirection newDirection) {
        return new MomentMatching(java.util.Objects.requireNonNull(newDirection, "direction"), width, gain);
    }

    /**
     * Deviation of the Gaussian window in which lines have a trend. Default: 4, the best of 2 to 20 for stripes in all lines and bands.
     *
     * @param lines positive, at most 1000
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public MomentMatching withWidth(double lines) {
        return new MomentMatching(direction, Destriping.requireWidth(lines), gain);
    }

    /**
     * Whether deviations are matched too. Default: false.
     *
     * @param matched true to match them
     * @return a changed copy
     */
    public MomentMatching withGain(boolean matched) {
        return new MomentMatching(direction, width, matched);
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

    /**
     * Whether deviations are matched too.
     *
     * @return true when they are
     */
    public boolean gain() {
        return gain;
    }

    @Override
    public String name() {
        return "moment-matching";
    }

    @Override
    public String summary() {
        return "Gives each line of each band the mean of its neighbourhood.";
    }

    @Override
    public String reference() {
        return "Gadallah, Csillag and Smith, Destriping multisensor imagery with moment matching, 2000";
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

    private long bytes(Cube cube) {
        return LineMoments.bytes(cube.bands(), Destriping.lines(cube, direction));
    }

    private Destriping.Correction fit(Cube cube, RunContext context) {
        int lines = Destriping.lines(cube, direction);
        LineMoments moments = LineMoments.of(cube, direction, context, "measuring lines");
        if (!moments.any() || lines == 1) {
            return Destriping.Correction.none(cube.bands(), lines, Destriping.nothingToDo(moments));
        }
        LineMoments steps =
                LineMoments.of(Destriping.differencesAcross(cube, direction), direction, context, "measuring steps");
        double[][] stripes = new double[cube.bands()][];
        for (int b = 0; b < stripes.length; b++) {
            stripes[b] = Destriping.withoutTrend(Destriping.summed(steps.means(b)), width);
        }
        Destriping.Correction shifts = Destriping.Correction.minus(stripes, Diagnostics.none());
        return gain ? scaled(shifts, moments) : shifts;
    }

    private Destriping.Correction scaled(Destriping.Correction shifts, LineMoments moments) {
        double[][] gains = shifts.gain();
        double[][] offsets = shifts.offset();
        for (int b = 0; b < gains.length; b++) {
            double[] deviation = moments.deviations(b);
            double[] rest = Destriping.withoutTrend(deviation, width);
            for (int line = 0; line < deviation.length; line++) {
                double trend = deviation[line] - rest[line];
                gains[b][line] = deviation[line] > 0 && trend > 0 ? trend / deviation[line] : 1;
                offsets[b][line] += (1 - gains[b][line]) * moments.mean(b, line);
            }
        }
        return new Destriping.Correction(gains, offsets, shifts.diagnostics());
    }
}
