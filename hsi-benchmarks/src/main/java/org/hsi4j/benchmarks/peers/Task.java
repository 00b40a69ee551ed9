package org.hsi4j.benchmarks.peers;

import java.util.Locale;
import org.hsi4j.metrics.SpectralAngle;

/** A piece of work that several programs do, and how far their answers may lie apart. */
enum Task {
    // Sums of 320 products in other orders.
    SCATTER("scatter of one tile in cache", Measure.RELATIVE, 1e-12),
    COVARIANCE("covariance", Measure.RELATIVE, 1e-10),
    PCA("PCA, 10 components", Measure.RELATIVE, 1e-10),
    // One solves with the covariance, the other inverts it; 3e-12 was seen.
    RX("global RX", Measure.RELATIVE, 1e-8),
    MATCHED_FILTER("matched filter", Measure.RELATIVE, 1e-8),
    ACE("ACE, squared", Measure.RELATIVE, 1e-8),
    // The arc cosine of a pixel like the endmember loses half of the digits; Orfeo has float32 inside.
    SAM("SAM", Measure.ABSOLUTE, 1e-4),
    UCLS("UCLS", Measure.ABSOLUTE, 1e-9),
    NNLS("NNLS", Measure.ABSOLUTE, 1e-9),
    // The sum of the peers is held by a row of the weight 1000, which is off by about one over its square.
    FCLS("FCLS", Measure.ABSOLUTE, 1e-5),
    // Other random directions find other pixels of the same pure patches. On 60 x 50 pixels of 40 bands,
    // noise turns those of the darkest one by .036 to .052 rad from the truth (16 seeds of ours, 7 of
    // Spectral Python's), as it is ten times darker than the others, so two of them lie up to .1 apart.
    // The endmembers themselves lie .23 apart there.
    VCA("VCA", Measure.SPECTRA, 0.1),
    LOCAL_RX("local RX 5/21", Measure.RELATIVE, 1e-7);

    /** How two answers are compared. */
    private enum Measure {
        /** Largest difference over the largest number. */
        RELATIVE,
        /** Largest difference. */
        ABSOLUTE,
        /** Largest angle, in radians, between an endmember of one and the nearest one of the other. */
        SPECTRA
    }

    private final String title;
    private final Measure measure;
    private final double tolerance;

    Task(String title, Measure measure, double tolerance) {
        this.title = title;
        this.measure = measure;
        this.tolerance = tolerance;
    }

    /** The word in scripts and files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    double tolerance() {
        return tolerance;
    }

    /** What the tolerance is about. */
    String measureText() {
        return switch (measure) {
            case RELATIVE -> "of the largest";
            case ABSOLUTE -> "absolute";
            case SPECTRA -> "rad";
        };
    }

    /**
     * How far two answers lie apart; a peer that did only the first pixels is compared on those.
     *
     * @param spectra the number of spectra in an answer of {@link #VCA}
     */
    double difference(double[] ours, double[] theirs, int spectra) {
        if (theirs.length == 0 || theirs.length > ours.length) {
            throw new IllegalArgumentException(
                    "the answer to " + this + " has " + theirs.length + " numbers, ours has " + ours.length);
        }
        if (measure == Measure.SPECTRA) {
            return Math.max(farthest(ours, theirs, spectra), farthest(theirs, ours, spectra));
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < theirs.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs[i])); // NaN stays
        }
        return measure == Measure.ABSOLUTE ? difference : difference / largest;
    }

    private static double farthest(double[] from, double[] to, int spectra) {
        double farthest = 0;
        for (int k = 0; k < spectra; k++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < spectra; j++) {
                nearest =
                        Math.min(nearest, SpectralAngle.radians(spectrum(from, k, spectra), spectrum(to, j, spectra)));
            }
            farthest = Math.max(farthest, nearest);
        }
        return farthest;
    }

    private static double[] spectrum(double[] all, int k, int spectra) {
        int bands = all.length / spectra;
        return java.util.Arrays.copyOfRange(all, k * bands, (k + 1) * bands);
    }
}
