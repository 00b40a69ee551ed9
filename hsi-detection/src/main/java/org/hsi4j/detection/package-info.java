/** Targets, anomalies and gases: where a scene differs from its background. */
@NullMarked
package org.hsi4j.detection;

import org.jspecify.annotations.NullMarked;
