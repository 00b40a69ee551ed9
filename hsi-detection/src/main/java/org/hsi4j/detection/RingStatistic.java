package org.hsi4j.detection;

/** What is made of a pixel z and a target s, both whitened by the ring and centred on its mean. */
enum RingStatistic {
    /** z'z. */
    DISTANCE,
    /** s'z / (|s| |z|). */
    COSINE,
    /** Its square. */
    SQUARED_COSINE,
    /** s'z / |s|. */
    DEVIATIONS,
    /** s'z / s's. */
    SHARE;

    /** A target that is the ring's mean is not to be found: zero. */
    double of(double dot, double targetSquare, double pixelSquare) {
        if (this == DISTANCE) {
            return pixelSquare;
        }
        if (!(targetSquare > 0) || !(pixelSquare > 0)) {
            return 0;
        }
        double cosine = Math.max(-1.0, Math.min(1.0, dot / Math.sqrt(targetSquare) / Math.sqrt(pixelSquare)));
        return switch (this) {
            case DISTANCE -> pixelSquare;
            case COSINE -> cosine;
            case SQUARED_COSINE -> cosine * cosine;
            case DEVIATIONS -> dot / Math.sqrt(targetSquare);
            case SHARE -> dot / targetSquare;
        };
    }
}
