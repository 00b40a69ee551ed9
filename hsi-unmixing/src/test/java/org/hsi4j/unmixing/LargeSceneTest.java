package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.SampleSource;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;

/** A scene larger than the heap of the tests, made up as it is read. */
@Slow
class LargeSceneTest {
    private static final int BANDS = 400;
    private static final Endmembers GIVEN = Scenes.given(BANDS, 3, 2);

    @Test
    void aSceneLargerThanTheHeapIsUnmixedLikeAPieceOfIt() {
        int columns = 1000;
        int rows = (int) (Runtime.getRuntime().maxMemory() * 5 / 4 / BANDS / 4 / columns);
        Cube scene = Cube.builder(new Mixture(rows, columns)).build();
        for (AbundanceSolver solver : new AbundanceSolver[] {Fcls.withDefaults(), Ucls.withDefaults()}) {
            UnmixingResult whole =
                    Unmixing.of(scene).endmembers(GIVEN).abundances(solver).run(RunContext.defaults());
            Region piece = new Region(rows - 40, 900, 33, 71);
            UnmixingResult part = Unmixing.of(scene.crop(piece).toHeap(Precision.DOUBLE))
                    .endmembers(GIVEN)
                    .abundances(solver)
                    .run(RunContext.defaults());
            for (int r = 0; r < piece.rows(); r++) {
                for (int c = 0; c < piece.columns(); c++) {
                    assertThat(whole.abundances().abundances(piece.row() + r, piece.column() + c))
                            .isEqualTo(part.abundances().abundances(r, c));
                    assertThat(whole.residual().value(piece.row() + r, piece.column() + c))
                            .isEqualTo(part.residual().value(r, c));
                }
            }
        }
    }

    /** Three endmembers mixed by the pixel's number, and a ripple that none of them explains. */
    private record Mixture(int rows, int columns) implements SampleSource {
        private static final double[][] E = GIVEN.toMatrix();

        @Override
        public int bands() {
            return BANDS;
        }

        @Override
        public Precision precision() {
            return Precision.FLOAT;
        }

        @Override
        public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
            for (int k = 0; k < bands.length; k++) {
                double[] e = E[bands[k]];
                double[] to = target[k];
                double ripple = 0.01 * (bands[k] % 2);
                for (int i = 0; i < count; i++) {
                    long pixel = firstPixel + i;
                    double share = (pixel % 1009) / 1008.0;
                    double other = (1 - share) * ((pixel % 83) / 82.0);
                    to[offset + i] = share * e[0] + other * e[1] + (1 - share - other) * e[2] + ripple;
                }
            }
        }
    }
}
