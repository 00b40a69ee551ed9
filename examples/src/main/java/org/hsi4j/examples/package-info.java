/** The {@code hsi} command line tool. */
@NullMarked
package org.hsi4j.examples;

import org.jspecify.annotations.NullMarked;
