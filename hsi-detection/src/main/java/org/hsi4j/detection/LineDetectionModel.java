package org.hsi4j.detection;

/**
 * A detector's model that can score a scene line by line, as a push-broom sensor delivers it. {@link #score} of a whole scene gives what
 * {@link #lines} gives for its rows in their order, bit for bit.
 */
public interface LineDetectionModel extends DetectionModel {

    /**
     * Starts a scene.
     *
     * @param columns pixels a line, at least one
     * @return what its lines are pushed into
     * @throws IllegalArgumentException if there is no column
     */
    LineScorer lines(int columns);
}
