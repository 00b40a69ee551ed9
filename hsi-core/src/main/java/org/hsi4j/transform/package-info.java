/**
 * From spectra to other spectra: components, resampling to another sensor, smoothing, continuum removal, indices, and
 * the choice of bands. What is learnt or set up is a {@link org.hsi4j.run.PixelModel} that applies to any scene of the
 * same bands.
 */
@NullMarked
package org.hsi4j.transform;

import org.jspecify.annotations.NullMarked;
