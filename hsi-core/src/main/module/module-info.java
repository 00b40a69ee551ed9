/** The nouns of hyperspectral imaging, files, kernels, statistics, simulation, metrics and pictures. */
module org.hsi4j.core {
    requires ejml.core;
    requires ejml.ddense;
    requires transitive java.desktop;
    requires java.xml;
    requires static jdk.incubator.vector;
    requires org.apache.commons.statistics.distribution;
    requires static transitive org.jspecify;
    requires xchart;

    exports org.hsi4j;
    exports org.hsi4j.io;
    exports org.hsi4j.io.hdf;
    exports org.hsi4j.linalg;
    exports org.hsi4j.method;
    exports org.hsi4j.metrics;
    exports org.hsi4j.run;
    exports org.hsi4j.signal;
    exports org.hsi4j.simulate;
    exports org.hsi4j.stats;
    exports org.hsi4j.transform;
    exports org.hsi4j.view;

    uses org.hsi4j.io.CubeReader;
    uses org.hsi4j.io.hdf.HdfLibrary;
    uses org.hsi4j.method.MethodCatalog;
}
