/**
 * Reading and writing files: one class a format, and {@link org.hsi4j.io.Cubes} that finds it.
 *
 * <p>Everything here fails with an {@link java.io.IOException}; a file that does not hold what its format demands fails with
 * {@link org.hsi4j.io.MalformedFileException}. Sizes a file states are checked against its length before memory is taken;
 * only inside HDF5 files of more than 2 GiB a damaged size may cost as much of the heap for a moment, because jHDF takes it
 * before it looks. Too little heap is then told as a malformed file.
 */
@NullMarked
package org.hsi4j.io;

import org.jspecify.annotations.NullMarked;
