/** The same work in hsi4j and in programs outside the JVM, on the same scene: {@link org.hsi4j.benchmarks.peers.PeersProgram}. */
@NullMarked
package org.hsi4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
