/**
 * Transforms and filters of image planes: rows x columns values in one array, row by row. A plan holds what depends on the
 * size and is immutable; its workers have the buffers and belong to one thread each. Every value must be finite, except where
 * a filter says that it leaves NaN out.
 */
@NullMarked
package org.hsi4j.signal;

import org.jspecify.annotations.NullMarked;
