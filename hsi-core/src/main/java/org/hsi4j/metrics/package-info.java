/**
 * How good a result is, measured against the truth. Each measure says its definition, its range and what it leaves out.
 *
 * <p>Pixels that are invalid in either of the two things compared are left out; when none remains, that is an error and
 * not a number.
 */
@NullMarked
package org.hsi4j.metrics;

import org.jspecify.annotations.NullMarked;
