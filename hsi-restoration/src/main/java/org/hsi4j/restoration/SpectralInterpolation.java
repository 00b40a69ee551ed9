package org.hsi4j.restoration;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Linear interpolation along the spectrum: a missing sample lies on the line between the nearest known ones of its pixel on
 * either side, by wavelength (by band number where there are no wavelengths). Beyond the first and the last known sample it is equal to that.
 *
 * <p>The simplest filling there is: it asks for nothing but neighbouring bands, and what it invents is never larger or smaller than what was measured beside
 * it. It knows nothing of absorptions and fails for wide gaps; {@link SvdImputation} was better by 70 dB on a scene of low rank without noise. Known
 * samples, masked pixels and pixels without any sample stay as they are. Costs some flops a sample. The scene is passed twice.
 * Immutable and thread-safe.
 *
 * <p>Reference: linear interpolation as in Press et al., "Numerical Recipes", 3rd edition, 2007.
 *
 * <pre>{@code
 * RestoredCube whole = Restoring.of(gapped).with(SpectralInterpolation.withDefaults()).run();
 * }</pre>
 */
public final class SpectralInterpolation implements Inpainter, StreamingRestorer {

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
        return Learnt.onHeap(cube, context, this::learn);
    }

    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        double[] positions = FactorModel.positions(cube);
        int[] order = IntStream.range(0, positions.length)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> positions[b]))
                .mapToInt(b -> b)
                .toArray();
        GappedScene.Census census = GappedScene.Census.of(cube, context);
        GappedScene.SpectrumFiller filler = (planes, count) -> {
            for (int i = 0; i < count; i++) {
                interpolate(planes, i, order, positions);
            }
        };
        return GappedScene.filled(cube, name(), census, filler, census.report());
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
