package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.metrics.ObjectMap;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.AbsorptionSpectrum;
import org.hsi4j.simulate.AbundanceModel;
import org.hsi4j.simulate.Material;
import org.hsi4j.simulate.MixtureScene;
import org.hsi4j.simulate.PointObjectScene;

/**
 * Objects of 1 to 16 pixels of eight classes, planted by the recipe of the SPOD data set ({@link PointObjectScene}) into simulated
 * backgrounds. Images of training and of test come from different seeds.
 */
final class PointObjects {
    private static final int SIDE = 64;
    private static final int BANDS = 60;
    private static final int OBJECTS = 14;
    private static final int TRAINING = 2;
    private static final int TEST = 4;
    private static final Wavelengths WAVELENGTHS = Wavelengths.of(IntStream.range(0, BANDS)
            .mapToDouble(b -> 400 + 2100.0 * b / (BANDS - 1))
            .toArray());
    private static final List<PointObjectScene.Kind> KINDS = List.of(
            kind(Material.KAOLINITE, 1, 1),
            kind(Material.HEMATITE, 1, 2),
            kind(Material.ALUNITE, 1, 2),
            kind(Material.CALCITE, 3, 5),
            kind(Material.GOETHITE, 3, 5),
            kind(Material.GYPSUM, 6, 10),
            kind(Material.POLYETHYLENE, 6, 10),
            new PointObjectScene.Kind(
                    "two paints",
                    11,
                    16,
                    List.of(
                            AbsorptionSpectrum.named("red paint")
                                    .withContinuum(400, 0.05)
                                    .withContinuum(560, 0.06)
                                    .withContinuum(620, 0.45)
                                    .withContinuum(2500, 0.4)
                                    .withBand(1730, 60, 0.2)
                                    .withBand(2310, 60, 0.25)
                                    .on(WAVELENGTHS),
                            AbsorptionSpectrum.named("blue paint")
                                    .withContinuum(400, 0.2)
                                    .withContinuum(460, 0.35)
                                    .withContinuum(560, 0.08)
                                    .withContinuum(700, 0.1)
                                    .withContinuum(900, 0.5)
                                    .withContinuum(2500, 0.45)
                                    .withBand(1730, 60, 0.2)
                                    .withBand(2310, 60, 0.25)
                                    .on(WAVELENGTHS)),
                    PointObjectScene.Arrangement.PARTS));

    private PointObjects() {}

    private static PointObjectScene.Kind kind(Material material, int least, int most) {
        return new PointObjectScene.Kind(
                material.model().name(),
                least,
                most,
                List.of(material.on(WAVELENGTHS)),
                PointObjectScene.Arrangement.RANDOM);
    }

    static SceneSource<DetectionScene> source() {
        String about = TEST + " images of " + SIDE + " x " + SIDE + " x " + BANDS + " and " + TRAINING
                + " for training, others for each seed: " + OBJECTS + " objects of eight classes, 1 to 16 pixels, in a"
                + " mixture of five materials with 30 dB; a target detector seeks each class by itself, and its figures are the mean"
                + " over the classes";
        return new SceneSource<>("point objects", about, true, PointObjects::scene);
    }

    private static DetectionScene scene(RunContext context) {
        List<PointObjectScene.Result> training = drawn(TRAINING, 2 * context.seed(), context);
        List<PointObjectScene.Result> test = drawn(TEST, 2 * context.seed() + 1, context);
        List<DetectionScene.Search> searches = new ArrayList<>();
        searches.add(new DetectionScene.Search(List.of(), images(training, 0), images(test, 0)));
        for (int k = 1; k <= KINDS.size(); k++) {
            searches.add(new DetectionScene.Search(KINDS.get(k - 1).spectra(), images(training, k), images(test, k)));
        }
        return new DetectionScene("point objects", searches);
    }

    private static List<PointObjectScene.Result> drawn(int count, long seed, RunContext context) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    long own = 1000 * seed + i;
                    Cube background = MixtureScene.survey(Material.endmembers(
                                    WAVELENGTHS,
                                    List.of(
                                            Material.GREEN_VEGETATION,
                                            Material.DRY_SOIL,
                                            Material.WATER,
                                            Material.DRY_VEGETATION,
                                            Material.ASPHALT)))
                            .withShape(SIDE, SIDE)
                            .withAbundances(new AbundanceModel.Blocks(8, 7, 1))
                            .withSnr(30)
                            .withSeed(own)
                            .generate(context)
                            .cube();
                    return PointObjectScene.of(KINDS)
                            .withCount(OBJECTS)
                            .withSeed(own)
                            .plant(background, context);
                })
                .toList();
    }

    /** The images with the truth of one class, counted from one, or of all for zero. */
    private static List<DetectionScene.Image> images(List<PointObjectScene.Result> drawn, int kind) {
        return drawn.stream()
                .map(result -> {
                    double[] classes = result.classes().toArray();
                    double[] instances = result.instances().toArray();
                    for (int i = 0; i < instances.length; i++) {
                        instances[i] = kind == 0 || classes[i] == kind ? instances[i] : 0;
                    }
                    ScoreMap labels = ScoreMap.of("instances", SIDE, SIDE, instances);
                    Mask truth = labels.above(0);
                    return new DetectionScene.Image(result.cube(), truth, ObjectMap.ofLabels(labels));
                })
                .toList();
    }
}
