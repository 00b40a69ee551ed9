package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.simulate.Haze;
import org.junit.jupiter.api.Test;

class DarkObjectDehazingTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 80;
    private static final int BANDS = 12;

    /** Dark pixels in a grid, bright ones between them, one white pixel. */
    private static Cube scene() {
        Cube.Builder builder = Cube.builder(ROWS, COLUMNS, BANDS, Precision.DOUBLE);
        for (int b = 0; b < BANDS; b++) {
            double[] plane = new double[ROWS * COLUMNS];
            for (int i = 0; i < plane.length; i++) {
                int r = i / COLUMNS;
                int c = i % COLUMNS;
                plane[i] = r % 5 == 2 && c % 5 == 2 ? 0.02 : 0.3 + 0.1 * Math.sin(0.3 * r + 0.2 * c + b);
            }
            plane[0] = 1;
            builder.plane(b, plane);
        }
        return builder.wavelengths(Wavelengths.of(IntStream.range(0, BANDS)
                        .mapToDouble(b -> 400 + 50.0 * b)
                        .toArray()))
                .build();
    }

    /** Cirrus that thickens from nothing on the left to the full on the right. */
    private static ScoreMap cirrus() {
        return ScoreMap.of(
                "cirrus",
                ROWS,
                COLUMNS,
                IntStream.range(0, ROWS * COLUMNS)
                        .mapToDouble(i -> Math.max(0, i % COLUMNS - 20) / 60.0)
                        .toArray());
    }

    @Test
    void takesAwayWhatTheModelAdded() {
        Cube hazy = Haze.withDefaults().withCirrus(cirrus()).apply(scene()).cube();

        RestoredCube clear =
                Restoring.of(hazy).with(DarkObjectDehazing.withDefaults()).run();

        // The darkest pixel of a window is the one under the thinnest haze: a slope of 1/60 a pixel lags half a window
        // behind.
        assertThat(Scenes.rms(clear.cube(), scene())).isLessThan(0.3 * Scenes.rms(hazy, scene()));
        assertThat(clear.diagnostics().figures().get("transmission-least")).isBetween(0.2, 0.45);
        assertThat(clear.cube().wavelengths()).isEqualTo(hazy.wavelengths());
    }

    /** Where there is something dark in every window, nothing is taken away that is not haze. */
    @Test
    void aClearSceneStaysAsItIs() {
        RestoredCube clear =
                Restoring.of(scene()).with(DarkObjectDehazing.withDefaults()).run();

        assertThat(Scenes.rms(clear.cube(), scene())).isLessThan(1e-12);
    }

    @Test
    void withoutWavelengthsHazeIsGrey() {
        Cube.Builder bare = Cube.builder(ROWS, COLUMNS, BANDS, Precision.DOUBLE);
        Cube hazy = Haze.withDefaults()
                .withExponent(0)
                .withCirrus(cirrus())
                .apply(scene())
                .cube();
        for (int b = 0; b < BANDS; b++) {
            bare.plane(b, hazy.plane(b));
        }
        RestoredCube clear = Restoring.of(bare.build())
                .with(DarkObjectDehazing.withDefaults())
                .run();
        RestoredCube told = Restoring.of(hazy)
                .with(DarkObjectDehazing.withDefaults().withExponent(0))
                .run();

        assertThat(Scenes.rms(clear.cube(), told.cube())).isCloseTo(0, within(1e-12));
        assertThat(clear.diagnostics().notes()).anyMatch(note -> note.contains("without wavelengths"));
    }

    @Test
    void invalidPixelsStaySoAndCountForNothing() {
        Cube some = Scenes.spoilt(31, 17, 12, 4, 1e6);
        Cube clear =
                Restoring.of(some).with(DarkObjectDehazing.withDefaults()).run().cube();

        assertThat(clear.validMask()).isEqualTo(Mask.of(31, 17, i -> !Scenes.isSpoilt(i)));
        assertThat(clear)
                .isEqualTo(Restoring.of(Scenes.spoilt(31, 17, 12, 4, -3))
                        .with(DarkObjectDehazing.withDefaults())
                        .run()
                        .cube());
    }

    /** One pixel, one band, a line, constant bands and zeros: finite. */
    @Test
    void smallAndPoorScenes() {
        for (Cube cube : new Cube[] {
            Scenes.noisy(1, 1, 5, 1),
            Scenes.noisy(9, 8, 1, 1),
            Scenes.noisy(1, 40, 4, 1),
            Cube.of(5, 7, new double[3][35])
        }) {
            Cube clear = Restoring.of(cube)
                    .with(DarkObjectDehazing.withDefaults())
                    .run()
                    .cube();
            assertThat(clear.validMask().count()).isEqualTo(cube.pixels());
        }
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        DarkObjectDehazing method = DarkObjectDehazing.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWindow(4));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withExponent(5));
    }
}
