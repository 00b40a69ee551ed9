package org.hsi4j.unmixing;

import java.util.Locale;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * The abundance solver to trust when there is no reason for another. Today: {@link Fcls} where the abundances of a scene can
 * sum to one, and elsewhere {@link Nnls} with the abundances of each pixel divided by their sum, which is the pixel's
 * brightness ({@link Abundances#brightness()}). What it stands for may become better with a later version; name a method to keep
 * results.
 *
 * <p>Abundances can sum to one where one and the same mixture always has one and the same brightness. Slopes, shade and
 * thickness break that, and FCLS then explains brightness by materials: with the true endmembers of Samson and of the crop of
 * Urban it misses the published abundances by .42 and .15 to .21 (root mean square), NNLS divided by the sum by .002 and .005
 * to .03. The rule asks how much the sum of abundances must vary under the best possible scales of p endmembers, which the
 * mean m and R = Y Y' / N tell without any endmember: the square root of 1 - m'R<sup>+</sup>m, R being cut to its p strongest
 * directions, without the part that is noise. Above .1 brightness is let free. It is .27 in Samson, .21 in Urban, .06 in
 * SalinasA, .04 in Cuprite, and noise in simulated mixtures with abundances that sum to one. The figure {@code
 * brightness_variation} tells it.
 *
 * <p>Costs B<sup>2</sup> flops a pixel in one pass before the solver's own. A pixel without any abundance gets zeros.
 * Immutable and thread-safe.
 */
public final class AutoAbundances implements AbundanceSolver {
    private static final AutoAbundances DEFAULTS = new AutoAbundances();

    private AutoAbundances() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static AutoAbundances withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        return new Model(
                Fcls.withDefaults().fit(endmembers), Nnls.withDefaults().fit(endmembers));
    }

    /** Both solvers, of which the scene chooses. */
    private record Model(AbundanceModel sumToOne, AbundanceModel free) implements AbundanceModel {

        @Override
        public int bands() {
            return sumToOne.bands();
        }

        @Override
        public int outputs() {
            return sumToOne.outputs();
        }

        @Override
        public Diagnostics diagnostics() {
            return sumToOne.diagnostics();
        }

        @Override
        public Abundances solve(Cube scene, RunContext context) {
            Passes.requireBands(scene, this);
            long start = System.nanoTime();
            MeanScatter statistics = MeanScatter.of(scene, context);
            if (statistics.count() == 0) {
                return sumToOne.solve(scene, context);
            }
            double variation = MixingLaw.of(statistics).brightnessVariation(outputs());
            if (!MixingLaw.varies(variation)) {
                Abundances found = sumToOne.solve(scene, context);
                return new Abundances(
                        found.maps(),
                        found.diagnostics()
                                .with("brightness_variation", variation)
                                .note(note(variation, "sums to one were asked for (FCLS)"))
                                .since(start));
            }
            context.requireMemory(8L * (2 * outputs() + 2) * scene.pixels(), "the abundance maps");
            Abundances found = free.solve(scene, context);
            AbundanceMaps shares = found.maps().normalized();
            ScoreMap brightness = Brightness.of(found.maps());
            return new Abundances(
                    shares,
                    found.diagnostics()
                            .with("sum_deviation", Passes.sumDeviation(shares))
                            .with("brightness_variation", variation)
                            .note(note(variation, "brightness was let free (NNLS, divided by the sum)"))
                            .since(start),
                    Optional.of(brightness));
        }

        private static String note(double variation, String consequence) {
            return String.format(
                    Locale.ROOT,
                    "brightness varies by %.1f %% beyond what mixtures explain, so %s",
                    100 * variation,
                    consequence);
        }
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "The abundance solver to trust by default: FCLS, or NNLS divided by its sum where brightness varies.";
    }

    @Override
    public String reference() {
        return Fcls.withDefaults().reference();
    }
}
