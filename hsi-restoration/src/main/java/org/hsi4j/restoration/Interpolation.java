package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Interpolation of each band along rows and columns in turn: what every super-resolution is to be compared with.
 *
 * <ul>
 *   <li>{@link #cubic()}: cubic convolution with a = -1/2 (Keys), four samples a side;
 *   <li>{@link #lanczos()}: sinc(x) sinc(x/3), six samples a side, weights divided by their sum (Duchon): sharper, with some overshoot.
 * </ul>
 *
 * <p>The large pixel covers its d x d small ones, so all are centred on the same point. The scene is mirrored at its border. It
 * adds no frequency that the scene does not have. Invalid pixels are filled with what surrounds them for their neighbours' sake, and
 * NaN in the result. Costs 8 or 12 flops a sample of the result along the columns and a d-th of that along the rows. Immutable and thread-safe.
 *
 * <p>R. Keys, "Cubic convolution interpolation for digital image processing", IEEE TASSP 29(6), 1981; C. Duchon, "Lanczos filtering in
 * one and two dimensions", J. Applied Meteorology 18(8), 1979.
 *
 * <pre>{@code
 * Cube finer = Restoring.of(scene).with(Interpolation.cubic().withFactor(4)).run().cube();
 * }</pre>
 */
public final class Interpolation implements SuperResolver {

    private enum Kernel {
        CUBIC,
        LANCZOS
    }

    private final Kernel kernel;
    private final int factor;

    private Interpolation(Kernel kernel, int factor) {
        this.kernel = kernel;
        this.factor = factor;
    }

    /**
     * Cubic convolution, twice as fine.
     *
     * @return the method
     */
    public static Interpolation cubic() {
        return new Interpolation(Kernel.CUBIC, 2);
    }

    /**
     * Lanczos' windowed sinc of three lobes, twice as fine.
     *
     * @return the method
     */
    public static Interpolation lanczos() {
        return new Interpolation(Kernel.LANCZOS, 2);
    }

    /**
     * How many pixels a side each becomes. Default: 2.
     *
     * @param times 2 to 16
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public Interpolation withFactor(int times) {
        return new Interpolation(kernel, Enlarged.requireFactor(times));
    }

    @Override
    public int factor() {
        return factor;
    }

    @Override
    public String name() {
        return kernel == Kernel.CUBIC ? "cubic-interpolation" : "lanczos-interpolation";
    }

    @Override
    public String summary() {
        return kernel == Kernel.CUBIC
                ? "Smaller pixels by cubic convolution."
                : "Smaller pixels by Lanczos' windowed sinc of three lobes.";
    }

    @Override
    public String reference() {
        return kernel == Kernel.CUBIC
                ? "Keys, Cubic convolution interpolation for digital image processing, 1981"
                : "Duchon, Lanczos filtering in one and two dimensions, 1979";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        Enlarged.requireMemory(cube, factor, 2L * context.parallelism(), context);
        Mask valid = Enlarged.validMask(cube, context);
        Holes holes = new Holes(valid);
        CoarseSampling sampling = kernel == Kernel.CUBIC
                ? CoarseSampling.imresize(cube.rows(), cube.columns(), factor)
                : CoarseSampling.lanczos(cube.rows(), cube.columns(), factor);
        Cube.Builder result = Enlarged.builder(cube, factor, "made " + factor + " times finer by " + name());
        Parallel.run(context, "interpolating", cube.bands(), () -> holes, (own, b) -> {
            double[] plane = cube.plane(b);
            own.fill(plane);
            result.plane(b, Enlarged.masked(sampling.interpolated(plane), valid, factor));
        });
        Diagnostics diagnostics = Diagnostics.none().with("pixels", valid.count());
        return new RestoredCube(
                result.build(),
                (valid.count() == 0 ? diagnostics.note("the scene has no valid pixel") : diagnostics).since(start));
    }
}
