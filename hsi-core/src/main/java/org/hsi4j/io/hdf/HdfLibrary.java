package org.hsi4j.io.hdf;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Reads HDF5 files. The first implementation that {@link java.util.ServiceLoader} finds is used: on the class path by
 * {@code META-INF/services/org.hsi4j.io.hdf.HdfLibrary}, on the module path by a {@code provides} clause. It is safe for use by many
 * threads at once, and so is all it hands out.
 *
 * <p>An implementation may throw any {@link RuntimeException}, {@link LinkageError} or {@link VirtualMachineError} where a file is damaged: the callers
 * turn them into {@link org.hsi4j.io.MalformedFileException}.
 */
public interface HdfLibrary {

    /**
     * Opens a file.
     *
     * @param channel the file, whose signature is at the start or behind 512 bytes; it belongs to the caller, who closes it when
     *     nothing of the file is going to be read any more
     * @return its root group
     * @throws IOException if the file cannot be read
     */
    HdfGroup open(FileChannel channel) throws IOException;
}
