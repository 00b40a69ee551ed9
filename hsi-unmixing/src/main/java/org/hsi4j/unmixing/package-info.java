/**
 * Which materials a scene holds, and how much of each is in every pixel. {@link org.hsi4j.unmixing.Unmixing} is the way in.
 *
 * <p>The linear mixing model is Y = E A + noise, with Y bands x pixels, the endmembers E bands x p, and the abundances A p x
 * pixels. ANC stands for a &gt;= 0 and ASC for sum(a) = 1.
 *
 * @serial exclude
 */
@NullMarked
package org.hsi4j.unmixing;

import org.jspecify.annotations.NullMarked;
