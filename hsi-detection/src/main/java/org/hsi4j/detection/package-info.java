/**
 * Targets, anomalies and gases: where a scene differs from its background.
 *
 * @serial exclude
 */
@NullMarked
package org.hsi4j.detection;

import org.jspecify.annotations.NullMarked;
