package org.hsi4j.unmixing;

import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;

/**
 * An abundance solver that knows its endmembers: gives the p abundances of any pixel, with one output an endmember, in their
 * order. Immutable, serialisable and thread-safe.
 */
public interface AbundanceModel extends PixelModel {

    /**
     * What is known before any pixel is seen.
     *
     * @return the condition of the endmembers as the figure {@code condition}, and a note where they are dependent
     */
    Diagnostics diagnostics();

    @Override
    Worker worker();

    /** Solves for the abundances on one thread, with buffers of its own. A direct method needs only {@link #apply}. */
    @FunctionalInterface
    interface Worker extends PixelModel.Worker {

        /**
         * Computes the abundances of all pixels of a tile.
         *
         * @param tile valid pixels; its contents may be overwritten
         * @param output one array an endmember, at least {@code tile.size()} long
         */
        @Override
        void apply(PixelTile tile, double[][] output);

        /**
         * Iterations so far, over all pixels this worker has solved.
         *
         * @return zero for a direct method
         */
        default long iterations() {
            return 0;
        }

        /**
         * Pixels so far whose fast solution failed its verification, so that a slower and more robust way was taken.
         *
         * @return zero for a method with one way only
         */
        default long fallbacks() {
            return 0;
        }

        /**
         * Pixels so far whose iterations were given up; their abundances meet the constraints but may not be the best.
         *
         * @return zero for a direct method
         */
        default long unconverged() {
            return 0;
        }
    }
}
