package org.hsi4j.examples;

import java.nio.file.Path;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.Rx;
import org.hsi4j.io.Cubes;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Unmixing;

/**
 * Unmixes and searches the ENVI file it is given, and compares with the same on the heap for a crop. Run by {@link
 * LargeSceneSlowTest} in a JVM whose heap is a sixth of the file.
 */
public final class LargeSceneProgram {

    private LargeSceneProgram() {}

    /** Endmember k of the file that {@link LargeSceneSlowTest} writes. */
    static Endmembers endmembers(int count, int bands) {
        List<Spectrum> spectra = new java.util.ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] values = new double[bands];
            for (int b = 0; b < bands; b++) {
                values[b] = 0.4 + 0.3 * Math.sin(0.02 * (k + 1) * b + k);
            }
            spectra.add(Spectrum.of(values));
        }
        return Endmembers.of(spectra);
    }

    /**
     * Runs.
     *
     * @param args the header
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        Cube scene = Cubes.read(Path.of(args[0]));
        Region corner = new Region(scene.rows() / 3, scene.columns() / 2, 61, 47);
        Cube crop = scene.crop(corner).toHeap(Precision.FLOAT);
        Endmembers given = endmembers(4, scene.bands());
        RunContext run = RunContext.defaults();

        AbundanceMaps whole = Unmixing.of(scene)
                .endmembers(given)
                .abundances(Fcls.withDefaults())
                .run(run)
                .abundances();
        AbundanceMaps part = Unmixing.of(crop)
                .endmembers(given)
                .abundances(Fcls.withDefaults())
                .run(run)
                .abundances();
        for (int k = 0; k < given.count(); k++) {
            for (int r = 0; r < corner.rows(); r++) {
                for (int c = 0; c < corner.columns(); c++) {
                    same(whole.value(corner.row() + r, corner.column() + c, k), part.value(r, c, k), "abundance");
                }
            }
        }

        DetectionModel rx = Rx.withDefaults().fit(scene, run);
        ScoreMap scores = rx.score(scene, run).scores();
        ScoreMap cropScores = rx.score(crop, run).scores();
        for (int r = 0; r < corner.rows(); r++) {
            for (int c = 0; c < corner.columns(); c++) {
                same(scores.value(corner.row() + r, corner.column() + c), cropScores.value(r, c), "score");
            }
        }
        System.out.println("pixels=" + scene.pixels() + " heap="
                + (Runtime.getRuntime().maxMemory() >> 20) + "MiB rx=" + scores.mean());
    }

    private static void same(double whole, double part, String what) {
        if (Double.doubleToLongBits(whole) != Double.doubleToLongBits(part)) {
            throw new AssertionError(what + " is " + whole + " in the file but " + part + " on the heap");
        }
    }
}
