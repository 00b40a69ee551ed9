/** Which materials a scene holds, and how much of each is in every pixel. */
@NullMarked
package org.hsi4j.unmixing;

import org.jspecify.annotations.NullMarked;
