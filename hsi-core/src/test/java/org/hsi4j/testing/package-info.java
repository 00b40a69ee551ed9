/** What the tests of all modules share. */
@NullMarked
package org.hsi4j.testing;

import org.jspecify.annotations.NullMarked;
