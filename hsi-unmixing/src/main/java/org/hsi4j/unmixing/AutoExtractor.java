package org.hsi4j.unmixing;

import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * The extractor to trust when there is no reason for another: today {@link Vca} from several starts, of which the one counts
 * whose endmembers span the simplex of the largest volume, the criterion of N-FINDR. What it stands for may become better
 * with a later version; name a method to keep results.
 *
 * <p>A single run of VCA depends on its random directions, and as published it is lost in scenes with dark materials:
 * divided by their brightness, a few dark pixels full of noise lie farther out than any material. The starts therefore
 * remove the mean instead ({@link Vca.Projection#MEAN_REMOVED}), which does as well on bright scenes. They have the seeds s,
 * s + 1, ..., s being that of the run.
 *
 * <p>The squared volume is det(D'D) / ((p - 1)!)<sup>2</sup>, the columns of D being the differences of the projected
 * endmembers to the first; of equal volumes the earlier start counts. Costs B<sup>2</sup> + (number of starts) times 4 B p
 * flops a pixel. Immutable and thread-safe.
 */
public final class AutoExtractor implements EndmemberExtractor {
    private static final AutoExtractor DEFAULTS = new AutoExtractor(5);

    private final int starts;

    private AutoExtractor(int starts) {
        this.starts = starts;
    }

    /**
     * The method with five starts.
     *
     * @return the method
     */
    public static AutoExtractor withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another number of starts.
     *
     * @param newStarts at least one; five by default, after which more rarely find more
     * @return new method
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public AutoExtractor withStarts(int newStarts) {
        if (newStarts < 1) {
            throw new IllegalArgumentException("the number of starts must be at least 1, not " + newStarts);
        }
        return new AutoExtractor(newStarts);
    }

    /**
     * How often VCA is started.
     *
     * @return at least one
     */
    public int starts() {
        return starts;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = MeanScatter.of(cube, context);
        Extraction best = start(0, cube, count, statistics, context);
        double largest = logVolume(best.projected());
        int winner = 0;
        // One endmember spans no simplex, and every start finds the same one.
        for (int s = 1; s < starts && count > 1; s++) {
            Extraction next = start(s, cube, count, statistics, context);
            double volume = logVolume(next.projected());
            if (volume > largest) {
                best = next;
                largest = volume;
                winner = s;
            }
        }
        String note =
                String.format(Locale.ROOT, "of %d starts number %d spans the largest simplex", starts, winner + 1);
        return new Extraction(
                best.pixels(),
                best.projected(),
                best.positions(),
                best.diagnostics().note(note).since(start));
    }

    private static Extraction start(int number, Cube cube, int count, MeanScatter statistics, RunContext context) {
        return Vca.withDefaults()
                .withProjection(Vca.Projection.MEAN_REMOVED)
                .withSeed(context.seed() + number)
                .extract(cube, count, statistics, System.nanoTime(), context);
    }

    /** Logarithm of det(D'D). */
    private static double logVolume(Endmembers endmembers) {
        int p = endmembers.count();
        double[][] gram = new double[p - 1][p - 1];
        for (int i = 1; i < p; i++) {
            for (int j = 1; j <= i; j++) {
                double sum = 0;
                for (int b = 0; b < endmembers.bands(); b++) {
                    double first = endmembers.value(b, 0);
                    sum += (endmembers.value(b, i) - first) * (endmembers.value(b, j) - first);
                }
                gram[i - 1][j - 1] = sum;
                gram[j - 1][i - 1] = sum;
            }
        }
        double log = 0;
        for (double value : p == 1 ? new double[0] : Dense.eigen(gram).values()) {
            log += Math.log(Math.max(0, value));
        }
        return log;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "The extractor to trust by default, today VCA from several starts, the largest simplex counting.";
    }

    @Override
    public String reference() {
        return Vca.withDefaults().reference()
                + "; volume by Winter, N-FINDR: an algorithm for fast autonomous spectral end-member determination in "
                + "hyperspectral data, SPIE 3753, 1999";
    }
}
