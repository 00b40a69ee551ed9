package org.hsi4j.simulate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;

/**
 * The reflectance of a material as a formula: a smooth continuum C and absorption bands that are Gaussians in its
 * logarithm,
 *
 * <p>R(&lambda;) = C(&lambda;) &middot; exp( sum over bands of ln(1 - d) exp(-4 ln 2 (&lambda; - c)<sup>2</sup> / w<sup>2</sup>) ),
 *
 * <p>where a band has the centre c, the full width at half maximum w (of the logarithm) and the depth d below the continuum,
 * 1 - R/C. Depth below a continuum is after Clark and Roush, "Reflectance spectroscopy: quantitative analysis techniques for
 * remote sensing applications", JGR 89, 1984; Gaussians in the logarithm are after Sunshine, Pieters and Pratt,
 * "Deconvolution of mineral absorption bands", JGR 95, 1990, but over wavelength, not energy. The continuum runs through
 * its knots as a monotone cubic (Fritsch and Butland, 1984), so it never overshoots them, and is constant beyond the first
 * and the last. Reflectance is therefore always within zero and one.
 *
 * <p>Immutable and thread-safe. {@link Material} holds models of common materials.
 *
 * <pre>{@code
 * AbsorptionSpectrum dolomite = AbsorptionSpectrum.named("dolomite")
 *         .withContinuum(400, 0.6)
 *         .withContinuum(1200, 0.8)
 *         .withBand(2320, 70, 0.4);
 * Spectrum sampled = dolomite.on(scene.wavelengths().orElseThrow());
 * }</pre>
 *
 * @serial exclude
 */
public final class AbsorptionSpectrum implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Four times the logarithm of two: turns a full width at half maximum into the exponent of a Gaussian. */
    private static final double WIDTH = 4 * StrictMath.log(2);

    /** Points on each side of a band's centre at which its response is sampled, out to one and a half FWHM. */
    private static final int RESPONSE = 9;

    private final String name;
    private final double[] knots;
    private final double[] levels;
    private final double[] slopes;

    @SuppressWarnings("serial") // List.copyOf is serialisable
    private final List<Band> bands;

    private AbsorptionSpectrum(String name, double[] knots, double[] levels, List<Band> bands) {
        this.name = name;
        this.knots = knots;
        this.levels = levels;
        this.slopes = slopes(knots, levels);
        this.bands = List.copyOf(bands);
    }

    /**
     * An absorption band.
     *
     * @param centre its centre in nanometres
     * @param fwhm its full width at half maximum in nanometres
     * @param depth its depth below the continuum, zero to less than one
     */
    public record Band(double centre, double fwhm, double depth) implements Serializable {

        /**
         * Checks the band.
         *
         * @throws IllegalArgumentException if the centre or the width is not positive and finite, or the depth not within
         *     zero (included) and one (excluded)
         */
        public Band {
            requirePositive("centre of an absorption band", centre);
            requirePositive("width of an absorption band", fwhm);
            if (!(depth >= 0 && depth < 1)) {
                throw new IllegalArgumentException(
                        "the depth of an absorption band is at least 0 and less than 1, not " + depth);
            }
        }

        double logarithm(double nanometres) {
            double t = (nanometres - centre) / fwhm;
            if (Math.abs(t) > 4) {
                return 0; // the Gaussian is below 1e-19
            }
            return StrictMath.log1p(-depth) * StrictMath.exp(-WIDTH * t * t);
        }
    }

    private static void requirePositive(String what, double nanometres) {
        if (!(nanometres > 0) || Double.isInfinite(nanometres)) {
            throw new IllegalArgumentException(
                    "the " + what + " must be a positive number of nanometres, not " + nanometres);
        }
    }

    /**
     * A model without absorption bands and with the continuum one.
     *
     * @param name the material
     * @return the model
     */
    public static AbsorptionSpectrum named(String name) {
        return new AbsorptionSpectrum(Objects.requireNonNull(name, "name"), new double[0], new double[0], List.of());
    }

    /**
     * With one more knot of the continuum, or another level at a knot there is.
     *
     * @param nanometres where
     * @param reflectance the level, zero to one
     * @return new model
     * @throws IllegalArgumentException if the wavelength is not positive and finite or the level not within zero and one
     */
    public AbsorptionSpectrum withContinuum(double nanometres, double reflectance) {
        requirePositive("wavelength of a continuum's knot", nanometres);
        if (!(reflectance >= 0 && reflectance <= 1)) {
            throw new IllegalArgumentException("a reflectance is a number from 0 to 1, not " + reflectance);
        }
        TreeMap<Double, Double> all = new TreeMap<>();
        for (int i = 0; i < knots.length; i++) {
            all.put(knots[i], levels[i]);
        }
        all.put(nanometres, reflectance);
        return new AbsorptionSpectrum(name, unboxed(all.keySet()), unboxed(all.values()), bands);
    }

    private static double[] unboxed(java.util.Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * With one more absorption band.
     *
     * @param centre its centre in nanometres, positive
     * @param fwhm its full width at half maximum in nanometres, positive
     * @param depth its depth below the continuum, zero to less than one
     * @return new model
     * @throws IllegalArgumentException if a number is out of its range
     */
    public AbsorptionSpectrum withBand(double centre, double fwhm, double depth) {
        List<Band> more = new ArrayList<>(bands);
        more.add(new Band(centre, fwhm, depth));
        return new AbsorptionSpectrum(name, knots, levels, more);
    }

    /**
     * The material.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * The absorption bands, in the order they were added.
     *
     * @return an unmodifiable list
     */
    public List<Band> bands() {
        return bands;
    }

    /**
     * Reflectance at one wavelength.
     *
     * @param nanometres the wavelength
     * @return zero to one
     */
    public double reflectance(double nanometres) {
        double sum = 0;
        for (Band band : bands) {
            sum += band.logarithm(nanometres);
        }
        return continuum(nanometres) * StrictMath.exp(sum);
    }

    /**
     * What a sensor sees: the mean reflectance over the response of each of its bands, a Gaussian of the band's FWHM, or the
     * reflectance at the band's centre when the widths are not known.
     *
     * @param wavelengths the sensor's bands
     * @return the spectrum, with the material's name and these wavelengths; values are within zero and one
     */
    public Spectrum on(Wavelengths wavelengths) {
        double[] values = new double[wavelengths.size()];
        for (int b = 0; b < values.length; b++) {
            double centre = wavelengths.at(b);
            values[b] = wavelengths.fwhm(b).map(fwhm -> seen(centre, fwhm)).orElseGet(() -> reflectance(centre));
        }
        return Spectrum.of(values).named(name).withWavelengths(wavelengths);
    }

    private double seen(double centre, double fwhm) {
        double sum = 0;
        double weights = 0;
        for (int j = -RESPONSE; j <= RESPONSE; j++) {
            double t = 1.5 * j / RESPONSE;
            double weight = StrictMath.exp(-WIDTH * t * t);
            sum += weight * reflectance(centre + t * fwhm);
            weights += weight;
        }
        return sum / weights;
    }

    private double continuum(double nanometres) {
        int n = knots.length;
        if (n == 0) {
            return 1;
        }
        if (nanometres <= knots[0]) {
            return levels[0];
        }
        if (nanometres >= knots[n - 1]) {
            return levels[n - 1];
        }
        int found = java.util.Arrays.binarySearch(knots, nanometres);
        int i = found >= 0 ? found : -found - 2;
        double h = knots[i + 1] - knots[i];
        double t = (nanometres - knots[i]) / h;
        double s = 1 - t;
        double cubic = s * s * ((1 + 2 * t) * levels[i] + t * h * slopes[i])
                + t * t * ((1 + 2 * s) * levels[i + 1] - s * h * slopes[i + 1]);
        return Math.max(0, Math.min(1, cubic)); // rounding alone can leave the interval
    }

    /** Slopes at the knots that keep each cubic piece monotone: zero at extrema and ends, else a harmonic mean. */
    private static double[] slopes(double[] x, double[] y) {
        double[] slopes = new double[x.length];
        for (int i = 1; i < x.length - 1; i++) {
            double before = (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
            double after = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
            if (before * after > 0) {
                slopes[i] = 2 * before * after / (before + after);
            }
        }
        return slopes;
    }

    @Override
    public String toString() {
        return "model of " + name + " with " + bands.size() + " absorption bands";
    }
}
