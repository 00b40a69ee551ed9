module com.example.detection {
    requires org.hsi4j.detection;
}
