package org.hsi4j.restoration;

import java.util.Locale;
import java.util.Objects;
import org.hsi4j.ScoreMap;
import org.hsi4j.simulate.MotionBlur;

/**
 * What a blur makes of a point. {@link Diagnosis#pointSpread()} says which one a scene shows, {@link AutoRestorer#withPointSpread} is told
 * one.
 */
public sealed interface PointSpread permits PointSpread.Gaussian, PointSpread.Motion, PointSpread.Measured {

    /**
     * A Gaussian.
     *
     * @param sigma standard deviation, more than 0 and at most 30 pixels
     */
    record Gaussian(double sigma) implements PointSpread {
        /** Checks the range. */
        public Gaussian {
            if (!(sigma > 0 && sigma <= 30)) {
                throw new IllegalArgumentException("sigma is more than 0 and at most 30 pixels, not " + sigma);
            }
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "a Gaussian with a deviation of %.1f pixels", sigma);
        }
    }

    /**
     * Even motion along a straight line, with the kernel of {@link MotionBlur}.
     *
     * @param length more than 0 and at most 255 pixels
     * @param angle degrees counter-clockwise from the direction of the rows; half a turn changes nothing
     */
    record Motion(double length, double angle) implements PointSpread {
        /** Checks the ranges. */
        public Motion {
            MotionBlur.withDefaults().withLength(length).withAngle(angle);
        }

        /**
         * The weights of the pixels.
         *
         * @return an odd square that sums to one
         */
        public ScoreMap kernel() {
            return MotionBlur.withDefaults().withLength(length).withAngle(angle).kernel();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "a motion of %.1f pixels at %.1f degrees", length, angle);
        }
    }

    /**
     * Any kernel.
     *
     * @param kernel odd sides; finite weights with a positive sum, by which they are divided where they are used
     */
    record Measured(ScoreMap kernel) implements PointSpread {
        /** Checks it. */
        public Measured {
            SubspaceDeblurring.wiener().ofKernel(Objects.requireNonNull(kernel, "kernel"));
        }

        @Override
        public String toString() {
            return "a kernel of " + kernel.rows() + "x" + kernel.columns() + " pixels";
        }
    }
}
