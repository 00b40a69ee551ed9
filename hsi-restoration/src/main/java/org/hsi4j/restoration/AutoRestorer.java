package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is wrong with a scene and mends it: {@link Diagnosis}, then a {@link RestorationPlan}, then its steps.
 *
 * <p><b>The plan</b>, one rule for all scenes:
 *
 * <ol>
 *   <li>Lost samples, impulses, dead lines and pixels and missing bands are taken out ({@link LostSampleMarker}): whatever they
 *       read, it is nothing of the scene.
 *   <li>They are filled. Where more than 30 % of the samples are lost, or there is no noise to take out, by {@link FastHyIn}, which takes the noise
 *       of the others into account and out; else by {@link SvdImputation}, and what follows denoises.
 *   <li>Stripes of single bands are subtracted ({@link ResidualDestriping}).
 *   <li>Noise is removed by {@link NgMeet}, above 40 dB in the median band by {@link Bm3d} in each image of the subspace, and pixels with a spectrum of their own get theirs back ({@link RarePixels}).
 *       Impulses that no value betrays, {@linkplain BandDiagnosis#spikes() spikes}, are beyond that: then {@link
 *       EnhancedTotalVariation} removes all of it, and rare pixels are not kept, as nothing tells them from spikes.
 *   <li>A Gaussian blur that the diagnosis is sure of, or is told, is taken out by Wiener's filter in each image of the subspace ({@link
 *       SubspaceDeblurring}), which takes the noise out too: the step before is left out then, and rare pixels are not kept, unless there are spikes. As
 *       a width is estimated, only frequencies are raised that Gaussians 16 % wider and narrower leave alike. Motion blur and kernels that
 *       are told are taken out with the least total variation, which guesses what their zeros wiped out; a warning says so. That takes
 *       some thousand Fourier transforms a component: most of the time of the whole.
 *   <li>Missing bands take no part so far. They are interpolated last, on the loadings of the subspace ({@link SvdImputation}).
 * </ol>
 *
 * <p>A scene in which nothing is found comes back as it is. What is found in each step is told in the notes, and samples that
 * were invented in a warning there. A pixel without any sample stays invalid, as does what the mask leaves out.
 *
 * <p>Costs the sum of the steps; holds the scene some five times in float64. The same bits on any number of threads. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * MendedScene mended = Restoring.of(scene).automatically().run();
 * mended.diagnosis().lines().forEach(System.out::println);
 * mended.warnings().forEach(System.out::println);
 * }</pre>
 */
public final class AutoRestorer implements Restorer {
    /** Share of lost samples above which filling and denoising cannot be told apart. */
    private static final double SPARSE = 0.3;

    /** Decibels above which the noise is so weak that images need no comparison with each other, of which there are many then. */
    private static final double QUIET = 40;

    /** How far the width of a blur is from what a diagnosis says, as a share of it: .1 in most scenes, .3 in the worst. */
    private static final double BLUR_ERROR = 0.16;

    private final boolean rarePixels;
    private final boolean deblurring;
    private final @Nullable PointSpread pointSpread;

    private AutoRestorer(boolean rarePixels, boolean deblurring, @Nullable PointSpread pointSpread) {
        this.rarePixels = rarePixels;
        this.deblurring = deblurring;
        this.pointSpread = pointSpread;
    }

    /**
     * Keeps rare pixels, and takes blur out where there is some.
     *
     * @return the method
     */
    public static AutoRestorer withDefaults() {
        return new AutoRestorer(true, true, null);
    }

    /**
     * Whether pixels with a spectrum of their own are kept. Default: true.
     *
     * @param kept false to let the denoiser have its way
     * @return a changed copy
     */
    public AutoRestorer withRarePixels(boolean kept) {
        return new AutoRestorer(kept, deblurring, pointSpread);
    }

    /**
     * Whether pixels with a spectrum of their own are kept.
     *
     * @return true if they are
     */
    public boolean rarePixels() {
        return rarePixels;
    }

    /**
     * Whether a blur that is diagnosed or told is taken out. Default: true.
     *
     * @param wanted false to leave the picture as smooth as it is
     * @return a changed copy
     */
    public AutoRestorer withDeblurring(boolean wanted) {
        return new AutoRestorer(rarePixels, wanted, pointSpread);
    }

    /**
     * Whether a blur that is diagnosed or told is taken out.
     *
     * @return true if it is
     */
    public boolean deblurring() {
        return deblurring;
    }

    /**
     * The blur is known: it is taken out, whatever the diagnosis says of it. Default: the diagnosis decides.
     *
     * @param known what the blur makes of a point
     * @return a changed copy
     */
    public AutoRestorer withPointSpread(PointSpread known) {
        return new AutoRestorer(rarePixels, deblurring, Objects.requireNonNull(known, "known"));
    }

    /**
     * The blur that is known.
     *
     * @return empty where the diagnosis decides
     */
    public Optional<PointSpread> pointSpread() {
        return Optional.ofNullable(pointSpread);
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String role() {
        return "restorer";
    }

    @Override
    public String summary() {
        return "Finds out what is wrong with a scene, plans what mends it, and does so.";
    }

    @Override
    public String reference() {
        return "hsi4j, 2026; the steps name their own";
    }

    /**
     * What to do about a diagnosis.
     *
     * @param diagnosis of the scene
     * @return the plan, empty for a scene in order
     */
    public RestorationPlan plan(Diagnosis diagnosis) {
        List<RestorationPlan.Step> steps = new ArrayList<>();
        if (diagnosis.missingBands().size() == diagnosis.bands().size()) {
            return new RestorationPlan(steps);
        }
        Optional<String> lost = lost(diagnosis);
        lost.ifPresent(what -> steps.add(
                step("they say nothing of the scene: " + what, LostSampleMarker.of(diagnosis.lostSamples()))));
        boolean noisy = diagnosis.has(Fault.NOISE);
        Optional<RestorationPlan.Step> deblurring = deblurring(diagnosis);
        List<Integer> missing = diagnosis.missingBands();
        if (lost.isPresent() && (!noisy || diagnosis.lostShare() > SPARSE)) {
            steps.add(step("fills what is lost and takes the noise out of the rest", FastHyIn.withDefaults()));
            deblurring.ifPresent(steps::add);
            return new RestorationPlan(steps);
        }
        if (diagnosis.lostShare() > 0) {
            steps.add(
                    step("fills what is lost before the noise is removed", in(missing, SvdImputation.withDefaults())));
        }
        if (diagnosis.has(Fault.STRIPES)) {
            steps.add(step("stripes stand out of the noise", in(missing, ResidualDestriping.withDefaults())));
        }
        if (noisy && (deblurring.isEmpty() || diagnosis.has(Fault.SPIKES))) {
            steps.add(step(noise(diagnosis), in(missing, denoiser(diagnosis))));
        }
        deblurring.ifPresent(what -> steps.add(step(what.reason(), in(missing, what.restorer()))));
        if (!missing.isEmpty()) {
            steps.add(step("interpolates the missing bands between the others", SvdImputation.withDefaults()));
        }
        return new RestorationPlan(steps);
    }

    private static Restorer in(List<Integer> missing, Restorer restorer) {
        return missing.isEmpty() ? restorer : new PresentBands(missing, restorer);
    }

    private Denoiser denoiser(Diagnosis diagnosis) {
        if (diagnosis.has(Fault.SPIKES)) {
            return EnhancedTotalVariation.withDefaults();
        }
        Denoiser chosen =
                diagnosis.decibels() > QUIET ? SubspaceDenoiser.with(Bm3d.withDefaults()) : NgMeet.withDefaults();
        return rarePixels ? RarePixels.keptBy(chosen) : chosen;
    }

    private String noise(Diagnosis diagnosis) {
        if (diagnosis.has(Fault.SPIKES)) {
            return "samples far from what the other bands say, and noise";
        }
        return String.format(
                Locale.ROOT,
                "noise, signal to noise %.1f dB in the median band%s%s",
                diagnosis.decibels(),
                diagnosis.has(Fault.UNEVEN_NOISE) ? ", not the same in all" : "",
                rarePixels ? "; rare pixels are kept" : "");
    }

    private Optional<RestorationPlan.Step> deblurring(Diagnosis diagnosis) {
        if (!deblurring) {
            return Optional.empty();
        }
        return pointSpread()
                .map(known -> step(
                        "blur, known to be that of " + known + alsoNoise(diagnosis),
                        deblurrer(known, SubspaceDeblurring.wiener())))
                .or(() -> diagnosis
                        .pointSpread()
                        .map(found -> step(
                                "blur, as of " + found + alsoNoise(diagnosis),
                                deblurrer(found, SubspaceDeblurring.wiener().withSigmaError(BLUR_ERROR)))));
    }

    /** Wiener's filter divides by what zeros of a transfer function leave; the least total variation guesses what they took. */
    private static Deblurrer deblurrer(PointSpread spread, SubspaceDeblurring ofGaussians) {
        if (spread instanceof PointSpread.Gaussian gaussian) {
            return ofGaussians.withSigma(gaussian.sigma());
        }
        ScoreMap kernel = spread instanceof PointSpread.Motion motion
                ? motion.kernel()
                : ((PointSpread.Measured) spread).kernel();
        return SubspaceDeblurring.totalVariation().ofKernel(kernel);
    }

    private static String alsoNoise(Diagnosis diagnosis) {
        return diagnosis.has(Fault.NOISE) && !diagnosis.has(Fault.SPIKES)
                ? String.format(
                        Locale.ROOT,
                        ", and the noise with it, signal to noise %.1f dB in the median band",
                        diagnosis.decibels())
                : "";
    }

    private static RestorationPlan.Step step(String reason, Restorer restorer) {
        return new RestorationPlan.Step(reason, restorer);
    }

    private static Optional<String> lost(Diagnosis diagnosis) {
        List<String> found = diagnosis.faults().stream()
                .filter(Fault::losesSamples)
                .map(Fault::words)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }

    /**
     * Mends a scene and tells all about it.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the mended scene with diagnosis and plan
     * @throws IllegalArgumentException if a method cannot work on the scene or a result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public MendedScene mend(Cube cube, RunContext context) {
        Diagnosis diagnosis = Diagnosis.of(cube, context);
        return mend(cube, diagnosis, plan(diagnosis), context);
    }

    static MendedScene mend(Cube cube, Diagnosis diagnosis, RestorationPlan plan, RunContext context) {
        long start = System.nanoTime();
        RestoredCube restored = plan.run(cube, context);
        boolean marked = plan.steps().stream().anyMatch(step -> step.restorer() instanceof LostSampleMarker);
        Cube known = marked ? cube.withMissingSamples(diagnosis.lostSamples()) : cube;
        InventedSamples invented = InventedSamples.between(known, restored.cube());
        Diagnostics found = Diagnostics.none();
        if (diagnosis.missingBands().size() == diagnosis.bands().size()) {
            found = found.note("the scene has no valid pixel, or none but of one value in each band");
        }
        for (String line : diagnosis.lines()) {
            found = found.note(line);
        }
        Diagnostics diagnostics = restored.diagnostics().after(found).with("invented", (double) invented.count());
        MendedScene mended = new MendedScene(cube, restored.cube(), diagnosis, plan, invented, diagnostics);
        for (String warning : mended.warnings()) {
            diagnostics = diagnostics.note("warning: " + warning);
        }
        return new MendedScene(cube, restored.cube(), diagnosis, plan, invented, diagnostics.since(start));
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return mend(cube, context).restored();
    }
}
