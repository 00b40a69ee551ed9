/** Noise, gaps, stripes and missing resolution: from the measured scene to the one that was meant. */
module org.hsi4j.restoration {
    requires transitive org.hsi4j.core;

    exports org.hsi4j.restoration;

    provides org.hsi4j.method.MethodCatalog with
            org.hsi4j.restoration.RestorationMethods;
}
