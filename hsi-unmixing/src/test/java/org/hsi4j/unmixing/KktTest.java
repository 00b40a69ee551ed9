package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;

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

    @Property(tries = 60)
    void librariesOfMoreThanSixtyTwoSpectraAreOptimalToo(
            @ForAll @IntRange(min = 10, max = 120) int bands,
            @ForAll @IntRange(min = 63, max = 150) int p,
            @ForAll Problem.Endmember kind,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        Problem problem = Problem.of(bands, p, kind, where, seed);
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            double[] a = Solving.solve(solver, problem.endmembers(), problem.pixel());
            assertThat(Kkt.residual(problem.endmembers(), problem.pixel(), a, solver instanceof Fcls))
                    .as(solver.name())
                    .isLessThan(1e-10);
        }
    }

    /** Far more sets than a thread keeps factors for: what is kept must not show. */
    @Example
    void whatWasSolvedBeforeChangesNoBit() {
        double[][] e = Scenes.endmembers(60, 25, 3);
        Cube scene = Cube.of(60, 100, Scenes.mixtures(e, 6000, 0.1, 3));
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            AbundanceMaps all = solver.solve(scene, Endmembers.ofMatrix(e), RunContext.sequential())
                    .maps();
            for (int i = 0; i < 6000; i += 7) {
                double[] y = scene.spectrum(i / 100, i % 100).toArray();
                double[] alone = Solving.solve(solver, e, y);
                assertThat(all.abundances(i / 100, i % 100)).isEqualTo(alone);
                assertThat(Kkt.residual(e, y, alone, solver instanceof Fcls)).isLessThan(1e-10);
            }
        }
    }
}
