package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.hsi4j.unmixing.Abundances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours and the rivals solve the same problem. Normal equations of a condition below 1e3: six digits of sixteen. */
class LeastSquaresBenchmarkTest {
    private static final double TOLERANCE = 1e-9;

    private static LeastSquaresRivalsBenchmark rivals(int p) {
        LeastSquaresRivalsBenchmark benchmark = new LeastSquaresRivalsBenchmark();
        benchmark.bands = 40;
        benchmark.p = p;
        benchmark.setUp();
        return benchmark;
    }

    private static void assertSame(double[][] theirs, Abundances ours) {
        for (int i = 0; i < theirs.length; i++) {
            assertThat(theirs[i]).containsExactly(ours.maps().abundances(0, i), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void theSearchOverAllSetsIsFcls(int p) {
        LeastSquaresRivalsBenchmark benchmark = rivals(p);
        assertSame(benchmark.subsetSearch(), benchmark.fcls());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void theSearchOverAllSetsAnewForEachPixelIsFcls(int p) {
        LeastSquaresRivalsBenchmark benchmark = rivals(p);
        assertSame(benchmark.subsetSearchAnew(), benchmark.fcls());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9})
    void lawsonAndHansonIsNnls(int p) {
        LeastSquaresRivalsBenchmark benchmark = rivals(p);
        assertSame(benchmark.lawsonHanson(), benchmark.nnls());
    }

    @Test
    void commonsMathIsUcls() {
        LeastSquaresRivalsBenchmark benchmark = rivals(6);
        assertSame(benchmark.commonsMath(), benchmark.ucls());
    }

    @Test
    void aMappedSceneGivesWhatTheHeapGives() throws IOException {
        LeastSquaresBenchmark heap = new LeastSquaresBenchmark();
        heap.bands = 20;
        heap.p = 4;
        heap.pixels = 3000;
        heap.threads = 1;
        heap.where = "heap";
        heap.setUp();
        LeastSquaresBenchmark file = new LeastSquaresBenchmark();
        file.bands = 20;
        file.p = 4;
        file.pixels = 3000;
        file.threads = 2;
        file.where = "file";
        file.setUp();
        LeastSquaresBenchmark.Counter counter = new LeastSquaresBenchmark.Counter();
        assertThat(file.fcls(counter).maps().map(0).toArray())
                .isEqualTo(heap.fcls(counter).maps().map(0).toArray());
        assertThat(counter.pixels).isEqualTo(6000);
        file.tearDown();
        heap.tearDown();
    }
}
