package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.PlaneFilter;

/**
 * Fusion by solving a Sylvester equation (FUSE, R-FUSE): the most probable scene X = H U in the subspace H of the coarse one under
 * Gaussian noise and a Gaussian prior,
 *
 * <blockquote>
 * U = argmin 1/2 |Y - U D'|<sup>2</sup> + 1/2 |&Lambda;<sup>-1/2</sup> (Z - A U - b)|<sup>2</sup>
 * + 1/2 |T<sup>1/2</sup> (U - &#362;)|<sup>2</sup>.
 * </blockquote>
 *
 * <p>Y are the images of the coarse scene's components, whitened so that their noise has variance one; D is blur and sampling
 * of the coarse sensor, Z the sharp bands, &#362; the cubic interpolation of Y. The spectral response A with its offset b is found by least
 * squares of D Z on Y, so none need be given, and neither need the calibrations of the sensors agree (a response that is given is taken as it is); &Lambda; is what that leaves
 * plus the noise that the sharp bands' diagonal differences show (median rule). T has the inverse variances of the detail that
 * interpolation misses, taken from how much the same blur takes from Y itself, a scale further up.
 *
 * <p>With the eigenvectors V of A'&Lambda;<sup>-1</sup>A + T the components of V'U decouple into (&lambda; + D'D) w = c, which the identity
 * w = (c - D'(&lambda; + DD')<sup>-1</sup> D c) / &lambda; and the eigenvectors of the two small factors of DD' solve without iteration. Unlike in
 * the paper the plane is mirrored at its border instead of wrapped around, and the blur need not be circulant.
 *
 * <p>Costs, for k components, r x s coarse and N sharp pixels: r<sup>3</sup> + s<sup>3</sup> once and some 2 k (r + s) r s + 60 k N + 2 k B N flops. Pixels invalid in
 * either scene are NaN and enter no statistics; what lies around them sees them filled with what surrounds them. A
 * coarse scene of one band is sharpened by its regression on the sharp bands. Immutable and thread-safe.
 *
 * <p>Q. Wei, N. Dobigeon, J.-Y. Tourneret, "Fast fusion of multi-band images based on solving a Sylvester equation", IEEE Trans.
 * Image Processing 24(11), 2015; Q. Wei et al., "R-FUSE: Robust fast fusion of multiband images based on solving a Sylvester
 * equation", IEEE Signal Processing Letters 23(11), 2016.
 *
 * <pre>{@code
 * RestoredCube fused = Fusion.of(hyperspectral, multispectral).with(RFuse.withDefaults()).run();
 * }</pre>
 */
public final class RFuse implements Fuser {
    /** The least variance of detail, of the noise: a prior stronger than that would outweigh both scenes. */
    private static final double LEAST_DETAIL = 0.01;

    /** Median of the magnitude of a standard normal variable. */
    private static final double MEDIAN = 0.6744897501960817;

    private RFuse() {}

    /**
     * The only settings there are: all weights follow from the noise of both scenes.
     *
     * @return the method
     */
    public static RFuse withDefaults() {
        return new RFuse();
    }

    @Override
    public String name() {
        return "r-fuse";
    }

    @Override
    public String summary() {
        return "The most probable scene in the coarse one's subspace, from one Sylvester equation.";
    }

    @Override
    public String reference() {
        return "Wei et al., R-FUSE: Robust fast fusion of multiband images based on solving a Sylvester equation, 2016";
    }

    @Override
    public RestoredCube fuse(Cube coarse, Cube sharp, FusedSensors sensors, RunContext context) {
        FusionScene scene = new FusionScene(coarse, sharp, sensors, context);
        int k = scene.images().length;
        double[][] response = new double[scene.sharpPlanes().length][];
        double[] offset = new double[response.length];
        double[] precision = new double[response.length];
        Regression.Fit[] fits = scene.onImagesOfSharp(context);
        for (int j = 0; j < response.length; j++) {
            Regression.Fit fit = fits[j];
            response[j] = fit.weights();
            offset[j] = fit.constant();
            double noise = noise(scene.sharpPlanes()[j], sharp.columns());
            double variance = fit.variance() + noise * noise;
            precision[j] = variance > 0 ? 1 / variance : 0;
        }
        double[] prior = prior(scene, context);
        double[][] system = new double[k][k];
        for (int a = 0; a < k; a++) {
            system[a][a] = prior[a];
            for (int b = 0; b < k; b++) {
                for (int j = 0; j < response.length; j++) {
                    system[a][b] += response[j][a] * precision[j] * response[j][b];
                }
            }
        }
        double[][] solved = solve(scene, Dense.eigen(system), response, offset, precision, prior, context);
        return scene.fused(name(), solved, scene.synthesis(), context);
    }

    /** The images of the components in sharp pixels. */
    private static double[][] solve(
            FusionScene scene,
            Dense.Eigen eigen,
            double[][] response,
            double[] offset,
            double[] precision,
            double[] prior,
            RunContext context) {
        int k = prior.length;
        CoarseSampling sampling = scene.sampling();
        CoarseSampling.Inverse inverse = sampling.inverse();
        double[][] turned = new double[k][];
        Parallel.run(context, "solving", k, () -> inverse, (own, l) -> {
            double[] v = eigen.vectors()[l];
            double[] data = new double[scene.coarsePixels()];
            double[] guess = new double[data.length];
            for (int a = 0; a < k; a++) {
                Planes.add(data, v[a], scene.images()[a]);
                Planes.add(guess, v[a] * prior[a], scene.images()[a]);
            }
            double[] c = sampling.spread(data);
            Planes.add(c, 1, sampling.interpolated(guess));
            for (int j = 0; j < response.length; j++) {
                double weight = 0;
                for (int a = 0; a < k; a++) {
                    weight += v[a] * response[j][a] * precision[j];
                }
                addCentred(c, weight, scene.sharpPlanes()[j], offset[j]);
            }
            double lambda = eigen.values()[l];
            Planes.add(c, -1, sampling.spread(own.solve(lambda, sampling.down(c))));
            for (int i = 0; i < c.length; i++) {
                c[i] /= lambda;
            }
            turned[l] = c;
        });
        double[][] fine = new double[k][scene.pixels()];
        Parallel.run(context, "turning back", k, () -> turned, (own, a) -> {
            for (int l = 0; l < k; l++) {
                Planes.add(fine[a], eigen.vectors()[l][a], own[l]);
            }
        });
        return fine;
    }

    private static void addCentred(double[] sum, double weight, double[] plane, double offset) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * (plane[i] - offset);
        }
    }

    /** One over the variance of each component's detail. */
    private static double[] prior(FusionScene scene, RunContext context) {
        double[] prior = new double[scene.images().length];
        PlaneFilter blur = PlaneFilter.gaussian(scene.sigma());
        Parallel.run(
                context,
                "prior",
                prior.length,
                () -> blur.worker(scene.coarseRows(), scene.coarseColumns()),
                (worker, a) -> {
                    double[] image = scene.images()[a];
                    double[] smooth = image.clone();
                    worker.apply(smooth);
                    double sum = 0;
                    for (int i = 0; i < image.length; i++) {
                        sum += (image[i] - smooth[i]) * (image[i] - smooth[i]);
                    }
                    prior[a] = 1 / Math.max(sum / image.length - 1, LEAST_DETAIL);
                });
        return prior;
    }

    /** Noise of a plane by the median rule of Donoho and Johnstone on the finest diagonal Haar differences. */
    private static double noise(double[] plane, int columns) {
        int rows = plane.length / columns;
        double[] differences = new double[rows / 2 * (columns / 2)];
        for (int i = 0; i < differences.length; i++) {
            int at = i / (columns / 2) * 2 * columns + i % (columns / 2) * 2;
            differences[i] = Math.abs(plane[at] - plane[at + 1] - plane[at + columns] + plane[at + columns + 1]) / 2;
        }
        Arrays.sort(differences);
        return differences[differences.length / 2] / MEDIAN;
    }
}
