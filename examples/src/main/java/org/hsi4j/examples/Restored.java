package org.hsi4j.examples;

import java.util.List;
import org.hsi4j.Spectrum;
import org.hsi4j.restoration.RestoredCube;

/**
 * A scene before and after its restoration.
 *
 * @param scene the scene as it was
 * @param result the restored one
 * @param psnr the PSNR of each band before and after; empty when the truth is unknown
 */
record Restored(Scene scene, RestoredCube result, List<Spectrum> psnr) {}
