package org.hsi4j.unmixing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * The extractor to trust when there is no reason for another. What it stands for may become better with a later version; name
 * a method to keep results. Today it does this:
 *
 * <p><b>Corners.</b> {@link Vca} from several starts, of which the one counts whose endmembers span the simplex of the largest
 * volume, the criterion of N-FINDR. A single run of VCA depends on its random directions, and as published it is lost in scenes
 * with dark materials: divided by their brightness, a few dark pixels full of noise lie farther out than any material. The
 * starts therefore remove the mean instead ({@link Vca.Projection#MEAN_REMOVED}), which does as well on bright scenes. They have
 * the seeds s, s + 1, ..., s being that of the run. The squared volume is det(D'D) / ((p - 1)!)<sup>2</sup>, the columns of D
 * being the differences of the projected endmembers to the first; of equal volumes the earlier start counts. Where fixed spectra
 * under varying brightness and noise explain the scene, brightness is divided out after all ({@link Vca.Projection#PROJECTIVE},
 * volumes at equal peaks): pure pixels are then corners by their shape alone.
 *
 * <p><b>Means.</b> Where fixed spectra and noise explain the scene ({@link EndmemberCount.Rule#NOISE_EDGE}), the corners are the
 * endmembers. Elsewhere materials vary, and a corner is the strangest specimen of its material. Abundances of the corners are
 * then found (FCLS, or where brightness varies as {@link AutoAbundances} has it, NNLS at equal peaks divided by the sum), and an
 * endmember becomes the mean of the pixels that hold at least .8 of it, from where on Zhu's survey calls a pixel pure. Where
 * brightness varies it is the mean of their spectra at unit length, brought to their mean length. {@link Extraction#projected()}
 * holds the means, {@link Extraction#pixels()} the corners.
 *
 * <p><b>Outliers.</b> A corner that no other pixel holds .8 of is no material but a damaged or foreign pixel. It is left out and
 * the corners are looked for again, up to ten times and for no more than one pixel in a hundred; what is still alone then stays
 * as it is.
 *
 * <p>Against the corners alone the mean angle to the truth falls from .07 to .02 rad on Samson, from .32 to about .04 on SalinasA
 * with six endmembers, whose corners are single damaged pixels, and stays about the same on Urban.
 *
 * <p>Costs B<sup>2</sup> + 2 B p flops a pixel and 2 p<sup>2</sup> for each start, and where materials vary as much again for
 * each round of leaving out, and the memory of p maps. Immutable and thread-safe.
 */
public final class AutoExtractor implements EndmemberExtractor {
    private static final AutoExtractor DEFAULTS = new AutoExtractor(5);

    /** How often pixels are left out and the corners looked for again. */
    private static final int ROUNDS = 10;

    /** The share of the pixels that is left out at most. */
    private static final double SHARE_LEFT_OUT = 0.01;

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
        if (statistics.count() == 0) {
            return corners(cube, count, statistics, false, context);
        }
        MixingLaw law = MixingLaw.of(statistics);
        boolean brightnessVaries = law.brightnessVaries(count);
        if (law.isLinear()) {
            Extraction corners = corners(cube, count, statistics, brightnessVaries, context);
            return since(
                    start,
                    corners,
                    corners.projected(),
                    "fixed spectra and noise explain the scene, so its corners are the endmembers");
        }
        Extraction corners = corners(cube, count, statistics, false, context);
        PureMeans pure = PureMeans.of(cube, corners.projected(), brightnessVaries, context);
        Set<Integer> leftOut = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> alone = alone(corners, pure);
            if (alone.isEmpty() || SHARE_LEFT_OUT * statistics.count() < leftOut.size() + alone.size()) {
                break;
            }
            leftOut.addAll(alone);
            Cube rest = cube.masked(Mask.of(cube.rows(), cube.columns(), i -> !leftOut.contains(i)));
            corners = corners(rest, count, without(statistics, cube, leftOut), false, context);
            pure = PureMeans.of(rest, corners.projected(), brightnessVaries, context);
        }
        return since(
                start,
                corners,
                pure.means(corners.projected()),
                "materials vary, so endmembers are the means of the pixels that hold at least "
                        + Math.round(100 * PureMeans.PURE) + " % of them: " + pure.counts() + " pixels; "
                        + leftOut.size() + " pixels that no other resembles were left out");
    }

    private static Extraction since(long start, Extraction corners, Endmembers endmembers, String note) {
        return new Extraction(
                corners.pixels(),
                endmembers,
                corners.positions(),
                corners.diagnostics().note(note).since(start));
    }

    /** The pixels that an endmember was found in and no other pixel holds. */
    private static List<Integer> alone(Extraction corners, PureMeans pure) {
        return IntStream.range(0, corners.positions().size())
                .filter(pure::isAlone)
                .mapToObj(corners.positions()::get)
                .toList();
    }

    private static MeanScatter without(MeanScatter statistics, Cube cube, Set<Integer> pixels) {
        MeanScatter rest = statistics;
        for (int pixel : pixels.stream().sorted().toList()) {
            double[] y = cube.spectrum(pixel / cube.columns(), pixel % cube.columns())
                    .toArray();
            rest = rest.minus(MeanScatter.of(1, y, new double[y.length][y.length]));
        }
        return rest;
    }

    private Extraction corners(Cube cube, int count, MeanScatter statistics, boolean byShape, RunContext context) {
        long begun = System.nanoTime();
        Vca.Prepared prepared = Vca.withDefaults()
                .withProjection(byShape ? Vca.Projection.PROJECTIVE : Vca.Projection.MEAN_REMOVED)
                .prepared(cube, count, statistics, context);
        Extraction best = prepared.extract(context.seed(), begun, context);
        double largest = logVolume(best.projected(), byShape);
        int winner = 0;
        // One endmember spans no simplex, and every start finds the same one.
        for (int s = 1; s < starts && count > 1; s++) {
            Extraction next = prepared.extract(context.seed() + s, begun, context);
            double volume = logVolume(next.projected(), byShape);
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
                best.diagnostics().note(note));
    }

    private static double logVolume(Endmembers endmembers, boolean byShape) {
        return logVolume(byShape ? Brightness.equalPeaks(endmembers) : endmembers);
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
        return "The extractor to trust by default: largest simplex of several VCA starts, without outliers, means of pure pixels.";
    }

    @Override
    public String reference() {
        return Vca.withDefaults().reference()
                + "; volume by Winter, N-FINDR: an algorithm for fast autonomous spectral end-member determination in "
                + "hyperspectral data, SPIE 3753, 1999";
    }
}
