/**
 * HDF5 for the readers of {@link org.hsi4j.io.Cubes}, by jHDF: with this artifact on the class path or the module path they open HDF5, NetCDF-4
 * (EMIT), HDF-EOS5 (PRISMA) and MAT-files version 7.3. Nothing has to be called.
 */
@NullMarked
package org.hsi4j.hdf5;

import org.jspecify.annotations.NullMarked;
