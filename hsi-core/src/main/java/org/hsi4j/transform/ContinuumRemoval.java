package org.hsi4j.transform;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Divides spectra by their continuum, the upper convex hull over the wavelengths: one where the spectrum touches the
 * hull, below one in absorptions. One minus the result is the depth of an absorption.
 *
 * <p>Bands are taken in the order of their wavelengths, whatever their order in the cube. Where the hull is not
 * positive there is no ratio: NaN, which makes the pixel of a cube invalid. Reference: Clark and Roush, "Reflectance
 * spectroscopy: quantitative analysis techniques for remote sensing applications", 1984. Costs about 20 flops a pixel
 * and band. Immutable, serialisable, thread-safe.
 *
 * <pre>{@code
 * Cube absorptions = ContinuumRemoval.of(scene.wavelengths().orElseThrow()).apply(scene, context);
 * }</pre>
 *
 * @serial exclude
 */
public final class ContinuumRemoval implements PixelModel {
    private static final long serialVersionUID = 1L;

    private final double[] sorted; // wavelengths, rising
    private final int[] order; // band of each sorted wavelength

    private ContinuumRemoval(double[] sorted, int[] order) {
        this.sorted = sorted;
        this.order = order;
    }

    /**
     * For bands at some wavelengths.
     *
     * @param grid the bands, in any order, no two alike
     * @return the model
     * @throws IllegalArgumentException if two bands have the same wavelength
     */
    public static ContinuumRemoval of(Wavelengths grid) {
        int[] order = IntStream.range(0, grid.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer b) -> grid.at(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted = new double[order.length];
        for (int s = 0; s < order.length; s++) {
            sorted[s] = grid.at(order[s]);
            if (s > 0 && sorted[s] == sorted[s - 1]) {
                throw new IllegalArgumentException(
                        "bands " + order[s - 1] + " and " + order[s] + " are both at " + sorted[s] + " nm");
            }
        }
        return new ContinuumRemoval(sorted, order);
    }

    @Override
    public int bands() {
        return sorted.length;
    }

    @Override
    public int outputs() {
        return sorted.length;
    }

    @Override
    public Worker worker() {
        return new Remover();
    }

    /**
     * Removes the continuum of a spectrum. Missing bands (NaN) stay missing and do not touch the hull.
     *
     * @param spectrum one value a band
     * @return a spectrum of the same name and wavelengths
     * @throws IllegalArgumentException if the number of bands differs
     */
    public Spectrum apply(Spectrum spectrum) {
        if (spectrum.bands() != bands()) {
            throw new IllegalArgumentException("spectrum '" + spectrum.name() + "' has " + spectrum.bands()
                    + " bands but the continuum is over " + bands());
        }
        Remover remover = new Remover();
        for (int s = 0; s < order.length; s++) {
            remover.values[s] = spectrum.value(order[s]);
        }
        remover.divide();
        double[] ratio = new double[order.length];
        for (int s = 0; s < order.length; s++) {
            ratio[order[s]] = remover.values[s];
        }
        Spectrum removed = Spectrum.of(ratio).named(spectrum.name());
        return spectrum.wavelengths().map(removed::withWavelengths).orElse(removed);
    }

    /**
     * Removes the continuum of every pixel.
     *
     * @param cube a scene of the same bands
     * @param context threads, progress, cancellation and memory limit
     * @return a cube with the metadata of the scene; invalid pixels stay so
     * @throws IllegalArgumentException if the number of bands differs or the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Cube apply(Cube cube, RunContext context) {
        return Tiles.mapToCube(cube, this, context, "continuum removal")
                .provenance("continuum removed")
                .build();
    }

    private final class Remover implements Worker {
        private final double[] values = new double[sorted.length];
        private final int[] hull = new int[sorted.length];

        @Override
        public void apply(PixelTile tile, double[][] output) {
            double[][] planes = tile.planes();
            for (int i = 0; i < tile.size(); i++) {
                for (int s = 0; s < order.length; s++) {
                    values[s] = planes[order[s]][i];
                }
                divide();
                for (int s = 0; s < order.length; s++) {
                    output[order[s]][i] = values[s];
                }
            }
        }

        /** Divides the values by their hull, in place. */
        void divide() {
            int corners = findHull();
            int at = 0;
            for (int s = 0; s < values.length; s++) {
                if (Double.isNaN(values[s])) {
                    continue;
                }
                if (at + 1 < corners && s == hull[at + 1]) {
                    at++;
                }
                if (s == hull[at]) {
                    continue;
                }
                values[s] = ratio(s, hull[at], hull[at + 1]);
            }
            for (int c = 0; c < corners; c++) {
                values[hull[c]] = values[hull[c]] > 0 ? 1 : Double.NaN;
            }
        }

        private double ratio(int s, int left, int right) {
            double t = (sorted[s] - sorted[left]) / (sorted[right] - sorted[left]);
            double continuum = values[left] + t * (values[right] - values[left]);
            return continuum > 0 ? values[s] / continuum : Double.NaN;
        }

        /** Andrew's monotone chain, upper half; fills {@code hull} and returns the number of corners. */
        private int findHull() {
            int corners = 0;
            for (int s = 0; s < values.length; s++) {
                if (Double.isNaN(values[s])) {
                    continue;
                }
                while (corners >= 2 && isBelow(hull[corners - 2], hull[corners - 1], s)) {
                    corners--;
                }
                hull[corners++] = s;
            }
            return corners;
        }

        /**
         * Whether b is strictly below the line from a to c; corners on the line are kept, so that they come out as
         * exactly one.
         */
        private boolean isBelow(int a, int b, int c) {
            return (values[b] - values[a]) * (sorted[c] - sorted[a])
                    < (values[c] - values[a]) * (sorted[b] - sorted[a]);
        }
    }
}
