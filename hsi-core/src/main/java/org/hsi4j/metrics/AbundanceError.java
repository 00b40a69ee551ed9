package org.hsi4j.metrics;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Mask;

/**
 * How far estimated abundances are from the true ones. Both results have the same order of endmembers: align them first
 * ({@link Alignment}). Zero for equal maps, at most 1 for abundances on the simplex, unbounded otherwise. Pixels that are
 * invalid (NaN in any map) in either result are left out.
 *
 * <p>Two conventions are in use and both are given, neither scaled by 100:
 * <ul>
 *   <li>aRMSE = sqrt( mean over all entries of (A - A&#x302;)<sup>2</sup> ), of Rasti et al., "HySUPP", IEEE TGRS 2024;
 *   <li>RMSE = mean over endmembers of sqrt( mean over pixels of (a<sub>k</sub> - a&#x302;<sub>k</sub>)<sup>2</sup> ), of Zhu,
 *       "Hyperspectral unmixing: ground truth labeling, datasets, benchmark performances and survey", 2017, who divides
 *       the estimated abundances of each pixel by their sum, when scoring and only then ({@link #ofNormalized}).
 * </ul>
 * The first is never smaller than the second.
 *
 * <pre>{@code
 * AbundanceMaps aligned = Alignment.ofEndmembers(endmembers, truth).apply(abundances);
 * double armse = AbundanceError.of(aligned, trueAbundances).armse();
 * }</pre>
 *
 * @param armse root of the mean squared error over all entries
 * @param rmse mean over endmembers of their RMSE
 * @param endmemberRmse RMSE of each endmember
 * @param pixels number of pixels compared
 */
public record AbundanceError(double armse, double rmse, List<Double> endmemberRmse, long pixels) {

    /** Copies the list. */
    public AbundanceError {
        endmemberRmse = List.copyOf(endmemberRmse);
    }

    /**
     * Compares abundances as they are. Costs 3 p flops a pixel.
     *
     * @param estimate the estimated abundances, aligned with the true ones
     * @param truth the true abundances
     * @return the errors
     * @throws IllegalArgumentException if the images or the numbers of endmembers differ, or no pixel is valid in both
     */
    public static AbundanceError of(AbundanceMaps estimate, AbundanceMaps truth) {
        if (estimate.count() != truth.count()) {
            throw new IllegalArgumentException(estimate.count() + " abundance maps are estimated but " + truth.count()
                    + " are true; align them first");
        }
        Mask both = commonPixels(estimate, truth);
        List<Double> rmse = new ArrayList<>();
        double meanSquares = 0;
        double sum = 0;
        for (int k = 0; k < truth.count(); k++) {
            double mse = meanSquare(estimate.asBuffer(k), truth.asBuffer(k), both);
            rmse.add(Math.sqrt(mse));
            sum += Math.sqrt(mse);
            meanSquares += mse;
        }
        int p = truth.count();
        return new AbundanceError(Math.sqrt(meanSquares / p), sum / p, rmse, both.count());
    }

    /**
     * Compares after dividing the estimated abundances of each pixel by their sum ({@link AbundanceMaps#normalized()}), as
     * Zhu (2017) scores methods that do not sum to one.
     *
     * @param estimate the estimated abundances, aligned with the true ones
     * @param truth the true abundances, taken as they are
     * @return the errors
     * @throws IllegalArgumentException if the images or the numbers of endmembers differ, or no pixel is valid in both
     */
    public static AbundanceError ofNormalized(AbundanceMaps estimate, AbundanceMaps truth) {
        return of(estimate.normalized(), truth);
    }

    /** RMSE of each true map against each estimated one: {@code [true][estimated]}. */
    static double[][] crossRmse(AbundanceMaps estimate, AbundanceMaps truth) {
        Mask both = commonPixels(estimate, truth);
        double[][] rmse = new double[truth.count()][estimate.count()];
        for (int k = 0; k < rmse.length; k++) {
            for (int j = 0; j < rmse[k].length; j++) {
                rmse[k][j] = Math.sqrt(meanSquare(estimate.asBuffer(j), truth.asBuffer(k), both));
            }
        }
        return rmse;
    }

    /** Mean square of the true abundances over the entries that are compared. */
    static double meanSquare(AbundanceMaps truth, AbundanceMaps estimate) {
        Mask both = commonPixels(estimate, truth);
        double[] zeros = new double[truth.pixels()];
        double sum = 0;
        for (int k = 0; k < truth.count(); k++) {
            sum += meanSquare(truth.asBuffer(k), DoubleBuffer.wrap(zeros), both);
        }
        return sum / truth.count();
    }

    private static Mask commonPixels(AbundanceMaps estimate, AbundanceMaps truth) {
        if (estimate.rows() != truth.rows() || estimate.columns() != truth.columns()) {
            throw new IllegalArgumentException("the estimated abundances are " + estimate.rows() + "x"
                    + estimate.columns() + " pixels but the true ones are " + truth.rows() + "x" + truth.columns());
        }
        Mask both = complete(estimate).and(complete(truth));
        if (both.count() == 0) {
            throw new IllegalArgumentException("no pixel is valid in both results");
        }
        return both;
    }

    private static Mask complete(AbundanceMaps maps) {
        List<DoubleBuffer> values = new ArrayList<>();
        for (int k = 0; k < maps.count(); k++) {
            values.add(maps.asBuffer(k));
        }
        return Mask.of(maps.rows(), maps.columns(), i -> values.stream().noneMatch(map -> Double.isNaN(map.get(i))));
    }

    private static double meanSquare(DoubleBuffer a, DoubleBuffer b, Mask pixels) {
        double sum = 0;
        for (int i = 0; i < a.limit(); i++) {
            if (pixels.get(i)) {
                double d = a.get(i) - b.get(i);
                sum += d * d;
            }
        }
        return sum / pixels.count();
    }
}
