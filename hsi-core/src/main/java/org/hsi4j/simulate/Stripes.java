package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.run.RunContext;

/**
 * Stripes along the flight line of a push-broom sensor: whole columns are shifted, y<sub>rcb</sub> = x<sub>rcb</sub> +
 * o<sub>cb</sub>.
 *
 * <p><b>Independent</b> (the default): in each striped band a share of the columns, drawn evenly from a range, gets offsets
 * drawn evenly from [-a, a], all anew in each band. This is the recipe of Wei, Fu and Huang (QRNN3D, IEEE TNNLS 32(1), 2021):
 * a third of the bands, 5 to 15 % of the columns, a = 0.25 on cubes scaled to 0 to 1.
 *
 * <p><b>Coherent</b>: the stripes of real push-broom sensors go through all bands. One set of columns is drawn for all
 * striped bands; column c has the offset o<sub>cb</sub> = u<sub>c</sub> (1 + v<sub>c</sub> t<sub>b</sub>) with u even in
 * [-a, a], v even in [-1/2, 1/2], and t rising from -1 to 1 with the wavelength (the band number if there are no
 * wavelengths).
 *
 * <p>Shares are rounded to whole bands and columns. Immutable and thread-safe.
 */
public final class Stripes implements Degradation<Stripes.Result> {
    private final ColumnLaw law;
    private final double amplitude;
    private final boolean coherent;
    private final long seed;

    private Stripes(ColumnLaw law, double amplitude, boolean coherent, long seed) {
        this.law = law;
        this.amplitude = amplitude;
        this.coherent = coherent;
        this.seed = seed;
    }

    /**
     * What was done.
     *
     * @param cube the striped cube
     * @param bands the striped bands, rising
     * @param offsets what was added: one row, as many columns and bands as the cube; zero where nothing was
     */
    public record Result(Cube cube, List<Integer> bands, Cube offsets) implements Degraded {

        /** Copies the list. */
        public Result {
            bands = List.copyOf(bands);
        }
    }

    /**
     * Independent stripes in a third of the bands and 5 to 15 % of their columns, of at most 0.25, seed 1.
     *
     * @return the settings
     */
    public static Stripes withDefaults() {
        return new Stripes(ColumnLaw.DEFAULT, 0.25, false, 1);
    }

    /**
     * The share of the bands that have stripes. Default: one third.
     *
     * @param share zero to one
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public Stripes withBandShare(double share) {
        return new Stripes(law.withBandShare(share), amplitude, coherent, seed);
    }

    /**
     * The range of the share of columns that are shifted. Default: 0.05 to 0.15.
     *
     * @param least zero to one
     * @param most at least the least, at most one
     * @return new settings
     * @throws IllegalArgumentException if the range is not within zero and one
     */
    public Stripes withColumnShare(double least, double most) {
        return new Stripes(law.withColumnShare(least, most), amplitude, coherent, seed);
    }

    /**
     * The largest offset a. Default: 0.25.
     *
     * @param offset positive, in the unit of the samples
     * @return new settings
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Stripes withAmplitude(double offset) {
        return new Stripes(law, BandChanges.requirePositive("the amplitude of stripes", offset), coherent, seed);
    }

    /**
     * Whether stripes go through the bands. Default: false.
     *
     * @param through true for coherent stripes, false for independent ones
     * @return new settings
     */
    public Stripes withCoherence(boolean through) {
        return new Stripes(law, amplitude, through, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public Stripes withSeed(long newSeed) {
        return new Stripes(law, amplitude, coherent, newSeed);
    }

    /**
     * The largest offset of an independent stripe.
     *
     * @return positive
     */
    public double amplitude() {
        return amplitude;
    }

    /**
     * Whether stripes go through the bands.
     *
     * @return true for coherent stripes
     */
    public boolean coherence() {
        return coherent;
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    @Override
    public Result apply(Cube cube, RunContext context) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet bands = law.bands(random.split(), cube.bands());
        return apply(cube, bands, random, context);
    }

    Result apply(Cube cube, BitSet bands, SplittableRandom random, RunContext context) {
        double[][] offsets = new double[cube.bands()][cube.columns()];
        if (coherent) {
            drawCoherent(cube, bands, random.split(), offsets);
        }
        String origin = (coherent ? "coherent" : "independent") + " stripes with seed " + seed;
        Cube striped = BandChanges.apply(cube, context, "stripes", origin, random, (band, plane, stream) -> {
            if (bands.get(band)) {
                if (!coherent) {
                    draw(stream, offsets[band]);
                }
                for (int i = 0; i < plane.length; i++) {
                    plane[i] += offsets[band][i % cube.columns()];
                }
            }
        });
        return new Result(striped, BandChanges.list(bands), offsets(cube, offsets));
    }

    private void draw(SplittableRandom random, double[] offsets) {
        law.columns(random, offsets.length).stream()
                .forEach(c -> offsets[c] = BandChanges.uniform(random, -amplitude, amplitude));
    }

    private void drawCoherent(Cube cube, BitSet bands, SplittableRandom random, double[][] offsets) {
        double[] t = positions(cube);
        law.columns(random, cube.columns()).stream().forEach(c -> {
            double u = BandChanges.uniform(random, -amplitude, amplitude);
            double v = BandChanges.uniform(random, -0.5, 0.5);
            bands.stream().forEach(b -> offsets[b][c] = u * (1 + v * t[b]));
        });
    }

    private static double[] positions(Cube cube) {
        double[] at = new double[cube.bands()];
        for (int b = 0; b < at.length; b++) {
            int band = b;
            at[b] = cube.wavelengths().map(w -> w.at(band)).orElse((double) b);
        }
        double least = Arrays.stream(at).min().orElse(0);
        double most = Arrays.stream(at).max().orElse(0);
        for (int b = 0; b < at.length; b++) {
            at[b] = most > least ? 2 * (at[b] - least) / (most - least) - 1 : 0;
        }
        return at;
    }

    private static Cube offsets(Cube cube, double[][] offsets) {
        Cube.Builder b =
                Cube.builder(1, cube.columns(), cube.bands(), Precision.DOUBLE).name("stripes");
        cube.wavelengths().ifPresent(b::wavelengths);
        for (int band = 0; band < offsets.length; band++) {
            b.plane(band, offsets[band]);
        }
        return b.build();
    }
}
