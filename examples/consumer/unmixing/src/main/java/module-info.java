module com.example.unmixing {
    requires org.hsi4j.unmixing;
}
