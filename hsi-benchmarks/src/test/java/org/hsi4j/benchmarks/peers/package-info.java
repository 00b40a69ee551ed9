@NullMarked
package org.hsi4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
