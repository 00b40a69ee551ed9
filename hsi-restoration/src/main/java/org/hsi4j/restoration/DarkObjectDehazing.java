package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.PlaneFilter;

/**
 * Takes thin haze and cirrus away by dark objects: with the atmospheric scattering model
 *
 * <blockquote>y<sub>b</sub> = x<sub>b</sub> t<sub>b</sub> + A<sub>b</sub> (1 - t<sub>b</sub>), ln t<sub>b</sub> = (&lambda;<sub>0</sub> / &lambda;<sub>b</sub>)<sup>&gamma;</sup> ln t,</blockquote>
 *
 * <p>the darkest sample d<sub>b</sub>(p) in a window around a pixel p shows what haze adds: near every pixel lies something that is as dark in band b as the
 * darkest objects d<sub>b</sub> of the scene, of which some lie where there is no haze. So t<sub>b</sub>(p) = (A<sub>b</sub> - d<sub>b</sub>(p)) / (A<sub>b</sub> -
 * d<sub>b</sub>) in each of the quarter of the bands that is shortest, where haze is thickest; the median over these of what each says of t is smoothed by a Gaussian
 * as wide as the window, and the model is solved for x in all bands. The airlight A<sub>b</sub> is the mean of the brightest .01 % of the samples, of one at least.
 *
 * <p>Defaults: a window of 15 pixels (He, Sun and Tang), &gamma; = 1 (400 to 1000 nm), and no less than .1 of transmission, beyond which noise would be blown up
 * tenfold. What is bright over a whole window is taken for haze: choose it larger than roofs and fields. Without wavelengths haze
 * is taken for equally thick in all bands. Whether a scene is hazy at all the caller must know: one that is not loses some of its contrast. Invalid pixels take no part and stay NaN. Costs some 4 w flops a sample of the bands used and a power a sample. Immutable and thread-safe.
 *
 * <p>P. Chavez, "An improved dark-object subtraction technique for atmospheric scattering correction of multispectral data", Remote Sensing of
 * Environment 24, 1988; K. He, J. Sun, X. Tang, "Single image haze removal using dark channel prior", CVPR 2009.
 *
 * <pre>{@code
 * Cube clear = Restoring.of(scene).with(DarkObjectDehazing.withDefaults()).run().cube();
 * }</pre>
 */
public final class DarkObjectDehazing implements Restorer {
    private static final double BRIGHTEST = 1e-4;

    /** Share of the windows that are taken for free of haze and as dark as can be. */
    private static final double CLEAR = 0.02;

    private static final double LEAST = 0.1;

    private final int window;
    private final double exponent;

    private DarkObjectDehazing(int window, double exponent) {
        this.window = window;
        this.exponent = exponent;
    }

    /**
     * A window of 15 pixels, &gamma; = 1.
     *
     * @return the method
     */
    public static DarkObjectDehazing withDefaults() {
        return new DarkObjectDehazing(15, 1);
    }

    /**
     * Side of the window in which something is dark. Default: 15.
     *
     * @param pixels odd, 3 to 255
     * @return new settings
     * @throws IllegalArgumentException if it is even or out of this range
     */
    public DarkObjectDehazing withWindow(int pixels) {
        if (pixels < 3 || pixels > 255 || pixels % 2 == 0) {
            throw new IllegalArgumentException("a window is an odd number of 3 to 255 pixels, not " + pixels);
        }
        return new DarkObjectDehazing(pixels, exponent);
    }

    /**
     * The exponent &gamma; of the wavelength. Default: 1.
     *
     * @param gamma zero (grey) to four (Rayleigh)
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public DarkObjectDehazing withExponent(double gamma) {
        if (!(gamma >= 0 && gamma <= 4)) {
            throw new IllegalArgumentException("the exponent of haze is 0 to 4, not " + gamma);
        }
        return new DarkObjectDehazing(window, gamma);
    }

    /**
     * Side of the window.
     *
     * @return odd
     */
    public int window() {
        return window;
    }

    /**
     * The exponent of the wavelength.
     *
     * @return zero to four
     */
    public double exponent() {
        return exponent;
    }

    @Override
    public String role() {
        return "dehazer";
    }

    @Override
    public String name() {
        return "dark-object-dehazing";
    }

    @Override
    public String summary() {
        return "Takes thin haze away by what it adds to the darkest objects of each neighbourhood.";
    }

    @Override
    public String reference() {
        return "He, Sun, Tang, Single image haze removal using dark channel prior, 2009";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        double[] powers = cube.wavelengths().map(this::powers).orElseGet(() -> grey(cube.bands()));
        int[] shortest = shortest(powers);
        long size = cube.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        context.requireMemory(
                size * cube.samples() + (shortest.length + 3L * context.parallelism()) * Double.BYTES * cube.pixels(),
                "the restored cube with the transmission of its shortest bands");
        Mask valid = Enlarged.validMask(cube, context);
        Diagnostics diagnostics = Diagnostics.none().with("pixels", valid.count());
        if (cube.wavelengths().isEmpty()) {
            diagnostics = diagnostics.note("without wavelengths haze is taken for equally thick in all bands");
        }
        Cube.Builder result = Cube.builderLike(cube);
        if (valid.count() == 0) {
            return new RestoredCube(result.build(), diagnostics.note("the scene has no valid pixel"));
        }
        double[] transmission = transmission(cube, valid, shortest, powers, context);
        Parallel.run(context, "clearing", cube.bands(), () -> valid, (own, b) -> {
            double[] plane = cube.plane(b);
            double airlight = airlight(plane, own);
            for (int i = 0; i < plane.length; i++) {
                double t = Math.max(LEAST, Math.pow(transmission[i], powers[b]));
                plane[i] = own.get(i) ? (plane[i] - airlight * (1 - t)) / t : Double.NaN;
            }
            result.plane(b, plane);
        });
        double mean = Arrays.stream(transmission).average().orElse(1);
        double least = Arrays.stream(transmission).min().orElse(1);
        return new RestoredCube(
                result.provenance("cleared of haze by " + name()).build(),
                diagnostics
                        .with("transmission-mean", mean)
                        .with("transmission-least", least)
                        .since(start));
    }

    private double[] powers(Wavelengths wavelengths) {
        return IntStream.range(0, wavelengths.size())
                .mapToDouble(b -> Math.pow(wavelengths.min() / wavelengths.at(b), exponent))
                .toArray();
    }

    private static double[] grey(int bands) {
        double[] powers = new double[bands];
        Arrays.fill(powers, 1);
        return powers;
    }

    /** The quarter of the bands with the largest powers, in rising order of the bands among equals. */
    private static int[] shortest(double[] powers) {
        return IntStream.range(0, powers.length)
                .boxed()
                .sorted((a, b) -> Double.compare(powers[b], powers[a]))
                .limit(Math.max(1, powers.length / 4))
                .mapToInt(b -> b)
                .toArray();
    }

    /** Of the shortest wavelength, at every pixel. */
    private double[] transmission(Cube cube, Mask valid, int[] bands, double[] powers, RunContext context) {
        double[][] each = new double[bands.length][];
        Parallel.run(context, "looking for dark objects", bands.length, () -> valid, (own, k) -> {
            double[] plane = cube.plane(bands[k]);
            double airlight = airlight(plane, own);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = own.get(i) ? plane[i] : Double.POSITIVE_INFINITY;
            }
            double[] dark = lowest(lowest(plane, cube.columns(), 1), cube.columns(), cube.columns());
            double floor = quantile(dark);
            for (int i = 0; i < dark.length; i++) {
                double t = airlight > floor ? (airlight - dark[i]) / (airlight - floor) : 1;
                dark[i] = Double.isFinite(t) ? Math.pow(Math.min(1, Math.max(LEAST, t)), 1 / powers[bands[k]]) : 1;
            }
            each[k] = dark;
        });
        double[] transmission = new double[cube.pixels()];
        double[] said = new double[bands.length];
        for (int i = 0; i < transmission.length; i++) {
            for (int k = 0; k < said.length; k++) {
                said[k] = each[k][i];
            }
            Arrays.sort(said);
            transmission[i] = (said[said.length / 2] + said[(said.length - 1) / 2]) / 2;
        }
        PlaneFilter.gaussian(window / 2.0).worker(cube.rows(), cube.columns()).apply(transmission);
        return transmission;
    }

    private static double airlight(double[] plane, Mask valid) {
        double[] sorted = IntStream.range(0, plane.length)
                .filter(valid::get)
                .mapToDouble(i -> plane[i])
                .sorted()
                .toArray();
        int count = Math.max(1, (int) Math.rint(BRIGHTEST * sorted.length));
        return Arrays.stream(sorted, sorted.length - count, sorted.length)
                .average()
                .orElse(0);
    }

    private static double quantile(double[] dark) {
        double[] sorted = Arrays.stream(dark).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (CLEAR * (sorted.length - 1))];
    }

    /** The lowest value along a row (step 1) or a column (step columns) within half a window. */
    private double[] lowest(double[] plane, int columns, int step) {
        int reach = window / 2;
        int side = step == 1 ? columns : plane.length / columns;
        double[] result = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            int at = step == 1 ? i % columns : i / columns;
            double least = Double.POSITIVE_INFINITY;
            for (int j = Math.max(0, at - reach); j <= Math.min(side - 1, at + reach); j++) {
                least = Math.min(least, plane[i + (j - at) * step]);
            }
            result[i] = least;
        }
        return result;
    }
}
