package org.hsi4j.examples;

import org.hsi4j.restoration.RestoredCube;

/**
 * A scene before and after its restoration.
 *
 * @param scene the scene as it was
 * @param result the restored one
 */
record Restored(Scene scene, RestoredCube result) {}
