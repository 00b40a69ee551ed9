package org.hsi4j.simulate;

import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;

/**
 * A simulated scene and the truth about it: {@code cube} = {@code clean} + noise, where a pixel of {@code clean} is
 * (1 - f) E a + f t, with its abundances a, its target fill f and the target's spectrum t. Immutable and thread-safe.
 *
 * @param cube what the sensor delivers: with noise, and with the missing pixels, which are NaN
 * @param clean the scene without noise and with all its pixels
 * @param endmembers E
 * @param abundances the share of each endmember in the part of a pixel that is no target; not negative, and their sum is
 *     one in every pixel to 1e-12
 * @param target spectrum of the material of the targets, given also when none was planted
 * @param targetFill the share f of each pixel that the target fills; zero in most
 * @param noiseSigma standard deviation of the noise, in the unit of the samples
 */
public record SimulatedScene(
        Cube cube,
        Cube clean,
        Endmembers endmembers,
        AbundanceMaps abundances,
        Spectrum target,
        ScoreMap targetFill,
        double noiseSigma) {

    /**
     * The pixels that hold a target.
     *
     * @return those with a fill above zero
     */
    public Mask targets() {
        return targetFill.above(0);
    }
}
