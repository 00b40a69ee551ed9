/** Which materials a scene holds, and how much of each is in every pixel. */
module org.hsi4j.unmixing {
    requires ejml.core;
    requires ejml.ddense;
    requires org.apache.commons.statistics.distribution;
    requires transitive org.hsi4j.core;

    exports org.hsi4j.unmixing;

    provides org.hsi4j.method.MethodCatalog with
            org.hsi4j.unmixing.UnmixingMethods;
}
