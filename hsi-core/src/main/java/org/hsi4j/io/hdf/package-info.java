/**
 * The seam to a library that reads HDF5. The readers of HDF5, NetCDF-4 and MAT-files version 7.3 know these interfaces only; the artifact
 * {@code org.hsi4j:hsi-hdf5} implements them with jHDF, so that who has no such files has no such library. A program may
 * bring another one: see {@link org.hsi4j.io.hdf.HdfLibrary}.
 */
@NullMarked
package org.hsi4j.io.hdf;

import org.jspecify.annotations.NullMarked;
