/** The numerics of this module; not for use from outside. */
@NullMarked
package org.hsi4j.unmixing.internal;

import org.jspecify.annotations.NullMarked;
