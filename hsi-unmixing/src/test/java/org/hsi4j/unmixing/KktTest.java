package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KktTest {

    @Property(tries = 2000)
    void nnlsIsOptimal(
            @ForAll @IntRange(min = 1, max = 60) int bands,
            @ForAll @IntRange(min = 1, max = 30) int p,
            @ForAll Problem.Endmember kind,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        Problem problem = Problem.of(bands, p, kind, where, seed);
        double[] a = Solving.solve(Nnls.withDefaults(), problem.endmembers(), problem.pixel());
        assertThat(Kkt.residual(problem.endmembers(), problem.pixel(), a, false))
                .isLessThan(1e-10);
    }

    @Property(tries = 2000)
    void fclsIsOptimal(
            @ForAll @IntRange(min = 1, max = 60) int bands,
            @ForAll @IntRange(min = 1, max = 30) int p,
            @ForAll Problem.Endmember kind,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        Problem problem = Problem.of(bands, p, kind, where, seed);
        double[] a = Solving.solve(Fcls.withDefaults(), problem.endmembers(), problem.pixel());
        assertThat(Kkt.residual(problem.endmembers(), problem.pixel(), a, true)).isLessThan(1e-10);
    }
}
