package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;

/** What is needed where spectra count by their shape. */
final class Brightness {

    private Brightness() {}

    /** The endmembers, all scaled to the greatest value any of them has; those without a positive value stay. */
    static Endmembers equalPeaks(Endmembers endmembers) {
        double[] factors = peakFactors(endmembers);
        List<Spectrum> scaled = new ArrayList<>();
        for (int k = 0; k < factors.length; k++) {
            scaled.add(endmembers.get(k).scaled(factors[k]));
        }
        return Endmembers.of(scaled);
    }

    private static double[] peakFactors(Endmembers endmembers) {
        double[] peaks =
                endmembers.spectra().stream().mapToDouble(Brightness::peak).toArray();
        double greatest = Arrays.stream(peaks).max().orElse(0);
        return Arrays.stream(peaks).map(peak -> peak > 0 ? greatest / peak : 1).toArray();
    }

    /**
     * What NNLS would have given for the endmembers at equal peaks: its minimum moves with the scales, so nothing has to be
     * solved again.
     */
    static Abundances atEqualPeaks(Abundances found, ScoreMap brightness, Endmembers endmembers) {
        double[] factors = peakFactors(endmembers);
        double[] light = brightness.toArray();
        double[][] scaled = found.maps().toMatrix();
        for (int k = 0; k < factors.length; k++) {
            for (int i = 0; i < light.length; i++) {
                scaled[k][i] *= light[i] / factors[k];
            }
        }
        AbundanceMaps maps = found.maps();
        AbundanceMaps sizes = AbundanceMaps.of(maps.rows(), maps.columns(), maps.names(), scaled)
                .withGeoReference(maps.geoReference().orElse(null));
        return new Abundances(sizes.normalized(), found.diagnostics(), Optional.of(of(sizes)));
    }

    private static double peak(Spectrum spectrum) {
        return IntStream.range(0, spectrum.bands())
                .mapToDouble(spectrum::value)
                .max()
                .orElse(0);
    }

    /** The sum of the abundances of each pixel. */
    static ScoreMap of(AbundanceMaps maps) {
        double[] sums = new double[maps.pixels()];
        for (int k = 0; k < maps.count(); k++) {
            double[] map = maps.map(k).toArray();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += map[i];
            }
        }
        return ScoreMap.of("brightness", maps.rows(), maps.columns(), sums)
                .withGeoReference(maps.geoReference().orElse(null));
    }

    static ScoreMap product(ScoreMap a, ScoreMap b) {
        double[] values = a.toArray();
        double[] factors = b.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i];
        }
        return ScoreMap.of("brightness", a.rows(), a.columns(), values)
                .withGeoReference(a.geoReference().orElse(null));
    }
}
