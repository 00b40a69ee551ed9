/**
 * How a computation runs: on which threads, with which seed, within how much memory, who hears of its progress and who may
 * stop it. Results never depend on the number of threads.
 */
@NullMarked
package org.hsi4j.run;

import org.jspecify.annotations.NullMarked;
