package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.LinearModel;

/** Pairs of a scene of many bands and a sharper one of few that are found in a folder, as they are and by Wald's protocol. */
final class FusionScenes {
    /** Interpolation and its kin do without the sharp scene: what fusion is compared with. */
    private static final Set<String> ROLES = Set.of("fuser", "super-resolver");

    /** Of the mean variance of the bands, on the diagonal, where responses are estimated: neighbouring bands are nearly the same. */
    private static final double RIDGE = 1e-6;

    private static final String WALD = ": fusion by Wald's protocol";

    private FusionScenes() {}

    /** The pairs among these files. */
    static List<SceneSource<RestorationScene>> in(List<Path> files) {
        return files.stream()
                .flatMap(file -> file.endsWith("indian_pines_fusion/SRI.mat")
                        ? indianPines(file).stream()
                        : file.endsWith("paris/paris_data_hs_ms.mat") ? Stream.of(paris(file)) : Stream.empty())
                .toList();
    }

    /** Two scenes of one place, in units of the peak of the first. */
    private record Pair(Cube coarse, Cube sharp) {

        static Pair read(MatFile file, String coarse, String sharp) throws IOException {
            Cube many = file.cube(ReadOptions.defaults().withVariable(coarse));
            double peak = RestorationScenes.peak(many);
            return new Pair(
                    many.scaled(1 / peak, 0),
                    file.cube(ReadOptions.defaults().withVariable(sharp)).scaled(1 / peak, 0));
        }
    }

    private static List<SceneSource<RestorationScene>> indianPines(Path file) {
        String measured = "indian_pines: fusion as measured";
        String wald = "indian_pines" + WALD;
        return List.of(
                new SceneSource<>(
                        measured,
                        "36 x 36 x 200 and 144 x 144 x 6; real, made coarse and few by operators that come with it; no truth is known",
                        false,
                        context -> {
                            MatFile mat = MatFile.open(file);
                            Pair pair = Pair.read(mat, "HSI", "MSI");
                            CoarseView view = CoarseView.of(mat.matrix("P1"), mat.matrix("P2"));
                            return fusion(
                                    measured, pair, 4, consistency(pair, view, response(mat.matrix("P3"))), context);
                        }),
                new SceneSource<>(
                        wald,
                        "9 x 9 x 200 and 36 x 36 x 6, made of the scenes above by a Gaussian, four times coarser; the truth is the 36 x 36 x 200",
                        false,
                        context -> {
                            MatFile mat = MatFile.open(file);
                            Pair pair = Pair.read(mat, "HSI", "MSI");
                            CoarseView view = CoarseView.gaussian(36, 36, 4);
                            Pair coarser = new Pair(pair.coarse(), view.of(pair.sharp()));
                            return wald(wald, coarser, 4, response(mat.matrix("P3")), context);
                        }));
    }

    private static SceneSource<RestorationScene> paris(Path file) {
        String name = "paris" + WALD;
        return new SceneSource<>(
                name,
                "24 x 24 x 128 and 72 x 72 x 9; Hyperion, made three times coarser by a Gaussian, and ALI; the truth is Hyperion's 72 x 72 x 128;"
                        + " how ALI sees it is a linear fit to both, which leaves half of ALI's deviation unexplained",
                false,
                context -> {
                    Pair pair = Pair.read(MatFile.open(file), "HSim", "MSim");
                    return wald(name, pair, 3, fitted(pair), context);
                });
    }

    /** The first scene made coarse, and both given; the truth is what it was. */
    private static RestorationScene wald(String name, Pair pair, int factor, LinearModel response, RunContext context) {
        Cube truth = pair.coarse();
        CoarseView view = CoarseView.gaussian(truth.rows() / factor, truth.columns() / factor, factor);
        Pair seen = new Pair(view.of(truth), pair.sharp());
        List<Integer> all = IntStream.range(0, truth.bands()).boxed().toList();
        Judge reference = RestorationScore.against(truth, repeated(seen.coarse(), factor), all);
        return fusion(name, seen, factor, reference.and(consistency(seen, view, response)), context);
    }

    private static RestorationScene fusion(String name, Pair pair, int factor, Judge judge, RunContext context) {
        double folded = AliasingScore.variation(pair.sharp(), factor, context).mean();
        return new RestorationScene(
                name,
                repeated(pair.coarse(), factor),
                pair.coarse(),
                Optional.of(pair.sharp()),
                Map.of(RestorationScore.FOLDED, folded),
                ROLES,
                method -> Options.with(method, "factor", String.valueOf(factor)),
                judge);
    }

    /** How well a result explains both scenes it was made of. */
    private static Judge consistency(Pair pair, CoarseView view, LinearModel response) {
        return (restored, context) -> {
            Cube coarse = view.of(restored);
            Map<Measure, Double> scores = new LinkedHashMap<>();
            scores.put(RestorationScore.COARSE, RestorationScore.psnr(coarse, pair.coarse(), context));
            scores.put(RestorationScore.COARSE_ANGLE, SpectralAngle.meanDegrees(coarse, pair.coarse(), context));
            scores.put(RestorationScore.SHARP, RestorationScore.psnr(seen(restored, response), pair.sharp(), context));
            return scores;
        };
    }

    /** In the bands of the sharp sensor. */
    private static Cube seen(Cube cube, LinearModel response) {
        double[][] weights = response.weights();
        double[] offset = response.offset();
        double[][] planes = new double[weights.length][cube.pixels()];
        for (int b = 0; b < cube.bands(); b++) {
            double[] plane = cube.plane(b);
            for (int j = 0; j < planes.length; j++) {
                for (int i = 0; i < plane.length; i++) {
                    planes[j][i] += weights[j][b] * plane[i] + (b == 0 ? offset[j] : 0);
                }
            }
        }
        return Cube.of(cube.rows(), cube.columns(), planes);
    }

    private static LinearModel response(double[][] weights) {
        return LinearModel.of(weights, new double[weights.length]);
    }

    /** The sharp bands as linear functions of the others, by least squares over the pixels of scenes of one size. */
    private static LinearModel fitted(Pair pair) {
        double[][] x = centred(pair.coarse());
        double[][] y = centred(pair.sharp());
        int n = x.length;
        double[][] gram = new double[n][n];
        double trace = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = product(x[i], x[j]);
                gram[j][i] = gram[i][j];
            }
            trace += gram[i][i];
        }
        for (int i = 0; i < n; i++) {
            gram[i][i] += RIDGE * trace / n;
        }
        double[][] lower = Dense.cholesky(gram).orElseThrow();
        double[][] weights = new double[y.length][n];
        double[] offset = new double[y.length];
        for (int k = 0; k < y.length; k++) {
            offset[k] = mean(pair.sharp().plane(k));
            for (int i = 0; i < n; i++) {
                weights[k][i] = product(x[i], y[k]);
            }
            Dense.solve(lower, weights[k]);
            for (int i = 0; i < n; i++) {
                offset[k] -= weights[k][i] * mean(pair.coarse().plane(i));
            }
        }
        return LinearModel.of(weights, offset);
    }

    private static double[][] centred(Cube cube) {
        double[][] planes = new double[cube.bands()][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = cube.plane(b);
            double mean = mean(planes[b]);
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] -= mean;
            }
        }
        return planes;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Each pixel as a block of pixels. */
    private static Cube repeated(Cube coarse, int factor) {
        int rows = coarse.rows() * factor;
        int columns = coarse.columns() * factor;
        double[][] planes = new double[coarse.bands()][rows * columns];
        for (int b = 0; b < planes.length; b++) {
            double[] plane = coarse.plane(b);
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] = plane[i / columns / factor * coarse.columns() + i % columns / factor];
            }
        }
        return Cube.of(rows, columns, planes);
    }
}
