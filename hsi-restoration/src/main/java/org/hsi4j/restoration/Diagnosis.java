package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * What is wrong with a scene: noise band by band, stripes, dead lines and pixels, impulses, lost samples and bands, blur. A
 * person reads {@link #lines()}, a program asks {@link #faults()} and {@link #bands()}.
 *
 * <p><b>How it is found.</b>
 *
 * <ol>
 *   <li><b>Lost samples</b> of a band are no data, or lie in a column or row that reads one value (dead lines), or read a value at
 *       least 20 times as frequent as the ten values on either side of it and have a share of at least .001. Such a
 *       value at the end of the range, with others close to it or in regions, is that of clipped samples and not lost. Bands of
 *       fewer than 64 different values are not judged. A pixel that is lost in more bands than chance explains, 30 % at least, is dead. A
 *       band of one value is missing. For what follows the lost are filled with what surrounds them.
 *   <li><b>Noise</b> is what regression on all other bands leaves of a band ({@code RegressionNoise}), measured by the median of its
 *       size, which neither impulses nor stripes move much. Where more than 30 % of the samples are lost, differences of neighbours
 *       are used if they are smaller. So they are, everywhere, in scenes of fewer than two pixels a band or of one band; what
 *       they say includes the scene's texture.
 *   <li><b>Stripes</b> are columns or rows whose median is five standard errors and .3 deviations of the noise from zero, in each
 *       quarter of the line alike: of the residual (stripes of single bands), or of what a sample has more than the mean of its
 *       two neighbours (stripes that all bands share), where that is 1 deviation of such differences at least and the band is
 *       noisy at all, as edges of the scene stand out as well.
 *   <li><b>Signal-dependent noise:</b> the residual's variance in twelve classes of brightness, and a line through them.
 *   <li><b>Spikes</b> are residuals of more than eight deviations, in pixels that have all their samples.
 *   <li><b>Blur:</b> the radial spectrum of the first principal component beside a power law, less the .4 pixels that sharp scenes have. It sees a
 *       Gaussian point spread of more than one pixel, to 10 % of its width in most scenes and 30 % in the worst of 15.
 *   <li><b>Motion blur:</b> the parallel zeros that an even motion leaves in the spectrum of the eight leading components, in units of their
 *       noise. Motions of 5 to 18 pixels are found in scenes of 50 pixels, of 5 to 22 in those of 100, to .75 pixels of their length and of
 *       where they end; longer ones less exactly, and not all: noise hides those of 5 pixels from .005 of the peak on, those of 9 and 15 from some .02.
 * </ol>
 *
 * <p><b>Rules</b> for {@link #faults()}, one set for all scenes; their reach is what {@code DiagnosisTest} states.
 *
 * <ul>
 *   <li>NOISE: a band with less than 60 dB. UNEVEN_NOISE: nine tenths of the bands' deviations reach 1.3 times that of the
 *       lowest tenth. SIGNAL_DEPENDENT_NOISE: half of the variance at least in the median band, a quarter in three of four.
 *   <li>STRIPES: the root mean square of the shifts is .3 deviations of the noise or more in 5 % of the bands, and three times as many
 *       lines are shifted in one direction as in the other; what scenes have along both is no stripe.
 *   <li>IMPULSES: a band with .5 % of scattered samples of two odd values. SPIKES: 1 % of them in a band. LOST_SAMPLES: a band in which .5 % of the
 *       samples are lost outside dead lines and pixels, without that.
 *   <li>BLUR: a point spread of 1.1 pixels, seen down to e<sup>-6</sup> of the power of a sharp picture, whose own power falls with a
 *       power of .5 to 4.5 of the frequency (of sharp measured scenes 1.2 to 4.1, of smooth random fields less), in a scene with at most 1 % of lost
 *       samples and without impulses, whose spectrum is theirs. MOTION_BLUR: in such a scene of 40 pixels at least a motion of 3 pixels to
 *       .4 of the side (38 pixels at most), whose kernel has a correlation of .6 with the logarithm of the spectrum (other scenes: less, or at
 *       the right angle as well), ten times what chance makes of it; it goes before BLUR.
 * </ul>
 *
 * <p>A pixel without any sample lies outside the scene. Costs 2 B flops a sample and the sorting of each band; holds the scene
 * twice in float64. The same bits on any number of threads. Immutable and thread-safe.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.of(scene, RunContext.defaults());
 * diagnosis.lines().forEach(System.out::println);
 * if (diagnosis.has(Fault.STRIPES)) { ... }
 * }</pre>
 */
public final class Diagnosis {
    private static final double NOISE_FREE = 60;
    private static final double UNEVEN = 1.3;
    private static final double SIGNAL_DEPENDENT = 0.5;
    private static final double STRIPED = 0.3;
    private static final double STRIPED_BANDS = 0.05;
    private static final int ONE_DIRECTION = 3;
    private static final double SPIKES = 0.01;
    private static final double SCATTERED = 0.005;
    private static final double BLURRED = 1.1;

    /** Share of lost samples, filled by what is around them, above which a scene looks smoother than it is. */
    private static final double WHOLE = 0.01;

    private final int rows;
    private final int columns;
    private final List<BandDiagnosis> bands;
    private final List<Mask> lost;
    private final Mask deadPixels;
    private final BlurEstimate blur;
    private final boolean reliable;
    private final Set<Fault> faults;

    Diagnosis(
            int rows,
            int columns,
            List<BandDiagnosis> bands,
            List<Mask> lost,
            Mask deadPixels,
            BlurEstimate blur,
            boolean reliable) {
        this.rows = rows;
        this.columns = columns;
        this.bands = List.copyOf(bands);
        this.lost = List.copyOf(lost);
        this.deadPixels = deadPixels;
        this.blur = blur;
        this.reliable = reliable;
        this.faults = Collections.unmodifiableSet(judge());
    }

    /**
     * Examines a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the diagnosis
     * @throws IllegalArgumentException if the samples are so large that their squares overflow, or two copies in float64
     *     exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Diagnosis of(Cube cube, RunContext context) {
        return Examination.of(cube, context);
    }

    private Set<Fault> judge() {
        Set<Fault> found = EnumSet.noneOf(Fault.class);
        List<BandDiagnosis> present = present();
        add(found, Fault.MISSING_BANDS, present.size() < bands.size());
        add(found, Fault.DEAD_LINES, any(b -> b.deadColumns() + b.deadRows() > 0));
        add(found, Fault.DEAD_PIXELS, deadPixels.count() > 0);
        boolean impulses = any(Diagnosis::impulses);
        double dead = (double) deadPixels.count() / ((long) rows * columns);
        add(found, Fault.IMPULSES, impulses);
        add(found, Fault.SPIKES, any(b -> b.spikes() >= SPIKES));
        add(found, Fault.LOST_SAMPLES, !impulses && any(b -> b.scattered() - dead >= SCATTERED));
        boolean noisy = any(b -> b.decibels() < NOISE_FREE);
        add(found, Fault.NOISE, noisy);
        if (noisy) {
            add(
                    found,
                    Fault.UNEVEN_NOISE,
                    quantile(BandDiagnosis::noise, 0.9) > UNEVEN * quantile(BandDiagnosis::noise, 0.1));
            add(
                    found,
                    Fault.SIGNAL_DEPENDENT_NOISE,
                    quantile(BandDiagnosis::signalShare, 0.5) > SIGNAL_DEPENDENT
                            && quantile(BandDiagnosis::signalShare, 0.25) > SIGNAL_DEPENDENT / 2);
        }
        add(found, Fault.STRIPES, striped(present));
        boolean whole = !impulses && lostShare() <= WHOLE;
        boolean moved = whole && blur.motion().isPresent();
        add(found, Fault.BLUR, whole && !moved && blur.certain() && blur.sigma() > BLURRED);
        add(found, Fault.MOTION_BLUR, moved);
        return found;
    }

    private static void add(Set<Fault> faults, Fault fault, boolean there) {
        if (there) {
            faults.add(fault);
        }
    }

    private boolean any(Predicate<BandDiagnosis> rule) {
        return present().stream().anyMatch(rule);
    }

    private boolean striped(List<BandDiagnosis> present) {
        long some = present.stream().filter(Diagnosis::striped).count();
        int along = present.stream().mapToInt(BandDiagnosis::stripedColumns).sum();
        int across = present.stream().mapToInt(BandDiagnosis::stripedRows).sum();
        return some > 0
                && some >= STRIPED_BANDS * present.size()
                && Math.max(along, across) >= ONE_DIRECTION * Math.min(along, across);
    }

    private static boolean impulses(BandDiagnosis band) {
        return band.oddValues() > 1 && band.scattered() >= SCATTERED;
    }

    private static boolean striped(BandDiagnosis band) {
        return band.stripes() > 0 && band.stripes() >= STRIPED * band.noise();
    }

    private List<BandDiagnosis> present() {
        return bands.stream().filter(b -> !b.missing()).toList();
    }

    private double quantile(ToDoubleFunction<BandDiagnosis> figure, double share) {
        double[] values = present().stream().mapToDouble(figure).sorted().toArray();
        return values.length == 0 ? 0 : values[(int) (share * (values.length - 1))];
    }

    /**
     * What is wrong.
     *
     * @return empty for a scene in order
     */
    public Set<Fault> faults() {
        return faults;
    }

    /**
     * Whether something is wrong.
     *
     * @param fault what may be
     * @return true if it is
     */
    public boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /**
     * The bands, one by one.
     *
     * @return as many as the scene has
     */
    public List<BandDiagnosis> bands() {
        return bands;
    }

    /**
     * The numbers of the bands that hold nothing or one value.
     *
     * @return rising
     */
    public List<Integer> missingBands() {
        return bands.stream()
                .filter(BandDiagnosis::missing)
                .map(BandDiagnosis::band)
                .toList();
    }

    /**
     * The samples that say nothing of the scene, for {@link Cube#withMissingSamples}: one mask a band, all of a missing band.
     *
     * @return as many as the scene has bands
     */
    public List<Mask> lostSamples() {
        return lost;
    }

    /**
     * The dead pixels.
     *
     * @return true where a pixel is dead
     */
    public Mask deadPixels() {
        return deadPixels;
    }

    /**
     * Deviation of the noise over all bands that are there: the root of the mean variance.
     *
     * @return in the unit of the samples
     */
    public double noise() {
        double sum = present().stream().mapToDouble(b -> b.noise() * b.noise()).sum();
        return Math.sqrt(sum / Math.max(1, present().size()));
    }

    /**
     * Power of the signal over that of the noise in the median band.
     *
     * @return decibels, infinite without noise
     */
    public double decibels() {
        return quantile(BandDiagnosis::decibels, 0.5);
    }

    /**
     * Median over the bands of the gain of signal-dependent noise: one by it is the number of photons a unit.
     *
     * @return by how much the variance grows with a unit of signal
     */
    public double gain() {
        return quantile(BandDiagnosis::gain, 0.5);
    }

    /**
     * Share of lost samples among those of the bands that are there.
     *
     * @return zero to one
     */
    public double lostShare() {
        return present().stream().mapToDouble(BandDiagnosis::lost).average().orElse(0);
    }

    /**
     * Standard deviation of the Gaussian point spread that the spectrum of the first component suggests, beyond the .4 pixels that
     * sharp scenes have of their own. A guess unless {@link Fault#BLUR} is among the faults.
     *
     * @return in pixels; zero where none is seen, or the scene is too noisy or small
     */
    public double blur() {
        return blur.sigma();
    }

    /**
     * The blur that was found, of which {@link AutoRestorer} frees the scene.
     *
     * @return a Gaussian with {@link Fault#BLUR}, a motion with {@link Fault#MOTION_BLUR}, else empty
     */
    public Optional<PointSpread> pointSpread() {
        if (has(Fault.MOTION_BLUR)) {
            return blur.motion().map(found -> found);
        }
        return has(Fault.BLUR) ? Optional.of(new PointSpread.Gaussian(blur.sigma())) : Optional.empty();
    }

    /**
     * Whether the noise was told from the scene by regression between bands.
     *
     * @return false in scenes of one band, or of fewer than two pixels a band: then the texture of the scene counts as noise
     */
    public boolean reliable() {
        return reliable;
    }

    /**
     * The report for a person: a line a finding.
     *
     * @return at least two lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(rows + " rows, " + columns + " columns, " + bands.size() + " bands: "
                + (faults.isEmpty()
                        ? "nothing to mend"
                        : String.join(", ", faults.stream().map(Fault::words).toList())));
        lines.add(noiseLine());
        if (has(Fault.UNEVEN_NOISE)) {
            lines.add(text(
                    "noise differs between bands: deviations from %.3g to %.3g",
                    quantile(BandDiagnosis::noise, 0), quantile(BandDiagnosis::noise, 1)));
        }
        if (has(Fault.SIGNAL_DEPENDENT_NOISE)) {
            lines.add(text(
                    "%.0f %% of the noise's variance grows with the signal, as of %.3g photons a unit",
                    100 * Math.min(1, quantile(BandDiagnosis::signalShare, 0.5)), 1 / gain()));
        }
        if (has(Fault.STRIPES)) {
            lines.add(stripesLine());
        }
        if (has(Fault.DEAD_LINES)) {
            lines.add(text(
                    "%d dead columns and %d dead rows in %d bands",
                    present().stream().mapToInt(BandDiagnosis::deadColumns).sum(),
                    present().stream().mapToInt(BandDiagnosis::deadRows).sum(),
                    count(b -> b.deadColumns() + b.deadRows() > 0)));
        }
        if (has(Fault.DEAD_PIXELS)) {
            lines.add(deadPixels.count() + " dead pixels");
        }
        if (has(Fault.IMPULSES)) {
            lines.add(text(
                    "impulses in %d bands, up to %.1f %% of the samples",
                    count(Diagnosis::impulses), 100 * most(Diagnosis::impulses, BandDiagnosis::scattered)));
        }
        if (has(Fault.SPIKES)) {
            lines.add(text(
                    "spikes in %d bands, up to %.1f %% of the samples",
                    count(b -> b.spikes() >= SPIKES), 100 * most(b -> true, BandDiagnosis::spikes)));
        }
        if (has(Fault.LOST_SAMPLES)) {
            lines.add(text(
                    "scattered samples are lost in %d bands, %.1f %% of all",
                    count(b -> b.scattered() >= SCATTERED), 100 * lostShare()));
        }
        if (has(Fault.MISSING_BANDS)) {
            lines.add("bands " + missingBands() + " hold nothing or one value");
        }
        if (has(Fault.BLUR)) {
            lines.add(text("as smooth as after a Gaussian point spread with a deviation of %.1f pixels", blur.sigma()));
        }
        if (has(Fault.MOTION_BLUR)) {
            lines.add("blurred by " + blur.motion().orElseThrow() + ", counter-clockwise from the rows");
        }
        return List.copyOf(lines);
    }

    private String noiseLine() {
        String origin = reliable ? "" : " (from differences of neighbours: the texture of the scene counts as noise)";
        return text("noise deviation %.3g, signal to noise %.1f dB in the median band", noise(), decibels()) + origin;
    }

    private String stripesLine() {
        int along = present().stream().mapToInt(BandDiagnosis::stripedColumns).sum();
        int across = present().stream().mapToInt(BandDiagnosis::stripedRows).sum();
        double mean = present().stream()
                .filter(Diagnosis::striped)
                .mapToDouble(BandDiagnosis::stripes)
                .average()
                .orElse(0);
        return text(
                "stripes along the %s of %d bands, root mean square shift %.3g",
                along >= across ? "columns" : "rows", count(Diagnosis::striped), mean);
    }

    private double most(Predicate<BandDiagnosis> rule, ToDoubleFunction<BandDiagnosis> figure) {
        return present().stream().filter(rule).mapToDouble(figure).max().orElse(0);
    }

    private long count(Predicate<BandDiagnosis> rule) {
        return present().stream().filter(rule).count();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return String.join("; ", lines());
    }
}
