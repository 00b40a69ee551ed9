module com.example.core {
    requires org.hsi4j.core;
}
