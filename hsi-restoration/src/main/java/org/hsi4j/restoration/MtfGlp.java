package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Hypersharpening with a generalised Laplacian pyramid matched to the modulation transfer of the coarse sensor (MTF-GLP): each band
 * gets the detail of the sharp image that its own regression on the sharp bands explains,
 *
 * <blockquote>X<sub>b</sub> = E Y<sub>b</sub> + sum over j of w<sub>bj</sub> (Z<sub>j</sub> - E D Z<sub>j</sub>),</blockquote>
 *
 * <p>where D is blur and sampling of the coarse sensor, E cubic interpolation, and the weights w<sub>b</sub> with a constant are the least
 * squares fit of Y<sub>b</sub> by the D Z<sub>j</sub>. With one sharp band this is MTF-GLP with the regression gain; with several it is
 * hypersharpening by synthesised bands. What is coarse in the result is what was measured: D X is close to Y whatever the sharp image.
 * Spectral responses are of no use to it.
 *
 * <p>Costs some 2 m + 20 flops a sample of the result for m sharp bands. Pixels invalid in either scene are NaN and enter no statistics; what lies around
 * them sees them filled with what surrounds them. Immutable and thread-safe.
 *
 * <p>B. Aiazzi, L. Alparone, S. Baronti, A. Garzelli, M. Selva, "MTF-tailored multiscale fusion of high-resolution MS and Pan imagery",
 * Photogrammetric Engineering and Remote Sensing 72(5), 2006; M. Selva, B. Aiazzi, F. Butera, L. Chiarantini, S. Baronti, "Hyper-sharpening: A
 * first approach on SIM-GA data", IEEE JSTARS 8(6), 2015.
 *
 * <pre>{@code
 * RestoredCube fused = Fusion.of(hyperspectral, multispectral).with(MtfGlp.withDefaults()).run();
 * }</pre>
 */
public final class MtfGlp implements Fuser {

    private MtfGlp() {}

    /**
     * The only settings there are.
     *
     * @return the method
     */
    public static MtfGlp withDefaults() {
        return new MtfGlp();
    }

    @Override
    public String name() {
        return "mtf-glp";
    }

    @Override
    public String summary() {
        return "Adds the detail that each band's regression on the sharp bands explains: hypersharpening.";
    }

    @Override
    public String reference() {
        return "Selva et al., Hyper-sharpening: A first approach on SIM-GA data, 2015";
    }

    @Override
    public RestoredCube fuse(Cube coarse, Cube sharp, FusedSensors sensors, RunContext context) {
        FusionScene scene = new FusionScene(coarse, sharp, sensors, context);
        CoarseSampling sampling = scene.sampling();
        Regression onSharp = scene.onSharpLow();
        return scene.fused(
                name(),
                band -> {
                    double[] y = scene.coarsePlane(band);
                    double[] weights = onSharp.fit(y).weights();
                    for (int j = 0; j < weights.length; j++) {
                        Planes.add(y, -weights[j], scene.sharpLow()[j]);
                    }
                    double[] x = sampling.interpolated(y);
                    for (int j = 0; j < weights.length; j++) {
                        Planes.add(x, weights[j], scene.sharpPlanes()[j]);
                    }
                    return x;
                },
                context);
    }
}
