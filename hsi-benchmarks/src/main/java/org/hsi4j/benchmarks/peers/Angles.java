package org.hsi4j.benchmarks.peers;

import java.util.Arrays;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.PixelModel;

/** Spectral angle mapper: the angle, in radians, between a pixel and each spectrum. */
final class Angles implements PixelModel {
    private static final long serialVersionUID = 1L;

    private final double[][] unit;

    Angles(Endmembers spectra) {
        unit = new double[spectra.count()][];
        for (int k = 0; k < unit.length; k++) {
            double norm = spectra.get(k).norm();
            unit[k] = Arrays.stream(spectra.get(k).toArray()).map(v -> v / norm).toArray();
        }
    }

    @Override
    public int bands() {
        return unit[0].length;
    }

    @Override
    public int outputs() {
        return unit.length;
    }

    @Override
    public Worker worker() {
        double[] norms = new double[PixelTile.capacityFor(bands())];
        return (tile, output) -> {
            Kernels.best().multiply(unit, tile.planes(), tile.size(), output);
            Kernels.best().squaredNorms(tile.planes(), tile.size(), norms);
            for (double[] angles : output) {
                for (int i = 0; i < tile.size(); i++) {
                    angles[i] = Math.acos(Math.max(-1, Math.min(1, angles[i] / Math.sqrt(norms[i]))));
                }
            }
        };
    }
}
