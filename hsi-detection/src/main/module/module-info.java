/** Targets, anomalies and gases: where a scene differs from its background. */
module org.hsi4j.detection {
    requires org.apache.commons.statistics.distribution;
    requires transitive org.hsi4j.core;

    exports org.hsi4j.detection;

    provides org.hsi4j.method.MethodCatalog with
            org.hsi4j.detection.DetectionMethods;
}
