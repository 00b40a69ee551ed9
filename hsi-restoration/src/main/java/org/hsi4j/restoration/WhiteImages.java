package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.transform.LinearModel;

/**
 * The images of a scene's components, with white noise of variance one and their holes filled, and the way back to spectra. A scene in
 * which no noise can be found keeps all its components but rounding, as if there were a little.
 */
final class WhiteImages {
    /** Share of the strongest component's power below which a component of a scene without noise is rounding. */
    private static final double ROUNDING = 1e-12;

    /** Noise that is assumed of a scene in which none can be found, relative to its root mean square. */
    private static final double NOISE_FREE = 1e-4;

    private final Mask valid;
    private final double[][] planes;
    private final double[][] synthesis;
    private final Diagnostics diagnostics;

    private WhiteImages(Mask valid, double[][] planes, double[][] synthesis, Diagnostics diagnostics) {
        this.valid = valid;
        this.planes = planes;
        this.synthesis = synthesis;
        this.diagnostics = diagnostics;
    }

    static WhiteImages of(Cube cube, RunContext context) {
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
        if (!model.isIdentity()) {
            return projected(cube, model.images(), model.synthesis(), model.diagnostics(), context);
        }
        double[][] components = components(cube, context);
        LinearModel analysis = LinearModel.of(components, new double[components.length]);
        return projected(cube, analysis, synthesis(components), model.diagnostics(), context);
    }

    private static double[][] components(Cube cube, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        if (statistics.count() == 0) {
            return new double[1][cube.bands()];
        }
        Dense.Eigen eigen = Dense.eigen(statistics.correlation());
        double power = Arrays.stream(eigen.values()).sum();
        double noise = power == 0 ? 1 : NOISE_FREE * Math.sqrt(power / cube.bands());
        int rank = 1;
        while (rank < eigen.values().length && eigen.values()[rank] > ROUNDING * eigen.values()[0]) {
            rank++;
        }
        double[][] result = Arrays.copyOf(eigen.vectors(), rank);
        for (double[] row : result) {
            for (int b = 0; b < row.length; b++) {
                row[b] /= noise;
            }
        }
        return result;
    }

    /** The way back from components that are orthogonal and equally long. */
    private static double[][] synthesis(double[][] components) {
        double square = Math.max(Arrays.stream(components[0]).map(v -> v * v).sum(), Double.MIN_NORMAL);
        double[][] back = SpectralBasis.transposed(components);
        for (double[] row : back) {
            for (int k = 0; k < row.length; k++) {
                row[k] /= square;
            }
        }
        return back;
    }

    private static WhiteImages projected(
            Cube cube, LinearModel analysis, double[][] synthesis, Diagnostics diagnostics, RunContext context) {
        double[][] planes = SubspaceImages.projected(cube, analysis, context);
        Mask valid = Mask.of(cube.rows(), cube.columns(), i -> !Double.isNaN(planes[0][i]));
        Holes holes = new Holes(valid);
        for (double[] plane : planes) {
            holes.fill(plane);
        }
        return new WhiteImages(valid, planes, synthesis, diagnostics);
    }

    /** Rank x pixels. */
    double[][] planes() {
        return planes;
    }

    int rank() {
        return planes.length;
    }

    /** From the images to spectra: bands x rank. */
    double[][] synthesis() {
        return synthesis;
    }

    Mask valid() {
        return valid;
    }

    Diagnostics diagnostics() {
        return diagnostics.with("rank", planes.length);
    }

    /** Puts the spectra that weights make of planes, in the pixels of a mask, into a cube. */
    static void join(Cube.Builder result, double[][] planes, double[][] weights, Mask where, RunContext context) {
        LinearModel spectra = LinearModel.of(weights, new double[weights.length]);
        ModelSource.put(PlaneSource.cube(planes, where), spectra, result, context);
    }
}
