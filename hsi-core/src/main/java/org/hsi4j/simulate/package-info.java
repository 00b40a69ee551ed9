/** Spectra and scenes made by formula, whose ground truth is known exactly. */
@NullMarked
package org.hsi4j.simulate;

import org.jspecify.annotations.NullMarked;
