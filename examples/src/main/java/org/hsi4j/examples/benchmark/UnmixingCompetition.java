package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hsi4j.Endmembers;
import org.hsi4j.Wavelengths;
import org.hsi4j.simulate.AbundanceModel;
import org.hsi4j.simulate.Material;
import org.hsi4j.simulate.MixtureScene;
import org.hsi4j.unmixing.AbundanceSolver;

/**
 * The survey of unmixing: the scenes of the literature and generated ones, every method of the table, and the four sweeps of
 * Zhu, "Hyperspectral unmixing: ground truth labeling, datasets, benchmark performances and survey", arXiv 1708.05125.
 */
public final class UnmixingCompetition implements Competition<UnmixingScene> {
    private static final int BANDS = 100;
    private static final int COUNT = 5;
    private static final int SIDE = 64;
    private static final double SNR = 30;
    private static final double PURITY = 0.8;

    private final AbundanceSolver completing;

    /**
     * The survey.
     *
     * @param completing finds the abundances of endmembers that an extractor found
     */
    public UnmixingCompetition(AbundanceSolver completing) {
        this.completing = Objects.requireNonNull(completing, "completing");
    }

    @Override
    public String family() {
        return "unmixing";
    }

    @Override
    public List<Measure> measures() {
        return UnmixingScore.ALL;
    }

    @Override
    public List<Measure> plotted() {
        return List.of(UnmixingScore.SAD, UnmixingScore.RMSE);
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "Extractors are given the true number of endmembers, take their projected form, and are completed by "
                        + completing.name()
                        + "; blind methods are given it too; abundance solvers run with the true ones, with those of VCA, and, where"
                        + " a scene has one, with the whole library, on the scene and, some of them with weights for its noise, on its projection"
                        + " onto the subspace that HySime finds; auto (nothing given) is Unmixing.of(scene).run().",
                "An endmember that was not found counts as a spectrum of zeros (an angle of pi/2) with abundances of zero;"
                        + " those found beyond the true number count for nothing.",
                "A scale of the endmembers that differs from that of the truth shows in aRMSE, not in SAD: the true"
                        + " endmembers of samson are scaled to a maximum of one each, so that fcls with them fits badly.");
    }

    @Override
    public List<SceneSource<UnmixingScene>> scenes(Path folder) throws IOException {
        List<SceneSource<UnmixingScene>> scenes = new ArrayList<>(UnmixingScenes.in(folder));
        scenes.add(generated("generated", SNR, COUNT, SIDE, PURITY));
        return List.copyOf(scenes);
    }

    @Override
    public List<Contestant<UnmixingScene>> contestants() {
        return UnmixingContestants.all(completing);
    }

    @Override
    public List<Contestant<UnmixingScene>> sweepers() {
        return UnmixingContestants.blind(completing);
    }

    @Override
    public List<Sweep<UnmixingScene>> sweeps() {
        return List.of(
                new Sweep<>(
                        "noise",
                        "SNR in dB",
                        List.of(10.0, 20.0, 30.0, 40.0, 50.0),
                        v -> generated("noise", v, COUNT, SIDE, PURITY)),
                new Sweep<>(
                        "endmembers",
                        "number of endmembers",
                        List.of(3.0, 4.0, 5.0, 6.0, 8.0, 10.0),
                        v -> generated("endmembers", SNR, (int) v, SIDE, PURITY)),
                new Sweep<>(
                        "size",
                        "rows and columns",
                        List.of(32.0, 48.0, 64.0, 96.0, 128.0),
                        v -> generated("size", SNR, COUNT, (int) v, PURITY)),
                new Sweep<>(
                        "purity",
                        "largest abundance",
                        List.of(0.6, 0.7, 0.8, 0.9, 1.0),
                        v -> generated("purity", SNR, COUNT, SIDE, v)));
    }

    private static SceneSource<UnmixingScene> generated(String name, double snr, int count, int side, double purity) {
        String about = side + " x " + side + " x " + BANDS + "; another scene for each seed: " + count
                + " materials in blocks of 8 pixels behind a mean filter of 7 x 7, none above " + purity + ", " + snr
                + " dB";
        return new SceneSource<>(name, about, true, context -> {
            MixtureScene.Result made = MixtureScene.survey(materials(count))
                    .withShape(side, side)
                    .withAbundances(new AbundanceModel.Blocks(8, 7, purity))
                    .withSnr(snr)
                    .withSeed(context.seed())
                    .generate(context);
            return UnmixingScene.of(made.cube(), made.endmembers(), made.abundances());
        });
    }

    private static Endmembers materials(int count) {
        double[] centres = IntStream.range(0, BANDS)
                .mapToDouble(b -> 400 + 2100.0 * b / (BANDS - 1))
                .toArray();
        return Material.endmembers(
                Wavelengths.of(centres), Arrays.asList(Material.values()).subList(0, count));
    }

    @Override
    public List<Published> published() {
        String deepTrans = "TGRS 2022, recomputed from the authors' result files against the truth among them";
        String polyhedral = "its notebooks, against the truth they load";
        return List.of(
                samson("Polyhedral Unmixing", 0.0268, 0.0322, polyhedral),
                samson("DeepTrans", 0.0510, 0.0783, deepTrans),
                samson("Collab", 0.0796, 0.1159, deepTrans),
                samson("FCLSU + VCA", 0.0925, 0.1387, deepTrans),
                samson("UnDIP + SiVM", 0.0854, 0.1763, deepTrans),
                samson("uDAS", 0.0948, 0.1867, deepTrans),
                samson("CyCU", 0.1581, 0.2222, deepTrans),
                samson("NMF", 0.5610, 0.1866, deepTrans));
    }

    private static Published samson(String method, double sad, double armse, String source) {
        Map<Measure, Double> scores = new LinkedHashMap<>();
        scores.put(UnmixingScore.SAD, sad);
        scores.put(UnmixingScore.ARMSE, armse);
        return new Published("samson", method, scores, source);
    }
}
