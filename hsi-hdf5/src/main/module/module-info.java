/** HDF5 for the readers of the core. */
module org.hsi4j.hdf5 {
    requires com.ning.compress.lzf; // of jHDF, which as an automatic module cannot say so
    requires io.jhdf;
    requires org.apache.commons.lang3; // of jHDF
    requires org.hsi4j.core;
    requires org.slf4j; // of jHDF

    exports org.hsi4j.hdf5;

    provides org.hsi4j.io.hdf.HdfLibrary with
            org.hsi4j.hdf5.JhdfLibrary;
}
