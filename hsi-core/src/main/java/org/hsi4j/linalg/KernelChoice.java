package org.hsi4j.linalg;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this JVM has, and which are used.
 *
 * @param best the ones that are used
 * @param vector those on the Vector API, if the JVM offers it
 */
record KernelChoice(Kernels best, Optional<Kernels> vector) {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String PROPERTY = "org.hsi4j.kernels";

    /** Narrower vectors are what plain Java is compiled to anyway, and may come without fused multiplication. */
    private static final int FEWEST_BITS = 256;

    /** Made when it is first asked for, by the initialisation of this class. */
    static final KernelChoice OF_THIS_JVM = choose(
            ModuleLayer.boot().findModule(MODULE).isPresent(),
            System.getProperty(PROPERTY),
            System.getLogger(Kernels.class.getName()));

    static KernelChoice choose(boolean present, @Nullable String wish, Logger log) {
        Kernels plain = PlainKernels.INSTANCE;
        if (wish != null && !wish.equals("plain") && !wish.equals("vector")) {
            log.log(Level.WARNING, "{0} is \"{1}\", but should be \"plain\" or \"vector\"; ignored", PROPERTY, wish);
        }
        if (!present) {
            log.log(
                    wishesPlain(wish) ? Level.DEBUG : Level.INFO,
                    "kernels in plain Java; start the JVM with --add-modules {0} for faster ones",
                    MODULE);
            return new KernelChoice(plain, Optional.empty());
        }
        Kernels vector;
        int bits;
        try {
            Class<?> type = Class.forName(Kernels.class.getPackageName() + ".VectorKernels");
            vector = (Kernels) type.getDeclaredConstructor().newInstance();
            bits = (int) type.getDeclaredMethod("vectorBits").invoke(null);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException
                | LinkageError e) {
            log.log(Level.WARNING, "kernels in plain Java: those on " + MODULE + " do not run on this JVM", e);
            return new KernelChoice(plain, Optional.empty());
        }
        boolean used = !wishesPlain(wish) && (bits >= FEWEST_BITS || "vector".equals(wish));
        log.log(Level.DEBUG, "kernels {0}: vectors of {1} bits", used ? "on " + MODULE : "in plain Java", bits);
        return new KernelChoice(used ? vector : plain, Optional.of(vector));
    }

    private static boolean wishesPlain(@Nullable String wish) {
        return "plain".equals(wish);
    }
}
