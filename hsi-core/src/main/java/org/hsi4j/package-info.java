/**
 * The nouns: an immutable {@link org.hsi4j.Cube} and what is read from it or computed on it.
 *
 * <p>Nothing here knows files, kernels or pictures. Rows, columns and bands are counted from zero; pixels are numbered
 * row by row ({@code row * columns + column}); wavelengths are in nanometres.
 */
@NullMarked
package org.hsi4j;

import org.jspecify.annotations.NullMarked;
