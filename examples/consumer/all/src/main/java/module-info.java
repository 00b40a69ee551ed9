module com.example.all {
    requires org.hsi4j.hdf5;
    requires org.hsi4j.unmixing;
    requires org.hsi4j.restoration;
    requires org.hsi4j.detection;
}
