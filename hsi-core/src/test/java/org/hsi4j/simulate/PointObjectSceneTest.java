package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class PointObjectSceneTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final PointObjectScene.Kind DOT =
            new PointObjectScene.Kind("dot", 1, 1, List.of(Spectrum.of(1, 2, 3)), PointObjectScene.Arrangement.RANDOM);
    private static final PointObjectScene.Kind BLOB = new PointObjectScene.Kind(
            "blob", 11, 16, List.of(Spectrum.of(4, 1, 1), Spectrum.of(1, 1, 5)), PointObjectScene.Arrangement.PARTS);
    private static final PointObjectScene.Kind MIX = new PointObjectScene.Kind(
            "mix", 2, 5, List.of(Spectrum.of(4, 1, 1), Spectrum.of(1, 1, 5)), PointObjectScene.Arrangement.RANDOM);

    private static Cube background() {
        double[][] planes = new double[3][60 * 70];
        for (int b = 0; b < 3; b++) {
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] = 0.1 * b + 0.001 * (i % 70);
            }
        }
        return Cube.of(60, 70, planes);
    }

    private static boolean has(List<PointObjectScene.Part> parts, int row, int column) {
        return parts.stream().anyMatch(p -> p.row() == row && p.column() == column);
    }

    @Test
    void theTruthIsExact() {
        Cube background = background();
        for (long seed = 0; seed < 20; seed++) {
            PointObjectScene settings =
                    PointObjectScene.of(List.of(DOT, BLOB, MIX)).withCount(12).withSeed(seed);
            PointObjectScene.Result scene = settings.plant(background, RUN);
            assertThat(settings.plant(background, RunContext.defaults().withParallelism(7)))
                    .isEqualTo(scene);
            double[][] expected = {background.plane(0), background.plane(1), background.plane(2)};
            int covered = 0;
            for (int o = 0; o < 12; o++) {
                PointObjectScene.Planted object = scene.objects().get(o);
                for (PointObjectScene.Part part : object.parts()) {
                    covered++;
                    int at = part.row() * 70 + part.column();
                    assertThat(scene.instances().value(part.row(), part.column()))
                            .isEqualTo(o + 1);
                    assertThat(scene.classes().value(part.row(), part.column())).isEqualTo(object.kind() + 1);
                    assertThat(scene.abundances().value(part.row(), part.column(), object.kind()))
                            .isEqualTo(part.abundance());
                    for (int b = 0; b < 3; b++) {
                        expected[b][at] =
                                part.abundance() * part.target().value(b) + (1 - part.abundance()) * expected[b][at];
                    }
                }
            }
            assertThat(scene.instances().above(0).count()).isEqualTo(covered);
            assertThat(scene.classes().above(0)).isEqualTo(scene.instances().above(0));
            for (int b = 0; b < 3; b++) {
                assertThat(scene.cube().plane(b)).isEqualTo(expected[b]);
            }
            for (int i = 0; i < 4200; i++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += scene.abundances().asBuffer(k).get(i);
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void objectsFollowTheRecipe() {
        long[] kinds = new long[3];
        long[] gains = new long[6];
        List<Integer> sizes = new ArrayList<>();
        for (long seed = 0; seed < 40; seed++) {
            PointObjectScene.Result scene = PointObjectScene.of(List.of(DOT, BLOB, MIX))
                    .withNoise(0, 0)
                    .withSeed(seed)
                    .plant(background(), RUN);
            for (PointObjectScene.Planted object : scene.objects()) {
                kinds[object.kind()]++;
                gains[(int) ((object.gain() + 0.3) * 10)]++;
                checkObject(object);
                if (object.kind() == 1) {
                    sizes.add(object.parts().size());
                }
                for (PointObjectScene.Planted other : scene.objects()) {
                    PointObjectScene.Part a = object.parts().get(0);
                    PointObjectScene.Part b = other.parts().get(0);
                    assertThat(Math.hypot((double) a.row() - b.row(), (double) a.column() - b.column()))
                            .matches(d -> other == object || d >= 8, "apart");
                }
            }
        }
        ChiSquare.assertEven(kinds);
        ChiSquare.assertEven(gains);
        assertThat(sizes).contains(11, 16).allMatch(s -> s >= 11 && s <= 16);
    }

    private static void checkObject(PointObjectScene.Planted object) {
        List<PointObjectScene.Part> parts = object.parts();
        PointObjectScene.Part first = parts.get(0);
        if (object.kind() == 0) {
            assertThat(parts).hasSize(1);
            assertThat(first.abundance()).isBetween(0.05, 0.2);
            assertThat(first.target().value(2)).isCloseTo(3 * (1 + object.gain()), within(1e-14));
            return;
        }
        double row =
                parts.stream().mapToInt(PointObjectScene.Part::row).average().orElseThrow();
        double column =
                parts.stream().mapToInt(PointObjectScene.Part::column).average().orElseThrow();
        List<PointObjectScene.Part> edge = new ArrayList<>();
        for (PointObjectScene.Part p : parts) {
            int neighbours = (has(parts, p.row() - 1, p.column()) ? 1 : 0)
                    + (has(parts, p.row() + 1, p.column()) ? 1 : 0)
                    + (has(parts, p.row(), p.column() - 1) ? 1 : 0)
                    + (has(parts, p.row(), p.column() + 1) ? 1 : 0);
            assertThat(neighbours).isPositive();
            if (neighbours == 4) {
                assertThat(p.abundance()).isEqualTo(1);
            } else {
                assertThat(p.abundance()).isBetween(0.01, 1.0);
                edge.add(p);
            }
            double ratio = p.target().value(0) / p.target().value(2);
            assertThat(Math.min(Math.abs(ratio - 4), Math.abs(ratio - 0.2))).isLessThan(1e-12);
        }
        edge.sort(Comparator.comparingDouble(PointObjectScene.Part::abundance).reversed());
        assertThat(edge.get(0).abundance()).isGreaterThanOrEqualTo(0.2);
        for (int i = 1; i < edge.size(); i++) {
            double nearer =
                    Math.hypot(edge.get(i - 1).row() - row, edge.get(i - 1).column() - column);
            double farther = Math.hypot(edge.get(i).row() - row, edge.get(i).column() - column);
            assertThat(nearer).isLessThanOrEqualTo(farther + 1e-12);
        }
    }

    @Test
    void noiseHasItsVariance() {
        double squares = 0;
        double differences = 0;
        int n = 0;
        for (long seed = 0; seed < 50; seed++) {
            PointObjectScene.Result scene = PointObjectScene.of(List.of(DOT))
                    .withNoise(0.02, 0.05)
                    .withGain(0)
                    .withSeed(seed)
                    .plant(background(), RUN);
            for (PointObjectScene.Planted object : scene.objects()) {
                Spectrum t = object.parts().get(0).target();
                double first = t.value(0) - 1;
                double second = t.value(1) / 2 - 1;
                squares += first * first / (0.02 * 0.02 + 0.05 * 0.05);
                differences += (first - second) * (first - second) / (2 * 0.05 * 0.05);
                n++;
            }
        }
        ChiSquare.assertValue(squares, n);
        ChiSquare.assertValue(differences, n);
    }

    @Test
    void wrongSettingsAreRefused() {
        PointObjectScene scene = PointObjectScene.of(List.of(DOT));
        assertThat(scene.seed()).isEqualTo(1);
        assertThat(scene.withCount(0).plant(background()).objects()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> PointObjectScene.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withCount(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withDistance(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withGain(2));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.withNoise(0, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.plant(background().selectBands(0)))
                .withMessage("the objects have 3 bands but the background has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.withDistance(200).plant(background()))
                .withMessageStartingWith("no place found for object 2 of 1 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new PointObjectScene.Kind("none", 1, 1, List.of(), PointObjectScene.Arrangement.RANDOM));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PointObjectScene.Kind(
                        "none", 2, 1, List.of(Spectrum.of(1)), PointObjectScene.Arrangement.RANDOM));
        PointObjectScene.Kind other =
                new PointObjectScene.Kind("other", 1, 1, List.of(Spectrum.of(1)), PointObjectScene.Arrangement.RANDOM);
        assertThatIllegalArgumentException().isThrownBy(() -> PointObjectScene.of(List.of(DOT, other)));
    }
}
