package org.hsi4j.examples.benchmark;

import java.util.List;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.AbundanceSolver;

/**
 * A scene to unmix, with its truth.
 *
 * @param cube the scene
 * @param endmembers the true endmembers
 * @param abundances the true abundances, in the same order
 * @param library spectra of which a few are in the scene; empty where there is none
 * @param isBlind whether to look for endmembers; else only what works with the library runs
 */
public record UnmixingScene(
        Cube cube, Endmembers endmembers, AbundanceMaps abundances, Optional<Library> library, boolean isBlind) {

    /**
     * A library and how much of each of its spectra is in the pixels.
     *
     * @param spectra the library
     * @param abundances one map a spectrum
     * @param tuned solvers with weights for the noise of this scene, to run on its projection onto its signal subspace
     */
    public record Library(Endmembers spectra, AbundanceMaps abundances, List<AbundanceSolver> tuned) {

        /** Copies the list. */
        public Library {
            tuned = List.copyOf(tuned);
        }
    }

    /**
     * A scene without a library.
     *
     * @param cube the scene
     * @param endmembers the true endmembers
     * @param abundances the true abundances
     * @return the scene
     */
    public static UnmixingScene of(Cube cube, Endmembers endmembers, AbundanceMaps abundances) {
        return new UnmixingScene(cube, endmembers, abundances, Optional.empty(), true);
    }
}
