/** What several packages of this module share and nobody else uses. */
@NullMarked
package org.hsi4j.internal;

import org.jspecify.annotations.NullMarked;
