package org.hsi4j.unmixing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * The extractor to trust when there is no reason for another. What it stands for may become better with a later version; name
 * a method to keep results. Today it does this:
 *
 * <p><b>Corners.</b> {@link Vca} from several starts, whose seeds are s, s + 1, ..., s being that of the run. A single run of VCA
 * depends on its random directions, and as published it is lost in scenes with dark materials: divided by their brightness, a
 * few dark pixels full of noise lie farther out than any material. The starts therefore remove the mean instead
 * ({@link Vca.Projection#MEAN_REMOVED}), which does as well on bright scenes. Where fixed spectra and noise explain the scene
 * ({@link EndmemberCount.Rule#NOISE_EDGE}), that start counts whose endmembers span the simplex of the largest volume, the
 * criterion of N-FINDR: det(D'D) / ((p - 1)!)<sup>2</sup> is its square, the columns of D being the differences of the projected
 * endmembers to the first. Of equal ones the earlier counts. If brightness varies there, it is divided out after all
 * ({@link Vca.Projection#PROJECTIVE}, volumes at equal peaks): pure pixels are then corners by their shape alone.
 *
 * <p><b>Without pure pixels.</b> Where fixed spectra and noise explain the scene and its abundances can sum to one, pixels lie
 * outside the simplex of the corners by no more than their noise if the corners are pure.
 * So the mean square distance of the pixels from that simplex, in the p - 1 strongest directions, each divided by the spread along
 * it, is compared with the power of the noise there. Where it is greater, the corners are mixtures, and the endmembers are
 * those of {@link NmfQmv}, which starts from them: a small simplex that holds the pixels. The figure {@code distance_to_noise} is
 * the ratio: .02 on the simulated scene with pure pixels, 7 on that without. {@link Extraction#projected()} holds the corners of
 * that simplex, {@link Extraction#pixels()} the pixels that the search began with.
 *
 * <p><b>Means.</b> Where fixed spectra and noise explain the scene there are no others than these. Elsewhere materials vary, and a
 * corner is the strangest specimen of its material. Abundances of the corners are
 * then found (FCLS, or where brightness varies as {@link AutoAbundances} has it, NNLS at equal peaks divided by the sum), and an
 * endmember becomes the mean of the pixels that hold at least .8 of it, from where on Zhu's survey calls a pixel pure. Where
 * brightness varies it is the mean of their spectra at unit length, brought to their mean length. {@link Extraction#projected()}
 * holds the means, {@link Extraction#pixels()} the corners.
 *
 * <p><b>Outliers.</b> A corner that no other pixel holds .8 of is no material but a damaged or foreign pixel. It is left out and
 * the corners are looked for again, up to ten times and for no more than one pixel in a hundred; what is still alone then stays
 * as it is.
 *
 * <p><b>Which start.</b> Where materials vary, all of this is done for each start, and that one counts whose means leave least of
 * the scene: the root mean square residual of NNLS relative to the length of each pixel where brightness varies, that of FCLS
 * elsewhere. (The largest simplex is that of the strangest specimens: on Urban it makes the abundances worse from some seeds by a
 * factor of two.)
 *
 * <p>Against the corners alone the mean angle to the truth falls from .07 to .02 rad on Samson, from .32 to about .04 on SalinasA
 * with six endmembers, whose corners are single damaged pixels, and stays about the same on Urban; without pure pixels it falls
 * from .13 to .01 at 30 dB, and from .07 to zero without noise.
 *
 * <p>Costs B<sup>2</sup> + 2 B p flops a pixel and 2 p<sup>2</sup> for each start, and where materials vary 10 B p more for each
 * start that finds other pixels and each round of leaving out, and the memory of p maps; where they do not, one pass more and
 * 8 p bytes a pixel, and without pure pixels what {@link NmfQmv} costs. Immutable and thread-safe.
 */
public final class AutoExtractor implements EndmemberExtractor {
    private static final AutoExtractor DEFAULTS = new AutoExtractor(5);

    /** A mean square distance up to this is rounding; the pixels are at one from their mean. */
    private static final double ROUNDING = 1e-12;

    private static final String CORNERS =
            "fixed spectra and noise explain the scene, so its corners are the endmembers";

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
            return brightnessVaries
                    ? since(start, corners, corners.projected(), CORNERS)
                    : inSimplex(start, cube, corners, statistics, law, context);
        }
        Extraction found = new VaryingMaterials(cube, count, statistics, brightnessVaries, context).best(starts);
        return new Extraction(
                found.pixels(),
                found.projected(),
                found.positions(),
                found.diagnostics().since(start));
    }

    /** The corners, or where they do not hold the pixels, those of a simplex that does. */
    private static Extraction inSimplex(
            long start, Cube cube, Extraction corners, MeanScatter statistics, MixingLaw law, RunContext context) {
        int dimension = corners.positions().size() - 1;
        if (dimension == 0) {
            return since(start, corners, corners.projected(), CORNERS);
        }
        Reduction reduction = Reduction.affine(statistics, dimension);
        Sphere sphere = Sphere.of(Cloud.of(cube, reduction, context), dimension, true, context);
        double[][] first = NmfQmv.corners(corners, reduction, sphere);
        double noise = Math.max(ROUNDING, law.noiseAlong(sphere.weights(reduction.basis())));
        double ratio = sphere.fit(first).misfit() / noise;
        if (ratio <= 1) {
            return with(ratio, since(start, corners, corners.projected(), CORNERS));
        }
        NmfQmv.Corners found = NmfQmv.withDefaults().search(sphere, first, context);
        List<double[]> spectra = Arrays.stream(found.corners())
                .map(corner -> reduction.spectrum(sphere.outside(corner)))
                .toList();
        Extraction searched = new Extraction(
                corners.pixels(),
                corners.projected(),
                corners.positions(),
                found.diagnostics().after(corners.diagnostics()));
        return with(
                ratio,
                since(
                        start,
                        searched,
                        Found.endmembers(cube, spectra),
                        "fixed spectra and noise explain the scene, but no pure pixels: noise does not explain how far the "
                                + "pixels lie outside the simplex of its corners, so a small simplex around them was "
                                + "looked for (NMF-QMV)"));
    }

    private static Extraction with(double ratio, Extraction found) {
        return new Extraction(
                found.pixels(),
                found.projected(),
                found.positions(),
                found.diagnostics().with("distance_to_noise", ratio));
    }

    private static Extraction since(long start, Extraction corners, Endmembers endmembers, String note) {
        return new Extraction(
                corners.pixels(),
                endmembers,
                corners.positions(),
                corners.diagnostics().note(note).since(start));
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
        return "The extractor to trust by default: corners by VCA; a small simplex without pure pixels, means where materials vary.";
    }

    @Override
    public String reference() {
        return Vca.withDefaults().reference() + "; " + NmfQmv.withDefaults().reference()
                + "; volume by Winter, N-FINDR: an algorithm for fast autonomous spectral end-member determination in "
                + "hyperspectral data, SPIE 3753, 1999";
    }
}
