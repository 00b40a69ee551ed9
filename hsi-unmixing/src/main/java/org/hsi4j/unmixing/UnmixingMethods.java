package org.hsi4j.unmixing;

import java.util.List;
import org.hsi4j.method.Method;
import org.hsi4j.method.MethodCatalog;

/** The unmixing methods of this module. */
public final class UnmixingMethods implements MethodCatalog {

    /** For the service loader. */
    public UnmixingMethods() {}

    @Override
    public List<Method> methods() {
        return List.of(
                AutoExtractor.withDefaults(),
                Vca.withDefaults(),
                Atgp.withDefaults(),
                Spa.withDefaults(),
                Nfindr.withDefaults(),
                Sivm.withDefaults(),
                Sga.withDefaults(),
                Sisal.withDefaults(),
                Mvsa.withDefaults(),
                Ppi.withDefaults(),
                AutoAbundances.withDefaults(),
                Ucls.withDefaults(),
                Scls.withDefaults(),
                Nnls.withDefaults(),
                Fcls.withDefaults(),
                ShadeFcls.withDefaults(),
                WeightedScls.withDefaults(),
                Sunsal.withDefaults(),
                Csunsal.withDefaults(),
                Mesma.withDefaults(),
                Clsunsal.withDefaults(),
                SunsalTv.withDefaults(),
                Nmf.withDefaults(),
                L1Nmf.withDefaults(),
                LHalfNmf.withDefaults(),
                Gnmf.withDefaults(),
                Rrlbs.withDefaults(),
                MvcNmf.withDefaults(),
                NmfQmv.withDefaults(),
                Edaa.withDefaults());
    }
}
