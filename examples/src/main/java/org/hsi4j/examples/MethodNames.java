package org.hsi4j.examples;

import java.util.Iterator;
import java.util.stream.Stream;
import org.hsi4j.detection.AnomalyDetector;
import org.hsi4j.detection.GasDetector;
import org.hsi4j.detection.TargetDetector;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.restoration.Fuser;
import org.hsi4j.restoration.Restorer;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.BlindUnmixer;
import org.hsi4j.unmixing.EndmemberExtractor;

/** The names that an option for a method takes, for the completion of a shell. */
abstract class MethodNames implements Iterable<String> {
    private final Class<? extends Method>[] roles;

    @SafeVarargs
    MethodNames(Class<? extends Method>... roles) {
        this.roles = roles;
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.of(roles)
                .flatMap(role -> Methods.all(role).stream())
                .map(Method::name)
                .distinct()
                .iterator();
    }

    static final class Extractors extends MethodNames {
        Extractors() {
            super(EndmemberExtractor.class);
        }
    }

    static final class Solvers extends MethodNames {
        Solvers() {
            super(AbundanceSolver.class);
        }
    }

    static final class BlindUnmixers extends MethodNames {
        BlindUnmixers() {
            super(BlindUnmixer.class);
        }
    }

    static final class Restorers extends MethodNames {
        Restorers() {
            super(Restorer.class);
        }
    }

    static final class Fusers extends MethodNames {
        Fusers() {
            super(Fuser.class);
        }
    }

    static final class Detectors extends MethodNames {
        Detectors() {
            super(AnomalyDetector.class, TargetDetector.class, GasDetector.class);
        }
    }
}
