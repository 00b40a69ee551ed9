package org.hsi4j.unmixing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/** All models of a library, each with the inverse of its block of the Gram matrix. */
final class MesmaModel implements PixelAbundanceModel {
    private static final long serialVersionUID = 1L;

    /** What rounding leaves of ||y||^2 where a model explains all of it. */
    private static final double EXACT = 1e-14;

    /** Steps on the residual: each divides the error that the Gram matrix leaves, of nearly equal spectra by a hundred or more. */
    private static final int REFINEMENTS = 2;

    private final double[][] columns;
    private final int[] classOf;
    private final String[] classNames;

    /** The models by size, smaller ones first. */
    private final Mixture[] mixtures;

    private final Limits limits;
    private final Diagnostics diagnostics;

    /** When a model counts, and when a larger one is better. */
    private record Limits(boolean shade, double minFraction, double maxFraction, double maxRmse, double improvement)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One model.
     *
     * @param members its spectra
     * @param inverse inverse of their Gram matrix
     * @param rowSums its row sums
     * @param total the sum of these
     */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this file, never compared
    private record Mixture(int[] members, double[][] inverse, double[] rowSums, double total) implements Serializable {
        private static final long serialVersionUID = 1L;

        static Optional<Mixture> of(int[] members, double[][] unitGram, double[] norms) {
            int k = members.length;
            double[][] block = new double[k][k];
            for (int r = 0; r < k; r++) {
                for (int c = 0; c < k; c++) {
                    block[r][c] = unitGram[members[r]][members[c]];
                }
            }
            return Dense.cholesky(block).map(lower -> scaled(members, Dense.inverse(lower), norms));
        }

        private static Mixture scaled(int[] members, double[][] inverse, double[] norms) {
            double[] sums = new double[members.length];
            for (int r = 0; r < sums.length; r++) {
                for (int c = 0; c < sums.length; c++) {
                    inverse[r][c] /= norms[members[r]] * norms[members[c]];
                    sums[r] += inverse[r][c];
                }
            }
            return new Mixture(members, inverse, sums, Arrays.stream(sums).sum());
        }

        int size() {
            return members.length;
        }

        /**
         * The least-squares fractions for products with the spectra, x[r] = e_r'y, free or with a given sum.
         *
         * @return how much of ||y||^2 they explain
         */
        double fractions(double[] x, boolean free, double sum, double[] out) {
            double found = 0;
            double explained = 0;
            for (int r = 0; r < members.length; r++) {
                double value = 0;
                for (int c = 0; c < members.length; c++) {
                    value += inverse[r][c] * x[c];
                }
                out[r] = value;
                found += value;
                explained += value * x[r];
            }
            double multiplier = free ? 0 : (found - sum) / total;
            for (int r = 0; r < members.length; r++) {
                out[r] -= multiplier * rowSums[r];
            }
            return explained - multiplier * multiplier * total;
        }
    }

    private MesmaModel(
            double[][] columns,
            int[] classOf,
            String[] classNames,
            Mixture[] mixtures,
            Limits limits,
            Diagnostics diagnostics) {
        this.columns = columns;
        this.classOf = classOf;
        this.classNames = classNames;
        this.mixtures = mixtures;
        this.limits = limits;
        this.diagnostics = diagnostics;
    }

    static MesmaModel of(Mesma method, Endmembers library) {
        LibraryClasses classes = LibraryClasses.of(library, method.delimiter());
        int[] classOf = classes.of().stream().mapToInt(Integer::intValue).toArray();
        int size = size(method, classOf, classes.names().size());
        List<int[]> all = new ArrayList<>();
        for (int k = 1; k <= size; k++) {
            combine(new int[k], 0, 0, classOf, all);
        }
        double[][] columns = library.spectra().stream().map(s -> s.toArray()).toArray(double[][]::new);
        double[] norms =
                Arrays.stream(columns).mapToDouble(c -> Math.sqrt(dot(c, c))).toArray();
        double[][] gram = new double[columns.length][columns.length];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                gram[i][j] = norms[i] > 0 && norms[j] > 0 ? dot(columns[i], columns[j]) / norms[i] / norms[j] : 0;
            }
        }
        Mixture[] mixtures = all.stream()
                .flatMap(members -> Mixture.of(members, gram, norms).stream())
                .toArray(Mixture[]::new);
        Limits limits = new Limits(
                method.shade(),
                method.minFraction(),
                method.maxFraction(),
                method.maxRmse().orElse(Double.POSITIVE_INFINITY),
                method.improvement());
        Diagnostics diagnostics = Diagnostics.none()
                .with("models", mixtures.length)
                .with("size", size)
                .with("dependent_models", all.size() - mixtures.length);
        return new MesmaModel(columns, classOf, classes.names().toArray(String[]::new), mixtures, limits, diagnostics);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The size asked for, or the largest whose models stay within the bound. */
    private static int size(Mesma method, int[] classOf, int classes) {
        double[] models = counts(classOf, classes);
        int most = Math.min(classes, method.size().orElse(Mesma.MOST_MEMBERS));
        double total = 0;
        int fits = 0;
        for (int k = 1; k <= most; k++) {
            total += models[k];
            fits = total <= Mesma.MOST_MODELS ? k : fits;
        }
        if (fits == 0 || (method.size().isPresent() && fits < most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a library of %d spectra in %d classes has %.0f models of up to %d spectra, more than %d: prune it or ask"
                            + " for smaller models",
                    classOf.length,
                    classes,
                    total,
                    most,
                    Mesma.MOST_MODELS));
        }
        return fits;
    }

    /** Number of models of each size: the coefficients of the product of (1 + n x) over classes of n. */
    private static double[] counts(int[] classOf, int classes) {
        double[] counts = new double[Mesma.MOST_MEMBERS + 1];
        counts[0] = 1;
        for (int c = 0; c < classes; c++) {
            int own = c;
            long n = Arrays.stream(classOf).filter(of -> of == own).count();
            for (int k = counts.length - 1; k > 0; k--) {
                counts[k] += n * counts[k - 1];
            }
        }
        return counts;
    }

    /** Adds all ways to take spectra from {@code from} on, each of another class. */
    private static void combine(int[] members, int taken, int from, int[] classOf, List<int[]> all) {
        if (taken == members.length) {
            all.add(members.clone());
            return;
        }
        for (int i = from; i < classOf.length; i++) {
            boolean free = true;
            for (int t = 0; t < taken; t++) {
                free &= classOf[members[t]] != classOf[i];
            }
            if (free) {
                members[taken] = i;
                combine(members, taken + 1, i + 1, classOf, all);
            }
        }
    }

    @Override
    public int bands() {
        return columns[0].length;
    }

    @Override
    public int outputs() {
        return columns.length;
    }

    @Override
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public Worker worker() {
        Search search = new Search(this);
        return (tile, output) -> search.solve(tile, (i, best, fractions, rmse) -> {
            for (double[] plane : output) {
                plane[i] = 0;
            }
            for (int r = 0; best != null && r < best.size(); r++) {
                output[best.members()[r]][i] = fractions[r];
            }
        });
    }

    @Override
    public Abundances solve(Cube scene, RunContext context) {
        Abundances found = Passes.abundances(scene, this, context);
        return new Abundances(found.maps(), found.diagnostics().with("unmodelled", (double) zeros(found.maps())));
    }

    /** Pixels without any fraction. */
    private static long zeros(AbundanceMaps maps) {
        double[][] all = maps.toMatrix();
        return IntStream.range(0, maps.pixels())
                .filter(i -> Arrays.stream(all).allMatch(map -> map[i] == 0))
                .count();
    }

    /** Fractions and choices by class. */
    MesmaResult unmix(Cube cube, RunContext context) {
        long start = System.nanoTime();
        int classes = classNames.length;
        List<ScoreMap> maps = named(Tiles.map(cube, new Detail(this), context, "mesma"), cube);
        List<String> names = List.of(classNames);
        double[][] fractions = new double[classes][];
        for (int k = 0; k < classes; k++) {
            fractions[k] = maps.get(k).toArray();
        }
        AbundanceMaps shares = AbundanceMaps.of(cube.rows(), cube.columns(), names, fractions)
                .withGeoReference(cube.geoReference().orElse(null));
        return new MesmaResult(
                shares,
                maps.get(2 * classes),
                maps.subList(classes, 2 * classes),
                maps.get(2 * classes + 1),
                maps.get(2 * classes + 2),
                diagnostics.with("unmodelled", (double) zeros(shares)).since(start));
    }

    private List<ScoreMap> named(MapBuilder builder, Cube cube) {
        List<String> names = new ArrayList<>(List.of(classNames));
        for (String name : classNames) {
            names.add("spectrum of " + name);
        }
        names.addAll(List.of("shade", "spectra in the model", "RMSE"));
        return builder.toScores(names).stream()
                .map(map -> map.withGeoReference(cube.geoReference().orElse(null)))
                .toList();
    }

    /** The outputs of {@link #unmix}: fractions, choices, shade, size and RMSE. */
    private record Detail(MesmaModel model) implements PixelModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int bands() {
            return model.bands();
        }

        @Override
        public int outputs() {
            return 2 * model.classNames.length + 3;
        }

        @Override
        public PixelModel.Worker worker() {
            Search search = new Search(model);
            int classes = model.classNames.length;
            return (tile, output) -> search.solve(tile, (i, best, fractions, rmse) -> {
                for (int k = 0; k < classes; k++) {
                    output[k][i] = 0;
                    output[classes + k][i] = -1;
                }
                double sum = 0;
                for (int r = 0; best != null && r < best.size(); r++) {
                    int k = model.classOf[best.members()[r]];
                    output[k][i] = fractions[r];
                    output[classes + k][i] = best.members()[r];
                    sum += fractions[r];
                }
                boolean shaded = model.limits.shade() || best == null;
                output[2 * classes][i] = shaded ? 1 - sum : 0;
                output[2 * classes + 1][i] = best == null ? 0 : best.size();
                output[2 * classes + 2][i] = rmse;
            });
        }
    }

    /** Receives the model of a pixel. */
    @FunctionalInterface
    private interface Sink {
        void put(int pixel, @Nullable Mixture best, double[] fractions, double rmse);
    }

    /** One thread's search. */
    private static final class Search {
        private final MesmaModel model;
        private final int sizes;
        private final double[] x;
        private final double[] fractions;
        private final double[] correction;
        private final double[] residual;
        private double[][] products;
        private double[] squares = new double[0];
        private double[][] least;
        private int[][] best;

        Search(MesmaModel model) {
            this.model = model;
            this.sizes =
                    Arrays.stream(model.mixtures).mapToInt(Mixture::size).max().orElse(0);
            this.x = new double[sizes];
            this.fractions = new double[sizes];
            this.correction = new double[sizes];
            this.residual = new double[model.bands()];
            this.products = new double[model.columns.length][0];
            this.least = new double[sizes][0];
            this.best = new int[sizes][0];
        }

        void solve(PixelTile tile, Sink sink) {
            int n = tile.size();
            if (squares.length < n) {
                products = new double[model.columns.length][tile.capacity()];
                squares = new double[tile.capacity()];
                least = new double[sizes][tile.capacity()];
                best = new int[sizes][tile.capacity()];
            }
            Kernels.best().multiply(model.columns, tile.planes(), n, products);
            Kernels.best().squaredNorms(tile.planes(), n, squares);
            double bound = model.limits.maxRmse() * model.limits.maxRmse() * model.bands();
            for (int s = 0; s < sizes; s++) {
                Arrays.fill(least[s], 0, n, bound);
                Arrays.fill(best[s], 0, n, -1);
            }
            for (int m = 0; m < model.mixtures.length; m++) {
                tryOn(n, m);
            }
            for (int i = 0; i < n; i++) {
                finish(tile.planes(), i, sink);
            }
        }

        /** One model on all pixels. */
        private void tryOn(int n, int number) {
            Mixture mixture = model.mixtures[number];
            Limits limits = model.limits;
            int k = mixture.size();
            double[] leastOfSize = least[k - 1];
            int[] bestOfSize = best[k - 1];
            for (int i = 0; i < n; i++) {
                for (int r = 0; r < k; r++) {
                    x[r] = products[mixture.members()[r]][i];
                }
                double rest = Math.max(0, squares[i] - mixture.fractions(x, limits.shade(), 1, fractions));
                boolean better = rest < leastOfSize[i] || (bestOfSize[i] < 0 && rest == leastOfSize[i]);
                if (better && counts(k)) {
                    leastOfSize[i] = rest;
                    bestOfSize[i] = number;
                }
            }
        }

        private boolean counts(int k) {
            double sum = 0;
            for (int r = 0; r < k; r++) {
                if (!isWithin(fractions[r])) {
                    return false;
                }
                sum += fractions[r];
            }
            return !model.limits.shade() || isWithin(1 - sum);
        }

        private boolean isWithin(double fraction) {
            return fraction >= model.limits.minFraction() && fraction <= model.limits.maxFraction();
        }

        private void finish(double[][] planes, int i, Sink sink) {
            int chosen = -1;
            double rest = 0;
            double share = 1 - model.limits.improvement();
            for (int s = 0; s < sizes; s++) {
                boolean lower = rest > EXACT * squares[i] && least[s][i] < share * share * rest;
                boolean better = best[s][i] >= 0 && (chosen < 0 || lower);
                rest = better ? least[s][i] : rest;
                chosen = better ? best[s][i] : chosen;
            }
            if (chosen < 0) {
                sink.put(i, null, fractions, Math.sqrt(squares[i] / model.bands()));
                return;
            }
            Mixture mixture = model.mixtures[chosen];
            for (int r = 0; r < mixture.size(); r++) {
                x[r] = products[mixture.members()[r]][i];
            }
            mixture.fractions(x, model.limits.shade(), 1, fractions);
            for (int step = 0; step < REFINEMENTS; step++) {
                refine(mixture, planes, i);
            }
            sink.put(i, mixture, fractions, Math.sqrt(residual(mixture, planes, i) / model.bands()));
        }

        /** One step with the residual itself in place of differences of products. */
        private void refine(Mixture mixture, double[][] planes, int i) {
            residual(mixture, planes, i);
            for (int r = 0; r < mixture.size(); r++) {
                x[r] = dot(model.columns[mixture.members()[r]], residual);
            }
            mixture.fractions(x, model.limits.shade(), 0, correction);
            for (int r = 0; r < mixture.size(); r++) {
                fractions[r] += correction[r];
            }
        }

        private double residual(Mixture mixture, double[][] planes, int i) {
            double sum = 0;
            for (int b = 0; b < residual.length; b++) {
                double value = planes[b][i];
                for (int r = 0; r < mixture.size(); r++) {
                    value -= fractions[r] * model.columns[mixture.members()[r]][b];
                }
                residual[b] = value;
                sum += value * value;
            }
            return sum;
        }
    }
}
