package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/** A method that is shown only the bands that are there; the others hold no data in the result. */
final class PresentBands implements Restorer {
    private final List<Integer> missing;
    private final Restorer restorer;

    PresentBands(List<Integer> missing, Restorer restorer) {
        this.missing = missing;
        this.restorer = restorer;
    }

    /** The same for another method. */
    PresentBands with(Restorer other) {
        return new PresentBands(missing, other);
    }

    /** The method itself. */
    Restorer restorer() {
        return restorer;
    }

    @Override
    public String name() {
        return restorer.name();
    }

    @Override
    public String role() {
        return restorer.role();
    }

    @Override
    public String summary() {
        return restorer.summary();
    }

    @Override
    public String reference() {
        return restorer.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        int[] present = IntStream.range(0, cube.bands())
                .filter(b -> !missing.contains(b))
                .toArray();
        RestoredCube some = restorer.restore(cube.selectBands(present), context);
        Cube.Builder all = Cube.builderLike(cube);
        double[] nothing = new double[cube.pixels()];
        Arrays.fill(nothing, Double.NaN);
        for (int b : missing) {
            all.plane(b, nothing);
        }
        for (int k = 0; k < present.length; k++) {
            all.plane(present[k], some.cube().plane(k));
        }
        List<String> lines = some.cube().provenance();
        lines.subList(Math.min(lines.size(), cube.provenance().size()), lines.size())
                .forEach(all::provenance);
        return new RestoredCube(all.build(), some.diagnostics());
    }
}
