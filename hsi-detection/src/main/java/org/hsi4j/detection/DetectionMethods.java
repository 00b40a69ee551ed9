package org.hsi4j.detection;

import java.util.List;
import org.hsi4j.method.Method;
import org.hsi4j.method.MethodCatalog;

/** The methods of this module. */
public final class DetectionMethods implements MethodCatalog {

    /** For {@link java.util.ServiceLoader}. */
    public DetectionMethods() {}

    @Override
    public List<Method> methods() {
        return List.of(
                AutoAnomaly.withDefaults(),
                Rx.withDefaults(),
                Rx.trimmed(),
                DualWindowRx.withDefaults(),
                GlobalLocalRx.withDefaults(),
                ClusterRx.withDefaults(),
                GmmRx.withDefaults(),
                KernelRx.withDefaults(),
                Crd.withDefaults(),
                Lsmad.withDefaults(),
                RpcaRx.withDefaults(),
                Erx.withDefaults(),
                AutoTarget.withDefaults(),
                Ace.signed(),
                Ace.squared(),
                SpectralMatchedFilter.withDefaults(),
                Ctmf.withDefaults(),
                MatchedFilter.withDefaults(),
                FillFraction.withDefaults(),
                LineMatchedFilter.withDefaults(),
                DualWindowTarget.ace(),
                DualWindowTarget.aceSquared(),
                DualWindowTarget.smf(),
                DualWindowTarget.mf(),
                Glrt.signed(),
                Glrt.squared(),
                Glrt.averaged(),
                Glrt.averagedSquared(),
                AceSubspace.withDefaults(),
                Mtmf.withDefaults(),
                Cem.withDefaults(),
                Tcimf.withDefaults(),
                Osp.withDefaults(),
                Amsd.withDefaults(),
                Sam.withDefaults(),
                Sam.centred(),
                Sid.withDefaults(),
                Sid.samTangent(),
                Sid.samSine(),
                Mag1c.withDefaults());
    }
}
