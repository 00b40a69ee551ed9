package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** The pixels that are nearly pure, gathered for each endmember. */
final class PureMeans {
    /** From here on the survey of Zhu (arXiv 1708.05125) calls a pixel pure. */
    static final double PURE = 0.8;

    private final double[][] sums;
    private final double[] norms;
    private final long[] counts;
    private final boolean unitLength;

    private PureMeans(int count, int bands, boolean unitLength) {
        this.sums = new double[count][bands];
        this.norms = new double[count];
        this.counts = new long[count];
        this.unitLength = unitLength;
    }

    /**
     * Gathers the pixels that hold at least .8 of one endmember.
     *
     * @param brightnessVaries whether spectra count by their shape, and not by their size
     */
    static PureMeans of(Cube cube, Endmembers endmembers, boolean brightnessVaries, RunContext context) {
        AbundanceMaps maps = brightnessVaries
                ? Nnls.withDefaults()
                        .solve(cube, Brightness.equalPeaks(endmembers), context)
                        .maps()
                        .normalized()
                : Fcls.withDefaults().solve(cube, endmembers, context).maps();
        DoubleBuffer[] shares = new DoubleBuffer[maps.count()];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = maps.asBuffer(k);
        }
        return Tiles.reduce(
                cube,
                context,
                "pure pixels",
                () -> new PureMeans(shares.length, cube.bands(), brightnessVaries),
                (own, tile) -> own.add(tile, shares),
                PureMeans::join);
    }

    private void add(PixelTile tile, DoubleBuffer[] shares) {
        for (int i = 0; i < tile.size(); i++) {
            for (int k = 0; k < shares.length; k++) {
                if (shares[k].get(tile.pixel(i)) >= PURE) {
                    add(tile, i, k);
                }
            }
        }
    }

    private void add(PixelTile tile, int i, int k) {
        double squared = 0;
        for (double[] plane : tile.planes()) {
            squared += plane[i] * plane[i];
        }
        double norm = Math.sqrt(squared);
        if (norm > 0) {
            double weight = unitLength ? 1 / norm : 1;
            for (int b = 0; b < sums[k].length; b++) {
                sums[k][b] += weight * tile.planes()[b][i];
            }
            norms[k] += norm;
            counts[k]++;
        }
    }

    private PureMeans join(PureMeans later) {
        for (int k = 0; k < sums.length; k++) {
            for (int b = 0; b < sums[k].length; b++) {
                sums[k][b] += later.sums[k][b];
            }
            norms[k] += later.norms[k];
            counts[k] += later.counts[k];
        }
        return this;
    }

    /** How many pixels are nearly pure of each endmember. */
    List<Long> counts() {
        List<Long> all = new ArrayList<>();
        for (long count : counts) {
            all.add(count);
        }
        return all;
    }

    /** Whether an endmember is found in no more than the one pixel it was taken from. */
    boolean isAlone(int k) {
        return counts[k] <= 1;
    }

    /** The means, of the mean brightness of their pixels; an endmember that is alone stays what it was. */
    Endmembers means(Endmembers before) {
        List<Spectrum> all = new ArrayList<>();
        for (int k = 0; k < sums.length; k++) {
            all.add(isAlone(k) ? before.get(k) : mean(k, before.get(k)));
        }
        return Endmembers.of(all);
    }

    private Spectrum mean(int k, Spectrum before) {
        double scale = unitLength ? norms[k] / counts[k] / counts[k] : 1.0 / counts[k];
        double[] mean = new double[sums[k].length];
        for (int b = 0; b < mean.length; b++) {
            mean[b] = scale * sums[k][b];
        }
        Spectrum spectrum = Spectrum.of(mean).named(before.name());
        return before.wavelengths().map(spectrum::withWavelengths).orElse(spectrum);
    }
}
