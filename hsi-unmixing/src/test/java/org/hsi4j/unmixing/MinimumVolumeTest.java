package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.linalg.Dense;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Mvsa} and {@link Sisal}. */
class MinimumVolumeTest {
    private static final RunContext RUN = RunContext.sequential();

    /** Mixtures of all materials but one, of which none makes up more than three quarters of a pixel. */
    private static double[][] withoutPurePixels(double[][] e, int pixels, boolean shade, long seed) {
        Random random = new Random(seed);
        int p = e[0].length;
        double[][] planes = new double[e.length][pixels];
        for (int i = 0; i < pixels; i++) {
            double[] a = new double[p];
            do {
                double sum = 0;
                for (int k = 0; k < p; k++) {
                    a[k] = k == i % p ? 0 : -Math.log(1 - random.nextDouble());
                    sum += a[k];
                }
                Vectors.scale(a, 1 / sum);
            } while (Arrays.stream(a).max().orElseThrow() > 0.75);
            double light = shade ? 0.3 + random.nextDouble() : 1;
            for (int b = 0; b < e.length; b++) {
                planes[b][i] = light * Vectors.dot(e[b], a);
            }
        }
        return planes;
    }

    @ParameterizedTest
    @CsvSource({"3, PROJECTIVE", "4, PROJECTIVE", "3, AFFINE", "4, AFFINE"})
    void findsTheMaterialsOfANoiselessSceneWithoutPurePixels(int p, SimplexProjection projection) {
        double[][] e = Scenes.endmembers(20, p, p);
        Cube scene = Cube.of(20, 30, withoutPurePixels(e, 600, false, 1));
        Endmembers truth = Endmembers.ofMatrix(e);
        for (EndmemberExtractor method : new EndmemberExtractor[] {
            Mvsa.withDefaults().withProjection(projection), Sisal.withDefaults().withProjection(projection)
        }) {
            Extraction found = method.extract(scene, p, RUN);
            Alignment match = Alignment.ofEndmembers(found.projected(), truth);
            double[][] aligned = match.apply(found.projected()).toMatrix();
            for (int b = 0; b < 20; b++) {
                // Of spectra near one, so this is their shape and their brightness to five digits: what the last
                // barrier and
                // the last rounding of the hinge leave.
                assertThat(aligned[b]).as(method.name()).containsExactly(e[b], within(2e-5));
            }
            assertThat(found.diagnostics().converged()).as(method.name()).isTrue();
        }
    }

    @Test
    void shadeDoesNotWidenTheProjectiveSimplex() {
        double[][] e = Scenes.endmembers(20, 3, 3);
        Cube scene = Cube.of(20, 30, withoutPurePixels(e, 600, true, 1));
        Endmembers truth = Endmembers.ofMatrix(e);
        assertThat(Alignment.ofEndmembers(
                                Mvsa.withDefaults().extract(scene, 3, RUN).projected(), truth)
                        .meanCost())
                .isLessThan(1e-5); // as above
        assertThat(Alignment.ofEndmembers(
                                Mvsa.withDefaults()
                                        .withProjection(SimplexProjection.AFFINE)
                                        .extract(scene, 3, RUN)
                                        .projected(),
                                truth)
                        .meanCost())
                .isGreaterThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(SimplexProjection.class)
    void allPixelsAreInsideTheSimplexOfMvsaAndEachFacetTouchesThem(SimplexProjection projection) {
        Cube scene = Scenes.scene(15, 16, 12, 4, 0.02, 8);
        Extraction found = Mvsa.withDefaults().withProjection(projection).extract(scene, 4, RUN);
        double[][] shares = shares(scene, found.projected(), projection);
        for (double[] share : shares) {
            double least = Arrays.stream(share).min().orElseThrow();
            // Inside but for rounding; and as near to the facet as the last barrier, 1e-7 / pixels, lets it come.
            assertThat(least).isGreaterThan(-1e-12).isLessThan(1e-6);
        }
        assertThat(found.diagnostics().figures()).containsEntry("outside", 0.0);
    }

    /** Abundances over their sum, in the coordinates the method works in, by a pseudo-inverse. */
    private static double[][] shares(Cube scene, Endmembers corners, SimplexProjection projection) {
        int p = corners.count();
        double[][] x = coordinates(scene, corners.count(), projection);
        DMatrixRMaj v = new DMatrixRMaj(p, p);
        for (int k = 0; k < p; k++) {
            double[] c =
                    Frame.of(scene, p, projection).coordinates(corners.get(k).toArray());
            for (int i = 0; i < p; i++) {
                v.set(i, k, c[i]);
            }
        }
        if (projection == SimplexProjection.PROJECTIVE) {
            // Corners of any brightness: divide them by the sums over the bands, which are those of the subspace.
            for (int k = 0; k < p; k++) {
                double sum = Arrays.stream(corners.get(k).toArray()).sum();
                for (int i = 0; i < p; i++) {
                    v.set(i, k, v.get(i, k) / sum);
                }
            }
        }
        CommonOps_DDRM.invert(v);
        double[][] shares = new double[p][scene.pixels()];
        for (int n = 0; n < scene.pixels(); n++) {
            DMatrixRMaj a = new DMatrixRMaj(p, 1);
            CommonOps_DDRM.mult(v, new DMatrixRMaj(p, 1, true, x[n]), a);
            double sum = CommonOps_DDRM.elementSum(a);
            for (int k = 0; k < p; k++) {
                shares[k][n] = a.get(k) / sum;
            }
        }
        return shares;
    }

    private static double[][] coordinates(Cube scene, int p, SimplexProjection projection) {
        Frame frame = Frame.of(scene, p, projection);
        double[][] x = new double[scene.pixels()][];
        for (int n = 0; n < x.length; n++) {
            x[n] = frame.coordinates(Found.spectrum(scene, n));
        }
        return x;
    }

    /** Eigenvectors and what is taken off before them; a one for the last coordinate in the affine case. */
    private record Frame(double[][] u, double[] mean, int p) {
        static Frame of(Cube scene, int p, SimplexProjection projection) {
            MeanScatter statistics = MeanScatter.of(scene, RUN);
            return projection == SimplexProjection.AFFINE
                    ? new Frame(
                            Arrays.copyOf(Dense.eigen(statistics.covariance()).vectors(), p - 1), statistics.mean(), p)
                    : new Frame(
                            Arrays.copyOf(Dense.eigen(statistics.correlation()).vectors(), p),
                            new double[scene.bands()],
                            p);
        }

        double[] coordinates(double[] y) {
            double[] centred = y.clone();
            Vectors.subtract(centred, mean);
            double[] x = new double[p];
            Arrays.fill(x, 1);
            for (int k = 0; k < u.length; k++) {
                x[k] = Vectors.dot(u[k], centred);
            }
            return x;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void sisalLetsAboutTheGivenShareOut(double outside) {
        Cube scene = Scenes.scene(50, 60, 12, 3, 0.02, 8);
        Extraction found = Sisal.withDefaults().withOutside(outside).extract(scene, 3, RUN);
        // The share holds for each of three facets up to a pixel a corner, and some are outside more than one.
        assertThat(found.diagnostics().figures().get("outside")).isBetween(1.5 * outside, 4.5 * outside);
        double[][] shares = shares(scene, found.projected(), SimplexProjection.PROJECTIVE);
        for (double[] share : shares) {
            assertThat(Arrays.stream(share).filter(s -> s < 0).count() / 3000.0)
                    .isBetween(0.5 * outside, 1.8 * outside);
        }
    }

    /** The published problem at the authors' answer and at ours: ours is at most as high. */
    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"pure", "mixed"})
    void isNoWorseThanTheAuthorsProgramsAtTheirOwnProblem(String name) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + name + ".mat"));
        Cube scene = file.cube(ReadOptions.defaults().withShape(50, 50).withVariable("Y"));
        double[][] x = coordinates(scene, 5, SimplexProjection.AFFINE);
        Frame frame = Frame.of(scene, 5, SimplexProjection.AFFINE);

        Endmembers sisal = Sisal.withDefaults()
                .withProjection(SimplexProjection.AFFINE)
                .withOutside(4.0 / 2500) // a weight of one
                .extract(scene, 5, RUN)
                .projected();
        assertThat(objective(frame, x, sisal, 1))
                .isLessThan(objective(frame, x, file.endmembers("reference_sisal_E"), 1));

        Endmembers mvsa = Mvsa.withDefaults()
                .withProjection(SimplexProjection.AFFINE)
                .extract(scene, 5, RUN)
                .projected();
        // No pixel is outside of either by more than rounding, which a weight of 1e3 makes the most of.
        assertThat(objective(frame, x, mvsa, 1e3))
                .isLessThan(objective(frame, x, file.endmembers("reference_mvsa_E"), 1e3) + 1e-5);
    }

    private static double objective(Frame frame, double[][] x, Endmembers corners, double weight) {
        int p = corners.count();
        DMatrixRMaj q = new DMatrixRMaj(p, p);
        for (int k = 0; k < p; k++) {
            double[] c = frame.coordinates(corners.get(k).toArray());
            for (int i = 0; i < p; i++) {
                q.set(i, k, c[i]);
            }
        }
        double objective = Math.log(Math.abs(CommonOps_DDRM.det(q)));
        CommonOps_DDRM.invert(q);
        for (double[] pixel : x) {
            DMatrixRMaj a = new DMatrixRMaj(p, 1);
            CommonOps_DDRM.mult(q, new DMatrixRMaj(p, 1, true, pixel), a);
            for (double share : a.data) {
                objective += weight * Math.max(0, -share);
            }
        }
        return objective;
    }

    @Test
    void theUnitOfTheSceneDoesNotMatter() {
        Cube scene = Scenes.scene(15, 16, 12, 4, 0.02, 8);
        for (EndmemberExtractor method : new EndmemberExtractor[] {Mvsa.withDefaults(), Sisal.withDefaults()}) {
            double[][] one = method.extract(scene, 4, RUN).projected().toMatrix();
            double[][] many =
                    method.extract(scene.scaled(10000, 0), 4, RUN).projected().toMatrix();
            for (int b = 0; b < 12; b++) {
                Vectors.scale(many[b], 1e-4);
                // The same steps but for rounding, which a flat minimum makes larger.
                assertThat(many[b]).as(method.name()).containsExactly(one[b], within(1e-6));
            }
        }
    }

    @Test
    void positionsAreThePurestPixels() {
        Cube scene = Scenes.scene(15, 16, 12, 4, 0.02, 8);
        Extraction found = Mvsa.withDefaults().extract(scene, 4, RUN);
        double[][] shares = shares(scene, found.projected(), SimplexProjection.PROJECTIVE);
        for (int k = 0; k < 4; k++) {
            assertThat(shares[k][found.positions().get(k)])
                    .isCloseTo(Arrays.stream(shares[k]).max().orElseThrow(), within(1e-9));
        }
        assertThat(found.pixels().get(0).toArray())
                .isEqualTo(Found.spectrum(scene, found.positions().get(0)));
    }

    @Test
    void optionsAreKeptAndChecked() {
        assertThat(Sisal.withDefaults().withOutside(0.2).outside()).isEqualTo(0.2);
        assertThat(Sisal.withDefaults().projection()).isEqualTo(SimplexProjection.PROJECTIVE);
        assertThat(Mvsa.withDefaults().withProjection(SimplexProjection.AFFINE).projection())
                .isEqualTo(SimplexProjection.AFFINE);
        for (double share : new double[] {0, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sisal.withDefaults().withOutside(share))
                    .withMessage("the share of pixels outside must be above 0 and below 1, not " + share);
        }
    }

    @Test
    void pixelsThatSpanNoSimplexAreAnsweredAndNoted() {
        double[][] planes = new double[4][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 4; b++) {
                planes[b][i] = (b + 1) * (1 + 0.5 * (i % 7));
            }
        }
        for (EndmemberExtractor method : new EndmemberExtractor[] {Mvsa.withDefaults(), Sisal.withDefaults()}) {
            Extraction found = method.extract(Cube.of(3, 4, planes), 3, RUN);
            assertThat(found.positions()).doesNotHaveDuplicates();
            assertThat(found.diagnostics().notes())
                    .contains("the scene spans no simplex of 3 corners; these are pixels far apart");
        }
    }
}
