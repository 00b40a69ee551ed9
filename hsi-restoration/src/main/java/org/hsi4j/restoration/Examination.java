package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/** How a {@link Diagnosis} is found. */
final class Examination {
    /** Deviations from what the other bands say that no Gaussian noise of a scene reaches. */
    private static final double SPIKE = 8;

    /** Shifts of lines below this share of the band's root mean square do not matter: 60 dB. */
    private static final double NEGLIGIBLE = 1e-3;

    /** Share of lost samples above which what the others predict is too poor to measure noise with. */
    private static final double MANY = 0.3;

    private static final int BINS = 12;

    /** Components that are searched for the zeros that a motion leaves, and the least variance of one in units of its noise. */
    private static final int COMPONENTS = 8;

    private static final double ABOVE_NOISE = 2;

    private final Cube cube;
    private final RunContext context;
    private final ScenePlanes scene;
    private final LostSamples[] lost;
    private final BandDiagnosis[] found;

    /** Pixels without a lost sample in any band that is there: only they can be judged by what the other bands say. */
    private final BitSet whole;

    private Examination(Cube cube, RunContext context) {
        this.cube = cube;
        this.context = context;
        context.requireMemory(
                2L * Double.BYTES * cube.samples(), "the samples of the scene and what regression leaves of them");
        scene = ScenePlanes.of(cube, context);
        lost = new LostSamples[cube.bands()];
        found = new BandDiagnosis[cube.bands()];
        whole = (BitSet) scene.inScene().clone();
    }

    static Diagnosis of(Cube cube, RunContext context) {
        return new Examination(cube, context).diagnosis();
    }

    private Diagnosis diagnosis() {
        Parallel.run(context, "looking for lost samples", lost.length, () -> scene, (own, b) -> {
            lost[b] = LostSamples.of(own.planes()[b], own.rows(), own.columns(), own.inScene());
            own.fill(b, lost[b].lost());
        });
        List<Integer> present = IntStream.range(0, lost.length)
                .filter(b -> !lost[b].missing())
                .boxed()
                .toList();
        for (int b = 0; b < lost.length; b++) {
            if (lost[b].missing()) {
                found[b] = new BandDiagnosis(b, true, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
            }
        }
        BlurEstimate blur = BlurEstimate.NONE;
        boolean reliable = false;
        if (!present.isEmpty()) {
            present.forEach(b -> whole.andNot(lost[b].lost()));
            MeanScatter statistics = MeanScatter.of(scene.cube(present), context);
            reliable = statistics.count() >= 2L * present.size() && present.size() > 1;
            examine(present, statistics, reliable);
            blur = blur(present, statistics).with(motion(present, statistics));
        }
        List<Mask> masks = Arrays.stream(lost)
                .map(l -> Mask.of(cube.rows(), cube.columns(), l.lost()::get))
                .toList();
        return new Diagnosis(cube.rows(), cube.columns(), List.of(found), masks, deadPixels(present), blur, reliable);
    }

    private void examine(List<Integer> present, MeanScatter statistics, boolean regression) {
        double[][] planes = present.stream().map(b -> scene.planes()[b]).toArray(double[][]::new);
        double[][] correlation = statistics.correlation();
        double[][] residuals = regression ? BandRegression.residuals(planes, correlation, context) : new double[0][];
        double freedom = Math.sqrt((double) statistics.count() / Math.max(1, statistics.count() - present.size() + 1));
        Parallel.run(context, "looking for noise and stripes", planes.length, () -> this, (own, k) -> {
            BitSet kept = (BitSet) scene.inScene().clone();
            kept.andNot(lost[present.get(k)].lost());
            double[] plane = kept(planes[k], kept);
            double rms = Math.sqrt(correlation[k][k]);
            found[present.get(k)] = regression
                    ? byRegression(present.get(k), plane, kept(residuals[k], kept), rms, freedom)
                    : bySpace(present.get(k), plane, rms);
        });
    }

    /** NaN where samples are lost. */
    private static double[] kept(double[] plane, BitSet kept) {
        double[] result = new double[plane.length];
        Arrays.fill(result, Double.NaN);
        kept.stream().forEach(i -> result[i] = plane[i]);
        return result;
    }

    private BandDiagnosis bySpace(int b, double[] plane, double rms) {
        return diagnosis(b, spatialNoise(plane), rms, Slope.NONE, 0, plane, null);
    }

    private BandDiagnosis byRegression(int b, double[] plane, double[] residual, double rms, double freedom) {
        double[] scratch = new double[plane.length];
        int n = pack(residual, scratch);
        double own = freedom * Medians.deviation(scratch, n);
        if (lost[b].lost().cardinality() > MANY * scene.inScene().cardinality()) {
            return diagnosis(b, Math.min(own, spatialNoise(plane)), rms, Slope.NONE, 0, plane, null);
        }
        double limit = SPIKE * Math.max(own, NEGLIGIBLE * rms);
        long spikes = whole.stream().filter(i -> Math.abs(residual[i]) > limit).count();
        double share = (double) spikes / Math.max(1, whole.cardinality());
        return diagnosis(b, own, rms, Slope.of(plane, residual, freedom), share, plane, residual);
    }

    private BandDiagnosis diagnosis(
            int b, double noise, double rms, Slope slope, double spikes, double[] plane, double @Nullable [] residual) {
        BitSet columns = new BitSet();
        BitSet rows = new BitSet();
        double squares = 0;
        double least = NEGLIGIBLE * rms;
        if (residual != null) {
            squares = add(
                    columns,
                    rows,
                    LineOffsets.columns(residual, scene.rows(), scene.columns(), Math.max(noise, least)),
                    LineOffsets.rows(residual, scene.rows(), scene.columns(), Math.max(noise, least)));
        }
        if (noise > least) {
            double shared = add(
                    columns,
                    rows,
                    LineOffsets.sharpColumns(plane, scene.rows(), scene.columns(), noise),
                    LineOffsets.sharpRows(plane, scene.rows(), scene.columns(), noise));
            squares = Math.max(squares, shared);
        }
        double power = noise * noise;
        return new BandDiagnosis(
                b,
                false,
                noise,
                10 * Math.log10(Math.max(0, rms * rms - power) / power),
                slope.share(),
                slope.gain(),
                (double) lost[b].lost().cardinality()
                        / Math.max(1, scene.inScene().cardinality()),
                (double) lost[b].scattered() / Math.max(1, scene.inScene().cardinality()),
                lost[b].deadColumns().cardinality(),
                lost[b].deadRows().cardinality(),
                lost[b].values().size(),
                spikes,
                columns.cardinality(),
                rows.cardinality(),
                Math.sqrt(squares));
    }

    private static double add(BitSet columns, BitSet rows, LineOffsets down, LineOffsets along) {
        columns.or(down.shifted());
        rows.or(along.shifted());
        return down.meanSquare() + along.meanSquare();
    }

    /** From the differences of neighbours, in the direction in which they are smaller: all of the noise, and some of the scene. */
    private double spatialNoise(double[] plane) {
        return Math.min(spatialNoise(plane, 1), spatialNoise(plane, scene.columns()));
    }

    private double spatialNoise(double[] plane, int step) {
        double[] differences = new double[plane.length];
        int n = 0;
        for (int i = 0; i + step < plane.length; i++) {
            double d = plane[i + step] - plane[i];
            if (!Double.isNaN(d) && (step > 1 || (i + 1) % scene.columns() != 0)) {
                differences[n++] = d * Math.sqrt(0.5);
            }
        }
        return n == 0 ? Double.POSITIVE_INFINITY : Medians.deviation(differences, n);
    }

    private static int pack(double[] plane, double[] target) {
        int n = 0;
        for (double v : plane) {
            if (!Double.isNaN(v)) {
                target[n++] = v;
            }
        }
        return n;
    }

    /** The pixels whose samples are lost in far more bands than chance explains. */
    private Mask deadPixels(List<Integer> present) {
        int[] count = new int[cube.pixels()];
        double share = 0;
        for (int b : present) {
            BitSet scattered = (BitSet) lost[b].lost().clone();
            int columns = cube.columns();
            lost[b].lost().stream()
                    .filter(i -> lost[b].deadColumns().get(i % columns)
                            || lost[b].deadRows().get(i / columns))
                    .forEach(scattered::clear);
            scattered.stream().forEach(i -> count[i]++);
            share += (double) scattered.cardinality()
                    / Math.max(1, scene.inScene().cardinality())
                    / present.size();
        }
        double limit = present.size() * share + 6 * Math.sqrt(present.size() * share * (1 - share));
        double least = Math.max(limit, 0.3 * present.size());
        return Mask.of(cube.rows(), cube.columns(), i -> count[i] > least);
    }

    private BlurEstimate blur(List<Integer> present, MeanScatter statistics) {
        double[] direction = Dense.eigen(statistics.covariance()).vectors()[0];
        double[] picture = new double[cube.pixels()];
        double noise = 0;
        for (int k = 0; k < direction.length; k++) {
            double[] plane = scene.planes()[present.get(k)];
            for (int i = 0; i < picture.length; i++) {
                picture[i] += direction[k] * plane[i];
            }
            double own = direction[k] * found[present.get(k)].noise();
            noise += own * own;
        }
        return BlurEstimate.of(picture, cube.rows(), cube.columns(), noise);
    }

    /** From the leading components of the bands in units of their noise. */
    private Optional<PointSpread.Motion> motion(List<Integer> present, MeanScatter statistics) {
        double[][] covariance = statistics.covariance();
        double[][] correlation = statistics.correlation();
        int n = present.size();
        double power = IntStream.range(0, n)
                .mapToDouble(k -> correlation[k][k])
                .average()
                .orElse(0);
        if (power == 0) {
            return Optional.empty();
        }
        double[] unit = present.stream()
                .mapToDouble(b -> 1 / Math.max(found[b].noise(), NEGLIGIBLE * Math.sqrt(power)))
                .toArray();
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                covariance[j][k] *= unit[j] * unit[k];
            }
        }
        Dense.Eigen eigen = Dense.eigen(covariance);
        int rank = (int) Arrays.stream(eigen.values())
                .limit(COMPONENTS)
                .filter(value -> value > ABOVE_NOISE)
                .count();
        double[][] pictures = new double[rank][cube.pixels()];
        Parallel.run(context, "looking for motion", rank, () -> this, (own, k) -> {
            for (int b = 0; b < n; b++) {
                Planes.add(
                        pictures[k], eigen.vectors()[k][b] * unit[b], own.scene.planes()[present.get(b)]);
            }
        });
        return MotionEstimate.of(pictures, cube.rows(), cube.columns(), context)
                .filter(MotionEstimate::certain)
                .map(MotionEstimate::motion);
    }

    /** How the variance of the noise grows with the signal in one band. */
    private record Slope(double share, double gain) {
        private static final Slope NONE = new Slope(0, 0);

        static Slope of(double[] plane, double[] residual, double freedom) {
            double[] predicted = new double[plane.length];
            double[] rest = new double[plane.length];
            int n = 0;
            for (int i = 0; i < plane.length; i++) {
                if (!Double.isNaN(residual[i])) {
                    predicted[n] = plane[i] - residual[i];
                    rest[n++] = residual[i];
                }
            }
            if (n < 20 * BINS) {
                return NONE;
            }
            double[] sorted = Arrays.copyOf(predicted, n);
            Arrays.sort(sorted);
            double[] x = new double[BINS];
            double[] v = new double[BINS];
            double[] values = new double[n];
            for (int k = 0; k < BINS; k++) {
                double low = sorted[(int) ((long) n * k / BINS)];
                double high = k + 1 < BINS ? sorted[(int) ((long) n * (k + 1) / BINS)] : Double.POSITIVE_INFINITY;
                int count = 0;
                for (int i = 0; i < n; i++) {
                    if (predicted[i] >= low && predicted[i] < high) {
                        values[count++] = rest[i];
                        x[k] += predicted[i];
                    }
                }
                x[k] /= count;
                double deviation = freedom * Medians.deviation(values, count);
                v[k] = deviation * deviation;
            }
            return fit(x, v);
        }

        private static Slope fit(double[] x, double[] v) {
            double meanX = Arrays.stream(x).average().orElse(0);
            double meanV = Arrays.stream(v).average().orElse(0);
            double xx = 0;
            double xv = 0;
            for (int k = 0; k < x.length; k++) {
                xx += (x[k] - meanX) * (x[k] - meanX);
                xv += (x[k] - meanX) * (v[k] - meanV);
            }
            double gain = xx > 0 ? xv / xx : 0;
            return new Slope(meanV > 0 ? gain * meanX / meanV : 0, gain);
        }
    }
}
