package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Shrinkage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillFractionTest {
    private static final int BANDS = 8;
    private static final RunContext CONTEXT = RunContext.sequential();

    /** Pixels of which the target fills a share, in the background that {@link Scenes} makes of a seed. */
    private static Cube filled(int rows, int columns, double share, double heaviness) {
        Spectrum target = Scenes.target(BANDS);
        double[][] planes = Scenes.gaussianPlanes(rows * columns, BANDS, 3);
        Random random = new Random(8);
        for (int i = 0; i < rows * columns; i++) {
            double square = 0;
            for (int k = 0; k < 6; k++) {
                double g = random.nextGaussian();
                square += g * g / 6;
            }
            double scale = 1 + heaviness * (1 / Math.sqrt(square) - 1); // a t law with six degrees of freedom for 1
            for (int b = 0; b < BANDS; b++) {
                double mean = 50 + 10 * Math.sin(b);
                double x = mean + scale * (planes[b][i] - mean);
                planes[b][i] = (1 - share) * x + share * target.value(b);
            }
        }
        return Cube.of(rows, columns, planes);
    }

    /** The likelihood of the replacement model, at the score and beside it. */
    @Test
    void noOtherShareIsMoreLikely() {
        Cube cube = filled(30, 40, .1, 0);
        Spectrum target = Scenes.target(BANDS);
        CovarianceEstimate estimate = CovarianceEstimate.of(cube, Shrinkage.AUTO, CONTEXT);
        double[] shares = FillFraction.withDefaults()
                .fit(cube, target, CONTEXT)
                .score(cube, CONTEXT)
                .scores()
                .toArray();

        for (int i = 0; i < shares.length; i += 37) {
            double[] x = cube.spectrum(i / 40, i % 40).toArray();
            double best = logLikelihood(estimate, x, target, shares[i]);
            for (double step : new double[] {-.3, -.01, -1e-4, 1e-4, .01, .3}) {
                double other = shares[i] + step;
                if (other < 1) {
                    assertThat(logLikelihood(estimate, x, target, other)).isLessThan(best);
                }
            }
        }
    }

    private static double logLikelihood(CovarianceEstimate background, double[] x, Spectrum target, double share) {
        double[] mean = background.mean();
        double[][] covariance = background.matrix();
        double[] difference = new double[BANDS];
        for (int a = 0; a < BANDS; a++) {
            difference[a] = x[a] - share * target.value(a) - (1 - share) * mean[a];
            for (int b = 0; b < BANDS; b++) {
                covariance[a][b] *= (1 - share) * (1 - share);
            }
        }
        double[][] lower = Dense.cholesky(covariance).orElseThrow();
        Dense.forward(lower, difference);
        double sum = 0;
        for (int b = 0; b < BANDS; b++) {
            sum -= difference[b] * difference[b] / 2 + Math.log(lower[b][b]);
        }
        return sum;
    }

    @Test
    void thePureTargetFillsThePixel() {
        Spectrum target = Scenes.target(BANDS);
        double[][] planes = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            planes[b] = new double[] {target.value(b)};
        }
        FillFractionModel model = FillFraction.withDefaults().fit(Scenes.gaussian(40, 40, BANDS, 3), target, CONTEXT);

        FillFractions fill = model.estimate(Cube.of(1, 1, planes), CONTEXT);

        // What cancels in u'u is a rounding unit of s's, and its root is the error.
        assertThat(fill.fraction().value(0, 0)).isCloseTo(1, within(1e-6));
        assertThat(fill.standardError().value(0, 0)).isCloseTo(0, within(1e-6));
    }

    /** 40000 pixels: the share that is covered is known to .1 %, the law is not quite normal in eight bands. */
    @ParameterizedTest
    @ValueSource(doubles = {0, .05, .3, .7})
    void intervalsCoverTheTruth(double share) {
        FillFractionModel model =
                FillFraction.withDefaults().fit(filled(200, 200, 0, 0), Scenes.target(BANDS), CONTEXT);

        FillFractions fill = model.estimate(filled(200, 200, share, 0), CONTEXT);

        assertThat(covered(fill, share)).isCloseTo(.95, within(.01));
        assertThat(model.diagnostics().figures().get("spread")).isBetween(1.0, 1.15); // eight bands are few
        double mean = 0;
        for (double v : fill.fraction().toArray()) {
            mean += v / 40000;
        }
        // Likelihood is biased by a part of the standard error that falls with the number of bands.
        assertThat(mean).isCloseTo(share, within(.2 * fill.standardError().value(0, 0)));
    }

    @Test
    void intervalsAllowForHeavyTails() {
        Cube heavy = filled(200, 200, 0, 1);
        FillFractionModel model = FillFraction.withDefaults().fit(heavy, Scenes.target(BANDS), CONTEXT);

        assertThat(model.diagnostics().figures().get("spread")).isGreaterThan(1.1);
        assertThat(covered(model.estimate(heavy, CONTEXT), 0)).isCloseTo(.95, within(1e-4));
    }

    private static double covered(FillFractions fill, double share) {
        double[] fraction = fill.fraction().toArray();
        double[] error = fill.standardError().toArray();
        int inside = 0;
        for (int i = 0; i < fraction.length; i++) {
            inside += Math.abs(fraction[i] - share) <= 1.959964 * error[i] ? 1 : 0;
        }
        return (double) inside / fraction.length;
    }

    @Test
    void intervalsLieBetweenZeroAndOne() {
        Cube cube = Scenes.spoilt(20, 30, BANDS, 3, 1e5);
        FillFractions fill = FillFraction.withDefaults()
                .fit(cube, Scenes.target(BANDS), CONTEXT)
                .estimate(cube, CONTEXT);

        double[] lower = fill.lower(.9).toArray();
        double[] upper = fill.upper(.9).toArray();

        for (int i = 0; i < lower.length; i++) {
            if (Scenes.isSpoilt(i)) {
                assertThat(lower[i]).isNaN();
                assertThat(upper[i]).isNaN();
            } else {
                assertThat(lower[i]).isBetween(0.0, upper[i]);
                assertThat(upper[i]).isLessThanOrEqualTo(1);
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> fill.lower(1)).withMessageContaining("confidence");
        assertThat(fill.figures()).hasSize(2);
    }

    @Test
    void aTargetLikeTheBackgroundIsTold() {
        Cube cube = Scenes.gaussian(40, 40, BANDS, 3);
        double[] mean = CovarianceEstimate.of(cube, Shrinkage.AUTO, CONTEXT).mean();
        mean[0] += 1;

        FillFractionModel model = FillFraction.withDefaults().fit(cube, Spectrum.of(mean), CONTEXT);

        assertThat(String.join(" ", model.diagnostics().notes())).contains("so like the background");
    }

    @Test
    void optionsAreShrinkageAndLoading() {
        assertThat(Options.of(FillFraction.withDefaults()))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("shrinkage", "loading");
        assertThat(FillFraction.withDefaults().withLoading(.1).loading()).isEqualTo(.1);
    }
}
