package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorationBenchmarkTest {

    /** A fast method and one that works on the whole scene; noise of .1 is taken out of both. */
    @ParameterizedTest
    @ValueSource(strings = {"subspace-wavelet-shrinkage", "e3dtv"})
    void theSceneIsRestored(String restorer) {
        RestorationBenchmark benchmark = new RestorationBenchmark();
        benchmark.restorer = restorer;
        benchmark.side = 24;
        benchmark.setUp();

        assertThat(benchmark.restore().cube().validMask().count()).isEqualTo(24 * 24);
        assertThat(benchmark.restore().diagnostics().figures().get("noise-rms")).isBetween(0.09, 0.12);
    }
}
