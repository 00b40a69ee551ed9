/**
 * Products of whole cubes on a native BLAS, through ND4J. Optional: nothing in hsi4j asks for it, and it needs native
 * code.
 *
 * <p>This artifact brings {@code org.nd4j:nd4j-api}, which is Java; the native library is the program's choice, in the
 * same version: {@code org.nd4j:nd4j-native} for the machine it is resolved on (105 MB more), {@code
 * nd4j-native-platform} for all of them. Without one {@link org.hsi4j.nd4j.Nd4jProducts#load()} says what is missing.
 * The first start on a machine unpacks 400 MB into {@code ~/.javacpp} (another place: {@code
 * -Dorg.bytedeco.javacpp.cachedir}) and takes seconds, later ones half a second.
 *
 * <p>On the class path only: the JVM refuses {@code nd4j-api} as a module ({@code InvalidModuleDescriptorException}).
 * JDK 24 and later warn that native code is loaded unless they are started with {@code
 * --enable-native-access=ALL-UNNAMED}.
 *
 * <p>Threads: start the program with {@code OMP_NUM_THREADS=1} in its environment. The blocks of a cube run on the
 * threads of the {@link org.hsi4j.run.RunContext} already; a native library that starts its own for every product makes
 * them compete for the same cores, and slows everything down as soon as the machine does anything else. On some
 * processors {@code OPENBLAS_CORETYPE} in the environment decides by a factor of two how fast the OpenBLAS of ND4J is,
 * because that is older than they are: measure before setting it.
 */
@NullMarked
package org.hsi4j.nd4j;

import org.jspecify.annotations.NullMarked;
