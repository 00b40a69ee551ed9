package org.hsi4j.examples;

import java.util.Iterator;
import java.util.List;
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
    private final List<Class<? extends Method>> roles;

    MethodNames(List<Class<? extends Method>> roles) {
        this.roles = roles;
    }

    @Override
    public Iterator<String> iterator() {
        return roles.stream()
                .flatMap(role -> Methods.all(role).stream())
                .map(Method::name)
                .distinct()
                .iterator();
    }

    static final class Extractors extends MethodNames {
        Extractors() {
            super(List.of(EndmemberExtractor.class));
        }
    }

    static final class Solvers extends MethodNames {
        Solvers() {
            super(List.of(AbundanceSolver.class));
        }
    }

    static final class BlindUnmixers extends MethodNames {
        BlindUnmixers() {
            super(List.of(BlindUnmixer.class));
        }
    }

    static final class Restorers extends MethodNames {
        Restorers() {
            super(List.of(Restorer.class));
        }
    }

    static final class Fusers extends MethodNames {
        Fusers() {
            super(List.of(Fuser.class));
        }
    }

    static final class Detectors extends MethodNames {
        Detectors() {
            super(List.of(AnomalyDetector.class, TargetDetector.class, GasDetector.class));
        }
    }
}
