package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Turns the labels of a classification data set into truth for unmixing: the endmember of a class is the mean spectrum of its
 * interior pixels, and the abundances are what a solver, fully constrained least squares (FCLS) as a rule, finds with these.
 * The idea is of Zhu, "Hyperspectral unmixing: ground truth labeling, datasets, benchmark performances and survey", arXiv
 * 1708.05125; the details are ours.
 *
 * <p>A labelled pixel is <em>interior</em> when all pixels of the square around it that lie in the image, invalid ones too, have its
 * label. A class without interior pixels takes the mean of all its pixels, which the report shows.
 *
 * <p>Such a truth favours the solver that made it: the report says how pure the labelled pixels come out, and thus how far the
 * labels bear the abundances out. Invalid pixels are in no mean. Costs a pass over the cube and the solver's work. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * LabelTruth.Result truth = LabelTruth.withDefaults().derive(cube, labels, names, fcls::solve);
 * }</pre>
 */
public final class LabelTruth {
    private final int margin;

    private LabelTruth(int margin) {
        this.margin = margin;
    }

    /** Finds abundances for given endmembers. */
    @FunctionalInterface
    public interface Solver {

        /**
         * Solves.
         *
         * @param cube the scene
         * @param endmembers the endmembers
         * @param context threads, progress and cancellation
         * @return abundances, one map an endmember
         */
        AbundanceMaps solve(Cube cube, Endmembers endmembers, RunContext context);
    }

    /**
     * How far the abundances bear the label of a class out.
     *
     * @param name the class
     * @param labelled its valid pixels
     * @param interior those of them that are interior; with none the endmember is the mean of all labelled pixels
     * @param meanPurity mean abundance of the class in its labelled pixels
     * @param leastPurity least abundance of the class in its labelled pixels
     * @param agreement share of its labelled pixels in which no other class has a larger abundance
     */
    public record Purity(
            String name, int labelled, int interior, double meanPurity, double leastPurity, double agreement) {}

    /**
     * The truth.
     *
     * @param endmembers one a class, named after it
     * @param abundances what the solver found
     * @param purity one report a class
     */
    public record Result(Endmembers endmembers, AbundanceMaps abundances, List<Purity> purity) {

        /** Copies the list. */
        public Result {
            purity = List.copyOf(purity);
        }
    }

    /**
     * A margin of one pixel.
     *
     * @return the settings
     */
    public static LabelTruth withDefaults() {
        return new LabelTruth(1);
    }

    /**
     * How far around an interior pixel the label must be the same. Default: 1, the eight neighbours.
     *
     * @param pixels 0 to 100; with 0 every labelled pixel is interior
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LabelTruth withMargin(int pixels) {
        if (pixels < 0 || pixels > 100) {
            throw new IllegalArgumentException("the margin is 0 to 100 pixels, not " + pixels);
        }
        return new LabelTruth(pixels);
    }

    /**
     * How far around an interior pixel the label must be the same.
     *
     * @return pixels
     */
    public int margin() {
        return margin;
    }

    /**
     * Derives the truth with all threads.
     *
     * @param cube the scene
     * @param labels one a pixel, row by row: 0 for none, k for the k-th name
     * @param names the classes
     * @param solver finds the abundances
     * @return the truth
     * @throws IllegalArgumentException as {@link #derive(Cube, int[], List, Solver, RunContext)}
     */
    public Result derive(Cube cube, int[] labels, List<String> names, Solver solver) {
        return derive(cube, labels, names, solver, RunContext.defaults());
    }

    /**
     * Derives the truth.
     *
     * @param cube the scene
     * @param labels one a pixel, row by row: 0 for none, k for the k-th name
     * @param names the classes
     * @param solver finds the abundances
     * @param context threads, progress and cancellation
     * @return the truth
     * @throws IllegalArgumentException if there are more or fewer labels than pixels, a label has no name, a class has no valid
     *     pixel, or the solver's maps do not fit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Result derive(Cube cube, int[] labels, List<String> names, Solver solver, RunContext context) {
        int[] own = labels.clone();
        check(cube, own, names);
        int[] labelled = new int[names.size()];
        int[] interior = new int[names.size()];
        int[] used = used(cube, own, labelled, interior);
        for (int k = 0; k < labelled.length; k++) {
            if (labelled[k] == 0) {
                throw new IllegalArgumentException("class \"" + names.get(k) + "\" has no valid pixel");
            }
        }
        Endmembers means = means(cube, used, names, context);
        AbundanceMaps maps = Objects.requireNonNull(solver.solve(cube, means, context), "abundances");
        if (maps.count() != means.count() || maps.pixels() != cube.pixels()) {
            throw new IllegalArgumentException("the solver gave " + maps.count() + " maps of " + maps.pixels()
                    + " pixels for " + means.count() + " classes and " + cube.pixels() + " pixels");
        }
        return new Result(means, maps, report(maps, own, names, labelled, interior));
    }

    private static void check(Cube cube, int[] labels, List<String> names) {
        if (labels.length != cube.pixels()) {
            throw new IllegalArgumentException(labels.length + " labels given for " + cube.pixels() + " pixels");
        }
        for (int label : labels) {
            if (label < 0 || label > names.size()) {
                throw new IllegalArgumentException("label " + label + " is none of 0 to " + names.size());
            }
        }
    }

    /** The labels of the pixels that make the means; counts the pixels of each class, and drops invalid labels. */
    private int[] used(Cube cube, int[] labels, int[] labelled, int[] interior) {
        Mask valid = cube.validMask();
        int[] inside = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            inside[i] = valid.get(i) && isInterior(labels, i, cube.rows(), cube.columns()) ? labels[i] : 0;
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = valid.get(i) ? labels[i] : 0;
            count(labels[i], labelled);
            count(inside[i], interior);
        }
        for (int i = 0; i < labels.length; i++) {
            boolean lacking = labels[i] > 0 && interior[labels[i] - 1] == 0;
            inside[i] = lacking ? labels[i] : inside[i];
        }
        return inside;
    }

    private static void count(int label, int[] counts) {
        if (label > 0) {
            counts[label - 1]++;
        }
    }

    private boolean isInterior(int[] labels, int pixel, int rows, int columns) {
        int row = pixel / columns;
        int column = pixel % columns;
        for (int r = Math.max(0, row - margin); r <= Math.min(rows - 1, row + margin); r++) {
            for (int c = Math.max(0, column - margin); c <= Math.min(columns - 1, column + margin); c++) {
                if (labels[r * columns + c] != labels[pixel]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Endmembers means(Cube cube, int[] used, List<String> names, RunContext context) {
        double[][] means = new double[names.size()][cube.bands()];
        Parallel.run(context, "class means", cube.bands(), () -> new int[names.size()], (counts, band) -> {
            Arrays.fill(counts, 0);
            double[] plane = cube.plane(band);
            for (int i = 0; i < plane.length; i++) {
                if (used[i] > 0) {
                    means[used[i] - 1][band] += plane[i];
                    counts[used[i] - 1]++;
                }
            }
            for (int k = 0; k < counts.length; k++) {
                means[k][band] /= counts[k];
            }
        });
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            Spectrum mean = Spectrum.of(means[k]).named(names.get(k));
            spectra.add(cube.wavelengths().map(mean::withWavelengths).orElse(mean));
        }
        return Endmembers.of(spectra);
    }

    private static List<Purity> report(
            AbundanceMaps maps, int[] labels, List<String> names, int[] labelled, int[] interior) {
        double[][] a = maps.toMatrix();
        List<Purity> report = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            int agreeing = 0;
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == k + 1) {
                    sum += a[k][i];
                    least = Math.min(least, a[k][i]);
                    agreeing += isLargest(a, k, i) ? 1 : 0;
                }
            }
            report.add(new Purity(
                    names.get(k), labelled[k], interior[k], sum / labelled[k], least, (double) agreeing / labelled[k]));
        }
        return report;
    }

    private static boolean isLargest(double[][] a, int k, int pixel) {
        for (double[] map : a) {
            if (map[pixel] > a[k][pixel]) {
                return false;
            }
        }
        return true;
    }
}
