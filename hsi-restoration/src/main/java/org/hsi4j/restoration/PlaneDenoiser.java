package org.hsi4j.restoration;

import java.util.OptionalInt;
import org.hsi4j.method.Method;

/**
 * Takes white Gaussian noise of a known deviation out of one image plane. This is the slot of every method that denoises
 * the components of a scene ({@link SubspaceDenoiser} and what is built like it). An open interface: a denoiser of
 * your own plugs in by implementing it. Implementations are immutable and thread-safe; a {@link Worker} has buffers and
 * belongs to one thread.
 *
 * <p>Planes are rows x columns, row by row, of any size down to one pixel, and all values are finite: whoever has a mask fills
 * what is missing before (methods of this module do, with what surrounds a hole). A plane whose noise is zero comes
 * back as it is, and a plane with a constant added comes back with the same constant added.
 *
 * <pre>{@code
 * PlaneDenoiser.Worker worker = WaveletShrinkage.withDefaults().worker(rows, columns);
 * worker.denoise(plane, 0.1);
 * }</pre>
 */
public interface PlaneDenoiser extends Method {

    @Override
    default String family() {
        return "restoration";
    }

    @Override
    default String role() {
        return "plane-denoiser";
    }

    /**
     * Buffers for the planes of a scene.
     *
     * @param rows rows of the planes, at least one
     * @param columns columns of the planes, at least one
     * @return a new worker
     * @throws IllegalArgumentException if the sides are out of range
     */
    Worker worker(int rows, int columns);

    /**
     * Bytes that a worker takes, for the memory limit.
     *
     * @param rows rows of the planes
     * @param columns columns of the planes
     * @return an upper bound
     */
    long workerBytes(int rows, int columns);

    /**
     * How far a pixel of the result sees. A denoiser that tells can be run on tiles whose halo is that wide, and the tiles together are the denoised plane.
     *
     * @return pixels in each direction; empty, the default, where a pixel depends on all of the plane, by statistics for one
     */
    default OptionalInt reach() {
        return OptionalInt.empty();
    }

    /** Denoises planes, one at a time. */
    interface Worker {

        /**
         * Denoises a plane in place.
         *
         * @param plane rows x columns finite values, row by row
         * @param sigma deviation of its noise, not negative
         * @throws IllegalArgumentException if the plane is not as long as that
         */
        void denoise(double[] plane, double sigma);
    }
}
