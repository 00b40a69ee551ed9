package org.hsi4j.detection;

import java.util.List;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/** The largest score of several targets, one model each. */
final class BestTargetModel implements DetectionModel {
    private static final long serialVersionUID = 1L;

    private final DetectionModel[] models;

    /** At least one model, all of the same bands. */
    BestTargetModel(List<DetectionModel> models) {
        this.models = models.toArray(DetectionModel[]::new);
    }

    @Override
    public int bands() {
        return models[0].bands();
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        Scoring first = models[0].score(scene, context);
        double[] best = first.scores().toArray();
        for (int k = 1; k < models.length; k++) {
            double[] scores = models[k].score(scene, context).scores().toArray();
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.max(best[i], scores[i]);
            }
        }
        return new Scoring(ScoreMap.of("scores", scene.rows(), scene.columns(), best), first.diagnostics());
    }

    @Override
    public Diagnostics diagnostics() {
        Diagnostics first = models[0].diagnostics().with("targets", models.length);
        for (int k = 1; k < models.length; k++) {
            for (String note : models[k].diagnostics().notes()) {
                first = first.notes().contains(note) ? first : first.note(note);
            }
        }
        return first;
    }

    /** So that each target has an equal part of the false alarms: an upper bound, since they may coincide. */
    @Override
    public OptionalDouble threshold(double falseAlarmRate) {
        Detection.requireRate(falseAlarmRate);
        double highest = Double.NEGATIVE_INFINITY;
        for (DetectionModel model : models) {
            OptionalDouble threshold = model.threshold(falseAlarmRate / models.length);
            if (threshold.isEmpty()) {
                return threshold;
            }
            highest = Math.max(highest, threshold.getAsDouble());
        }
        return OptionalDouble.of(highest);
    }

    @Override
    public OptionalDouble pValue(double score) {
        double sum = 0;
        for (DetectionModel model : models) {
            OptionalDouble p = model.pValue(score);
            if (p.isEmpty()) {
                return p;
            }
            sum += p.getAsDouble();
        }
        return OptionalDouble.of(Math.min(1.0, sum));
    }
}
