package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.io.AxisOrder;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.metrics.AbundanceError;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.LabelTruth;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Unmixing.of(scene).run()} on every scene whose truth is known: a rule must not be good on one of them only. */
@RealData
class DefaultRulesTest {
    private static final RunContext RUN = RunContext.defaults();

    /** A scene with its truth. */
    private record Known(Cube scene, Endmembers endmembers, AbundanceMaps abundances) {

        static Known of(String name) throws IOException {
            return switch (name) {
                case "samson" ->
                    new Known(
                            file("samson/samson_1.mat").cube(ReadOptions.defaults()),
                            file("samson/end3.mat").endmembers("M"),
                            file("samson/end3.mat").abundances("A", shape(95, 95)));
                case "samson-fcls" ->
                    new Known(
                            file("samson_fcls_exact/Y_clean.mat").cube(ReadOptions.defaults()),
                            file("samson_fcls_exact/E.mat").endmembers("E"),
                            file("samson_fcls_exact/A_true.mat").abundances("A_true", ReadOptions.defaults()));
                case "urban 4", "urban 5", "urban 6" -> {
                    MatFile file = file("urban_crop/urban_crop_34x78_with_gt.mat");
                    String count = name.substring(6);
                    yield new Known(
                            file.cube(ReadOptions.defaults().withVariable("Y")),
                            file.endmembers("M" + count),
                            file.abundances("A" + count, ReadOptions.defaults()));
                }
                case "sim1" ->
                    new Known(
                            file("sim1/Y_clean.mat").cube(ReadOptions.defaults()),
                            file("sim1/E.mat").endmembers("E"),
                            file("sim1/A_true.mat").abundances("A_true", ReadOptions.defaults()));
                case "dc1" -> dc1();
                case "dc1 30 dB" -> dc1().withNoise(30);
                case "salinasA" -> salinasA();
                default -> {
                    MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + name + ".mat"));
                    yield new Known(
                            file.cube(shape(50, 50).withVariable("Y")),
                            file.endmembers("E"),
                            file.abundances("A", shape(50, 50)));
                }
            };
        }

        /** Only the columns 1 to 5 of the library are in the scene. */
        private static Known dc1() throws IOException {
            AbundanceMaps all = file("dc1/XT.mat")
                    .abundances("XT", ReadOptions.defaults().withAxisOrder(AxisOrder.BANDS_ROWS_COLUMNS));
            Endmembers library = file("dc1/EE.mat").endmembers("EE");
            int[] active = IntStream.range(0, all.count())
                    .filter(k -> Arrays.stream(all.map(k).toArray()).anyMatch(v -> v > 0))
                    .toArray();
            return new Known(
                    file("dc1/Y_clean.mat").cube(ReadOptions.defaults()), library.select(active), all.select(active));
        }

        /** Made of the labels of six crops, as in the survey: means of inner pixels, and FCLS with these. */
        private static Known salinasA() throws IOException {
            Cube scene = MatFile.open(SharedFiles.data("classification/salinasA/SalinasA_corrected.mat"))
                    .cube(ReadOptions.defaults());
            double[] values = MatFile.open(SharedFiles.data("classification/salinasA/SalinasA_gt.mat"))
                    .map("salinasA_gt")
                    .toArray();
            double[] classes =
                    Arrays.stream(values).filter(v -> v > 0).distinct().sorted().toArray();
            LabelTruth.Result truth = LabelTruth.withDefaults()
                    .derive(
                            scene,
                            Arrays.stream(values)
                                    .mapToInt(v -> v > 0 ? 1 + Arrays.binarySearch(classes, v) : 0)
                                    .toArray(),
                            Arrays.stream(classes)
                                    .mapToObj(v -> "class " + Math.round(v))
                                    .toList(),
                            (cube, means, run) ->
                                    Fcls.withDefaults().solve(cube, means, run).maps(),
                            RUN);
            return new Known(scene, truth.endmembers(), truth.abundances());
        }

        private Known withNoise(double decibels) {
            double power = 0;
            for (int b = 0; b < scene.bands(); b++) {
                power += Arrays.stream(scene.plane(b)).map(v -> v * v).sum();
            }
            double sigma = Math.sqrt(power / scene.samples()) * Math.pow(10, -decibels / 20);
            Cube noisy = GaussianNoise.withDefaults()
                    .withSigma(sigma)
                    .apply(scene, RUN)
                    .cube();
            return new Known(noisy, endmembers, abundances);
        }

        private static MatFile file(String path) throws IOException {
            Path file = SharedFiles.data("unmixing/" + path);
            return MatFile.open(file);
        }

        private static ReadOptions shape(int rows, int columns) {
            return ReadOptions.defaults().withShape(rows, columns);
        }

        /** Mean angle to the truth, as the survey has it: an endmember that was not found is at pi/2. */
        double angle(UnmixingResult result) {
            return Alignment.ofEndmembers(padded(result).endmembers(), endmembers)
                    .meanCost();
        }

        /** Root of the mean squared error of the abundances; those of an endmember that was not found are zero. */
        double error(UnmixingResult result) {
            Found found = padded(result);
            Alignment match = Alignment.ofEndmembers(found.endmembers(), endmembers);
            return AbundanceError.of(match.apply(found.abundances()), abundances)
                    .armse();
        }

        private record Found(Endmembers endmembers, AbundanceMaps abundances) {}

        private Found padded(UnmixingResult result) {
            AbundanceMaps maps = result.abundances();
            List<Spectrum> spectra = new ArrayList<>(result.endmembers().spectra());
            List<double[]> planes = new ArrayList<>(List.of(maps.toMatrix()));
            while (spectra.size() < endmembers.count()) {
                spectra.add(Spectrum.of(new double[scene.bands()]).named("missing " + spectra.size()));
                planes.add(new double[scene.pixels()]);
            }
            Endmembers all = Endmembers.of(spectra);
            return new Found(
                    all, AbundanceMaps.of(maps.rows(), maps.columns(), all.names(), planes.toArray(double[][]::new)));
        }
    }

    /**
     * What was seen with seeds 0 to 5 stands beside each limit; limits are a tenth to a quarter above, for what rounding and
     * another seed may change, and for samson the published figures that are to be met.
     *
     * <ul>
     *   <li>samson: .0230 rad / .0274. Published with this truth, which is NNLS divided by the sum: polyhedral unmixing .0268 /
     *       .0322. Samson-fcls is the same scene with the other truth in use, which is FCLS: .0308 / .230, published VCA with
     *       FCLS .0925 / .139, DeepTrans .0510 / .0783. The two truths differ by .20, so no rule can meet both.
     *   <li>urban: .170 / .0687 to .0739; .456 to .468 / .104 to .148; .642 to .652 / .0965 to .136. The three truths are of one
     *       scene, so one number is found for all three. Missing endmembers count pi/2 each; the four found are .177 rad from
     *       theirs. No pixel of the crop holds more than .71 of roof, and the nearest is .17 to .20 rad from its spectrum.
     *   <li>salinasA: .795 / .319 with three endmembers for six classes, of which four are lettuce of four ages, .05 to .2 rad
     *       apart; the three found are .019 rad from theirs. Samson's pixels of one material scatter as much (.03 to .08), so
     *       that number is what a rule of spectra can say.
     *   <li>simulated: pure .0060 / .0104; mixed .0104 / .0103; sim1 and dc1, which hold no noise, 1e-5 / 1e-4; dc1 30 dB
     *       .0080 / .0259.
     * </ul>
     */
    @ParameterizedTest
    @CsvSource({
        "samson, 3, REMAINDER, .0268, .0322",
        "samson-fcls, 3, REMAINDER, .0510, .240",
        "urban 4, 4, REMAINDER, .18, .085",
        "urban 5, 4, REMAINDER, .50, .16",
        "urban 6, 4, REMAINDER, .68, .15",
        "salinasA, 3, REMAINDER, .85, .35",
        "pure, 5, NOISE_EDGE, .0070, .0115",
        "mixed, 5, NOISE_EDGE, .0125, .0125",
        "sim1, 6, NOISE_EDGE, .0001, .0001",
        "dc1, 5, NOISE_EDGE, .0001, .0002",
        "dc1 30 dB, 5, NOISE_EDGE, .0100, .0300"
    })
    void isNearTheTruth(String name, int count, EndmemberCount.Rule rule, double angle, double error)
            throws IOException {
        Known known = Known.of(name);
        UnmixingResult result = Unmixing.of(known.scene()).run(RUN);
        assertThat(result.count().orElseThrow().rule()).isEqualTo(rule);
        assertThat(result.endmembers().count()).isEqualTo(count);
        assertThat(known.angle(result)).as("angle").isLessThan(angle);
        assertThat(known.error(result)).as("abundance error").isLessThan(error);
    }

    @Test
    void isAsGoodOnUrbanWithOtherSeeds() throws IOException {
        Known urban = Known.of("urban 4");
        for (int seed = 1; seed <= 5; seed++) {
            UnmixingResult result = Unmixing.of(urban.scene()).run(RUN.withSeed(seed));
            // The largest simplex of five starts gave .194 with seeds 4 and 5.
            assertThat(urban.error(result)).as("error with seed " + seed).isLessThan(0.085);
        }
    }

    @Test
    void isAsGoodOnSamsonWithOtherSeeds() throws IOException {
        Known samson = Known.of("samson");
        for (int seed = 1; seed <= 5; seed++) {
            UnmixingResult result = Unmixing.of(samson.scene()).run(RUN.withSeed(seed));
            assertThat(samson.angle(result)).as("angle with seed " + seed).isLessThan(0.0268);
            assertThat(samson.error(result)).as("error with seed " + seed).isLessThan(0.0322);
        }
    }

    @Test
    void theEstimatorsDisagreeWildlyOnSamsonAndTheResultShowsIt() throws IOException {
        EndmemberCount count = EndmemberCount.of(Known.of("samson").scene(), RUN);
        assertThat(count.estimates()).anyMatch(e -> e.count() < 10).anyMatch(e -> e.count() > 70);
        assertThat(count.count()).isEqualTo(3);
    }

    @Test
    void damagedPixelsOfSalinasAreNoMaterials() throws IOException {
        Known known = Known.of("salinasA");
        UnmixingResult result = Unmixing.of(known.scene()).endmembers(6).run(RUN);
        // Seen .039; the corners alone give .32, because some are single damaged pixels.
        assertThat(known.angle(result)).isLessThan(0.06);
    }
}
