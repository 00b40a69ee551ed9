package org.hsi4j.benchmarks;

import org.hsi4j.linalg.Kernels;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whose kernels are measured. */
@State(Scope.Thread)
public class Provider {

    /** Name of the implementation. */
    @Param({"plain", "vector"})
    public String kernels = "plain";

    private Kernels chosen = Kernels.plain();

    /** Finds the implementation; without the Vector API the benchmark fails rather than measure another one. */
    @Setup
    public void setUp() {
        chosen = kernels.equals("plain") ? Kernels.plain() : Kernels.vector().orElseThrow();
    }

    Kernels get() {
        return chosen;
    }
}
