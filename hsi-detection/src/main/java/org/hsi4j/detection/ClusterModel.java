package org.hsi4j.detection;

import java.util.List;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.jspecify.annotations.Nullable;

/** Scores each pixel by the model of the cluster whose centre is the nearest, see {@link ClusterBackground}. */
final class ClusterModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final double[] origin;
    private final double[][] centres;
    private final PixelDetectionModel[] models;

    ClusterModel(double[] origin, double[][] centres, List<PixelDetectionModel> models, Diagnostics diagnostics) {
        super(origin.length, models.size() == 1 ? lawOf(models.get(0)) : null, diagnostics);
        this.origin = origin;
        this.centres = centres;
        this.models = models.toArray(new PixelDetectionModel[0]);
    }

    private static @Nullable BackgroundLaw lawOf(PixelDetectionModel model) {
        return model instanceof GaussianModel gaussian ? gaussian.law() : null;
    }

    @Override
    public Worker worker() {
        return new Scorer();
    }

    private final class Scorer implements Worker {
        private final ClusterBackground.Nearest nearest;
        private final PixelTile members;
        private final int[] entries;
        private final double[][] own;
        private final Worker[] workers = new Worker[models.length];

        Scorer() {
            int capacity = PixelTile.capacityFor(bands());
            nearest = new ClusterBackground.Nearest(origin, centres, bands());
            members = new PixelTile(bands(), capacity);
            entries = new int[capacity];
            own = new double[1][capacity];
            for (int k = 0; k < workers.length; k++) {
                workers[k] = models[k].worker();
            }
        }

        @Override
        public void apply(PixelTile tile, double[][] output) {
            nearest.find(tile.planes(), tile.size());
            for (int k = 0; k < workers.length; k++) {
                int size = 0;
                for (int i = 0; i < tile.size(); i++) {
                    if (nearest.label(i) == k) {
                        entries[size++] = i;
                    }
                }
                members.take(tile, entries, size);
                workers[k].apply(members, own);
                for (int i = 0; i < size; i++) {
                    output[0][entries[i]] = own[0][i];
                }
            }
        }
    }
}
