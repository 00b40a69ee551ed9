package org.hsi4j.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Resampling from one grid of bands to another by the spectral response of the target's bands.
 *
 * <p>Target band i is the mean of the source bands with weights r<sub>i</sub>(lambda<sub>j</sub>), the response of i at
 * their centres. Responses below 10<sup>-3</sup> of the largest possible one count as zero, and each row sums to one.
 * The response is a Gaussian, exp(-((lambda - c<sub>i</sub>) / sigma<sub>i</sub>)<sup>2</sup> / 2) with sigma = FWHM /
 * 2.355, or a measured one. The width of the source's own bands is not taken into account, nor is their distance: the
 * source should be finer than the target and evenly spaced across each of its bands.
 *
 * <p>A target band that no source band supports (a gap of the source, a water band that was dropped) is an error that
 * names it. One that fewer than three source bands support is allowed, and noted in {@link #diagnostics()}.
 *
 * <p>Immutable and thread-safe. Costs 2 flops a pixel for each source band in a response.
 *
 * <pre>{@code
 * SpectralResponse enmap = SpectralResponse.gaussian(scene.wavelengths().orElseThrow(), enmapBands);
 * Cube resampled = enmap.apply(scene, context);
 * SpectralLibrary library = SpectralResponse.gaussian(minerals.wavelengths().orElseThrow(),
 * enmapBands).apply(minerals); }</pre>
 */
public final class SpectralResponse {
    /** A response below this share of the peak is zero. */
    private static final double FLOOR = 1e-3;

    private static final double FWHM_PER_SIGMA = 2.355;

    /** Source bands below which a note is made. */
    private static final int FEW = 3;

    /** Two grids whose centres differ by less, in nanometres, are the same: files keep two to four decimals. */
    private static final double SAME = 0.01;

    private final Wavelengths source;
    private final Wavelengths target;
    private final LinearModel model;
    private final Diagnostics diagnostics;

    private SpectralResponse(Wavelengths source, Wavelengths target, double[][] responses) {
        this.source = source;
        this.target = target;
        int least = Integer.MAX_VALUE;
        List<String> few = new ArrayList<>();
        for (int i = 0; i < responses.length; i++) {
            int count = normalise(responses[i], i);
            least = Math.min(least, count);
            if (count < FEW) {
                few.add(i + " (" + target.at(i) + " nm)");
            }
        }
        this.model = LinearModel.of(responses, new double[responses.length]);
        Diagnostics d = Diagnostics.none().with("least-support", least);
        this.diagnostics = few.isEmpty()
                ? d
                : d.note("target bands " + String.join(", ", few) + " rest on fewer than " + FEW + " source bands");
    }

    /**
     * By Gaussian responses.
     *
     * @param source centres of the bands to resample
     * @param target centres and FWHM of the wanted bands
     * @return the resampling
     * @throws IllegalArgumentException if the target has no FWHM, or a target band has no support
     */
    public static SpectralResponse gaussian(Wavelengths source, Wavelengths target) {
        if (!target.hasFwhm()) {
            throw new IllegalArgumentException("the target bands need their FWHM for a Gaussian response");
        }
        double[][] responses = new double[target.size()][source.size()];
        for (int i = 0; i < responses.length; i++) {
            double sigma = target.fwhm(i).orElseThrow() / FWHM_PER_SIGMA;
            for (int j = 0; j < source.size(); j++) {
                double d = (source.at(j) - target.at(i)) / sigma;
                responses[i][j] = kept(Math.exp(-0.5 * d * d), 1);
            }
        }
        return new SpectralResponse(source, target, responses);
    }

    /**
     * By measured responses, interpolated linearly; zero outside the table.
     *
     * @param source centres of the bands to resample
     * @param target centres of the wanted bands
     * @param nanometres wavelengths of the table, strictly rising, at least two
     * @param response one row a target band, one value a wavelength of the table; finite, not negative, in any unit
     * @return the resampling
     * @throws IllegalArgumentException if the table is not as described, or a target band has no support
     */
    public static SpectralResponse measured(
            Wavelengths source, Wavelengths target, double[] nanometres, double[][] response) {
        if (response.length != target.size()) {
            throw new IllegalArgumentException(
                    response.length + " measured responses given for " + target.size() + " target bands");
        }
        requireRising(nanometres);
        double[][] responses = new double[target.size()][source.size()];
        for (int i = 0; i < responses.length; i++) {
            double peak = peak(response[i], i, nanometres.length);
            for (int j = 0; j < source.size(); j++) {
                responses[i][j] = kept(interpolated(nanometres, response[i], source.at(j)), peak);
            }
        }
        return new SpectralResponse(source, target, responses);
    }

    private static double kept(double response, double peak) {
        return response < FLOOR * peak ? 0 : response;
    }

    private static void requireRising(double[] nanometres) {
        if (nanometres.length < 2) {
            throw new IllegalArgumentException(
                    "a response table has at least two wavelengths, not " + nanometres.length);
        }
        for (int t = 0; t < nanometres.length; t++) {
            if (!Double.isFinite(nanometres[t]) || (t > 0 && nanometres[t] <= nanometres[t - 1])) {
                throw new IllegalArgumentException(
                        "wavelengths of a response table must rise, but entry " + t + " is " + nanometres[t] + " nm");
            }
        }
    }

    private static double peak(double[] row, int band, int length) {
        if (row.length != length) {
            throw new IllegalArgumentException("the response of target band " + band + " has " + row.length
                    + " values but the table has " + length + " wavelengths");
        }
        double peak = 0;
        for (double r : row) {
            if (!(r >= 0) || Double.isInfinite(r)) {
                throw new IllegalArgumentException("the response of target band " + band + " holds " + r);
            }
            peak = Math.max(peak, r);
        }
        return peak;
    }

    private static double interpolated(double[] x, double[] y, double at) {
        int found = Arrays.binarySearch(x, at);
        if (found >= 0) {
            return y[found];
        }
        int next = -found - 1;
        if (next == 0 || next == x.length) {
            return 0;
        }
        double t = (at - x[next - 1]) / (x[next] - x[next - 1]);
        return y[next - 1] + t * (y[next] - y[next - 1]);
    }

    /** Makes the row sum to one; returns how many source bands it has. */
    private int normalise(double[] row, int band) {
        double sum = 0;
        int count = 0;
        for (double r : row) {
            sum += r;
            count += r > 0 ? 1 : 0;
        }
        if (count == 0) {
            throw new IllegalArgumentException("target band " + band + " at " + target.at(band)
                    + " nm has no support: the nearest source band is at " + source.at(source.nearest(target.at(band)))
                    + " nm");
        }
        for (int j = 0; j < row.length; j++) {
            row[j] /= sum;
        }
        return count;
    }

    /**
     * The grid to resample from.
     *
     * @return one centre a source band
     */
    public Wavelengths source() {
        return source;
    }

    /**
     * The grid to resample to.
     *
     * @return one centre a target band
     */
    public Wavelengths target() {
        return target;
    }

    /**
     * The resampling as a model for pixels; its rows are the responses, each with the sum one.
     *
     * @return a model of source bands and target bands
     */
    public LinearModel model() {
        return model;
    }

    /**
     * What a person should know.
     *
     * @return figure {@code least-support} (fewest source bands of a target band), and a note that names the target
     *     bands with fewer than three
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /**
     * Resamples a spectrum. A target band is NaN where a source band with a weight in it is.
     *
     * @param spectrum on the source grid; where it has wavelengths they must be those of the source
     * @return a spectrum of the same name on the target grid
     * @throws IllegalArgumentException if it is on another grid
     */
    public Spectrum apply(Spectrum spectrum) {
        requireGrid(
                "spectrum '" + spectrum.name() + "'",
                spectrum.bands(),
                spectrum.wavelengths().orElse(source));
        return Spectrum.of(model.apply(spectrum.toArray()))
                .named(spectrum.name())
                .withWavelengths(target);
    }

    /**
     * Resamples every spectrum of a library.
     *
     * @param library on the source grid
     * @return a library on the target grid
     * @throws IllegalArgumentException if it is on another grid
     */
    public SpectralLibrary apply(SpectralLibrary library) {
        List<Spectrum> resampled = new ArrayList<>(library.size());
        for (Spectrum spectrum : library) {
            resampled.add(apply(spectrum));
        }
        return SpectralLibrary.of(resampled);
    }

    /**
     * Resamples endmembers.
     *
     * @param endmembers on the source grid
     * @return endmembers on the target grid
     * @throws IllegalArgumentException if they are on another grid
     */
    public Endmembers apply(Endmembers endmembers) {
        return Endmembers.of(endmembers.spectra().stream().map(this::apply).toList());
    }

    /**
     * A view of a scene on the target grid, computed whenever it is read: what fits a scene that is larger than memory,
     * or used once.
     *
     * @param cube on the source grid; where it has wavelengths they must be those of the source
     * @return the view, with name, quantity, georeference and provenance of the scene; a pixel is invalid where it was
     * @throws IllegalArgumentException if it is on another grid
     */
    public Cube apply(Cube cube) {
        requireFits(cube);
        Cube.Builder view = Cube.builder(new MappedSource(cube, model)).name(cube.name());
        cube.geoReference().ifPresent(view::geoReference);
        cube.provenance().forEach(view::provenance);
        return described(view, cube);
    }

    /**
     * A scene on the target grid, on the heap.
     *
     * @param cube on the source grid; where it has wavelengths they must be those of the source
     * @param context threads, progress, cancellation and memory limit
     * @return a new cube in the precision of the scene, with its name, quantity, georeference and provenance; a pixel
     *     is invalid where it was
     * @throws IllegalArgumentException if it is on another grid or the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Cube apply(Cube cube, RunContext context) {
        requireFits(cube);
        return described(Tiles.mapToBands(cube, model, cube.precision(), context, "resampling"), cube);
    }

    private Cube described(Cube.Builder builder, Cube cube) {
        return builder.quantity(cube.quantity())
                .wavelengths(target)
                .provenance("resampled to " + target)
                .build();
    }

    /**
     * Refuses a scene on another grid than that of the source.
     *
     * @param cube a scene; where it has wavelengths they must be those of the source
     * @throws IllegalArgumentException if it is on another grid
     */
    public void requireFits(Cube cube) {
        requireGrid("the cube", cube.bands(), cube.wavelengths().orElse(source));
    }

    private void requireGrid(String what, int bands, Wavelengths grid) {
        if (bands != source.size()) {
            throw new IllegalArgumentException(
                    what + " has " + bands + " bands but the resampling is from " + source.size());
        }
        for (int j = 0; j < bands; j++) {
            if (Math.abs(grid.at(j) - source.at(j)) > SAME) {
                throw new IllegalArgumentException(what + " has band " + j + " at " + grid.at(j)
                        + " nm but the resampling is from " + source.at(j) + " nm");
            }
        }
    }
}
