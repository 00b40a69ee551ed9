module com.example.hdf5 {
    requires io.jhdf; // only because it writes a file
    requires org.hsi4j.core;
    requires org.hsi4j.hdf5;
}
