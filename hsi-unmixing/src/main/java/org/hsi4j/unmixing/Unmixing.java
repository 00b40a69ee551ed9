package org.hsi4j.unmixing;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Unmixes a scene in one sentence. Everything but the scene has a default.
 *
 * <p><b>The defaults.</b> {@link EndmemberCount} says how many endmembers to look for, {@link AutoExtractor} finds them and
 * {@link AutoAbundances} the abundances. Where the latter lets brightness free, endmembers that were found (not those that were
 * given) are scaled to equal peaks: how bright the pixels were that they were found in is then up to the light, and the
 * abundances are shares of spectra of equal height, as in the published truths of Samson, Jasper Ridge and Urban.
 *
 * <pre>{@code
 * var unsupervised = Unmixing.of(scene).run();
 * var found = Unmixing.of(scene).endmembers(4).run();
 * var chosen = Unmixing.of(scene)
 *         .endmembers(4)
 *         .extract(Vca.withDefaults().withSeed(7))
 *         .abundances(Fcls.withDefaults())
 *         .run();
 * var blind = Unmixing.of(scene).endmembers(4).blind(Nmf.withDefaults()).run();
 * var given = Unmixing.of(scene).endmembers(library.endmembers("soil", "tree", "water")).intervals(0.95).run();
 * }</pre>
 *
 * <p>Immutable and thread-safe; every step gives a new value.
 */
public final class Unmixing {
    private final Cube cube;
    private final OptionalInt count;
    private final @Nullable Endmembers given;
    private final @Nullable EndmemberExtractor extractor;
    private final AbundanceSolver solver;
    private final boolean projected;
    private final @Nullable BlindUnmixer blind;
    private final @Nullable Mask candidates;
    private final OptionalDouble level;

    @SuppressWarnings("TooManyParameters") // every step of the sentence is one
    private Unmixing(
            Cube cube,
            OptionalInt count,
            @Nullable Endmembers given,
            @Nullable EndmemberExtractor extractor,
            AbundanceSolver solver,
            boolean projected,
            @Nullable BlindUnmixer blind,
            @Nullable Mask candidates,
            OptionalDouble level) {
        this.cube = cube;
        this.count = count;
        this.given = given;
        this.extractor = extractor;
        this.solver = solver;
        this.projected = projected;
        this.blind = blind;
        this.candidates = candidates;
        this.level = level;
    }

    /**
     * Starts with a scene.
     *
     * @param cube the scene
     * @return unmixing with defaults: {@link EndmemberCount}, {@link AutoExtractor}, {@link AutoAbundances}, projected endmembers
     */
    public static Unmixing of(Cube cube) {
        return new Unmixing(
                Objects.requireNonNull(cube, "cube"),
                OptionalInt.empty(),
                null,
                null,
                AutoAbundances.withDefaults(),
                true,
                null,
                null,
                OptionalDouble.empty());
    }

    /**
     * How many endmembers to look for; by default {@link EndmemberCount} says. Replaces endmembers given before.
     *
     * @param number p, at least one; at most the number of bands and of valid pixels when it runs
     * @return new unmixing
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public Unmixing endmembers(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("the number of endmembers must be at least 1, not " + number);
        }
        return new Unmixing(cube, OptionalInt.of(number), null, extractor, solver, projected, blind, candidates, level);
    }

    /**
     * The endmembers, which are then not looked for. Replaces a number given before.
     *
     * @param endmembers as many bands as the scene
     * @return new unmixing
     * @throws IllegalArgumentException if the number of bands differs
     */
    public Unmixing endmembers(Endmembers endmembers) {
        Passes.requireBands(cube, endmembers);
        return new Unmixing(
                cube, OptionalInt.empty(), endmembers, extractor, solver, projected, blind, candidates, level);
    }

    /**
     * How to find endmembers; {@link AutoExtractor} by default. Replaces a blind method given before.
     *
     * @param method the method
     * @return new unmixing
     */
    public Unmixing extract(EndmemberExtractor method) {
        return new Unmixing(
                cube,
                count,
                given,
                Objects.requireNonNull(method, "method"),
                solver,
                projected,
                null,
                candidates,
                level);
    }

    /**
     * How to find abundances; {@link AutoAbundances} by default. Replaces a blind method given before.
     *
     * @param method the method
     * @return new unmixing
     */
    public Unmixing abundances(AbundanceSolver method) {
        return new Unmixing(
                cube,
                count,
                given,
                extractor,
                Objects.requireNonNull(method, "method"),
                projected,
                null,
                candidates,
                level);
    }

    /**
     * How to find endmembers and abundances together. Takes the place of {@link #extract} and {@link #abundances}; of these
     * three steps the last one counts. Where the method starts from is an option of the method.
     *
     * @param method the method
     * @return new unmixing
     */
    public Unmixing blind(BlindUnmixer method) {
        return new Unmixing(
                cube,
                count,
                given,
                null,
                AutoAbundances.withDefaults(),
                projected,
                Objects.requireNonNull(method, "method"),
                candidates,
                level);
    }

    /**
     * Which form of endmembers that were found goes on to the abundances and into the result.
     *
     * <p>Projected is the default: with noise it is far nearer to the truth, and elsewhere the two differ by less than the
     * seeds do. Mean spectral angle to the truth over 20 seeds in degrees, projected against as they are, for {@link Vca}: .37 and
     * 2.39 on a simulated scene of 30 dB with pure pixels, 6.2 and 6.9 on Samson, 12.7 and 12.9 on Urban; FCLS abundances come out
     * equal to .003 or better for projected in all of these. For {@link AutoExtractor} this is also the choice between the means
     * of pure pixels, or the corners of a simplex around the scene, and single pixels.
     *
     * @param signalSubspace true for the pixels projected on the signal subspace ({@link Extraction#projected()}), the
     *     default; false for the pixels as they are ({@link Extraction#pixels()})
     * @return new unmixing
     */
    public Unmixing projected(boolean signalSubspace) {
        return new Unmixing(cube, count, given, extractor, solver, signalSubspace, blind, candidates, level);
    }

    /**
     * Among which pixels endmembers are looked for, by any extractor; its statistics are those of these pixels too. Abundances
     * are found for all valid pixels, and so is the number of endmembers when it is not given. Replaces a mask given before.
     *
     * <p>For what is known about the scene (only fields, nothing under clouds) and for what another method says of it, such as
     * {@link Ppi#counts}.
     *
     * @param pixels of the shape of the scene; invalid ones among them are not looked at all the same
     * @return new unmixing
     * @throws IllegalArgumentException if the shape differs
     */
    public Unmixing candidates(Mask pixels) {
        cube.masked(pixels); // refuses another shape
        return new Unmixing(cube, count, given, extractor, solver, projected, blind, pixels, level);
    }

    /**
     * Says between which limits noise leaves each abundance ({@link UnmixingResult#intervals()}), too. Those of {@link Ucls},
     * {@link Scls}, {@link Nnls} and {@link Fcls} come from the covariance ({@link CovarianceIntervals}); those of other solvers,
     * and of abundances that are divided by a brightness, from solving 200 times again ({@link BootstrapIntervals}). For solvers
     * that solve each pixel by itself.
     *
     * @param share of intervals that are to hold the truth, between zero and one; .95 is usual
     * @return new unmixing
     * @throws IllegalArgumentException if it is not between zero and one
     */
    public Unmixing intervals(double share) {
        return new Unmixing(
                cube,
                count,
                given,
                extractor,
                solver,
                projected,
                blind,
                candidates,
                OptionalDouble.of(AbundanceIntervals.requireLevel(share)));
    }

    /**
     * Runs with {@link RunContext#defaults()}.
     *
     * @return the result
     * @throws IllegalStateException if endmembers were given and an extractor, a blind method or candidates too, or a blind
     *     method and candidates or intervals
     * @throws IllegalArgumentException if the number of endmembers is greater than that of bands or of valid pixels, or the
     *     result exceeds the memory limit, or intervals were asked for and the solver looks at more than one pixel at a time
     */
    public UnmixingResult run() {
        return run(RunContext.defaults());
    }

    /**
     * Runs.
     *
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the result; the same for any number of threads
     * @throws IllegalStateException if endmembers were given and an extractor, a blind method or candidates too, or a blind
     *     method and candidates or intervals
     * @throws IllegalArgumentException if the number of endmembers is greater than that of bands or of valid pixels, or the
     *     result exceeds the memory limit, or intervals were asked for and the solver looks at more than one pixel at a time
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public UnmixingResult run(RunContext context) {
        Objects.requireNonNull(context, "context");
        Optional<EndmemberCount> counted =
                count.isPresent() || given != null ? Optional.empty() : Optional.of(EndmemberCount.of(cube, context));
        UnmixingResult result = blind == null ? stepByStep(counted, context) : blindly(blind, counted, context);
        return counted.isEmpty() ? result : result.with(counted.get());
    }

    private UnmixingResult blindly(BlindUnmixer method, Optional<EndmemberCount> counted, RunContext context) {
        if (given != null) {
            throw new IllegalStateException("the endmembers are given, so there is nothing to find: leave out "
                    + "endmembers(Endmembers) or blind(" + method.name() + ")");
        }
        if (level.isPresent()) {
            throw new IllegalStateException("intervals are for abundances of known endmembers: leave out intervals("
                    + level.getAsDouble() + ") or blind(" + method.name() + ")");
        }
        refuseCandidates(
                "a blind method looks at all pixels: leave out candidates(Mask) or blind(" + method.name() + ")");
        Factorization found = method.unmix(cube, wanted(counted), context);
        long start = System.nanoTime();
        ScoreMap residual = Passes.residual(
                cube, found.endmembers(), new Abundances(found.abundances(), found.diagnostics()), context);
        return new UnmixingResult(
                found.endmembers(),
                found.abundances(),
                Optional.empty(),
                Optional.of(found),
                residual,
                Passes.residualRms(residual).since(start).after(found.diagnostics()));
    }

    private UnmixingResult stepByStep(Optional<EndmemberCount> counted, RunContext context) {
        Optional<Extraction> extraction = extraction(counted, context);
        Endmembers found = extraction
                .map(one -> projected ? one.projected() : one.pixels())
                .orElse(given);
        if (level.isPresent() && !(solver instanceof AutoAbundances)) {
            BootstrapIntervals.requirePixelwise(solver, Objects.requireNonNull(found));
        }
        Abundances abundances = solver.solve(cube, Objects.requireNonNull(found), context);
        Endmembers endmembers = found;
        if (extraction.isPresent() && abundances.brightness().isPresent()) {
            // Which pixel an endmember was found in, and so its size, is up to the light where brightness varies.
            endmembers = Brightness.equalPeaks(found);
            abundances =
                    Brightness.atEqualPeaks(abundances, abundances.brightness().get(), found);
        }
        long start = System.nanoTime();
        ScoreMap residual = Passes.residual(cube, endmembers, abundances, context);
        Diagnostics diagnostics = Passes.residualRms(residual).since(start).after(abundances.diagnostics());
        Optional<AbundanceIntervals> limits = level.isPresent()
                ? Optional.of(intervals(endmembers, abundances, level.getAsDouble(), context))
                : Optional.empty();
        return new UnmixingResult(
                endmembers,
                abundances.maps(),
                extraction,
                Optional.empty(),
                residual,
                extraction.map(Extraction::diagnostics).map(diagnostics::after).orElse(diagnostics),
                abundances.brightness(),
                Optional.empty(),
                limits);
    }

    private AbundanceIntervals intervals(Endmembers endmembers, Abundances found, double share, RunContext context) {
        boolean sums = found.brightness().isEmpty();
        AbundanceSolver used =
                !(solver instanceof AutoAbundances) ? solver : sums ? Fcls.withDefaults() : Nnls.withDefaults();
        boolean least = used instanceof Ucls || used instanceof Scls || used instanceof Nnls || used instanceof Fcls;
        return least && sums && endmembers.count() <= CovarianceIntervals.MOST
                ? CovarianceIntervals.withDefaults()
                        .withLevel(share)
                        .withPositivity(used instanceof Nnls || used instanceof Fcls)
                        .withSumToOne(used instanceof Scls || used instanceof Fcls)
                        .of(cube, endmembers, found, context)
                : BootstrapIntervals.withDefaults()
                        .withLevel(share)
                        .withSeed(context.seed())
                        .of(cube, endmembers, found, used, context);
    }

    private Optional<Extraction> extraction(Optional<EndmemberCount> counted, RunContext context) {
        if (given != null) {
            refuseCandidates("the endmembers are given, so there is nothing to extract: leave out "
                    + "endmembers(Endmembers) or candidates(Mask)");
            if (extractor != null) {
                throw new IllegalStateException("the endmembers are given, so there is nothing to extract: leave out "
                        + "endmembers(Endmembers) or extract(" + extractor.name() + ")");
            }
            return Optional.empty();
        }
        EndmemberExtractor method = extractor == null ? AutoExtractor.withDefaults() : extractor;
        int wanted = wanted(counted);
        if (candidates == null) {
            return Optional.of(method.extract(cube, wanted, context));
        }
        if (candidates.count() < wanted) {
            throw new IllegalArgumentException(
                    wanted + " endmembers asked for but there are " + candidates.count() + " candidates");
        }
        return Optional.of(method.extract(cube.masked(candidates), wanted, context));
    }

    private void refuseCandidates(String message) {
        if (candidates != null) {
            throw new IllegalStateException(message);
        }
    }

    private int wanted(Optional<EndmemberCount> counted) {
        return counted.map(EndmemberCount::count).orElseGet(count::orElseThrow);
    }
}
