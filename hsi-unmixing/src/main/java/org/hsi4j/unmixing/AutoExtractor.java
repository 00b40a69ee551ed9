package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * The extractor to trust when there is no reason for another: today {@link Vca}, seeded by the run. What it stands for may
 * become better with a later version; name a method to keep results. Immutable and thread-safe.
 */
public final class AutoExtractor implements EndmemberExtractor {
    private static final AutoExtractor DEFAULTS = new AutoExtractor();

    private AutoExtractor() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static AutoExtractor withDefaults() {
        return DEFAULTS;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        return Vca.withDefaults().extract(cube, count, context);
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "The extractor to trust by default, today VCA.";
    }

    @Override
    public String reference() {
        return Vca.withDefaults().reference();
    }
}
