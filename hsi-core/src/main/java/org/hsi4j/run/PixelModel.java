package org.hsi4j.run;

import java.io.Serializable;
import org.hsi4j.PixelTile;

/**
 * What a method has learnt from a scene, ready to be applied to any tile of any scene with the same bands: a map from a
 * pixel's spectrum to some numbers. Immutable, serialisable and thread-safe; the buffers live in its workers.
 */
public interface PixelModel extends Serializable {

    /**
     * Bands a pixel must have.
     *
     * @return at least one
     */
    int bands();

    /**
     * Numbers it gives for a pixel.
     *
     * @return at least one
     */
    int outputs();

    /**
     * A worker for one thread.
     *
     * @return a new worker
     */
    Worker worker();

    /** Applies the model on one thread, with buffers of its own. */
    @FunctionalInterface
    interface Worker {

        /**
         * Computes the outputs of all pixels of a tile.
         *
         * @param tile valid pixels; its contents may be overwritten
         * @param output one array an output, at least {@code tile.size()} long
         */
        void apply(PixelTile tile, double[][] output);
    }
}
