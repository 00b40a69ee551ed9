package org.hsi4j.detection;

/**
 * Scores a scene line by line, while it is being taken: push a line in, get its scores out. Memory does not grow with the lines, and
 * there is no delay: the scores of a line are there before the next one is. Mutable, for one thread.
 *
 * <pre>{@code
 * LineScorer scorer = Erx.withDefaults().fromNothing(bands).lines(columns);
 * while (camera.hasLine()) {
 *     double[] scores = scorer.push(camera.nextLine());
 * }
 * }</pre>
 */
public interface LineScorer {

    /**
     * The next line.
     *
     * @param line {@code line[band][column]}, band-interleaved by line; a pixel with a NaN or an infinite sample is invalid. Not changed
     * @return one score a column, NaN at invalid pixels; the caller's own
     * @throws IllegalArgumentException if there is another number of bands or columns
     */
    double[] push(double[][] line);

    /**
     * The next line in float32; the samples are widened, so the scores are those of the same line in float64.
     *
     * @param line {@code line[band][column]}
     * @return one score a column, NaN at invalid pixels; the caller's own
     * @throws IllegalArgumentException if there is another number of bands or columns
     */
    default double[] push(float[][] line) {
        double[][] wide = new double[line.length][];
        for (int b = 0; b < line.length; b++) {
            wide[b] = new double[line[b].length];
            for (int i = 0; i < wide[b].length; i++) {
                wide[b][i] = line[b][i];
            }
        }
        return push(wide);
    }
}
