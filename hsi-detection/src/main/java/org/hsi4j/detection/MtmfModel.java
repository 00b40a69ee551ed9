package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.transform.ComponentTransform;
import org.hsi4j.transform.LinearModel;

/**
 * What {@link Mtmf} has learnt: its score, and the two maps behind it. Immutable, serialisable, thread-safe.
 *
 * @serial exclude
 */
public final class MtmfModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final LinearFilter share;
    private final LinearModel components;
    private final double[] target; // in the components
    private final double[] excess; // sqrt(v) - 1, zero or more

    private MtmfModel(
            LinearFilter share,
            LinearModel components,
            double[] target,
            double[] excess,
            int bands,
            Diagnostics diagnostics) {
        super(bands, null, diagnostics);
        this.share = share;
        this.components = components;
        this.target = target;
        this.excess = excess;
    }

    static MtmfModel of(Background background, double[] direction, Spectrum target, ComponentTransform mnf) {
        double norm = Background.norm(direction);
        double[] filter = Background.unit(direction);
        for (int b = 0; b < filter.length; b++) {
            filter[b] /= norm;
        }
        double[] excess = mnf.values();
        for (int k = 0; k < excess.length; k++) {
            excess[k] = Math.sqrt(Math.max(1.0, excess[k])) - 1;
        }
        return new MtmfModel(
                LinearFilter.along(background, filter),
                mnf.forward(),
                mnf.forward().apply(target.toArray()),
                excess,
                background.bands(),
                mnf.diagnostics().after(background.diagnostics()));
    }

    /**
     * The two maps behind the score, NaN at invalid pixels.
     *
     * @param share share of the target by the matched filter
     * @param infeasibility root of the mean squared deviation from a mixture of that share, in standard deviations
     */
    public record Parts(ScoreMap share, ScoreMap infeasibility) {

        /** Checks that both parts are there. */
        public Parts {
            Objects.requireNonNull(share, "share");
            Objects.requireNonNull(infeasibility, "infeasibility");
        }
    }

    /**
     * The share and the infeasibility of each pixel.
     *
     * @param scene what to look at
     * @param context threads, progress, cancellation and memory limit
     * @return the maps, the same for any number of threads
     * @throws IllegalArgumentException if the scene has another number of bands or the maps exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Parts parts(Cube scene, RunContext context) {
        List<ScoreMap> maps =
                Tiles.map(scene, new Both(this), context, "detection").toScores(List.of("share", "infeasibility"));
        return new Parts(maps.get(0), maps.get(1));
    }

    @Override
    public Worker worker() {
        Mixture mixture = new Mixture();
        return (tile, output) -> {
            double[] infeasibility = mixture.infeasibility(tile, output[0]);
            for (int i = 0; i < tile.size(); i++) {
                output[0][i] /= Math.max(1.0, infeasibility[i]);
            }
        };
    }

    /** The same with two outputs. */
    private record Both(MtmfModel model) implements PixelModel {

        @Override
        public int bands() {
            return model.bands();
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public Worker worker() {
            Mixture mixture = model.new Mixture();
            return (tile, output) ->
                    System.arraycopy(mixture.infeasibility(tile, output[0]), 0, output[1], 0, tile.size());
        }
    }

    /** Buffers of one thread. */
    private final class Mixture {
        private final Worker transform = components.worker();
        private final double[][] shares = new double[1][];
        private double[][] planes = new double[target.length][0];
        private double[] sums = new double[0];

        double[] infeasibility(PixelTile tile, double[] share) {
            if (sums.length < tile.span()) {
                planes = new double[target.length][tile.capacity()];
                sums = new double[tile.capacity()];
            }
            shares[0] = share;
            MtmfModel.this.share.apply(tile, shares);
            int n = tile.size();
            transform.apply(tile, planes);
            java.util.Arrays.fill(sums, 0, n, 0.0);
            for (int k = 0; k < target.length; k++) {
                add(planes[k], share, target[k], excess[k], n);
            }
            for (int i = 0; i < n; i++) {
                sums[i] = Math.sqrt(sums[i] / target.length);
            }
            return sums;
        }

        private void add(double[] component, double[] share, double full, double more, int n) {
            for (int i = 0; i < n; i++) {
                double mixed = Math.max(0.0, Math.min(1.0, share[i]));
                double deviations = (component[i] - share[i] * full) / ((1 - mixed) * more + 1);
                sums[i] += deviations * deviations;
            }
        }
    }
}
