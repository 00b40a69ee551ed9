package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of each column of a push-broom sensor, every one of which has a detector, and so a gain, an offset and a spectral
 * shift, of its own.
 *
 * <p><b>Few rows.</b> A column rarely has pixels enough for a covariance of its own. Detectors therefore use that of its n pixels and of
 * 10 B more that have the covariance W within all columns: C = ((n - 1) S + 10 B W) / (n + 10 B - 1), as {@link ClusterRx} does for its
 * clusters; the mean is the column's own. So a column weighs n / (n + 10 B) of its covariance, which the diagnostics report as the {@code
 * shrinkage} of the column with the fewest pixels, 10 B / (n + 10 B). A column with fewer than 10 valid pixels takes mean
 * and covariance of the whole scene (shrunk where it must be, see {@link Shrinkage#AUTO}); how many do is
 * reported ({@code columns-without-own}). What still cannot be factored is loaded.
 *
 * <p>Joining is exact: more lines of the same sensor. Invalid pixels take no part. Costs B<sup>2</sup> flops a pixel; holds 8 B<sup>2</sup> bytes a
 * column. Immutable, serialisable, thread-safe.
 *
 * @serial exclude
 */
public final class ColumnBackground extends BackgroundStatistics {
    private static final long serialVersionUID = 1L;

    /** Fewer cannot tell the mean of a column. */
    static final int FEWEST_PIXELS = 10;

    private final MeanScatter[] columns;
    private final SceneBackground whole;
    private final long nanos;

    private ColumnBackground(MeanScatter[] columns, SceneBackground whole, long nanos) {
        this.columns = columns;
        this.whole = whole;
        this.nanos = nanos;
    }

    /**
     * Learns the background.
     *
     * @param cube scene whose valid pixels are background, but for a few; in columns of the detector, not map-projected
     * @param context threads, progress, cancellation and memory limit
     * @return the background
     * @throws IllegalArgumentException if the scene has no valid pixel, samples so large or so small that their variance does not fit into a
     *     double, or statistics that exceed the memory limit
     */
    public static ColumnBackground of(Cube cube, RunContext context) {
        long start = System.nanoTime();
        ColumnStripes stripes = new ColumnStripes(cube);
        long each = 8L * cube.bands() * cube.bands();
        context.requireMemory(
                each * (cube.columns() + 4L * context.parallelism()) + stripes.bytes(context),
                "the statistics of the columns");
        MeanScatter[] columns = new MeanScatter[cube.columns()];
        Arrays.fill(columns, MeanScatter.empty(cube.bands()));
        stripes.forEach(context, "columns", (tile, column, row) -> {
            MeanScatter.Accumulator sums = new MeanScatter.Accumulator(cube.bands());
            sums.add(tile);
            columns[column] = columns[column].plus(sums.toMeanScatter());
        });
        MeanScatter all = MeanScatter.empty(cube.bands());
        for (MeanScatter column : columns) {
            all = all.plus(column);
        }
        SceneBackground whole = SceneBackground.of(cube, all, Shrinkage.AUTO, context);
        return new ColumnBackground(columns, whole, System.nanoTime() - start);
    }

    /**
     * With more lines of the same sensor.
     *
     * @param other of as many bands and columns
     * @return a new background
     * @throws IllegalArgumentException if the numbers of bands or columns differ
     */
    public ColumnBackground plus(ColumnBackground other) {
        if (other.columns.length != columns.length) {
            throw new IllegalArgumentException("a background of " + other.columns.length
                    + " columns does not go with one of " + columns.length + " columns");
        }
        MeanScatter[] joined = new MeanScatter[columns.length];
        Arrays.setAll(joined, c -> columns[c].plus(other.columns[c]));
        return new ColumnBackground(joined, whole.plus(other.whole), nanos + other.nanos);
    }

    @Override
    public int bands() {
        return whole.bands();
    }

    @Override
    public long pixels() {
        return whole.pixels();
    }

    /**
     * Number of columns, those without a valid pixel included.
     *
     * @return at least one
     */
    public int columns() {
        return columns.length;
    }

    /**
     * What a column has by itself.
     *
     * @param column its number, from zero
     * @return its statistics, perhaps of no pixel
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public MeanScatter column(int column) {
        return columns[Objects.checkIndex(column, columns.length)];
    }

    /**
     * All columns together.
     *
     * @return the background of the whole scene
     */
    public SceneBackground whole() {
        return whole;
    }

    /** The mean of a column, and its own covariance with what it borrows. */
    Background gaussian(int column, double[][] within, double loading) {
        CovarianceEstimate estimate = columns[column].count() < FEWEST_PIXELS
                ? whole.covariance()
                : CovarianceEstimate.of(Borrowed.joined(columns[column], within));
        return Background.of(estimate.loaded(loading), System.nanoTime());
    }

    double[][] within() {
        return Borrowed.within(List.of(columns));
    }

    @Override
    DetectionModel model(double loading, Part part, RunContext context) {
        long start = System.nanoTime() - nanos;
        double[][] within = within();
        PixelDetectionModel[] models = new PixelDetectionModel[columns.length];
        Parallel.run(context, "columns", columns.length, () -> this, (self, column) -> {
            context.checkCancelled();
            models[column] = part.of(self.gaussian(column, within, loading));
        });
        List<Diagnostics> parts = new ArrayList<>();
        for (PixelDetectionModel model : models) {
            parts.add(model.diagnostics());
        }
        return new ColumnModel(models, diagnostics(worst(parts)).since(start));
    }

    private Diagnostics diagnostics(Diagnostics worst) {
        long without =
                Arrays.stream(columns).filter(c -> c.count() < FEWEST_PIXELS).count();
        long least = Arrays.stream(columns)
                .mapToLong(MeanScatter::count)
                .filter(n -> n >= FEWEST_PIXELS)
                .min()
                .orElse(0);
        double more = (double) Borrowed.PIXELS_PER_BAND * bands();
        Diagnostics result = worst.with("pixels", (double) pixels())
                .with("shrinkage", more / (more + least))
                .with("columns", columns.length)
                .with("columns-without-own", (double) without);
        if (without > 0) {
            result = result.note(without + " of " + columns.length + " columns have fewer than " + FEWEST_PIXELS
                    + " valid pixels and take the background of the whole scene");
        }
        if (least < more) {
            result = result.note("a column has as few as " + least + " pixels for " + bands()
                    + " bands: the larger part of its covariance is that within all columns");
        }
        for (String note : whole.diagnostics().notes()) {
            result = without > 0 ? result.note("the whole scene: " + note) : result;
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnBackground that
                && Arrays.equals(columns, that.columns)
                && whole.equals(that.whole);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(columns);
    }

    @Override
    public String toString() {
        return "background of " + columns.length + " columns, " + pixels() + " pixels in " + bands() + " bands";
    }
}
