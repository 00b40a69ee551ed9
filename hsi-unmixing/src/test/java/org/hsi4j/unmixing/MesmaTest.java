package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MesmaTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final int BANDS = 12;

    /** Two spectra of each of two classes and one of a third: 5 + 8 + 4 models. */
    private static final Endmembers LIBRARY = library(7, "soil:a", "soil:b", "tree:a", "tree:b", "water");

    private static final int[] CLASS = {0, 0, 1, 1, 2};

    private static Endmembers library(long seed, String... names) {
        Random random = new Random(seed);
        List<Spectrum> spectra = new ArrayList<>();
        for (String name : names) {
            spectra.add(Spectrum.of(IntStream.range(0, BANDS)
                            .mapToDouble(b -> 0.1 + random.nextDouble())
                            .toArray())
                    .named(name));
        }
        return Endmembers.of(spectra);
    }

    /** Pixels near mixtures of the library, some of them far from any. */
    private static Cube pixels(int count, double noise, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[BANDS][count];
        for (int i = 0; i < count; i++) {
            double[] shares = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            int[] members = {random.nextInt(2), 2 + random.nextInt(2), 4};
            double sum = 0.3 + Arrays.stream(shares).sum() * (0.5 + random.nextDouble());
            for (int b = 0; b < BANDS; b++) {
                for (int k = 0; k < 3; k++) {
                    planes[b][i] += shares[k] / sum * LIBRARY.value(b, members[k]);
                }
                planes[b][i] += noise * random.nextGaussian();
            }
        }
        return Cube.of(1, count, planes);
    }

    /** What an exhaustive search by another solver finds. */
    private record Best(int[] members, double[] fractions, double rmse) {}

    private static Best search(Cube cube, int pixel, Mesma method) {
        Best best = new Best(new int[0], new double[0], Double.NaN);
        for (int size = 1; size <= 3; size++) {
            Best ofSize = null;
            for (int bits = 1; bits < 32; bits++) {
                int set = bits;
                int[] members =
                        IntStream.range(0, 5).filter(k -> (set >> k & 1) == 1).toArray();
                boolean distinct =
                        Arrays.stream(members).map(k -> CLASS[k]).distinct().count() == size;
                if (members.length == size && distinct) {
                    Best fit = fit(cube, pixel, members, method);
                    ofSize = fit != null && (ofSize == null || fit.rmse < ofSize.rmse) ? fit : ofSize;
                }
            }
            boolean better = ofSize != null
                    && (best.members.length == 0 || ofSize.rmse < (1 - method.improvement()) * best.rmse);
            best = better ? ofSize : best;
        }
        return best;
    }

    private static Best fit(Cube cube, int pixel, int[] members, Mesma method) {
        Endmembers chosen = LIBRARY.select(members);
        AbundanceSolver solver = method.shade() ? Ucls.withDefaults() : Scls.withDefaults();
        double[] a = solver.solve(cube, chosen, RUN).maps().abundances(0, pixel);
        double shade = 1 - Arrays.stream(a).sum();
        boolean counts = Arrays.stream(a).allMatch(v -> v >= method.minFraction() && v <= method.maxFraction())
                && (!method.shade() || (shade >= method.minFraction() && shade <= method.maxFraction()));
        double sum = 0;
        for (int b = 0; b < BANDS; b++) {
            double rest = cube.value(0, pixel, b);
            for (int k = 0; k < a.length; k++) {
                rest -= a[k] * chosen.value(b, k);
            }
            sum += rest * rest;
        }
        double rmse = Math.sqrt(sum / BANDS);
        return counts && rmse <= method.maxRmse().orElse(Double.POSITIVE_INFINITY) ? new Best(members, a, rmse) : null;
    }

    @ParameterizedTest
    @CsvSource({"true, 0.1, 1", "false, 0.1, 1", "true, 0, 0.04", "false, 0.3, 0.1"})
    void anExhaustiveSearchFindsTheSame(boolean shade, double improvement, double maxRmse) {
        Mesma method = Mesma.withDefaults()
                .withShade(shade)
                .withImprovement(improvement)
                .withMaxRmse(maxRmse);
        Cube cube = pixels(60, 0.05, 3);
        MesmaResult found = method.unmix(cube, LIBRARY, RUN);
        int unmodelled = 0;
        for (int i = 0; i < 60; i++) {
            Best best = search(cube, i, method);
            double[] fractions = new double[3];
            double[] chosen = {-1, -1, -1};
            for (int k = 0; k < best.members.length; k++) {
                fractions[CLASS[best.members[k]]] = best.fractions[k];
                chosen[CLASS[best.members[k]]] = best.members[k];
            }
            for (int k = 0; k < 3; k++) {
                assertThat(found.chosen().get(k).value(0, i)).as("pixel " + i).isEqualTo(chosen[k]);
            }
            // two solvers of well conditioned problems
            assertThat(found.fractions().abundances(0, i)).containsExactly(fractions, within(1e-11));
            assertThat(found.size().value(0, i)).isEqualTo(best.members.length);
            if (best.members.length > 0) {
                assertThat(found.rmse().value(0, i)).isCloseTo(best.rmse, within(1e-12));
            } else {
                unmodelled++;
            }
        }
        assertThat(found.diagnostics().figures()).containsEntry("unmodelled", (double) unmodelled);
    }

    @Test
    void theMapsOfTheLibraryAreThoseOfTheClasses() {
        Cube cube = pixels(50, 0.02, 5);
        MesmaResult byClass = Mesma.withDefaults().unmix(cube, LIBRARY, RUN);
        Abundances bySpectrum = Mesma.withDefaults().solve(cube, LIBRARY, RUN);
        for (int i = 0; i < 50; i++) {
            double[] all = bySpectrum.maps().abundances(0, i);
            for (int k = 0; k < 3; k++) {
                int chosen = (int) byClass.chosen().get(k).value(0, i);
                assertThat(byClass.fractions().value(0, i, k)).isEqualTo(chosen < 0 ? 0 : all[chosen]);
            }
            assertThat(Arrays.stream(all).filter(v -> v != 0).count())
                    .isEqualTo((long) byClass.size().value(0, i));
            assertThat(byClass.shade().value(0, i))
                    .isCloseTo(1 - Arrays.stream(all).sum(), within(1e-15));
        }
        assertThat(bySpectrum.maps().names()).isEqualTo(LIBRARY.names());
    }

    @Test
    void mixturesWithoutNoiseAreTakenApart() {
        double[] y = new double[BANDS];
        for (int b = 0; b < BANDS; b++) {
            y[b] = 0.3 * LIBRARY.value(b, 1) + 0.5 * LIBRARY.value(b, 2);
        }
        Cube cube =
                Cube.of(1, 1, Arrays.stream(y).mapToObj(v -> new double[] {v}).toArray(double[][]::new));

        MesmaResult found = Mesma.withDefaults().unmix(cube, LIBRARY, RUN);

        assertThat(found.chosen().stream().map(map -> map.value(0, 0))).containsExactly(1.0, 2.0, -1.0);
        // refined against the residual: as good as the numbers themselves
        assertThat(found.fractions().abundances(0, 0)).containsExactly(new double[] {0.3, 0.5, 0}, within(1e-14));
        assertThat(found.shade().value(0, 0)).isCloseTo(0.2, within(1e-14));
        assertThat(found.rmse().value(0, 0)).isLessThan(1e-15);
    }

    @Test
    void nearlyEqualSpectraAreToldApartAsWellAsByAnOrthogonalSolver() {
        double[] first = LIBRARY.get(0).toArray();
        double[] second = first.clone();
        second[3] += 1e-4;
        Endmembers two = Endmembers.of(List.of(Spectrum.of(first), Spectrum.of(second)));
        Cube cube = Cube.of(
                1,
                1,
                IntStream.range(0, BANDS)
                        .mapToObj(b -> new double[] {0.4 * first[b] + 0.6 * second[b]})
                        .toArray(double[][]::new));
        double[] found = Mesma.withDefaults()
                .withShade(false)
                .withImprovement(0)
                .solve(cube, two, RUN)
                .maps()
                .abundances(0, 0);
        // The condition of some 1e4, squared by the Gram matrix, would leave 1e-8.
        assertThat(found).containsExactly(new double[] {0.4, 0.6}, within(1e-10));
    }

    @Test
    void aPixelThatNoModelExplainsHasNoFraction() {
        Cube cube = pixels(4, 0.05, 9);
        MesmaResult found = Mesma.withDefaults().withMaxRmse(1e-9).unmix(cube, LIBRARY, RUN);
        assertThat(found.diagnostics().figures()).containsEntry("unmodelled", 4.0);
        assertThat(found.fractions().abundances(0, 2)).containsOnly(0.0);
        assertThat(found.shade().value(0, 2)).isEqualTo(1);
        double square = 0;
        for (int b = 0; b < BANDS; b++) {
            square += cube.value(0, 2, b) * cube.value(0, 2, b);
        }
        assertThat(found.rmse().value(0, 2)).isCloseTo(Math.sqrt(square / BANDS), within(1e-14));
    }

    @Test
    void theNumberOfModelsIsStated() {
        assertThat(Mesma.withDefaults().fit(LIBRARY).diagnostics().figures())
                .containsEntry("models", 17.0)
                .containsEntry("size", 3.0)
                .containsEntry("dependent_models", 0.0);
        assertThat(Mesma.withDefaults().withSize(2).fit(LIBRARY).diagnostics().figures())
                .containsEntry("models", 13.0);
    }

    @Test
    void dependentModelsAreLeftOut() {
        Endmembers twice = Endmembers.of(List.of(
                LIBRARY.get(0).named("a"),
                LIBRARY.get(0).scaled(2).named("b"),
                Spectrum.of(new double[BANDS]).named("c")));
        // a and b stand alone; with each other, and with black, they are dependent.
        assertThat(Mesma.withDefaults().fit(twice).diagnostics().figures())
                .containsEntry("models", 2.0)
                .containsEntry("dependent_models", 5.0);
    }

    @Test
    void theSizeDependsOnTheLibraryUnlessItIsAskedFor() {
        Endmembers large =
                library(1, IntStream.range(0, 240).mapToObj(k -> "s" + k).toArray(String[]::new));
        // 240 + 28680 models of up to two spectra; with three there are 2.3 million
        assertThat(Mesma.withDefaults().fit(large).diagnostics().figures())
                .containsEntry("size", 2.0)
                .containsEntry("models", 28_920.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mesma.withDefaults().withSize(3).fit(large))
                .withMessage(
                        "a library of 240 spectra in 240 classes has 2304200 models of up to 3 spectra, more than 100000:"
                                + " prune it or ask for smaller models");
    }

    @Test
    void optionsAreChecked() {
        Mesma method = Mesma.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> method.withSize(5));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMinFraction(0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMaxFraction(0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMaxRmse(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withImprovement(2));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withDelimiter(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.unmix(pixels(1, 0, 1), Scenes.given(7, 3, 1), RUN))
                .withMessage("endmembers have 7 bands but the cube has 12");
        assertThat(method.withMinFraction(-1).withMaxFraction(2).withSize(1).size())
                .hasValue(1);
    }

    @Test
    void anotherDelimiterMakesOtherClasses() {
        MesmaResult found = Mesma.withDefaults().withDelimiter(":a").unmix(pixels(3, 0, 1), LIBRARY, RUN);
        assertThat(found.fractions().names()).containsExactly("soil", "soil:b", "tree", "tree:b", "water");
    }

    @Test
    void drawsItself() {
        MesmaResult found = Mesma.withDefaults().unmix(pixels(6, 0, 1), LIBRARY, RUN);
        assertThat(found.figures().stream().map(Figure::name))
                .containsExactly("fractions", "rmse", "size", "chosen-1", "chosen-2", "chosen-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MesmaResult(
                        found.fractions(), found.shade(), List.of(), found.size(), found.rmse(), found.diagnostics()));
    }
}
