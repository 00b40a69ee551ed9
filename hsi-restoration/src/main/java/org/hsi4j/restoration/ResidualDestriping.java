package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Takes shifts of columns and rows out of single bands: what regression on all other bands leaves of a band is noise and its
 * stripes, and the median of that along a column is the column's shift. It is subtracted where it exceeds four standard errors of a
 * median of Gaussian noise, 1.25 s / sqrt(n), which noise alone does once in 16 000 lines. Rows follow columns.
 *
 * <p>The scene itself is hardly touched, as the other bands explain it. Stripes that all bands share are explained by them as well and stay.
 * Invalid pixels take no part and are NaN in the result. A scene of fewer than two pixels a band, or of one band, stays as it is.
 *
 * <p>Diagnostics: {@code lines}, how many were shifted. Costs 2 B flops a sample; holds the scene twice in float64. The same bits on
 * any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: regression residuals as noise, Bioucas-Dias and Nascimento, "Hyperspectral subspace identification", 2008.
 *
 * <pre>{@code
 * RestoredCube even = Restoring.of(scene).with(ResidualDestriping.withDefaults()).run();
 * }</pre>
 */
public final class ResidualDestriping implements Restorer {
    private static final double MEDIAN_ERROR = 1.2533;
    private static final double SIGNIFICANT = 4;

    private ResidualDestriping() {}

    /**
     * The only one there is.
     *
     * @return the method
     */
    public static ResidualDestriping withDefaults() {
        return new ResidualDestriping();
    }

    @Override
    public String name() {
        return "residual-destriping";
    }

    @Override
    public String role() {
        return "destriper";
    }

    @Override
    public String summary() {
        return "Subtracts the medians along columns and rows of what the other bands leave of a band.";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias and Nascimento, Hyperspectral subspace identification, 2008 (regression residuals)";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(
                (size + 2L * Double.BYTES) * cube.samples(), "the restored cube and what regression leaves of it");
        MeanScatter statistics = MeanScatter.of(cube, context);
        Cube.Builder result = Cube.builderLike(cube);
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        if (statistics.count() == 0) {
            diagnostics = diagnostics.note("the scene has no valid pixel");
        }
        double[][] planes = planes(cube, context);
        int[] lines = new int[planes.length];
        if (planes.length > 1 && statistics.count() >= 2L * planes.length) {
            double[][] residuals = BandRegression.residuals(planes, statistics.correlation(), context);
            Parallel.run(context, "destriping", planes.length, () -> residuals, (own, b) -> {
                lines[b] = level(planes[b], own[b], cube.columns(), 1, cube.rows(), cube.columns());
                lines[b] += level(planes[b], own[b], cube.rows(), cube.columns(), cube.columns(), 1);
            });
        } else {
            diagnostics = diagnostics.note("too few pixels or bands to tell stripes from the scene: left as it is");
        }
        for (int b = 0; b < planes.length; b++) {
            result.plane(b, planes[b]);
        }
        int all = Arrays.stream(lines).sum();
        return new RestoredCube(
                result.provenance("destriped by " + name() + ", " + all + " lines")
                        .build(),
                diagnostics.with("lines", all).since(start));
    }

    /** Planes with NaN in all bands of an invalid pixel. */
    private static double[][] planes(Cube cube, RunContext context) {
        double[][] planes = ScenePlanes.of(cube, context).planes();
        for (int i = 0; i < cube.pixels(); i++) {
            boolean valid = true;
            for (double[] plane : planes) {
                valid &= Double.isFinite(plane[i]);
            }
            for (int b = 0; b < planes.length && !valid; b++) {
                planes[b][i] = Double.NaN;
            }
        }
        return planes;
    }

    /** Subtracts the shifts of lines from a plane and its residual; line k begins at k times step and goes on by stride. */
    private static int level(double[] plane, double[] residual, int lines, int step, int length, int stride) {
        double[] values = Arrays.stream(residual).filter(v -> !Double.isNaN(v)).toArray();
        double deviation = Medians.deviation(values, values.length);
        double[] line = new double[length];
        int count = 0;
        for (int k = 0; k < lines; k++) {
            int n = 0;
            for (int j = 0; j < length; j++) {
                double v = residual[k * step + j * stride];
                if (!Double.isNaN(v)) {
                    line[n++] = v;
                }
            }
            double shift = Medians.of(line, n);
            if (n > 0 && Math.abs(shift) > SIGNIFICANT * MEDIAN_ERROR * deviation / Math.sqrt(n)) {
                count++;
                for (int j = 0; j < length; j++) {
                    plane[k * step + j * stride] -= shift;
                    residual[k * step + j * stride] -= shift;
                }
            }
        }
        return count;
    }
}
