package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Cube SCENE =
            LinearMixingScene.quickStart().generate(RunContext.sequential()).cube();

    @Test
    void anUnmixingDrawsItself() {
        UnmixingResult result = Unmixing.of(SCENE).endmembers(3).run(RunContext.sequential());
        assertThat(result.figures()).extracting(Figure::name).containsExactly("endmembers", "abundances", "residual");
        assertThat(result.extraction().orElseThrow().figures())
                .extracting(Figure::name)
                .containsExactly("projected", "pixels");
        assertThat(new Abundances(result.abundances(), result.diagnostics()).figures())
                .extracting(Figure::name)
                .containsExactly("abundances");
        assertThat(result.figures())
                .allSatisfy(figure ->
                        assertThat(figure.picture().image().getWidth()).isGreaterThan(300));
    }
}
