package org.hsi4j.detection;

import java.util.OptionalDouble;
import org.hsi4j.run.Diagnostics;
import org.jspecify.annotations.Nullable;

/** What the models that rest on a Gaussian background have in common: the law of their scores. */
abstract class GaussianModel implements DetectionModel {
    private static final long serialVersionUID = 1L;

    private final int bands;
    private final @Nullable BackgroundLaw law;
    private final Diagnostics diagnostics;

    GaussianModel(int bands, @Nullable BackgroundLaw law, Diagnostics diagnostics) {
        this.bands = bands;
        this.law = law;
        this.diagnostics = diagnostics;
    }

    /** The law of the scores, where there is one. */
    final @Nullable BackgroundLaw law() {
        return law;
    }

    @Override
    public final int bands() {
        return bands;
    }

    @Override
    public final Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public final OptionalDouble threshold(double falseAlarmRate) {
        Detection.requireRate(falseAlarmRate);
        return law == null ? OptionalDouble.empty() : OptionalDouble.of(law.quantile(falseAlarmRate));
    }

    @Override
    public final OptionalDouble pValue(double score) {
        if (law == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.isNaN(score) ? Double.NaN : law.survival(score));
    }
}
