/** The hot dense kernels, and factorisations of small matrices. Matrices are arrays of rows: {@code matrix[row][column]}. */
@NullMarked
package org.hsi4j.linalg;

import org.jspecify.annotations.NullMarked;
