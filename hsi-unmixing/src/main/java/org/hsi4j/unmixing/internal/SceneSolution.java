package org.hsi4j.unmixing.internal;

import org.hsi4j.AbundanceMaps;
import org.hsi4j.run.Diagnostics;

/**
 * Abundances of a scene and how they were found.
 *
 * @param maps NaN at invalid pixels
 * @param diagnostics of the iteration
 */
public record SceneSolution(AbundanceMaps maps, Diagnostics diagnostics) {}
