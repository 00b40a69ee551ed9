package org.hsi4j.hdf5;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfLibrary;

/** HDF5 by jHDF. Found by {@link java.util.ServiceLoader}; stateless and thread-safe. */
public final class JhdfLibrary implements HdfLibrary {

    /** The library. */
    public JhdfLibrary() {}

    /**
     * Opens a file. Up to 2 GiB it is mapped: what the file claims to be long is then cut out of it, and refused where
     * it ends before; from a channel jHDF takes as much of the heap as the file claims before it reads.
     */
    @Override
    public HdfGroup open(FileChannel channel) throws IOException {
        return new JhdfGroup(file(channel));
    }

    private static HdfFile file(FileChannel channel) throws IOException {
        if (channel.size() > Integer.MAX_VALUE) {
            return new HdfFile(channel);
        }
        ByteBuffer whole;
        try {
            whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (UnsupportedOperationException e) {
            return new HdfFile(channel); // files of such a file system cannot be mapped
        }
        return HdfFile.fromByteBuffer(whole);
    }
}
