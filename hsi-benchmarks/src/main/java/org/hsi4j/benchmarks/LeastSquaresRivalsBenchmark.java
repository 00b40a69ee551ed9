package org.hsi4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.Abundances;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Nnls;
import org.hsi4j.unmixing.Ucls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A pixel of ours beside a pixel of others: {@link SubsetSearch} and {@link SubsetSearchAnew} for FCLS, {@link LawsonHanson} on
 * EJML for NNLS, Commons Math for UCLS. Ours solve a scene of 50000 pixels from its tiles to the maps; the others get their
 * pixels as arrays, one after the other, which is in their favour.
 */
@About(
        "A pixel of ours beside a pixel of a search over all sets (FCLS), Lawson and Hanson on EJML (NNLS) and Commons Math (UCLS).")
@Allocation(pixels = "1", values = "p")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LeastSquaresRivalsBenchmark {
    private static final int OURS = 50_000;
    private static final int THEIRS = 20;

    /** Bands. */
    @Param("200")
    public int bands;

    /** Endmembers; the search over sets is hopeless beyond 12. */
    @Param({"3", "5", "8"})
    public int p;

    private Cube scene = Cube.of(1, 1, new double[1][1]);
    private Endmembers endmembers = Endmembers.ofMatrix(new double[][] {{1}});
    private double[][] spectra = new double[0][];
    private SubsetSearch subsets = new SubsetSearch(new double[][] {{1}});
    private SubsetSearchAnew anew = new SubsetSearchAnew(new double[][] {{1}});
    private LawsonHanson lawsonHanson = new LawsonHanson(new double[][] {{1}});
    private DecompositionSolver math = new QRDecomposition(new Array2DRowRealMatrix(new double[][] {{1}})).getSolver();

    /** Makes the scene and prepares the rivals. */
    @Setup
    public void setUp() {
        Mixtures mixtures = new Mixtures(bands, p, OURS / 1000, 1000);
        endmembers = Endmembers.ofMatrix(mixtures.endmembers());
        scene = Cube.builder(mixtures).build().toHeap(Precision.FLOAT);
        spectra = new double[THEIRS][];
        for (int i = 0; i < THEIRS; i++) {
            spectra[i] = scene.spectrum(0, i).toArray();
        }
        subsets = new SubsetSearch(mixtures.endmembers());
        anew = new SubsetSearchAnew(mixtures.endmembers());
        lawsonHanson = new LawsonHanson(mixtures.endmembers());
        math = new QRDecomposition(new Array2DRowRealMatrix(mixtures.endmembers())).getSolver();
    }

    /**
     * Ours, FCLS.
     *
     * @return the abundances
     */
    @Benchmark
    @OperationsPerInvocation(OURS)
    public Abundances fcls() {
        return Fcls.withDefaults().solve(scene, endmembers, RunContext.sequential());
    }

    /**
     * Ours, NNLS.
     *
     * @return the abundances
     */
    @Benchmark
    @OperationsPerInvocation(OURS)
    public Abundances nnls() {
        return Nnls.withDefaults().solve(scene, endmembers, RunContext.sequential());
    }

    /**
     * Ours, UCLS.
     *
     * @return the abundances
     */
    @Benchmark
    @OperationsPerInvocation(OURS)
    public Abundances ucls() {
        return Ucls.withDefaults().solve(scene, endmembers, RunContext.sequential());
    }

    /**
     * FCLS by all sets.
     *
     * @return abundances, one row a pixel
     */
    @RivalOf("fcls")
    @Benchmark
    @OperationsPerInvocation(THEIRS)
    public double[][] subsetSearch() {
        double[][] a = new double[THEIRS][p];
        for (int i = 0; i < THEIRS; i++) {
            subsets.solve(spectra[i], a[i]);
        }
        return a;
    }

    /**
     * FCLS by all sets, each solved anew for every pixel.
     *
     * @return abundances, one row a pixel
     */
    @RivalOf("fcls")
    @Benchmark
    @OperationsPerInvocation(THEIRS)
    public double[][] subsetSearchAnew() {
        double[][] a = new double[THEIRS][];
        for (int i = 0; i < THEIRS; i++) {
            a[i] = anew.solve(spectra[i]);
        }
        return a;
    }

    /**
     * NNLS by Lawson and Hanson on EJML.
     *
     * @return abundances, one row a pixel
     */
    @RivalOf("nnls")
    @Benchmark
    @OperationsPerInvocation(THEIRS)
    public double[][] lawsonHanson() {
        double[][] a = new double[THEIRS][];
        for (int i = 0; i < THEIRS; i++) {
            a[i] = lawsonHanson.solve(spectra[i]);
        }
        return a;
    }

    /**
     * UCLS by Commons Math.
     *
     * @return abundances, one row a pixel
     */
    @RivalOf("ucls")
    @Benchmark
    @OperationsPerInvocation(THEIRS)
    public double[][] commonsMath() {
        double[][] a = new double[THEIRS][];
        for (int i = 0; i < THEIRS; i++) {
            a[i] = math.solve(new ArrayRealVector(spectra[i], false)).toArray();
        }
        return a;
    }
}
