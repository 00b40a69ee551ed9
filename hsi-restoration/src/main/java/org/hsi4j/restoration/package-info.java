/**
 * Noise, gaps, stripes and missing resolution: from the measured scene to the one that was meant.
 *
 * @serial exclude
 */
@NullMarked
package org.hsi4j.restoration;

import org.jspecify.annotations.NullMarked;
