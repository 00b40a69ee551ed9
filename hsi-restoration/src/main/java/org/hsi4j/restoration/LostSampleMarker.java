package org.hsi4j.restoration;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Takes the samples out of a scene that a {@link Diagnosis} found lost, so that an {@link Inpainter} fills them. Immutable and
 * thread-safe.
 */
public final class LostSampleMarker implements Restorer {
    private final List<Mask> lost;

    private LostSampleMarker(List<Mask> lost) {
        this.lost = List.copyOf(lost);
    }

    /**
     * For one scene.
     *
     * @param lost the samples, one mask a band
     * @return the method
     */
    public static LostSampleMarker of(List<Mask> lost) {
        return new LostSampleMarker(lost);
    }

    @Override
    public String name() {
        return "mark-lost-samples";
    }

    @Override
    public String role() {
        return "marker";
    }

    @Override
    public String summary() {
        return "Takes samples out of a scene that say nothing of it.";
    }

    @Override
    public String reference() {
        return "hsi4j, 2026";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return new RestoredCube(
                cube.withMissingSamples(lost), Diagnostics.none().with("lost", (double)
                        lost.stream().mapToLong(Mask::count).sum()));
    }
}
