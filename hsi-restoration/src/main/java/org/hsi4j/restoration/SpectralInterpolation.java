package org.hsi4j.restoration;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Linear interpolation along the spectrum: a missing sample lies on the line between the nearest known ones of its pixel on
 * either side, by wavelength (by band number where there are no wavelengths). Beyond the first and the last known sample it is equal to that.
 *
 * <p>The simplest filling there is: it asks for nothing but neighbouring bands, and what it invents is never larger or smaller than what was measured beside
 * it. It knows nothing of absorptions and fails for wide gaps; {@link SvdImputation} was better by 70 dB on a scene of low rank without noise. Known
 * samples, masked pixels and pixels without any sample stay as they are. Costs some flops a sample. Holds the scene in float64.
 * Immutable and thread-safe.
 *
 * <p>Reference: linear interpolation as in Press et al., "Numerical Recipes", 3rd edition, 2007.
 *
 * <pre>{@code
 * RestoredCube whole = Restoring.of(gapped).with(SpectralInterpolation.withDefaults()).run();
 * }</pre>
 */
public final class SpectralInterpolation implements Inpainter {

    private SpectralInterpolation() {}

    /**
     * The only one there is.
     *
     * @return the method
     */
    public static SpectralInterpolation withDefaults() {
        return new SpectralInterpolation();
    }

    @Override
    public String name() {
        return "spectral-interpolation";
    }

    @Override
    public String summary() {
        return "Fills what is missing by straight lines between the bands on either side.";
    }

    @Override
    public String reference() {
        return "Press et al., Numerical Recipes, 3rd edition, 2007";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        double[] positions = FactorModel.positions(cube);
        int[] order = IntStream.range(0, positions.length)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> positions[b]))
                .mapToInt(b -> b)
                .toArray();
        return GappedScene.inpaint(cube, context, name(), new GappedScene.Filler() {
            @Override
            public long bytes(int rows, int columns, int bands, int threads) {
                return 0;
            }

            @Override
            public Diagnostics fill(GappedScene scene, RunContext run, Diagnostics diagnostics) {
                Parallel.run(run, "interpolating", scene.rows, () -> scene.planes, (planes, row) -> {
                    for (int i = row * scene.columns; i < (row + 1) * scene.columns; i++) {
                        interpolate(planes, i, order, positions);
                    }
                });
                return diagnostics;
            }
        });
    }

    private static void interpolate(double[][] planes, int pixel, int[] order, double[] positions) {
        int before = -1;
        for (int at = 0; at < order.length; at++) {
            if (Double.isNaN(planes[order[at]][pixel])) {
                continue;
            }
            for (int gap = before + 1; gap < at; gap++) {
                planes[order[gap]][pixel] = before < 0
                        ? planes[order[at]][pixel]
                        : between(planes, pixel, order[before], order[gap], order[at], positions);
            }
            before = at;
        }
        for (int gap = before + 1; before >= 0 && gap < order.length; gap++) {
            planes[order[gap]][pixel] = planes[order[before]][pixel];
        }
    }

    private static double between(double[][] planes, int pixel, int left, int band, int right, double[] positions) {
        double width = positions[right] - positions[left];
        double share = width > 0 ? (positions[band] - positions[left]) / width : 0.5;
        return (1 - share) * planes[left][pixel] + share * planes[right][pixel];
    }
}
