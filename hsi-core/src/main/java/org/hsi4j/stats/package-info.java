/** Mergeable statistics of a scene, the noise in it, and whitening that survives a singular covariance. */
@NullMarked
package org.hsi4j.stats;

import org.jspecify.annotations.NullMarked;
