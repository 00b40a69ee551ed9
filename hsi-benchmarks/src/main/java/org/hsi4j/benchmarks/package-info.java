/** Benchmarks of the kernels and methods, each beside its rivals. */
@NullMarked
package org.hsi4j.benchmarks;

import org.jspecify.annotations.NullMarked;
