package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.Fourier;

/**
 * What the logarithm of the power spectrum of a scene's pictures has beside its mean over rings of frequency and what changes smoothly with
 * the direction, and what a kernel would make of it. Power is the mean over windows of {@value #SIDE} pixels at most that overlap by half, each
 * with Hann's taper, and over the pictures, each in units of the power of its gradient. Belongs to one thread.
 */
final class MotionSpectrum {
    private static final int SIDE = 96;

    /** Power of sharp pictures falls with this power of the frequency; only what leaks into zeros depends on it. */
    private static final double SLOPE = 2.5;

    /** Power of Hann's taper at steps of half a frequency from its middle. */
    private static final double[] LEAK = {1, 0.7205, 0.25, 0.0288, 0, 0.00059};

    /** Deviations beyond which a logarithm says no more. */
    private static final double CLIP = 3;

    /** Share of a ring's mean power below which a zero is no deeper. */
    private static final double FLOOR = 1e-6;

    private final FrequencyRings rings;

    /** Share of the power of a ring that is not noise. */
    private final double[] quality;

    private final double[][] smooth;
    private final double[] rest;
    private final Fourier fourier;
    private final Fourier.Worker worker;
    private final double[] law;

    private MotionSpectrum(FrequencyRings plain, double[] power, double noise) {
        double[] mean = plain.means(power);
        quality = Arrays.stream(mean)
                .map(p -> p > 0 ? Math.max(0, 1 - noise / p) : 0)
                .toArray();
        rings = plain.weighted(Arrays.stream(quality).map(q -> q * q).toArray());
        smooth = rings.smooth();
        rest = new double[power.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = rings.weight(i) == 0 ? 0 : Math.log(power[i] + FLOOR * mean[rings.ring(i)]);
        }
        detrend(rest);
        double weights = 0;
        for (int i = 0; i < rest.length; i++) {
            weights += rings.weight(i);
        }
        double limit = weights > 0 ? CLIP * Math.sqrt(rings.product(rest, rest) / weights) : 0;
        for (int i = 0; i < rest.length; i++) {
            rest[i] = Math.max(-limit, Math.min(limit, rest[i]));
        }
        detrend(rest);
        fourier = Fourier.of(2 * rings.tall(), 2 * rings.wide());
        worker = fourier.worker();
        law = law();
    }

    /** Of pictures with white noise of variance one. */
    static MotionSpectrum of(double[][] pictures, int rows, int columns, RunContext context) {
        FrequencyRings rings = FrequencyRings.of(Math.min(SIDE, rows), Math.min(SIDE, columns));
        double[][] spectra = new double[pictures.length][];
        Parallel.run(context, "spectra", pictures.length, () -> rings, (plane, k) -> {
            spectra[k] = power(pictures[k], rows, columns, plane);
        });
        double[] power = new double[rings.size()];
        double noise = 0;
        for (double[] own : spectra) {
            double gradient = 0;
            for (int i = 0; i < own.length; i++) {
                double f = rings.frequency(i);
                gradient += rings.weight(i) * f * f * Math.max(1, own[i]);
            }
            Planes.add(power, 1 / gradient, own);
            noise += 1 / gradient;
        }
        return new MotionSpectrum(rings, power, noise);
    }

    /** White noise of variance one has a power of one. */
    private static double[] power(double[] picture, int rows, int columns, FrequencyRings rings) {
        int tall = rings.tall();
        int wide = rings.wide();
        double[] taper = taper(tall, wide);
        double sum = Arrays.stream(taper).sum();
        double energy = Arrays.stream(taper).map(w -> w * w).sum();
        Fourier.Worker worker = Fourier.of(tall, wide).worker();
        double[] re = new double[rings.size()];
        double[] im = new double[rings.size()];
        double[] part = new double[tall * wide];
        double[] power = new double[rings.size()];
        int down = windows(rows, tall);
        int along = windows(columns, wide);
        for (int n = 0; n < down * along; n++) {
            int top = down == 1 ? 0 : (rows - tall) * (n / along) / (down - 1);
            int left = along == 1 ? 0 : (columns - wide) * (n % along) / (along - 1);
            double mean = 0;
            for (int i = 0; i < part.length; i++) {
                part[i] = picture[(top + i / wide) * columns + left + i % wide];
                mean += taper[i] * part[i] / sum;
            }
            for (int i = 0; i < part.length; i++) {
                part[i] = (part[i] - mean) * taper[i];
            }
            worker.forward(part, re, im);
            for (int i = 0; i < power.length; i++) {
                power[i] += (re[i] * re[i] + im[i] * im[i]) / (energy * down * along);
            }
        }
        return power;
    }

    private static double[] taper(int tall, int wide) {
        double[] taper = new double[tall * wide];
        for (int i = 0; i < taper.length; i++) {
            int row = i / wide;
            double r = Math.sin(Math.PI * (row + 0.5) / tall);
            double c = Math.sin(Math.PI * (i - row * wide + 0.5) / wide);
            taper[i] = r * r * c * c;
        }
        return taper;
    }

    private static int windows(int length, int part) {
        return length == part ? 1 : 1 + (int) Math.ceil(2.0 * (length - part) / part);
    }

    private void detrend(double[] values) {
        rings.centre(values);
        for (double[] function : smooth) {
            rings.remove(function, values);
        }
    }

    /** Power of a sharp picture at half steps of the frequencies. */
    private double[] law() {
        int tall = fourier.rows();
        int half = fourier.halfColumns();
        double[] values = new double[tall * half];
        double lowest = 1.0 / Math.max(tall, fourier.columns());
        for (int i = 0; i < values.length; i++) {
            int u = i / half;
            double f = Math.hypot(Math.min(u, tall - u) / (double) tall, i % half / (double) fourier.columns());
            values[i] = Math.pow(Math.max(f, lowest), -SLOPE);
        }
        return values;
    }

    FrequencyRings rings() {
        return rings;
    }

    /** What is to be explained. */
    double[] rest() {
        return rest;
    }

    /** Its inverse transform, rows x columns of a window: the cepstrum, where a motion is a minimum at its own lag. */
    double[] cepstrum() {
        double[] re = new double[rest.length];
        for (int i = 0; i < re.length; i++) {
            double q = quality[rings.ring(i)];
            re[i] = rest[i] * q * q;
        }
        double[] plane = new double[rings.tall() * rings.wide()];
        Fourier.of(rings.tall(), rings.wide()).worker().inverse(re, new double[re.length], plane);
        return plane;
    }

    /** What a kernel makes of the logarithm, with what leaks through the taper and the noise. */
    double[] template(ScoreMap kernel) {
        double[] power = leaked(blurred(kernel));
        double[] mean = rings.means(power);
        for (int i = 0; i < power.length; i++) {
            double q = quality[rings.ring(i)];
            double m = mean[rings.ring(i)];
            power[i] = rings.weight(i) == 0 || m == 0 ? 0 : Math.log(q * power[i] / m + 1 - q + FLOOR);
        }
        detrend(power);
        return power;
    }

    /** Power at half steps of the frequencies. */
    private double[] blurred(ScoreMap kernel) {
        int tall = fourier.rows();
        int wide = fourier.columns();
        double[] plane = new double[tall * wide];
        for (int r = 0; r < kernel.rows(); r++) {
            for (int c = 0; c < kernel.columns(); c++) {
                int row = Math.floorMod(r - kernel.rows() / 2, tall);
                plane[row * wide + Math.floorMod(c - kernel.columns() / 2, wide)] += kernel.value(r, c);
            }
        }
        double[] re = new double[law.length];
        double[] im = new double[law.length];
        worker.forward(plane, re, im);
        for (int i = 0; i < re.length; i++) {
            re[i] = law[i] * (re[i] * re[i] + im[i] * im[i]);
        }
        return re;
    }

    /** Power at whole steps of the frequencies, of tapered windows. */
    private double[] leaked(double[] fine) {
        int tall = fourier.rows();
        int half = rings.half();
        double[] along = new double[tall * half];
        for (int i = 0; i < along.length; i++) {
            for (int d = 1 - LEAK.length; d < LEAK.length; d++) {
                along[i] += LEAK[Math.abs(d)] * at(fine, i / half, 2 * (i % half) + d);
            }
        }
        double[] result = new double[rings.size()];
        for (int i = 0; i < result.length; i++) {
            for (int d = 1 - LEAK.length; d < LEAK.length; d++) {
                int row = Math.floorMod(2 * (i / half) + d, tall);
                result[i] += LEAK[Math.abs(d)] * along[row * half + i % half];
            }
        }
        return result;
    }

    /** At a column that may lie outside the half that is kept: then at its mirror image. */
    private double at(double[] fine, int row, int column) {
        int tall = fourier.rows();
        int half = fourier.halfColumns();
        if (column >= 0 && column < half) {
            return fine[row * half + column];
        }
        int other = column < 0 ? -column : fourier.columns() - column;
        return fine[(tall - row) % tall * half + other];
    }
}
