module com.example.restoration {
    requires org.hsi4j.restoration;
}
