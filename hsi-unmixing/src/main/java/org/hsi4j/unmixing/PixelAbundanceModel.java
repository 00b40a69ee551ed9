package org.hsi4j.unmixing;

import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;

/** An abundance model that needs nothing but the spectrum of a pixel to give its abundances. */
public interface PixelAbundanceModel extends AbundanceModel, PixelModel {

    /**
     * {@inheritDoc}
     *
     * <p>Tile by tile, in bounded memory but for the maps themselves.
     */
    @Override
    default Abundances solve(Cube scene, RunContext context) {
        return Passes.abundances(scene, this, context);
    }

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

        /**
         * How far the pixels solved so far are from the conditions of Karush, Kuhn and Tucker, for a method that checks.
         *
         * @return the largest residual, in the scale the method states; empty when it does not check
         */
        default OptionalDouble optimality() {
            return OptionalDouble.empty();
        }
    }
}
