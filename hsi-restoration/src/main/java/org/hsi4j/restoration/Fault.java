package org.hsi4j.restoration;

/** What {@link Diagnosis} finds wrong with a scene. */
public enum Fault {
    /** Noise worth taking out: some band's signal is less than 60 dB above it. */
    NOISE("noise"),

    /** The deviation of the noise differs between bands. */
    UNEVEN_NOISE("noise that differs between bands"),

    /** The variance of the noise grows with the signal, as that of counted photons does. */
    SIGNAL_DEPENDENT_NOISE("noise that grows with the signal"),

    /** Columns or rows are shifted. */
    STRIPES("stripes"),

    /** Columns or rows read one value. */
    DEAD_LINES("dead lines"),

    /** Pixels read nothing of the scene in many bands. */
    DEAD_PIXELS("dead pixels"),

    /** Scattered samples read two or more odd values. */
    IMPULSES("impulses"),

    /** Scattered samples lie far from what the other bands say of them, at no value of their own. */
    SPIKES("spikes"),

    /** Scattered samples are no data, or all read the same value. */
    LOST_SAMPLES("lost samples"),

    /** Bands hold nothing or one value only. */
    MISSING_BANDS("missing bands"),

    /** The picture is so smooth that an optical blur is likely. */
    BLUR("blur"),

    /** The spectrum of the picture has the parallel zeros that even motion during the exposure leaves. */
    MOTION_BLUR("motion blur");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** Whether the samples it touches say nothing of the scene. */
    boolean losesSamples() {
        return this == DEAD_LINES
                || this == DEAD_PIXELS
                || this == IMPULSES
                || this == LOST_SAMPLES
                || this == MISSING_BANDS;
    }

    /**
     * Its name in a sentence.
     *
     * @return lower-case words
     */
    public String words() {
        return words;
    }
}
