package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.MapBuilder;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;

/** Endmembers of a scene whose materials vary: the part of {@link AutoExtractor} that looks for them. */
final class VaryingMaterials {
    private static final Vca VCA = Vca.withDefaults().withProjection(Vca.Projection.MEAN_REMOVED);

    /** How often pixels are left out and the corners looked for again. */
    private static final int ROUNDS = 10;

    /** The share of the pixels that is left out at most. */
    private static final double SHARE_LEFT_OUT = 0.01;

    private final Cube cube;
    private final int count;
    private final MeanScatter statistics;
    private final boolean brightnessVaries;
    private final RunContext context;
    private final double[] lengths;

    VaryingMaterials(Cube cube, int count, MeanScatter statistics, boolean brightnessVaries, RunContext context) {
        this.cube = cube;
        this.count = count;
        this.statistics = statistics;
        this.brightnessVaries = brightnessVaries;
        this.context = context;
        this.lengths = lengths();
    }

    /** What one start leads to: corners, the means of what is nearly pure, and what these leave of the pixels. */
    private record Attempt(Extraction corners, Endmembers means, List<Long> pure, int leftOut, double remainder) {}

    /** Of several starts the one whose means leave least of the scene; starts that find the same pixels count once. */
    Extraction best(int starts) {
        long begun = System.nanoTime();
        Vca.Prepared prepared = VCA.prepared(cube, count, statistics, context);
        Attempt best = attempt(prepared.extract(context.seed(), begun, context), context.seed());
        Set<Set<Integer>> seen = new HashSet<>(Set.of(Set.copyOf(best.corners().positions())));
        int winner = 0;
        for (int s = 1; s < starts && count > 1; s++) {
            long seed = context.seed() + s;
            Extraction corners = prepared.extract(seed, begun, context);
            if (seen.add(Set.copyOf(corners.positions()))) {
                Attempt next = attempt(corners, seed);
                if (next.remainder() < best.remainder()) {
                    best = next;
                    winner = s;
                }
            }
        }
        return new Extraction(
                best.corners().pixels(),
                best.means(),
                best.corners().positions(),
                best.corners()
                        .diagnostics()
                        .note(String.format(
                                Locale.ROOT,
                                "materials vary, so endmembers are the means of the pixels that hold at least %d %% of "
                                        + "them: %s pixels; %d pixels that no other resembles were left out",
                                Math.round(100 * PureMeans.PURE),
                                best.pure(),
                                best.leftOut()))
                        .note(String.format(
                                Locale.ROOT,
                                "of %d starts number %d leaves least of the scene, %.3g",
                                starts,
                                winner + 1,
                                best.remainder())));
    }

    private Attempt attempt(Extraction first, long seed) {
        Extraction corners = first;
        PureMeans pure = PureMeans.of(cube, corners.projected(), brightnessVaries, context);
        Set<Integer> leftOut = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> alone = alone(corners, pure);
            if (alone.isEmpty() || SHARE_LEFT_OUT * statistics.count() < leftOut.size() + alone.size()) {
                break;
            }
            leftOut.addAll(alone);
            Cube rest = cube.masked(Mask.of(cube.rows(), cube.columns(), i -> !leftOut.contains(i)));
            corners = VCA.prepared(rest, count, without(leftOut), context).extract(seed, System.nanoTime(), context);
            pure = PureMeans.of(rest, corners.projected(), brightnessVaries, context);
        }
        Endmembers means = pure.means(corners.projected());
        return new Attempt(corners, means, pure.counts(), leftOut.size(), remainder(means));
    }

    /** The pixels that an endmember was found in and no other pixel holds. */
    private static List<Integer> alone(Extraction corners, PureMeans pure) {
        return IntStream.range(0, corners.positions().size())
                .filter(pure::isAlone)
                .mapToObj(corners.positions()::get)
                .toList();
    }

    private MeanScatter without(Set<Integer> pixels) {
        MeanScatter rest = statistics;
        for (int pixel : pixels.stream().sorted().toList()) {
            double[] y = Found.spectrum(cube, pixel);
            rest = rest.minus(MeanScatter.of(1, y, new double[y.length][y.length]));
        }
        return rest;
    }

    /** Root mean square of what endmembers leave of the pixels, relative to their lengths where brightness varies. */
    private double remainder(Endmembers endmembers) {
        AbundanceSolver solver = brightnessVaries ? Nnls.withDefaults() : Fcls.withDefaults();
        ScoreMap residual = Passes.residual(cube, endmembers, solver.solve(cube, endmembers, context), context);
        DoubleBuffer values = residual.asBuffer();
        double sum = 0;
        long valid = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                double rest = values.get(i) / lengths[i];
                sum += rest * rest;
                valid++;
            }
        }
        return valid == 0 ? 0 : Math.sqrt(sum / valid);
    }

    /** What the residual of each pixel is divided by: its root mean square over the bands, or that of all; NaN if invalid. */
    private double[] lengths() {
        MapBuilder map = new MapBuilder(cube.rows(), cube.columns(), 1);
        Tiles.forEach(
                cube,
                context,
                "brightness",
                () -> new double[1][PixelTile.capacityFor(cube.bands())],
                (own, tile) -> map.put(tile, lengths(tile, own)));
        return map.toScores("length").toArray();
    }

    private double[][] lengths(PixelTile tile, double[][] own) {
        for (int i = 0; i < tile.size(); i++) {
            double sum = 0;
            for (double[] plane : tile.planes()) {
                sum += plane[i] * plane[i];
            }
            own[0][i] = brightnessVaries ? Math.sqrt(sum / cube.bands()) : 1;
        }
        return own;
    }
}
