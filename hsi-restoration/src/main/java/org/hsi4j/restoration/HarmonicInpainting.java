package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Inpainting of each band by itself from neighbouring pixels: the missing samples take the shape of a membrane that is held by the known
 * ones, so each is the mean of its four neighbours (the Laplace equation; at borders, and beside masked pixels, of those there are). No sample is larger
 * or smaller than all that surround its gap.
 *
 * <p>Made for dead pixels and lines, also those that go through all bands, and for scenes of one band; gaps wider than what is seen there become
 * smooth. A band without any known sample stays missing. A pixel without a sample stays NaN by default; {@link #withEmptyPixels}
 * fills it. Known samples and masked pixels stay as they are.
 *
 * <p>Solved by successive over-relaxation from a start that is averaged over blocks, until no sample moves by more than
 * {@link #tolerance} of the range of the band, or 1000 sweeps are done, of which a note tells. Costs ten flops a missing sample and sweep. Holds the scene in
 * float64; bands are shared among the threads. Immutable and thread-safe.
 *
 * <p>Reference: Chan and Shen, "Mathematical models for local nontexture inpaintings", SIAM J. Appl. Math. 62, 2002.
 *
 * <pre>{@code
 * RestoredCube whole = Restoring.of(gapped).with(HarmonicInpainting.withDefaults().withEmptyPixels(true)).run();
 * }</pre>
 */
public final class HarmonicInpainting implements Inpainter {
    private static final int MOST_SWEEPS = 1000;

    /** Between one and two; two sweeps to either side of a gap some ten pixels wide are fastest with this. */
    private static final double RELAXATION = 1.6;

    private final double tolerance;
    private final boolean emptyPixels;

    private HarmonicInpainting(double tolerance, boolean emptyPixels) {
        this.tolerance = tolerance;
        this.emptyPixels = emptyPixels;
    }

    /**
     * To a ten-thousandth of the range of a band, pixels without a sample left alone.
     *
     * @return the method
     */
    public static HarmonicInpainting withDefaults() {
        return new HarmonicInpainting(1e-4, false);
    }

    /**
     * What a sample may still move by when the sweeps end, relative to the range of its band. Default: 1e-4.
     *
     * @param newTolerance positive and finite
     * @return a changed copy
     * @throws IllegalArgumentException if it is not
     */
    public HarmonicInpainting withTolerance(double newTolerance) {
        return new HarmonicInpainting(NoisyScene.requirePositive("tolerance", newTolerance), emptyPixels);
    }

    /**
     * Whether pixels without any sample are filled from their surroundings. Default: false.
     *
     * @param filled true to fill them
     * @return a changed copy
     */
    public HarmonicInpainting withEmptyPixels(boolean filled) {
        return new HarmonicInpainting(tolerance, filled);
    }

    /**
     * What a sample may still move by when the sweeps end.
     *
     * @return relative to the range of its band
     */
    public double tolerance() {
        return tolerance;
    }

    /**
     * Whether pixels without any sample are filled.
     *
     * @return true when they are
     */
    public boolean emptyPixels() {
        return emptyPixels;
    }

    @Override
    public String name() {
        return "harmonic-inpainting";
    }

    @Override
    public String summary() {
        return "Fills each band from the pixels around a gap, like a membrane held at its rim.";
    }

    @Override
    public String reference() {
        return "Chan and Shen, Mathematical models for local nontexture inpaintings, 2002";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return GappedScene.inpaint(cube, context, name(), new GappedScene.Filler() {
            @Override
            public long bytes(int rows, int columns, int bands, int threads) {
                return (long) threads * rows * columns * (2 * Double.BYTES + 1);
            }

            @Override
            public Diagnostics fill(GappedScene scene, RunContext run, Diagnostics diagnostics) {
                int[] sweeps = new int[scene.bands()];
                Parallel.run(run, "inpainting", scene.bands(), () -> scene, (own, b) -> {
                    sweeps[b] = fillBand(own, b, run);
                });
                return reported(diagnostics, sweeps);
            }
        });
    }

    private static Diagnostics reported(Diagnostics before, int[] sweeps) {
        int most = 0;
        for (int s : sweeps) {
            most = Math.max(most, s);
        }
        boolean converged = most < MOST_SWEEPS;
        Diagnostics after = new Diagnostics(converged, most, before.elapsed(), before.figures(), before.notes());
        return converged ? after : after.note("some gaps were still moving after " + MOST_SWEEPS + " sweeps");
    }

    private int fillBand(GappedScene scene, int band, RunContext context) {
        double[] plane = scene.planes[band];
        int pixels = plane.length;
        boolean[] gap = new boolean[pixels];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        boolean any = false;
        for (int i = 0; i < pixels; i++) {
            boolean missing = Double.isNaN(plane[i]);
            gap[i] = missing && (emptyPixels ? scene.admitted[i] : scene.seen[i]);
            any |= gap[i];
            least = missing ? least : Math.min(least, plane[i]);
            most = missing ? most : Math.max(most, plane[i]);
        }
        if (!any || least > most) {
            return 0;
        }
        double[] filled = plane.clone();
        new Holes(org.hsi4j.Mask.of(scene.rows, scene.columns, i -> !Double.isNaN(plane[i]))).fill(filled);
        for (int i = 0; i < pixels; i++) {
            plane[i] = gap[i] ? filled[i] : plane[i];
        }
        int sweeps = 0;
        double moved = Double.POSITIVE_INFINITY;
        while (moved > tolerance * (most - least) && sweeps < MOST_SWEEPS) {
            context.checkCancelled();
            moved = sweep(plane, gap, scene.rows, scene.columns);
            sweeps++;
        }
        for (int i = 0; i < pixels; i++) {
            // Over-relaxation may overshoot by what is left to move.
            plane[i] = gap[i] ? Math.min(most, Math.max(least, plane[i])) : plane[i];
        }
        return sweeps;
    }

    /** Moves each sample of the gaps towards, and beyond, the mean of its neighbours; the largest move. */
    private static double sweep(double[] plane, boolean[] gap, int rows, int columns) {
        double moved = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * columns + c;
                if (!gap[i]) {
                    continue;
                }
                double sum = 0;
                int count = 0;
                if (r > 0 && !Double.isNaN(plane[i - columns])) {
                    sum += plane[i - columns];
                    count++;
                }
                if (r + 1 < rows && !Double.isNaN(plane[i + columns])) {
                    sum += plane[i + columns];
                    count++;
                }
                if (c > 0 && !Double.isNaN(plane[i - 1])) {
                    sum += plane[i - 1];
                    count++;
                }
                if (c + 1 < columns && !Double.isNaN(plane[i + 1])) {
                    sum += plane[i + 1];
                    count++;
                }
                if (count > 0) {
                    double move = RELAXATION * (sum / count - plane[i]);
                    plane[i] += move;
                    moved = Math.max(moved, Math.abs(move));
                }
            }
        }
        return moved;
    }
}
