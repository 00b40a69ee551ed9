package org.hsi4j.detection;

import java.util.List;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.stats.Mahalanobis;

/** Distances from the nearest of some clusters, see {@link ClusterRx}. */
final class ClusterModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final double[] origin;
    private final double[][] centres;
    private final Mahalanobis[] distances;

    ClusterModel(double[] origin, double[][] centres, List<Mahalanobis> distances, Diagnostics diagnostics) {
        super(origin.length, distances.size() == 1 ? new BackgroundLaw.ChiSquare(origin.length) : null, diagnostics);
        this.origin = origin;
        this.centres = centres;
        this.distances = distances.toArray(new Mahalanobis[0]);
    }

    @Override
    public Worker worker() {
        int capacity = PixelTile.capacityFor(bands());
        ClusterRx.Nearest nearest = new ClusterRx.Nearest(origin, centres, bands());
        double[][] members = new double[bands()][capacity];
        double[] own = new double[capacity];
        return (tile, output) -> {
            nearest.find(tile.planes(), tile.size());
            for (int k = 0; k < distances.length; k++) {
                score(k, nearest, tile, members, own, output[0]);
            }
        };
    }

    private void score(
            int cluster, ClusterRx.Nearest nearest, PixelTile tile, double[][] members, double[] own, double[] output) {
        int n = tile.size();
        int size = 0;
        for (int b = 0; b < members.length; b++) {
            size = 0;
            for (int i = 0; i < n; i++) {
                if (nearest.label(i) == cluster) {
                    members[b][size++] = tile.planes()[b][i];
                }
            }
        }
        distances[cluster].squaredDistances(members, size, own);
        int next = 0;
        for (int i = 0; i < n; i++) {
            if (nearest.label(i) == cluster) {
                output[i] = own[next++];
            }
        }
    }
}
