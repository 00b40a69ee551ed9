package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;

/**
 * The abundance solver to trust when there is no reason for another: today {@link Fcls}. What it stands for may become better
 * with a later version; name a method to keep results. Immutable and thread-safe.
 */
public final class AutoAbundances implements AbundanceSolver {
    private static final AutoAbundances DEFAULTS = new AutoAbundances();

    private AutoAbundances() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static AutoAbundances withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        return Fcls.withDefaults().fit(endmembers);
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "The abundance solver to trust by default, today FCLS.";
    }

    @Override
    public String reference() {
        return Fcls.withDefaults().reference();
    }
}
